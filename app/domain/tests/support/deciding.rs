//! Decisions by way of [`Case::decide`], as the use case makes them.

use chrono::{DateTime, Utc};
use domain::{Case, Decision, Event, Halves, ReleaseDates, ReleaseVersion, RuleError};

use super::{NEXT, V, World, on};

/// The release before, which is out when the cycle begins.
pub const OLD: ReleaseVersion = ReleaseVersion::new(1, 9);

/// A line that the SIG added to every checklist.
pub const EXTRA: &str = "soak";

impl World {
    /// Dates of releases: the next has none yet, the one before is out.
    pub fn dates_of(&self, release: ReleaseVersion) -> Result<ReleaseDates, RuleError> {
        match release {
            V => Ok(self.dates),
            NEXT => Ok(ReleaseDates { zone: self.dates.zone, ..ReleaseDates::default() }),
            OLD => Ok(ReleaseDates { ga: Some(on(0)), ..ReleaseDates::default() }),
            other => Err(RuleError::UnknownRelease(other, "v1.9, v1.10, v1.11".to_owned())),
        }
    }

    /// What would be recorded.
    pub fn would(&self, person: &str, now: DateTime<Utc>, decision: Decision) -> Result<Event, RuleError> {
        let known = self.history.at(now);
        let case = Case {
            source: &self.source,
            history: &self.history,
            known: &known,
            dates: &|release| self.dates_of(release),
            extra_lines: &|_| vec![(EXTRA.to_owned(), "It ran for a week".to_owned())],
            recorder: &|login| login.eq_ignore_ascii_case(person),
            person,
            halves: Halves { release_team: true, approver: true },
            now,
        };
        case.decide(decision)
    }

    /// Somebody decides at noon of a day, which has to be possible.
    pub fn decide(self, person: &str, day: i64, decision: Decision) -> Self {
        self.decide_at(person, on(day), decision)
    }

    pub fn decide_at(self, person: &str, now: DateTime<Utc>, decision: Decision) -> Self {
        let event =
            self.would(person, now, decision.clone()).unwrap_or_else(|refusal| panic!("{decision:?}: {refusal}"));
        self.said_by(person, Some(now), event)
    }

    /// Why it is refused.
    pub fn refusal(&self, person: &str, day: i64, decision: Decision) -> String {
        let taken = self.would(person, on(day), decision);
        taken.err().map_or_else(|| "it was taken".to_owned(), |refusal| refusal.to_string())
    }
}
