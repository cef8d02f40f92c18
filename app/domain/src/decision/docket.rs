//! Decisions on a proposal's part in one release.

use chrono::{DateTime, NaiveDate, Utc};

use super::{RuleError, sentence};
use crate::{Departure, Ending, Event, Participation, ReleaseDates, ReleaseVersion, RetargetReason};

/// A participation and the clock it is decided by.
#[derive(Debug, Clone, Copy)]
pub struct Docket<'a> {
    /// The participation as it stands.
    pub participation: &'a Participation<'a>,
    /// The release.
    pub release: ReleaseVersion,
    /// Its dates.
    pub dates: &'a ReleaseDates,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Docket<'_> {
    /// Nothing is decided about what has ended for good or is out.
    pub(super) fn open(&self) -> Result<(), RuleError> {
        match self.participation.ending {
            Some(Ending::Rejected) => Err(RuleError::Ended("rejected")),
            Some(Ending::Withdrawn) => Err(RuleError::Ended("withdrawn")),
            Some(Ending::Replaced(_)) => Err(RuleError::Ended("replaced")),
            _ if self.dates.released(self.now) => Err(RuleError::Released(self.release)),
            _ => Ok(()),
        }
    }

    pub(super) fn takes_part(&self) -> Result<(), RuleError> {
        self.open()?;
        match self.participation.departure {
            Some(_) => Err(RuleError::Left(self.release)),
            None if self.participation.targeted || self.participation.linked => Ok(()),
            None => Err(RuleError::NoPart(self.release)),
        }
    }

    /// It takes part, and is not put off either.
    pub(super) fn goes_on(&self) -> Result<(), RuleError> {
        self.takes_part()?;
        self.participation.ending.map_or(Ok(()), |ending| Err(RuleError::Paused(ending.words())))
    }

    /// It goes on, and the owning SIG has accepted it.
    pub(super) fn tracked(&self) -> Result<(), RuleError> {
        self.goes_on()?;
        if self.participation.tracked() { Ok(()) } else { Err(RuleError::NotAccepted(self.release)) }
    }

    /// The owning SIG accepts it, or ranks it anew (P-5). Lifts a deferral, a removal, a retarget (P-6).
    ///
    /// # Errors
    /// When it ended for good, the release is out, or nothing would change.
    pub fn accept(&self, rank: Option<u32>) -> Result<Event, RuleError> {
        self.open()?;
        if rank == Some(0) {
            return Err(RuleError::NoRank);
        }
        let standing = self.participation.ending.is_none() && self.participation.departure.is_none();
        match self.participation.accepted {
            Some(accepted) if standing && (rank.is_none() || accepted.rank == rank) => {
                Err(RuleError::Already(format!("it is accepted for {} already", self.release)))
            }
            // Acceptance counts from when it was given (P-11): a new rank does not give it anew.
            Some(_) if standing => Ok(Event::Ranked { release: self.release, rank }),
            _ => Ok(Event::Accepted { release: self.release, rank }),
        }
    }

    /// The owning SIG puts it at another place in its order (P-5); none is the end.
    ///
    /// # Errors
    /// When it is not accepted, or stands there already.
    pub fn rank(&self, rank: Option<u32>) -> Result<Event, RuleError> {
        self.tracked()?;
        match self.participation.accepted {
            _ if rank == Some(0) => Err(RuleError::NoRank),
            Some(accepted) if accepted.rank == rank => {
                Err(RuleError::Already("it stands at that place already".to_owned()))
            }
            _ => Ok(Event::Ranked { release: self.release, rank }),
        }
    }

    /// The release team takes it back after a removal, or after whatever else can be lifted (P-6).
    ///
    /// # Errors
    /// When nothing ended it, the release is out, or no reason is given.
    pub fn readmit(&self, reason: &str) -> Result<Event, RuleError> {
        self.open()?;
        if self.participation.departure.is_none() && self.participation.ending.is_none() {
            return Err(RuleError::NotRemoved(self.release));
        }
        Ok(Event::Readmitted { release: self.release, reason: sentence(reason)? })
    }

    /// The owner commits to it (P-9 g).
    ///
    /// # Errors
    /// When it takes no part in the release, the date is still to come, `who` is not among the owners named, or has said
    /// so already.
    pub fn commit(&self, who: &str, owners: &[&str], on: NaiveDate) -> Result<Event, RuleError> {
        self.goes_on()?;
        if !owners.is_empty() && !owners.iter().any(|owner| owner.eq_ignore_ascii_case(who)) {
            let named = owners.iter().map(|owner| format!("@{owner}")).collect::<Vec<_>>().join(", ");
            return Err(RuleError::NotOwner(who.to_owned(), named));
        }
        // Somewhere on Earth the day may have begun when it has not in UTC.
        if on > (self.now + chrono::TimeDelta::hours(14)).date_naive() {
            return Err(RuleError::InFuture(on));
        }
        let same =
            self.participation.committed.filter(|(earlier, day)| earlier.eq_ignore_ascii_case(who) && *day == on);
        if same.is_some() {
            return Err(RuleError::Already(format!("@{who} committed to {} that day already", self.release)));
        }
        Ok(Event::Committed { release: self.release, on })
    }

    /// It leaves the milestone.
    ///
    /// # Errors
    /// When it takes no part in the release, has left already, or no reason is given.
    pub fn remove(&self, reason: &str) -> Result<Event, RuleError> {
        if self.participation.departure == Some(Departure::Removed) {
            return Err(RuleError::Already(format!("it was removed from {} already", self.release)));
        }
        self.takes_part()?;
        Ok(Event::Removed { release: self.release, reason: sentence(reason)? })
    }

    /// Whether it could move to a release: it starts as proposed there, so its Enhancement Freeze has to be ahead.
    ///
    /// # Errors
    /// When it is the same, out, past its Enhancement Freeze, or older without a date.
    pub fn takes_in(&self, to: ReleaseVersion, dates: &ReleaseDates) -> Result<(), RuleError> {
        match dates.enhancement_freeze {
            _ if dates.released(self.now) => Err(RuleError::Released(to)),
            _ if to == self.release => Err(RuleError::SameRelease(to)),
            Some(freeze) if freeze <= self.now => Err(RuleError::TargetFrozen(to)),
            None if to < self.release => Err(RuleError::TargetBehind(to, self.release)),
            _ => Ok(()),
        }
    }

    /// It moves to another release (P-15).
    ///
    /// # Errors
    /// When it takes no part in the release, the other takes nothing in any more, or "other" comes without a sentence.
    pub fn retarget(
        &self,
        (to, dates): (ReleaseVersion, &ReleaseDates),
        reason: RetargetReason,
        words: &str,
    ) -> Result<Event, RuleError> {
        self.takes_part()?;
        self.takes_in(to, dates)?;
        let sentence = match reason {
            RetargetReason::Other => sentence(words)?,
            _ => words.trim().to_owned(),
        };
        Ok(Event::Retargeted { from: self.release, to, reason, sentence })
    }
}
