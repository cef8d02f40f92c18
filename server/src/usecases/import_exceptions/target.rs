//! Which proposal and release a record is about.

use chrono::{DateTime, Utc};
use domain::{Event, FreezeZone, ReleaseDates, ReleaseVersion};

use crate::{
    documents::exceptions::{ExceptionRecord, IssueRef},
    verdicts::World,
};

/// A proposal in a release.
#[derive(Debug, Clone)]
pub struct Target {
    /// Source.
    pub source: String,
    /// Number.
    pub number: u32,
    /// The release.
    pub release: ReleaseVersion,
    /// Its dates, as far as they are known.
    pub dates: ReleaseDates,
    /// Where the days of its calendar end.
    pub zone: FreezeZone,
}

/// The proposal of a record: as its key says, else by the address of its issue, else by its number in `assumed`.
///
/// # Errors
/// What is missing or wrong, as a sentence without its end.
pub fn target(
    world: &World,
    assumed: Option<&str>,
    record: &ExceptionRecord,
    release: Option<ReleaseVersion>,
    now: DateTime<Utc>,
) -> Result<Target, String> {
    let (source, number) = match (&record.proposal, &record.issue) {
        (Some(key), _) => key.clone(),
        (None, Some(issue)) => by_issue(world, assumed, issue)?,
        (None, None) => return Err("The record names no issue".to_owned()),
    };
    let known = world.sources.get(&source).ok_or_else(|| format!("There is no source “{source}”"))?;
    let release = release.ok_or("Neither the record nor the path of its file names a release")?;
    let calendar = world.calendars.iter().find(|calendar| calendar.id == known.calendar);
    let zone = calendar.map(|calendar| calendar.zone).unwrap_or_default();
    let dates = world.releases.get(&(known.calendar.clone(), release)).map(|release| release.dates_at(now));
    let dates = dates.unwrap_or_else(|| ReleaseDates { zone, ..ReleaseDates::default() });
    Ok(Target { source, number, release, dates, zone })
}

fn by_issue(world: &World, assumed: Option<&str>, issue: &IssueRef) -> Result<(String, u32), String> {
    let number = issue.number;
    let Some(repository) = &issue.repository else {
        return match assumed {
            Some(source) => Ok((source.to_owned(), number)),
            None => Err(format!("The record names {number} without a source")),
        };
    };
    if issue.pull {
        return by_pull(world, assumed, repository, number);
    }
    let holds = |id: &str| world.sources.get(id).is_some_and(|s| s.repository.eq_ignore_ascii_case(repository));
    let source =
        assumed.filter(|id| holds(id)).or_else(|| world.sources.keys().map(String::as_str).find(|id| holds(id)));
    let source =
        source.ok_or_else(|| format!("The issue is one of {repository}, which is the repository of no source"))?;
    Ok((source.to_owned(), number))
}

/// The one proposal that is known to have a pull request.
fn by_pull(world: &World, assumed: Option<&str>, repository: &str, number: u32) -> Result<(String, u32), String> {
    let has = |event: &Event| match event {
        Event::PullObserved(pull) => pull.repository.eq_ignore_ascii_case(repository) && pull.number == number,
        _ => false,
    };
    let mut found = world.proposals.iter().filter(|((source, _), record)| {
        assumed.is_none_or(|assumed| assumed == source)
            && record.history.events.iter().any(|recorded| has(&recorded.event))
    });
    match (found.next(), found.next()) {
        (Some((key, _)), None) => Ok(key.clone()),
        (None, _) => Err(format!(
            "{repository}#{number} is a pull request, and no proposal is known to have it; the number of the tracking \
             issue is needed"
        )),
        (Some(_), Some(_)) => Err(format!(
            "{repository}#{number} is a pull request of several proposals; the number of the tracking issue is needed"
        )),
    }
}
