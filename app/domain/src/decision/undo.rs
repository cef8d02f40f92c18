//! Everyone may undo their own last decision for ten minutes, exceptions excluded (PROCESS 7).

use chrono::TimeDelta;

use super::{Case, RuleError};
use crate::{Event, Recorded};

/// For how many minutes a decision can be undone.
pub const UNDO_MINUTES: i64 = 10;

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
        if self.now - recorded.recorded_at > TimeDelta::minutes(UNDO_MINUTES) {
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
