//! What keeping a list of a calendar has in common, of representatives or of meetings: one change at a time, none over what
//! somebody else changed meanwhile, the last one undone by whoever made it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Action, Circumstances, Groups, Refusal, Role, Standing, decision::UNDO_MINUTES, policy, representation::Seat,
};
use sqlx::{Postgres, Transaction};
use tokio::sync::MutexGuard;

use super::Context;
use crate::{
    config::is_admin,
    store::{
        StoreError,
        calendar::{self, CalendarEvent, KeptList, NewCalendarEvent, RecordedCalendarEvent},
        event,
        person::Person,
        project, setting,
    },
    verdicts::{Verdicts, World},
};

/// Why nothing was changed, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
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
    /// The line is not there.
    #[error("it is not there any more; look at the list as it is now")]
    Gone,
    /// Others changed the list after the form was drawn.
    #[error("meanwhile @{0} changed the list; look at it as it is now, and send yours again if it still holds")]
    Meanwhile(String),
    /// There is nothing of theirs to undo.
    #[error("only your own last change can be undone, for ten minutes")]
    NothingToUndo,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for KeepError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl KeepError {
    /// A field that cannot be.
    pub fn of_field(field: &'static str, words: impl Into<String>) -> Self {
        Self::Field { field, words: words.into() }
    }

    /// The field that it is about.
    pub const fn field(&self) -> Option<&'static str> {
        if let Self::Field { field, .. } = self { Some(field) } else { None }
    }

    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::Meanwhile(_) => 409,
            Self::Store(_) => 503,
            _ => 422,
        }
    }
}

/// A list of the main calendar while somebody changes it: nobody else can.
#[derive(Debug)]
pub(super) struct Keeping<'v> {
    pub tx: Transaction<'static, Postgres>,
    pub world: Arc<World>,
    pub now: DateTime<Utc>,
    /// The main calendar.
    pub calendar: String,
    /// How the list was kept until now.
    pub history: Vec<RecordedCalendarEvent>,
    /// What whoever changes it is towards the SIGs and the release team.
    pub standing: Standing,
    _turn: MutexGuard<'v, ()>,
}

impl<'v> Keeping<'v> {
    /// Takes the list. `seen` is the position of the latest change that the form knew.
    pub async fn begin(
        context: &Context,
        verdicts: &'v Verdicts,
        by: &Person,
        list: KeptList,
        seen: Option<i64>,
    ) -> Result<Self, KeepError> {
        let turn = verdicts.line_up().await;
        let mut tx = context.pool.begin().await?;
        event::lock_log(&mut tx).await?;
        let world = verdicts.world_under_lock(&mut tx).await?;
        let now = context.clock.now();
        let calendar = world.main_calendar().map(|calendar| calendar.id.clone()).unwrap_or_default();
        let history = calendar::history_of(&mut tx, &calendar, list).await?;
        if let Some(last) = history.last().filter(|last| seen.is_some_and(|seen| last.id > seen)) {
            return Err(KeepError::Meanwhile(last.actor.clone()));
        }
        let admin = is_admin(&context.config, setting::is_demo(&mut tx).await?, by);
        let standing = standing(&world, by, admin, now);
        Ok(Self { tx, world, now, calendar, history, standing, _turn: turn })
    }

    /// The last change, if it is theirs and fresh.
    pub fn undoable(&self, by: &Person) -> Result<&RecordedCalendarEvent, KeepError> {
        let last = self.history.last().filter(|_| can_undo(&self.history, by, self.now));
        last.ok_or(KeepError::NothingToUndo)
    }

    /// Keeps the list as it is now; nothing where it did not change.
    pub async fn end(mut self, by: &Person, changed: Option<CalendarEvent>) -> Result<(), KeepError> {
        if let Some(event) = changed {
            let (calendar, actor) = (self.calendar, by.acting());
            let new = NewCalendarEvent { calendar, actor, actor_id: Some(by.id), occurred_at: Some(self.now), event };
            project::append_to_calendar(&mut self.tx, &new, self.now).await?;
        }
        self.tx.commit().await?;
        Ok(())
    }
}

/// Whether somebody can undo the last change; not what was an undoing itself.
pub fn can_undo(history: &[RecordedCalendarEvent], by: &Person, now: DateTime<Utc>) -> bool {
    history.last().is_some_and(|last| {
        let fresh = now - last.recorded_at <= TimeDelta::minutes(UNDO_MINUTES);
        by.is(&last.actor) && fresh && !last.event.is_undoing()
    })
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

/// Whether somebody may keep what is a SIG's or the release team's.
///
/// # Errors
/// When they may not.
pub fn may(action: Action, standing: &Standing, seat: &Seat) -> Result<(), Refusal> {
    let at = Circumstances { sig: seat.sig().map(str::to_owned), ..Circumstances::default() };
    policy::may(action, standing, &at).map(|_| ())
}

/// That a SIG is known here, or the release team meant.
pub(super) fn known_seat(world: &World, field: &'static str, seat: &Seat) -> Result<(), KeepError> {
    if world.seats().contains(seat) {
        return Ok(());
    }
    let words = format!("`{}` is no SIG that is known here, and not the release team", seat.slug());
    Err(KeepError::of_field(field, words))
}
