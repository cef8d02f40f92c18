//! That everything was read, or what could not be (P-8): noted with the proposals whose verdicts rest on it, and only
//! where it changes one, so that the log does not grow with every reading.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Event, Freeze, Known};
use sqlx::PgConnection;

use crate::{
    store::{
        self,
        github::{
            repository::{self, CodeRepository},
            run::{self, RunError},
        },
    },
    usecases::{Context, key::Key},
    verdicts::{Moment, ProposalRecord, Verdicts, World},
};

/// A failure that is over within this time is no news.
const GRACE: TimeDelta = TimeDelta::minutes(15);

/// Notes the outcome of a run; how many events that were.
///
/// # Errors
/// When the database fails.
pub async fn reading(context: &Context, verdicts: &Verdicts, errors: &[RunError]) -> store::Result<i32> {
    let world = verdicts.world().await?;
    let now = context.clock.now();
    let mut conn = context.pool.acquire().await?;
    let failing = failing(&mut conn, now).await?;
    let code = repository::code(&mut conn).await?;
    drop(conn);
    let mut events = Vec::new();
    for ((source, number), record) in &world.proposals {
        let known = record.history.at(now);
        let key = Key { source: source.clone(), number: *number };
        if errors.is_empty() {
            if news(&world, record, &known, now) {
                events.push((key, Event::RepositoriesRead));
            }
        } else if failing && judged(&world, record, now) {
            for error in errors.iter().filter(|error| concerns(&code, record, &error.repository)) {
                let told = known.unread.iter().any(|u| u.repository == error.repository && u.what == error.reading);
                if !told {
                    let (repository, what, reason) = (error.repository.clone(), error.reading, error.why.clone());
                    events.push((key.clone(), Event::ReadingFailed { repository, what, reason }));
                }
            }
        }
    }
    super::append(context, &events, now).await
}

/// Whether nothing was read completely for longer than a hiccup.
async fn failing(conn: &mut PgConnection, now: DateTime<Utc>) -> store::Result<bool> {
    Ok(run::last_good(conn).await?.is_none_or(|good| now - good > GRACE))
}

/// Whether it matters that everything was read: never before, not since a failure, or not since a freeze passed.
fn news(world: &World, record: &ProposalRecord, known: &Known<'_>, now: DateTime<Utc>) -> bool {
    let Some(read) = known.repositories_read else { return true };
    if !known.unread.is_empty() {
        return true;
    }
    record.named.iter().any(|version| {
        let release = world.releases.get(&(record.source.calendar.clone(), *version));
        let dates = release.map(|release| release.dates_at(now));
        let passed = |at: DateTime<Utc>| read < at && at <= now;
        dates.is_some_and(|dates| {
            Freeze::BOTH.iter().filter_map(|freeze| dates.freeze(*freeze)).chain(dates.ga).any(passed)
        })
    })
}

/// Whether a release that is not out yet judges it as tracked.
fn judged(world: &World, record: &ProposalRecord, now: DateTime<Utc>) -> bool {
    world.rows_of(record, Moment::Now(now)).iter().any(|row| {
        let release = world.releases.get(&(record.source.calendar.clone(), row.verdict.release));
        row.verdict.tracked && !release.is_some_and(|release| release.dates_at(now).released(now))
    })
}

/// Whether a proposal's verdict rests on a repository.
fn concerns(code: &[CodeRepository], record: &ProposalRecord, repository: &str) -> bool {
    record.source.repository == repository
        || code.iter().any(|code| code.source == record.source.id && code.name == repository)
}
