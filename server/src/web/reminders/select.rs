//! What is due and what was sent, as lists show it.

use app::features::{
    proposal::port::Reminded,
    reminders::port::{DueRow, SentRow},
};
use chrono::{DateTime, Utc};
use domain::ReleaseVersion;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    store::{
        Result,
        reminder::{self, Reminder},
    },
    usecases::remind::{DueLine, Earlier, due_lines, earlier, overdue_lines},
    verdicts::{Able, ProposalRecord, World},
    web::{AppState, views},
};

/// Most sent reminders of a list.
const MOST: i64 = 500;

/// Everything that lists show.
#[derive(Debug)]
pub struct Selection {
    /// What is overdue, the longest first.
    pub overdue: Vec<DueLine>,
    /// What is due soon, the first deadline first.
    pub due: Vec<DueLine>,
    /// What was sent and still counts.
    pub earlier: Earlier,
    /// What was sent, latest first.
    pub sent: Vec<Reminder>,
}

/// Selects.
///
/// # Errors
/// When the database fails.
pub async fn select(state: &AppState) -> Result<Selection> {
    let world = state.verdicts.world().await?;
    let now = state.context.clock.now();
    let mut conn = state.context.pool.acquire().await?;
    let earlier = earlier(&mut conn, now).await?;
    let sent = reminder::latest(&mut conn, MOST).await?;
    let overdue = overdue_lines(&world, &earlier, now);
    Ok(Selection { overdue, due: due_lines(&world, &earlier, now), earlier, sent })
}

/// What was sent, latest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(state: &AppState) -> Result<Vec<Reminder>> {
    reminder::latest(&mut *state.context.pool.acquire().await?, MOST).await
}

/// What is due or overdue as a page shows it; `earlier` is what was sent.
pub fn due(world: &World, lines: &[DueLine], earlier: &Earlier) -> Vec<DueRow> {
    let row = |line: &DueLine| {
        let (source, number, release) = &line.key;
        let record = world.proposals.get(&(source.clone(), *number))?;
        let reminders = earlier.get(&line.key).map(Vec::as_slice).unwrap_or_default().iter();
        let last = reminders.filter(|one| one.of.concern == line.concern).map(|one| one.at).max();
        let logins = |able: &[Able]| able.iter().map(|able| able.login.clone()).collect();
        Some(DueRow {
            proposal: views::link(record),
            release: *release,
            what: line.what.clone(),
            deadline: line.deadline,
            zone: line.zone,
            logins: logins(&line.able),
            times: u32::try_from(line.times).unwrap_or(u32::MAX),
            last,
            sig: logins(&line.sig),
        })
    };
    lines.iter().filter_map(row).collect()
}

/// A sent reminder as a page shows it.
pub fn sent(world: &World, one: &Reminder) -> SentRow {
    SentRow {
        proposal: world.proposals.get(&(one.source.clone(), one.number)).map(|record| views::link(record)),
        release: one.release,
        what: one.what.clone(),
        deadline: one.of.deadline,
        zone: world.release(one.release).map(|release| release.dates_at(one.at).zone).unwrap_or_default(),
        days: one.of.days,
        logins: one.logins.clone(),
        with_sig: one.with_sig,
        by: one.by.clone(),
        at: one.at,
    }
}

/// What was reminded of in a participation, one line for each thing.
///
/// # Errors
/// When the database fails.
pub async fn of_participation(
    state: &AppState,
    record: &ProposalRecord,
    release: ReleaseVersion,
) -> Result<Vec<Reminded>> {
    let mut conn = state.context.pool.acquire().await?;
    let sent = reminder::of_proposal(&mut conn, &record.source.id, record.history.number).await?;
    let mut all: Vec<Reminded> = Vec::new();
    for one in sent.into_iter().filter(|one| one.release == release) {
        match all.iter_mut().find(|known| known.concern == one.of.concern) {
            Some(known) => {
                known.times += 1;
                known.with_sig |= one.with_sig;
            }
            None => all.push(Reminded { concern: one.of.concern, times: 1, last: one.at, with_sig: one.with_sig }),
        }
    }
    Ok(all)
}

/// Reminders that reached somebody, latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_login(state: &AppState, login: &str) -> Result<Vec<Reminder>> {
    let mut conn = state.context.pool.acquire().await?;
    reminder::of_login(&mut conn, login, MOST).await
}

/// A reminder that was sent, as files and the API show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentReminder {
    /// When.
    pub at: DateTime<Utc>,
    /// Source of the proposal.
    pub source: String,
    /// Its number.
    pub number: u32,
    /// The release.
    #[schema(value_type = String, example = "v1.10")]
    pub release: ReleaseVersion,
    /// What to do, as it was said then.
    pub what: String,
    /// The deadline, as it was then.
    pub deadline: DateTime<Utc>,
    /// Days before it that it had come to.
    pub days_before: u8,
    /// Who was reminded.
    pub logins: Vec<String>,
    /// Whether the owning SIG was too, since two reminders did not help.
    pub sig_too: bool,
    /// Login of who had it sent; none where the time had come.
    pub by: Option<String>,
}

impl From<&Reminder> for SentReminder {
    fn from(one: &Reminder) -> Self {
        Self {
            at: one.at,
            source: one.source.clone(),
            number: one.number,
            release: one.release,
            what: one.what.clone(),
            deadline: one.of.deadline,
            days_before: one.of.days,
            logins: one.logins.clone(),
            sig_too: one.with_sig,
            by: one.by.clone(),
        }
    }
}
