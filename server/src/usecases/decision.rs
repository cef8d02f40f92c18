//! What all decisions share: who decides and how it is written down.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{Docket, Event, FreezeZone, History, Recorded, ReleaseDates, ReleaseVersion, RuleError, Source};
use sqlx::{PgConnection, Postgres, Transaction};

use super::Context;
use crate::store::{
    StoreError, calendar,
    event::{self, NewEvent},
    project, proposal,
    schedule::{self, ScheduleVersion},
    source,
};

/// Who decides, and since when it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decider {
    /// Login of the person who records it.
    pub actor: String,
    /// The person whose decision it is, if another.
    pub on_behalf_of: Option<String>,
    /// Where it was said.
    pub link: Option<String>,
    /// When it was decided; now, when `None`.
    pub at: Option<DateTime<Utc>>,
}

impl Decider {
    /// A decision of one's own, now.
    pub fn now(actor: impl Into<String>) -> Self {
        Self { actor: actor.into(), on_behalf_of: None, link: None, at: None }
    }
}

/// A proposal by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Source.
    pub source: String,
    /// Number.
    pub number: u32,
}

impl std::str::FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` does not name a proposal; write it as cep/4702");
        let (source, number) = text.trim_start_matches('/').split_once('/').ok_or_else(bad)?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or_else(bad)?;
        Ok(Self { source: source.to_owned(), number })
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.source, self.number)
    }
}

/// Why a decision was not recorded, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such proposal.
    #[error("{0} is not known here; import its document first")]
    NoProposal(Key),
    /// There is no such source.
    #[error("there is no source `{0}`")]
    NoSource(String),
    /// The rules do not allow it.
    #[error("{0}: {1}")]
    Rule(Key, RuleError),
    /// A decision on behalf of another needs a link to where that person said it (PROCESS 7).
    #[error("a decision on behalf of @{0} needs a link to where @{0} said it")]
    NoLink(String),
    /// It cannot be dated ahead.
    #[error("a decision cannot be dated {0}, which is still to come")]
    InFuture(DateTime<Utc>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for DecideError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Loads a proposal in a release, lets `decide` find the event, records it: one transaction, one at a time per
/// proposal.
pub(super) async fn decide_on_release(
    context: &Context,
    decider: &Decider,
    key: &Key,
    release: ReleaseVersion,
    decide: impl FnOnce(Docket<'_>, &domain::Known<'_>) -> Result<Event, RuleError>,
) -> Result<Recorded, DecideError> {
    let mut tx = context.pool.begin().await?;
    let case = load(&mut tx, key).await?;
    let now = context.clock.now();
    let at = when(decider, now)?;
    let calendar = Calendar::read(&mut tx, &case.source, now).await?;
    let rule = |error| DecideError::Rule(key.clone(), error);
    calendar.must_know(release, &case.history).map_err(rule)?;
    let dates = calendar.dates(release);
    let known = case.history.at(at);
    let participation = known.participation(release, &dates);
    let docket = Docket { participation: &participation, release, dates: &dates, now: at };
    let event = decide(docket, &known).map_err(rule)?;
    record(tx, decider, key, event, (at, now)).await
}

/// The dates of another release of the same source, which a schedule or a decision on the one before it must name.
pub(super) async fn dates_of(
    context: &Context,
    key: &Key,
    release: ReleaseVersion,
) -> Result<ReleaseDates, DecideError> {
    let mut conn = context.pool.acquire().await?;
    let source =
        source::find(&mut conn, &key.source).await?.ok_or_else(|| DecideError::NoSource(key.source.clone()))?;
    let calendar = Calendar::read(&mut conn, &source, context.clock.now()).await?;
    calendar.must_know(release, &History::default()).map_err(|error| DecideError::Rule(key.clone(), error))?;
    Ok(calendar.dates(release))
}

/// The same for a decision on the proposal as a whole.
pub(super) async fn decide_on_proposal(
    context: &Context,
    decider: &Decider,
    key: &Key,
    decide: impl FnOnce(&domain::Known<'_>) -> Result<Event, RuleError>,
) -> Result<Recorded, DecideError> {
    let mut tx = context.pool.begin().await?;
    let case = load(&mut tx, key).await?;
    let now = context.clock.now();
    let at = when(decider, now)?;
    let event = decide(&case.history.at(at)).map_err(|error| DecideError::Rule(key.clone(), error))?;
    record(tx, decider, key, event, (at, now)).await
}

struct Case {
    source: Source,
    history: History,
}

async fn load(conn: &mut PgConnection, key: &Key) -> Result<Case, DecideError> {
    let source = source::find(conn, &key.source).await?.ok_or_else(|| DecideError::NoSource(key.source.clone()))?;
    // The log's lock comes first everywhere, so that no two transactions wait for each other.
    event::lock_log(conn).await?;
    proposal::lock(conn, &key.source, key.number).await?.ok_or_else(|| DecideError::NoProposal(key.clone()))?;
    let row =
        proposal::find(conn, &key.source, key.number).await?.ok_or_else(|| DecideError::NoProposal(key.clone()))?;
    Ok(Case { source, history: proposal::history(conn, &row).await? })
}

fn when(decider: &Decider, now: DateTime<Utc>) -> Result<DateTime<Utc>, DecideError> {
    let at = decider.at.unwrap_or(now);
    match (&decider.on_behalf_of, &decider.link) {
        _ if at > now => Err(DecideError::InFuture(at)),
        (Some(person), None) => Err(DecideError::NoLink(person.clone())),
        _ => Ok(at),
    }
}

/// The schedules of a source's calendar as they hold now.
struct Calendar {
    zone: FreezeZone,
    schedules: BTreeMap<ReleaseVersion, ReleaseDates>,
}

impl Calendar {
    async fn read(conn: &mut PgConnection, source: &Source, now: DateTime<Utc>) -> Result<Self, DecideError> {
        let calendars = calendar::all(conn).await?;
        let zone =
            calendars.into_iter().find(|calendar| calendar.id == source.calendar).map(|c| c.zone).unwrap_or_default();
        let versions = schedule::versions(conn).await?;
        let mut by_release: BTreeMap<ReleaseVersion, Vec<&ScheduleVersion>> = BTreeMap::new();
        for version in versions.iter().filter(|version| version.calendar == source.calendar) {
            by_release.entry(version.version).or_default().push(version);
        }
        let dates = |held: &ScheduleVersion| ReleaseDates::from_reading(&held.reading, zone);
        let schedules = by_release
            .into_iter()
            .filter_map(|(release, versions)| Some((release, dates(schedule::held_at(versions.iter().copied(), now)?))))
            .collect();
        Ok(Self { zone, schedules })
    }

    fn dates(&self, release: ReleaseVersion) -> ReleaseDates {
        self.schedules.get(&release).copied().unwrap_or(ReleaseDates { zone: self.zone, ..ReleaseDates::default() })
    }

    /// A release is known when a schedule or the proposal names it, or when it is one of the next two: those are planned
    /// before they have dates. Anything else is a slip of the pen, which the log would keep for ever.
    fn must_know(&self, release: ReleaseVersion, history: &History) -> Result<(), RuleError> {
        let planned = self.schedules.keys().next_back().is_none_or(|last| {
            release.major == last.major && release > *last && release.minor <= last.minor.saturating_add(2)
        });
        if planned || self.schedules.contains_key(&release) || history.releases().contains(&release) {
            return Ok(());
        }
        let known = self.schedules.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        Err(RuleError::UnknownRelease(release, known))
    }
}

async fn record(
    mut tx: Transaction<'_, Postgres>,
    decider: &Decider,
    key: &Key,
    event: Event,
    (at, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Recorded, DecideError> {
    let new = NewEvent {
        source: key.source.clone(),
        number: key.number,
        actor: decider.actor.clone(),
        on_behalf_of: decider.on_behalf_of.clone(),
        link: decider.link.clone(),
        occurred_at: Some(at),
        event,
    };
    let recorded = project::append(&mut tx, &new, now).await?;
    tx.commit().await?;
    Ok(recorded)
}
