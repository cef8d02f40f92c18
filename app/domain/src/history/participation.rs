//! What people decided about one proposal in one release (P-6, P-15, P-18).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Known;
use crate::{Departure, DocumentStatus, Ending, Event, Recorded, ReleaseDates, ReleaseVersion, exception::Requests};

impl<'a> Known<'a> {
    /// What people decided about one release, and about the proposal as far as it touches that release.
    pub fn participation(&self, release: ReleaseVersion, dates: &ReleaseDates) -> Participation<'a> {
        let mut participation = Participation { requests: Requests::new(dates), ..Participation::default() };
        for recorded in &self.events {
            participation.apply(recorded, release, dates);
        }
        if !participation.tracker_decided {
            participation.ending = self.document_ending(dates).filter(|ending| {
                is_final(*ending) || participation.lifted_at.is_none_or(|lifted| self.status_since > Some(lifted))
            });
        }
        participation.targeted = !self.stages(release).is_empty();
        participation
    }

    /// Where the tracker has no decision, an ending status in the merged document counts as one (P-6).
    fn document_ending(&self, dates: &ReleaseDates) -> Option<Ending> {
        let reading = &self.document?.reading;
        let replaced_by = reading.replaced_by.as_ref().map(|stated| stated.value);
        let ending = ending_of(reading.status.as_ref()?.value, replaced_by)?;
        self.status_since.is_none_or(|at| !dates.released(at)).then_some(ending)
    }
}

/// The ending that a document status stands for, if it is one (P-6).
pub(crate) fn ending_of(status: DocumentStatus, replaced_by: Option<u32>) -> Option<Ending> {
    match status {
        DocumentStatus::Deferred => Some(Ending::Deferred),
        DocumentStatus::Rejected => Some(Ending::Rejected),
        DocumentStatus::Withdrawn => Some(Ending::Withdrawn),
        DocumentStatus::Replaced => Some(Ending::Replaced(replaced_by)),
        DocumentStatus::Deprecated => Some(Ending::Deprecated),
        DocumentStatus::Provisional | DocumentStatus::Implementable | DocumentStatus::Implemented => None,
    }
}

/// Nothing lifts these (undo apart).
pub(crate) const fn is_final(ending: Ending) -> bool {
    matches!(ending, Ending::Rejected | Ending::Withdrawn | Ending::Replaced(_))
}

/// Acceptance of a participation by the owning SIG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Acceptance {
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Place in the SIG's order, from 1.
    pub rank: Option<u32>,
}

/// What people decided about one proposal in one release.
#[derive(Debug, Clone, Default)]
pub struct Participation<'a> {
    /// An ending of the proposal in force for this release.
    pub ending: Option<Ending>,
    /// A target states the release.
    pub targeted: bool,
    /// A decision links proposal and release.
    pub linked: bool,
    /// Ended by itself.
    pub departure: Option<Departure>,
    /// Accepted by the owning SIG.
    pub accepted: Option<Acceptance>,
    /// Who committed, and the day they gave their word.
    pub committed: Option<(&'a str, NaiveDate)>,
    /// Where it came from by a retarget; none once it was moved on.
    pub came_from: Option<ReleaseVersion>,
    /// Requests for an exception.
    pub requests: Requests<'a>,
    tracker_decided: bool,
    lifted_at: Option<DateTime<Utc>>,
}

impl<'a> Participation<'a> {
    fn apply(&mut self, recorded: &'a Recorded, release: ReleaseVersion, dates: &ReleaseDates) {
        let event = &recorded.event;
        let granted = self.requests.learn(recorded, release);
        if granted && self.departure == Some(Departure::Removed) {
            self.departure = None; // A grant re-admits what was removed (P-18).
        }
        if event.release() == Some(release) && event.is_decision() {
            self.linked = true;
        }
        match event {
            Event::Accepted { release: r, rank } if *r == release => {
                self.accepted = Some(Acceptance { at: recorded.occurred_at, rank: *rank });
                self.lift(recorded.occurred_at);
            }
            Event::Ranked { release: r, rank } if *r == release => {
                if let Some(accepted) = &mut self.accepted {
                    accepted.rank = *rank;
                }
            }
            Event::Committed { release: r, on } if *r == release => self.committed = Some((recorded.person(), *on)),
            // The word is the owner's: who takes over has to give their own (P-9 g).
            Event::HandedOver { to } if self.committed.is_some_and(|(who, _)| !who.eq_ignore_ascii_case(to)) => {
                self.committed = None;
            }
            Event::Retargeted { from, to, .. } if *from == release => {
                (self.accepted, self.committed, self.came_from) = (None, None, None);
                self.departure = Some(Departure::Retargeted(*to));
            }
            Event::Retargeted { from, to, .. } if *to == release => {
                self.came_from = Some(*from);
                self.lift(recorded.occurred_at);
            }
            Event::Removed { release: r, .. } if *r == release => self.departure = Some(Departure::Removed),
            Event::Readmitted { release: r, .. } if *r == release => self.lift(recorded.occurred_at),
            _ => {
                // What was released by then keeps its status (P-6).
                let touches = recorded.occurred_at.is_none_or(|at| !dates.released(at));
                if let Some(ending) = decided_ending(event).filter(|_| touches) {
                    self.end(ending);
                }
            }
        }
    }

    fn end(&mut self, ending: Ending) {
        self.tracker_decided = true;
        if !self.ending.is_some_and(is_final) {
            self.ending = Some(ending);
        }
    }

    /// Accepting, re-admitting or retargeting to the release lifts what can be lifted (P-6).
    fn lift(&mut self, at: Option<DateTime<Utc>>) {
        self.linked = true;
        self.lifted_at = Some(at.unwrap_or(DateTime::<Utc>::MIN_UTC));
        self.departure = None;
        if !self.ending.is_some_and(is_final) {
            self.ending = None;
        }
    }

    /// Accepted and not ended: tracked (PROCESS "tracked").
    pub fn tracked(&self) -> bool {
        self.accepted.is_some() && self.ending.is_none() && self.departure.is_none()
    }
}

/// The ending that a decision on the proposal stands for, if it is one (P-6).
pub(crate) fn decided_ending(event: &Event) -> Option<Ending> {
    match event {
        Event::Deferred { .. } => Some(Ending::Deferred),
        Event::Rejected { .. } => Some(Ending::Rejected),
        Event::Withdrawn { .. } => Some(Ending::Withdrawn),
        Event::Replaced { by, .. } => Some(Ending::Replaced(Some(*by))),
        Event::Deprecated { .. } => Some(Ending::Deprecated),
        _ => None,
    }
}
