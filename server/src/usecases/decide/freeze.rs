//! The release team closes freeze day: a snapshot of how a source's proposals were judged at the freeze (P-5, P-26). What
//! is decided on freeze day is decided before that.

use chrono::{DateTime, Utc};
use domain::{Event, Freeze, Frozen, ReleaseVersion, RuleError, Source};

use super::{DecideError, source::already};
use crate::verdicts::World;

/// What is recorded.
///
/// # Errors
/// When the freeze is ahead or has no date, nothing took part, or its snapshot is kept already.
pub(super) fn close(
    world: &World,
    source: &str,
    (release, freeze): (ReleaseVersion, Freeze),
    now: DateTime<Utc>,
) -> Result<Event, DecideError> {
    let calendar = world.sources.get(source).map(|source| source.calendar.clone()).unwrap_or_default();
    let Some(record) = world.releases.get(&(calendar, release)) else {
        let known = world.main_releases().map(|known| known.version.to_string()).collect::<Vec<_>>();
        return Err(DecideError::Rule(RuleError::UnknownRelease(release, known.join(", "))));
    };
    let name = freeze.name();
    let at = record.dates_at(now).freeze(freeze);
    let at =
        at.ok_or_else(|| already(format!("the {name} of {release} has no date yet; there is nothing to close")))?;
    if now < at {
        let day = app::words::utc(at);
        return Err(already(format!("the {name} of {release} is on {day}; freeze day is closed after it")));
    }
    if let Some(closing) = world.freeze_closings(record, freeze).iter().find(|closing| closing.source == source) {
        let (who, day) = (closing.recorded.person(), app::words::utc(closing.recorded.recorded_at));
        return Err(already(format!("@{who} closed the {name} of {release} on {day}; its snapshot is kept for ever")));
    }
    let judged = world.at_freeze(record, freeze, now).unwrap_or_default();
    let of_source = judged.iter().filter(|(record, _)| record.source.id == source);
    let judged: Vec<_> =
        of_source.map(|(record, verdict)| Frozen::of(record.history.number, &record.title, verdict, freeze)).collect();
    if judged.is_empty() {
        return Err(already(format!("no proposal of {source} took part in {release}; there is nothing to keep")));
    }
    Ok(Event::FreezeClosed { release, freeze, at, judged })
}

/// Whether anything can be decided on freeze day of a source.
///
/// # Errors
/// When it is closed.
pub(super) fn still_open(
    world: &World,
    source: &Source,
    (release, freeze): (ReleaseVersion, Freeze),
) -> Result<(), DecideError> {
    let record = world.releases.get(&(source.calendar.clone(), release));
    let closings = record.map(|record| world.freeze_closings(record, freeze)).unwrap_or_default();
    if closings.iter().any(|closing| closing.source == source.id) {
        let words = "freeze day is closed, and its snapshot stays; decide on the page of the proposal instead";
        return Err(already(words.to_owned()));
    }
    Ok(())
}

/// What others decided after the form was drawn that closes freeze day is told, not passed over.
///
/// # Errors
/// When there is any.
pub(super) fn unseen(world: &World, source: &str, release: ReleaseVersion, seen: i64) -> Result<(), DecideError> {
    let later: Vec<_> =
        world.decided_for_freeze(source, release).filter(|recorded| recorded.id > seen).cloned().collect();
    if later.is_empty() { Ok(()) } else { Err(DecideError::Meanwhile(later)) }
}
