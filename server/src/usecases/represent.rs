//! Somebody keeps the roster of representatives: names somebody for a seat, changes a line, takes one off, undoes their own
//! last change (P-25, PROCESS 7).

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Action, Circumstances, Groups, Refusal, Role, Standing, Week,
    decision::UNDO_MINUTES,
    policy,
    representation::{Representative, Seat},
};

use super::Context;
use crate::{
    config::is_admin,
    documents::is_login,
    store::{
        StoreError,
        calendar::{CalendarEvent, NewCalendarEvent, RecordedCalendarEvent},
        event,
        person::Person,
        project, representation, setting,
    },
    verdicts::{Verdicts, World},
};

/// Why nothing was changed, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum RepresentError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Not a GitHub login.
    #[error("`{0}` is not a GitHub login")]
    NoLogin(String),
    /// Not a seat.
    #[error("`{0}` is no SIG that is known here, and not the release team")]
    NoSeat(String),
    /// The last week lies before the first.
    #[error("the last week lies before the first")]
    Backwards,
    /// Somebody has the seat already.
    #[error("@{} is {} {} already; end that line first", .0.login, .0.seat, .0.weeks())]
    Taken(Representative),
    /// The line is not there.
    #[error("there is no such line any more; look at the roster as it is now")]
    Gone,
    /// Others changed it after the form was drawn.
    #[error("meanwhile @{0} changed the roster; look at it as it is now, and send yours again if it still holds")]
    Meanwhile(String),
    /// There is nothing of theirs to undo.
    #[error("only your own last change can be undone, for ten minutes")]
    NothingToUndo,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for RepresentError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl RepresentError {
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
            Self::NoLogin(_) => Some("login"),
            Self::NoSeat(_) => Some("seat"),
            Self::Taken(_) => Some("from"),
            Self::Backwards => Some("to"),
            _ => None,
        }
    }
}

/// Names a line: seat and first week.
pub type Key = (Seat, Week);

/// What is done to the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Name somebody; in the place of a line, when one is named.
    Set {
        /// The line.
        was: Option<Key>,
        /// Who, for what, when.
        one: Representative,
    },
    /// Take a line off.
    Remove(Key),
    /// Go back to the roster before one's own last change.
    Undo,
}

/// Changes the roster of the main calendar. `seen` is the position of the latest change that the form knew.
///
/// # Errors
/// When the person may not, the change cannot be, somebody else changed it meanwhile, or the database fails.
pub async fn represent(
    context: &Context,
    verdicts: &Verdicts,
    by: &Person,
    change: Change,
    seen: Option<i64>,
) -> Result<(), RepresentError> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let now = context.clock.now();
    let calendar = world.main_calendar().map(|calendar| calendar.id.clone()).unwrap_or_default();
    let mut history = representation::history(&mut tx).await?;
    history.retain(|recorded| recorded.calendar == calendar);
    if let Some(last) = history.last().filter(|last| seen.is_some_and(|seen| last.id > seen)) {
        return Err(RepresentError::Meanwhile(last.actor.clone()));
    }
    let admin = is_admin(&context.config, setting::is_demo(&mut tx).await?, by);
    let standing = standing(&world, by, admin, now);
    let before = history.last().map(roster_of).unwrap_or_default();
    let mut roster = match &change {
        Change::Undo => undone(&history, by, now)?,
        Change::Remove(key) => {
            may(&standing, &key.0)?;
            without(before.clone(), key)?
        }
        Change::Set { was, one } => {
            may(&standing, &one.seat)?;
            let mut rest = before.clone();
            if let Some(key) = was {
                may(&standing, &key.0)?;
                rest = without(rest, key)?;
            }
            check(&world, &rest, one)?;
            rest.push(one.clone());
            rest
        }
    };
    roster.sort_by(|a, b| (&a.seat, a.from, &a.login).cmp(&(&b.seat, b.from, &b.login)));
    if roster != before {
        let actor = by.acting();
        let event = CalendarEvent::RepresentationSet { roster };
        let new = NewCalendarEvent { calendar, actor, actor_id: Some(by.id), occurred_at: Some(now), event };
        project::append_to_calendar(&mut tx, &new, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What a change set.
fn roster_of(recorded: &RecordedCalendarEvent) -> Vec<Representative> {
    match &recorded.event {
        CalendarEvent::RepresentationSet { roster } => roster.clone(),
        _ => Vec::new(),
    }
}

fn without(mut roster: Vec<Representative>, key: &Key) -> Result<Vec<Representative>, RepresentError> {
    let before = roster.len();
    roster.retain(|one| (&one.seat, one.from) != (&key.0, key.1));
    if roster.len() == before { Err(RepresentError::Gone) } else { Ok(roster) }
}

fn check(world: &World, others: &[Representative], one: &Representative) -> Result<(), RepresentError> {
    if !is_login(&one.login) {
        return Err(RepresentError::NoLogin(one.login.clone()));
    }
    if !world.seats().contains(&one.seat) {
        return Err(RepresentError::NoSeat(one.seat.slug().to_owned()));
    }
    if one.to.is_some_and(|to| to < one.from) {
        return Err(RepresentError::Backwards);
    }
    let taken = others.iter().find(|other| other.overlaps(one));
    taken.map_or(Ok(()), |other| Err(RepresentError::Taken(other.clone())))
}

/// The roster before the last change, if that is theirs and fresh.
fn undone(
    history: &[RecordedCalendarEvent],
    by: &Person,
    now: DateTime<Utc>,
) -> Result<Vec<Representative>, RepresentError> {
    if !can_undo(history, by, now) {
        return Err(RepresentError::NothingToUndo);
    }
    let before = history.len().checked_sub(2).and_then(|place| history.get(place));
    Ok(before.map(roster_of).unwrap_or_default())
}

/// Whether somebody can undo the last change.
pub fn can_undo(history: &[RecordedCalendarEvent], by: &Person, now: DateTime<Utc>) -> bool {
    let last = history.last();
    last.is_some_and(|last| by.is(&last.actor) && now - last.recorded_at <= TimeDelta::minutes(UNDO_MINUTES))
}

/// What somebody is towards the SIGs and the release team of the main calendar.
pub fn standing(world: &World, person: &Person, admin: bool, now: DateTime<Utc>) -> Standing {
    let mut groups = Groups::default();
    let calendar = world.main_calendar().map_or("", |calendar| calendar.id.as_str());
    for source in world.sources.values().filter(|source| source.calendar == calendar) {
        for (sig, members) in world.groups(source, None, now).sigs {
            groups.sigs.entry(sig).or_default().extend(members);
        }
    }
    groups.release_team = world.release_team(calendar, world.current(now), now);
    let standing = Standing::of(|login| person.is(login), admin, &groups, None);
    let member = standing.sigs().next().map(|_| Role::OtherSigMember);
    let sigs: Vec<_> = standing.sigs().map(str::to_owned).collect();
    Standing::with(standing.roles().chain(member), sigs)
}

/// Whether somebody may name who has a seat.
///
/// # Errors
/// When they may not.
pub fn may(standing: &Standing, seat: &Seat) -> Result<(), Refusal> {
    let at = Circumstances { sig: seat.sig().map(str::to_owned), ..Circumstances::default() };
    policy::may(Action::Represent, standing, &at).map(|_| ())
}
