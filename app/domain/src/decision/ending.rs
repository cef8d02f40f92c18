//! Decisions that end a proposal (P-6).

use super::{Case, RuleError, sentence};
use crate::{Ending, Event, history::decided_ending};

impl Case<'_> {
    pub(super) fn defer(&self, reason: &str) -> Result<Event, RuleError> {
        self.end(Ending::Deferred, Event::Deferred { reason: sentence(reason)? })
    }

    pub(super) fn reject(&self, reason: &str) -> Result<Event, RuleError> {
        self.end(Ending::Rejected, Event::Rejected { reason: sentence(reason)? })
    }

    pub(super) fn withdraw(&self, reason: &str) -> Result<Event, RuleError> {
        self.end(Ending::Withdrawn, Event::Withdrawn { reason: sentence(reason)? })
    }

    pub(super) fn replace(&self, by: u32, reason: &str) -> Result<Event, RuleError> {
        if by == 0 || by == self.history.number {
            return Err(RuleError::ReplacedByItself);
        }
        self.end(Ending::Replaced(Some(by)), Event::Replaced { by, reason: sentence(reason)? })
    }

    pub(super) fn deprecate(&self, reason: &str) -> Result<Event, RuleError> {
        self.end(Ending::Deprecated, Event::Deprecated { reason: sentence(reason)? })
    }

    /// Nothing ends what has ended for good, and nothing ends twice in the same way without a start in between.
    fn end(&self, ending: Ending, event: Event) -> Result<Event, RuleError> {
        let decided = self.known.events.iter().filter_map(|recorded| decided_ending(&recorded.event));
        for earlier in decided {
            match earlier {
                Ending::Rejected => return Err(RuleError::Ended("rejected")),
                Ending::Withdrawn => return Err(RuleError::Ended("withdrawn")),
                Ending::Replaced(_) => return Err(RuleError::Ended("replaced")),
                Ending::Deferred | Ending::Deprecated => {}
            }
        }
        // A start after the ending lifts it for its release, so that it can be ended anew.
        let last = self.known.events.iter().rev().find(|recorded| {
            decided_ending(&recorded.event).is_some()
                || matches!(
                    recorded.event,
                    Event::Accepted { .. } | Event::Retargeted { .. } | Event::Readmitted { .. }
                )
        });
        match last.and_then(|recorded| decided_ending(&recorded.event)) {
            Some(earlier) if earlier == ending => Err(RuleError::Already(format!("it is {} already", ending.words()))),
            _ => Ok(event),
        }
    }
}
