//! An admin keeps the roster of a release's team: adds somebody, changes a line, takes one off (PROCESS 7).

mod change;

use domain::{Action, Circumstances, Refusal, ReleaseVersion, Role};
use sqlx::PgConnection;

pub use change::{Key, RosterChange, difference};

use super::{Context, house};
use crate::{
    store::{
        StoreError,
        calendar::{self, CalendarEvent, NewCalendarEvent, RecordedCalendarEvent},
        event,
        person::Person,
        project,
        roster::{self, RosterMember},
    },
    verdicts::Verdicts,
};

/// Why a roster was not changed, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No such release.
    #[error("no schedule and no proposal names {0}; its roster can be kept once one does")]
    NoRelease(ReleaseVersion),
    /// Not a GitHub login.
    #[error("`{0}` is not a GitHub login")]
    NoLogin(String),
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    Backwards,
    /// The same person for the same days.
    #[error("@{} is in it already {}; change that line instead", .0.login, change::days(.0))]
    Twice(RosterMember),
    /// The line to be changed is not there.
    #[error("@{0} is not in it from that day; look at the roster as it is now")]
    Gone(String),
    /// Others changed it after the form was drawn.
    #[error("meanwhile somebody else changed it ({}); look at the roster as it is now, and send it again if it still holds", told(.0))]
    Meanwhile(Vec<Changed>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for RosterError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl RosterError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::NoRelease(_) => 404,
            Self::Meanwhile(_) => 409,
            Self::NoLogin(_) | Self::Backwards | Self::Twice(_) | Self::Gone(_) => 422,
            Self::Store(_) => 503,
        }
    }

    /// Name of the field that it is about.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoLogin(_) | Self::Twice(_) | Self::Gone(_) => Some("login"),
            Self::Backwards => Some("to"),
            _ => None,
        }
    }
}

/// One change of a roster, as the log tells it.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Its place in the log, with who and when.
    pub recorded: RecordedCalendarEvent,
    /// What was changed, as words.
    pub what: Vec<String>,
}

fn told(changes: &[Changed]) -> String {
    let told = changes.iter().map(|changed| format!("@{}: {}", changed.recorded.actor, changed.what.join(", ")));
    told.collect::<Vec<_>>().join("; ")
}

/// Changes the roster of a release of a calendar. `seen` is the position of the latest change that the form knew; a
/// later one is told instead of being passed over.
///
/// # Errors
/// When the person may not, the change cannot be, somebody else changed it meanwhile, or the database fails. Nothing is
/// recorded then.
pub async fn keep_roster(
    context: &Context,
    verdicts: &Verdicts,
    by: &Person,
    (calendar, version): (&str, ReleaseVersion),
    change: &RosterChange,
    seen: Option<i64>,
) -> Result<(), RosterError> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    may_keep(&mut tx, context, by).await??;
    let world = verdicts.world_under_lock(&mut tx).await?;
    if !world.releases.contains_key(&(calendar.to_owned(), version)) {
        return Err(RosterError::NoRelease(version));
    }
    let later: Vec<_> = history(&calendar::rosters_of(&mut tx, calendar, version).await?);
    let later: Vec<_> =
        later.into_iter().filter(|changed| seen.is_some_and(|seen| changed.recorded.id > seen)).collect();
    if !later.is_empty() {
        return Err(RosterError::Meanwhile(later));
    }
    let before = roster::of(&mut tx, calendar, version).await?;
    let members = change.apply(&before)?;
    if members != before {
        let now = context.clock.now();
        let new = NewCalendarEvent {
            calendar: calendar.to_owned(),
            actor: by.acting(),
            actor_id: Some(by.id),
            occurred_at: Some(now),
            event: CalendarEvent::RosterSet { version, members },
        };
        project::append_to_calendar(&mut tx, &new, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether somebody may keep rosters.
///
/// # Errors
/// When the database fails.
pub async fn may_keep(
    conn: &mut PgConnection,
    context: &Context,
    person: &Person,
) -> Result<Result<Role, Refusal>, StoreError> {
    house::may(conn, context, person, Action::KeepRosters, &Circumstances::default()).await
}

/// Changes of one roster with what each changed, in the order of the log.
pub fn history(recorded: &[RecordedCalendarEvent]) -> Vec<Changed> {
    let mut before: &[RosterMember] = &[];
    let mut all = Vec::new();
    for recorded in recorded {
        let CalendarEvent::RosterSet { members, .. } = &recorded.event else { continue };
        all.push(Changed { recorded: recorded.clone(), what: difference(before, members) });
        before = members;
    }
    all
}
