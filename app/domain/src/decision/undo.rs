//! Everyone may undo their own last decision for ten minutes, exceptions excluded (PROCESS 7).

use chrono::{DateTime, TimeDelta, Utc};

use super::{Case, RuleError};
use crate::{Event, Recorded};

/// For how many minutes a decision can be undone.
pub const UNDO_MINUTES: i64 = 10;

/// For how many minutes, at least 1, what was recorded then can still be undone; none when they are over.
pub fn undo_minutes_left(recorded_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<i64> {
    let left = TimeDelta::minutes(UNDO_MINUTES) - (now - recorded_at);
    (left >= TimeDelta::zero()).then(|| (left.num_seconds() + 59).div_euclid(60).max(1))
}

impl Case<'_> {
    pub(super) fn undo(&self, id: i64) -> Result<Event, RuleError> {
        let nothing = || RuleError::NothingToUndo(id);
        let events = &self.known.events;
        let mine = |recorded: &Recorded| recorded.event.is_decision() && (self.recorder)(&recorded.actor);
        let recorded = events.iter().find(|recorded| recorded.id == id && mine(recorded)).ok_or_else(nothing)?;
        if recorded.event.request().is_some() {
            return Err(RuleError::NotUndoable(
                "steps of an exception cannot be undone; decide anew, or withdraw the request".to_owned(),
            ));
        }
        if undo_minutes_left(recorded.recorded_at, self.now).is_none() {
            return Err(RuleError::NotUndoable(format!(
                "the {UNDO_MINUTES} minutes in which it could be undone are over; decide anew instead"
            )));
        }
        let undo = |recorded: &Recorded| matches!(recorded.event, Event::Undone { .. });
        if events.iter().any(|later| later.id > id && mine(later) && !undo(later)) {
            return Err(RuleError::NotUndoable(
                "you decided something else on this proposal since; undo that first".to_owned(),
            ));
        }
        Ok(Event::Undone { event: id })
    }
}
