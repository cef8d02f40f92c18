//! Somebody keeps the meetings: adds one, changes one, takes one off, undoes their own last change (P-31, PROCESS 7).

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    Action, Circumstances, Refusal, Standing,
    meeting::{LONGEST, Meeting, RAREST, Tz},
    policy,
    representation::Seat,
};

use super::{
    Context,
    represent::{can_undo, standing},
};
use crate::{
    config::is_admin,
    store::{
        StoreError,
        calendar::{CalendarEvent, NewCalendarEvent, RecordedCalendarEvent},
        event, meeting,
        person::Person,
        project, setting,
    },
    verdicts::{Verdicts, World},
};

/// The longest title or place, in characters.
const LONGEST_TEXT: usize = 200;

/// Why nothing was changed, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum MeetingError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something in the form cannot be.
    #[error("{words}")]
    Field {
        /// Name of the field.
        field: &'static str,
        /// What is wrong.
        words: String,
    },
    /// The meeting is not there.
    #[error("there is no such meeting any more; look at the list as it is now")]
    Gone,
    /// Others changed the list after the form was drawn.
    #[error(
        "meanwhile @{0} changed the meetings; look at them as they are now, and send yours again if it still holds"
    )]
    Meanwhile(String),
    /// There is nothing of theirs to undo.
    #[error("only your own last change can be undone, for ten minutes")]
    NothingToUndo,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for MeetingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl MeetingError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::Meanwhile(_) => 409,
            Self::Store(_) => 503,
            _ => 422,
        }
    }

    /// Name of the field that it is about.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Field { field, .. } => Some(field),
            _ => None,
        }
    }
}

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
) -> Result<(), MeetingError> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let now = context.clock.now();
    let calendar = world.main_calendar().map(|calendar| calendar.id.clone()).unwrap_or_default();
    let mut history = meeting::history(&mut tx).await?;
    history.retain(|recorded| recorded.calendar == calendar);
    if let Some(last) = history.last().filter(|last| seen.is_some_and(|seen| last.id > seen)) {
        return Err(MeetingError::Meanwhile(last.actor.clone()));
    }
    let admin = is_admin(&context.config, setting::is_demo(&mut tx).await?, by);
    let standing = standing(&world, by, admin, now);
    let before = meeting::of_calendar(&mut tx, &calendar).await?;
    let mut meetings = match change {
        Change::Undo => undone(&history, by, now)?,
        Change::Remove(key) => without(&standing, before.clone(), &key)?.1,
        Change::Set { key, wanted } => {
            may(&standing, &wanted.of)?;
            check(&world, &wanted)?;
            let (was, mut rest) = match key {
                Some(key) => without(&standing, before.clone(), &key).map(|(was, rest)| (Some(was), rest))?,
                None => (None, before.clone()),
            };
            let key = was.as_ref().map_or_else(|| key_for(&wanted.title, &history, &before), |was| was.key.clone());
            rest.push(kept(wanted, key, was.as_ref(), now));
            rest
        }
    };
    meetings.sort_by(|a, b| a.key.cmp(&b.key));
    if meetings != before {
        let event = CalendarEvent::MeetingsSet { meetings, before };
        let actor = by.acting();
        let new = NewCalendarEvent { calendar, actor, actor_id: Some(by.id), occurred_at: Some(now), event };
        project::append_to_calendar(&mut tx, &new, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The meeting that is taken out, and the others.
fn without(
    standing: &Standing,
    mut meetings: Vec<Meeting>,
    key: &str,
) -> Result<(Meeting, Vec<Meeting>), MeetingError> {
    let place = meetings.iter().position(|meeting| meeting.key == key).ok_or(MeetingError::Gone)?;
    let one = meetings.remove(place);
    may(standing, &one.of)?;
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

fn check(world: &World, wanted: &Wanted) -> Result<(), MeetingError> {
    let refuse = |field, words: String| Err(MeetingError::Field { field, words });
    if !world.seats().contains(&wanted.of) {
        return refuse("of", format!("`{}` is no SIG that is known here, and not the release team", wanted.of.slug()));
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
        CalendarEvent::MeetingsSet { meetings, before } => [meetings, before].into_iter().flatten().collect(),
        _ => Vec::new(),
    });
    let taken: Vec<&str> = had.chain(now).map(|meeting| meeting.key.as_str()).collect();
    let mut names = std::iter::once(slug.to_owned()).chain((2_u32..).map(|number| format!("{slug}-{number}")));
    names.find(|name| !taken.contains(&name.as_str())).unwrap_or_default()
}

/// The list before the last change, if that is theirs and fresh. What changes back is changed once more for calendars.
fn undone(history: &[RecordedCalendarEvent], by: &Person, now: DateTime<Utc>) -> Result<Vec<Meeting>, MeetingError> {
    let last = history.last().filter(|_| can_undo(history, by, now)).ok_or(MeetingError::NothingToUndo)?;
    let CalendarEvent::MeetingsSet { meetings, before } = &last.event else { return Err(MeetingError::NothingToUndo) };
    let back = |one: &Meeting| match meetings.iter().find(|other| other.key == one.key) {
        Some(other) if other == one => one.clone(),
        Some(other) => Meeting { revision: other.revision + 1, changed_at: Some(now), ..one.clone() },
        None => Meeting { revision: one.revision + 1, changed_at: Some(now), ..one.clone() },
    };
    Ok(before.iter().map(back).collect())
}

/// Whether somebody may keep the meetings of a SIG or the release team.
///
/// # Errors
/// When they may not.
pub fn may(standing: &Standing, of: &Seat) -> Result<(), Refusal> {
    let at = Circumstances { sig: of.sig().map(str::to_owned), ..Circumstances::default() };
    policy::may(Action::KeepMeetings, standing, &at).map(|_| ())
}
