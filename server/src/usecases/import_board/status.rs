//! What a row's status stands for, as a decision.

use domain::{Decision, ReleaseVersion};

use super::desk::Desk;
use crate::usecases::decide::dates_of;

/// What a status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Nothing is decided.
    Proposed,
    /// The owning SIG accepted it; whether it is at risk or complete is computed here.
    Tracked,
    /// It missed a freeze; that is computed too, and does not say that it was accepted.
    ExceptionRequired,
    Removed,
    Deferred,
}

impl Says {
    fn of(status: &str) -> Option<Self> {
        Some(match status.trim().to_lowercase().as_str() {
            "proposed for consideration" => Self::Proposed,
            "tracked" | "unchanged" | "at risk" | "complete" => Self::Tracked,
            "exception required" => Self::ExceptionRequired,
            "removed from milestone" => Self::Removed,
            "deferred" => Self::Deferred,
            _ => return None,
        })
    }
}

impl Desk<'_> {
    /// Takes the status, unless the log knows it already or otherwise.
    pub(super) fn status(&mut self) {
        let Some(word) = self.row.status.clone() else { return };
        let Some(says) = Says::of(&word) else { return self.unknown_word("a status", &word) };
        let word = format!("“{}”", word.trim());
        match says {
            Says::Removed | Says::Deferred => self.leaves(says, &word),
            _ => self.stays(says, &word),
        }
    }

    fn stays(&mut self, says: Says, word: &str) {
        if let Some(gone) = self.gone() {
            return self.otherwise(word, &format!("that it is {gone}"));
        }
        let accepted = self.participation.accepted.is_some();
        let named = self.participation.targeted || self.participation.linked;
        match says {
            Says::Proposed if accepted => {
                return self.otherwise(word, &format!("that it is accepted for {}", self.order.release));
            }
            Says::Tracked if accepted => return self.is_known(),
            Says::Tracked => self.accept(),
            _ => {}
        }
        if !named {
            self.no_target();
        }
    }

    fn accept(&mut self) {
        match self.ask(Decision::Accept { release: self.order.release, rank: None }) {
            // After what the log has decided about the release, else it would have no effect.
            Ok(event) if self.participation.linked => self.take(Some(self.after_all()), event),
            Ok(event) => {
                self.not_stated("The board does not say since when it is tracked; it counts as always so.");
                self.take(None, event);
            }
            Err(rule) => self.not_taken(format!("{rule}."), "Correct the board."),
        }
    }

    fn leaves(&mut self, says: Says, word: &str) {
        if self.gone().is_some() {
            return self.is_known();
        }
        if self.participation.accepted.is_some() {
            return self.otherwise(word, &format!("that it is accepted for {}", self.order.release));
        }
        if !self.takes_part() {
            return self.no_target();
        }
        let reason = format!("The release board says {word}; why is not recorded there.");
        let decision = match says {
            Says::Deferred => {
                if let Some(other) = self.accepted_elsewhere() {
                    return self.otherwise(word, &format!("that it is accepted for {other}"));
                }
                Decision::Defer { reason }
            }
            _ => Decision::Remove { release: self.order.release, reason },
        };
        match self.ask(decision) {
            Ok(event) => self.take(Some(self.after_all()), event),
            Err(rule) => self.not_taken(format!("{rule}."), "Correct the board."),
        }
    }

    /// Another release that is not out and for which it is tracked; a deferral would end that too (P-6).
    fn accepted_elsewhere(&self) -> Option<ReleaseVersion> {
        let others = self.record.named.iter().filter(|release| **release != self.order.release);
        others.copied().find(|release| {
            let dates = dates_of(self.world, self.record, *release, self.now);
            dates.is_ok_and(|dates| !dates.released(self.at) && self.known.participation(*release, &dates).tracked())
        })
    }

    pub(super) fn no_target(&mut self) {
        let why = format!("no target: neither document nor issue nor a decision names {}.", self.order.release);
        self.not_taken(why, "State the target in the document, or take the issue off the board.");
    }
}
