//! That everything was read, or what could not be (P-8): noted with the proposals whose verdicts rest on it, and only
//! where it changes one, so that the log does not grow with every reading.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Event, Freeze, Known, PullKind, Reading};
use sqlx::PgConnection;

use crate::{
    store::{
        self,
        github::{
            link,
            repository::{self, CodeRepository},
            run::{self, RunError},
        },
    },
    usecases::{Context, key::Key, sync::links_of},
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
    let unreadable = link::unreadable(&mut conn).await?;
    drop(conn);
    let mut events = Vec::new();
    for ((source, number), record) in &world.proposals {
        let known = record.history.at(now);
        let key = Key { source: source.clone(), number: *number };
        let links = links_failing(record, &unreadable);
        if errors.is_empty() {
            if news(&world, record, &known, now) || told_of_links(&known) != names_of(&links) {
                events.push((key.clone(), Event::RepositoriesRead));
                events.extend(links.into_iter().map(|link| (key.clone(), link)));
            }
            continue;
        }
        events.extend(new_links(&known, links).map(|link| (key.clone(), link)));
        if failing && judged(&world, record, now) {
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

/// Notes linked items that cannot be read, where that is new; how many events that were.
///
/// # Errors
/// When the database fails.
pub async fn links(context: &Context, verdicts: &Verdicts) -> store::Result<i32> {
    let world = verdicts.world().await?;
    let now = context.clock.now();
    let unreadable = link::unreadable(&mut *context.pool.acquire().await?).await?;
    let mut events = Vec::new();
    for ((source, number), record) in &world.proposals {
        let key = Key { source: source.clone(), number: *number };
        let links = links_failing(record, &unreadable);
        if !links.is_empty() {
            let known = record.history.at(now);
            events.extend(new_links(&known, links).map(|link| (key.clone(), link)));
        }
    }
    super::append(context, &events, now).await
}

/// Linked items of a proposal that cannot be read, as the log tells them, in order.
fn links_failing(record: &ProposalRecord, unreadable: &BTreeMap<(String, u32), String>) -> Vec<Event> {
    let mut failing: BTreeMap<String, Event> = BTreeMap::new();
    for link in links_of(record).filter(|link| link.kind.is_some()) {
        let Some(why) = unreadable.get(&(link.repository.clone(), link.number)) else { continue };
        let repository = format!("{}#{}", link.repository, link.number);
        let what = if link.kind == Some(PullKind::Bug) { Reading::Issues } else { Reading::Pulls };
        let event = Event::ReadingFailed { repository: repository.clone(), what, reason: why.clone() };
        failing.insert(repository, event);
    }
    failing.into_values().collect()
}

/// The linked items of which the log says that they cannot be read, in order.
fn told_of_links<'k>(known: &'k Known<'_>) -> Vec<&'k str> {
    let mut told: Vec<&str> =
        known.unread.iter().filter(|unread| unread.is_link()).map(|unread| unread.repository).collect();
    told.sort_unstable();
    told
}

fn names_of(links: &[Event]) -> Vec<&str> {
    let mut names = Vec::new();
    for event in links {
        if let Event::ReadingFailed { repository, .. } = event {
            names.push(repository.as_str());
        }
    }
    names
}

/// Those of which the log says nothing yet.
fn new_links(known: &Known<'_>, links: Vec<Event>) -> impl Iterator<Item = Event> {
    let told: Vec<String> = told_of_links(known).into_iter().map(str::to_owned).collect();
    let new =
        move |event: &Event| matches!(event, Event::ReadingFailed { repository, .. } if !told.contains(repository));
    links.into_iter().filter(new)
}

/// Whether nothing was read completely for longer than a hiccup.
async fn failing(conn: &mut PgConnection, now: DateTime<Utc>) -> store::Result<bool> {
    Ok(run::last_good(conn).await?.is_none_or(|good| now - good > GRACE))
}

/// Whether it matters that everything was read: never before, not since a failure, or not since a freeze passed.
fn news(world: &World, record: &ProposalRecord, known: &Known<'_>, now: DateTime<Utc>) -> bool {
    let Some(read) = known.repositories_read else { return true };
    if known.unread.iter().any(|unread| !unread.is_link()) {
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
