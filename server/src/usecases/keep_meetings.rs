//! Somebody keeps the meetings: adds one, changes one, takes one off, undoes their own last change (P-31, PROCESS 7).

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use domain::{
    Action, Standing,
    meeting::{LONGEST, Meeting, RAREST, Tz},
    representation::Seat,
};

use super::{
    Context,
    keep_list::{KeepError, Keeping, known_seat, may},
};
use crate::{
    store::{
        calendar::{CalendarEvent, KeptList, RecordedCalendarEvent},
        meeting,
        person::Person,
    },
    verdicts::{Verdicts, World},
};

/// In which years a first day can lie; in others somebody mistyped it.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// The longest title or place, in characters.
const LONGEST_TEXT: usize = 200;

/// A meeting as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Who meets.
    pub of: Seat,
    /// What it is called.
    pub title: String,
    /// Zone of its time of day.
    pub zone: Tz,
    /// The first day.
    pub first_day: NaiveDate,
    /// When it begins.
    pub begins: NaiveTime,
    /// How many minutes it takes.
    pub minutes: Option<u32>,
    /// It comes again after so many weeks.
    pub every_weeks: u32,
    /// Where it is held.
    pub place: Option<String>,
}

/// What is done to the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Add a meeting, or change the one with a key.
    Set {
        /// The key.
        key: Option<String>,
        /// The meeting.
        wanted: Wanted,
    },
    /// Take the one with a key off.
    Remove(String),
    /// Go back to the list before one's own last change.
    Undo,
}

/// Changes the meetings of the main calendar. `seen` is the position of the latest change that the form knew.
///
/// # Errors
/// When the person may not, the change cannot be, somebody else changed the list meanwhile, or the database fails.
pub async fn keep_meetings(
    context: &Context,
    verdicts: &Verdicts,
    by: &Person,
    change: Change,
    seen: Option<i64>,
) -> Result<(), KeepError> {
    let mut keeping = Keeping::begin(context, verdicts, by, KeptList::Meetings, seen).await?;
    let before = meeting::of_calendar(&mut keeping.tx, &keeping.calendar).await?;
    let (standing, now) = (&keeping.standing, keeping.now);
    let undoing = change == Change::Undo;
    let mut meetings = match change {
        Change::Undo => undone(keeping.undoable(by)?, now)?,
        Change::Remove(key) => without(standing, before.clone(), &key)?.1,
        Change::Set { key, wanted } => {
            may(Action::KeepMeetings, standing, &wanted.of)?;
            check(&keeping.world, &wanted)?;
            let (was, mut rest) = match key {
                Some(key) => without(standing, before.clone(), &key).map(|(was, rest)| (Some(was), rest))?,
                None => (None, before.clone()),
            };
            let was_called = was.as_ref().map(|was| was.key.clone());
            let key = was_called.unwrap_or_else(|| key_for(&wanted.title, &keeping.history, &before));
            rest.push(kept(wanted, key, was.as_ref(), now));
            rest
        }
    };
    meetings.sort_by(|a, b| a.key.cmp(&b.key));
    let changed = (meetings != before).then_some(CalendarEvent::MeetingsSet { meetings, before, undoing });
    keeping.end(by, changed).await
}

/// The meeting that is taken out, and the others.
fn without(standing: &Standing, mut meetings: Vec<Meeting>, key: &str) -> Result<(Meeting, Vec<Meeting>), KeepError> {
    let place = meetings.iter().position(|meeting| meeting.key == key).ok_or(KeepError::Gone)?;
    let one = meetings.remove(place);
    may(Action::KeepMeetings, standing, &one.of)?;
    Ok((one, meetings))
}

/// The meeting as it is kept; one that stays as it was counts as unchanged.
fn kept(wanted: Wanted, key: String, was: Option<&Meeting>, now: DateTime<Utc>) -> Meeting {
    let Wanted { of, title, zone, first_day, begins, minutes, every_weeks, place } = wanted;
    let (revision, changed_at) = was.map_or((0, None), |was| (was.revision, was.changed_at));
    let mut one =
        Meeting { key, of, title, zone, first_day, begins, minutes, every_weeks, place, revision, changed_at };
    if Some(&one) != was {
        one.revision += u32::from(was.is_some());
        one.changed_at = Some(now);
    }
    one
}

fn check(world: &World, wanted: &Wanted) -> Result<(), KeepError> {
    let refuse = |field, words: String| Err(KeepError::of_field(field, words));
    known_seat(world, "of", &wanted.of)?;
    if !YEARS.contains(&wanted.first_day.year()) {
        return refuse("first", format!("the first day lies between the years {} and {}", YEARS.start(), YEARS.end()));
    }
    for (field, text) in [("title", Some(&wanted.title)), ("place", wanted.place.as_ref())] {
        if text.is_some_and(|text| text.chars().count() > LONGEST_TEXT) {
            return refuse(field, format!("at most {LONGEST_TEXT} characters, please"));
        }
    }
    if wanted.minutes.is_some_and(|minutes| !(1..=LONGEST).contains(&minutes)) {
        return refuse("minutes", format!("a meeting takes 1 to {LONGEST} minutes"));
    }
    if !(1..=RAREST).contains(&wanted.every_weeks) {
        return refuse("weeks", format!("a meeting comes again after 1 to {RAREST} weeks"));
    }
    Ok(())
}

/// A key from the words of a title that no meeting ever had, since calendars know meetings by it.
fn key_for(title: &str, history: &[RecordedCalendarEvent], now: &[Meeting]) -> String {
    let words = title.to_ascii_lowercase();
    let words = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>().join("-");
    let slug = if words.starts_with(|c: char| c.is_ascii_alphabetic()) { words } else { format!("meeting-{words}") };
    let slug = slug.trim_end_matches('-');
    let had = history.iter().flat_map(|recorded| match &recorded.event {
        CalendarEvent::MeetingsSet { meetings, before, .. } => [meetings, before].into_iter().flatten().collect(),
        _ => Vec::new(),
    });
    let taken: Vec<&str> = had.chain(now).map(|meeting| meeting.key.as_str()).collect();
    let mut names = std::iter::once(slug.to_owned()).chain((2_u32..).map(|number| format!("{slug}-{number}")));
    names.find(|name| !taken.contains(&name.as_str())).unwrap_or_default()
}

/// The list before a change. What changes back is changed once more for calendars.
fn undone(last: &RecordedCalendarEvent, now: DateTime<Utc>) -> Result<Vec<Meeting>, KeepError> {
    let CalendarEvent::MeetingsSet { meetings, before, .. } = &last.event else { return Err(KeepError::NothingToUndo) };
    let back = |one: &Meeting| match meetings.iter().find(|other| other.key == one.key) {
        Some(other) if other == one => one.clone(),
        Some(other) => Meeting { revision: other.revision + 1, changed_at: Some(now), ..one.clone() },
        None => Meeting { revision: one.revision + 1, changed_at: Some(now), ..one.clone() },
    };
    Ok(before.iter().map(back).collect())
}
