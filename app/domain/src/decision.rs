//! Which decisions are possible where a participation stands. Pure: a decision goes in, the event to be recorded or a
//! refusal that people understand comes out. Who may decide is not asked here.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{Departure, Ending, Event, Known, Participation, ReleaseDates, ReleaseVersion, RetargetReason};

/// Why a decision cannot be recorded, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Nothing lifts this ending (P-6).
    #[error("the proposal was {0}, and nothing lifts that")]
    Ended(&'static str),
    /// It is so already.
    #[error("{0}")]
    Already(String),
    /// It does not take part.
    #[error("the proposal takes no part in {0}: neither target nor decision names it")]
    NoPart(ReleaseVersion),
    /// It left.
    #[error("the proposal has left {0}; accept it again or retarget it back first")]
    Left(ReleaseVersion),
    /// The release is out.
    #[error("{0} has been released; its record is closed")]
    Released(ReleaseVersion),
    /// The process asks for a reason.
    #[error("a reason is needed: write one sentence that others will understand later")]
    NoReason,
    /// From and to are the same.
    #[error("it targets {0} already; name another release")]
    SameRelease(ReleaseVersion),
    /// No release of that number.
    #[error("no schedule and no document names {0}; releases known: {1}")]
    UnknownRelease(ReleaseVersion, String),
    /// Ranks begin at 1.
    #[error("a rank is a place in the SIG's order, from 1")]
    NoRank,
    /// Not a GitHub login.
    #[error("`{0}` is not a GitHub login")]
    NoLogin(String),
    /// Somebody else's word.
    #[error("@{0} is not an owner of it ({1}); record an owner's word with --on-behalf-of and a link")]
    NotOwner(String, String),
    /// No names.
    #[error("name at least one reviewer or approver by GitHub login; TBD does not count")]
    NoNames,
    /// A date that cannot be.
    #[error("a commitment cannot be dated {0}, which is still to come")]
    InFuture(NaiveDate),
}

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
    fn open(&self) -> Result<(), RuleError> {
        match self.participation.ending {
            Some(Ending::Rejected) => Err(RuleError::Ended("rejected")),
            Some(Ending::Withdrawn) => Err(RuleError::Ended("withdrawn")),
            Some(Ending::Replaced(_)) => Err(RuleError::Ended("replaced")),
            _ if self.dates.released(self.now) => Err(RuleError::Released(self.release)),
            _ => Ok(()),
        }
    }

    fn takes_part(&self) -> Result<(), RuleError> {
        self.open()?;
        match self.participation.departure {
            Some(_) => Err(RuleError::Left(self.release)),
            None if self.participation.targeted || self.participation.linked => Ok(()),
            None => Err(RuleError::NoPart(self.release)),
        }
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
            _ => Ok(Event::Accepted { release: self.release, rank }),
        }
    }

    /// The owner commits to it (P-9 g).
    ///
    /// # Errors
    /// When it takes no part in the release, the date is still to come, or `who` is not among the owners named.
    pub fn commit(&self, who: &str, owners: &[&str], on: NaiveDate) -> Result<Event, RuleError> {
        self.takes_part()?;
        if !owners.is_empty() && !owners.iter().any(|owner| owner.eq_ignore_ascii_case(who)) {
            let named = owners.iter().map(|owner| format!("@{owner}")).collect::<Vec<_>>().join(", ");
            return Err(RuleError::NotOwner(who.to_owned(), named));
        }
        // Somewhere on Earth the day may have begun when it has not in UTC.
        if on > (self.now + chrono::TimeDelta::hours(14)).date_naive() {
            return Err(RuleError::InFuture(on));
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

    /// It moves to another release (P-15).
    ///
    /// # Errors
    /// When it takes no part in the release, both are the same, the other is out, or "other" comes without a sentence.
    pub fn retarget(
        &self,
        (to, dates): (ReleaseVersion, &ReleaseDates),
        reason: RetargetReason,
        words: &str,
    ) -> Result<Event, RuleError> {
        self.takes_part()?;
        if dates.released(self.now) {
            return Err(RuleError::Released(to));
        }
        if to == self.release {
            return Err(RuleError::SameRelease(to));
        }
        let sentence = match reason {
            RetargetReason::Other => sentence(words)?,
            _ => words.trim().to_owned(),
        };
        Ok(Event::Retargeted { from: self.release, to, reason, sentence })
    }
}

/// Reviewers and approvers by name (P-9 f). A list that is given replaces the earlier one; an empty one leaves it.
///
/// # Errors
/// When no name is left after TBD and empty ones are taken out, or one cannot be a login.
pub fn assign(known: &Known<'_>, reviewers: &[String], approvers: &[String]) -> Result<Event, RuleError> {
    let (reviewers, approvers) = (names(reviewers)?, names(approvers)?);
    if reviewers.is_empty() && approvers.is_empty() {
        return Err(RuleError::NoNames);
    }
    let (earlier_reviewers, earlier_approvers) = known.assigned.unwrap_or_default();
    let or = |given: Vec<String>, earlier: &[String]| if given.is_empty() { earlier.to_vec() } else { given };
    Ok(Event::Assigned { reviewers: or(reviewers, earlier_reviewers), approvers: or(approvers, earlier_approvers) })
}

/// Logins without `@`, TBD and repetitions.
fn names(logins: &[String]) -> Result<Vec<String>, RuleError> {
    let mut names: Vec<String> = Vec::new();
    for login in logins.iter().map(|login| login.trim().trim_start_matches('@')) {
        if login.is_empty() || login.eq_ignore_ascii_case("tbd") || names.iter().any(|n| n.eq_ignore_ascii_case(login))
        {
            continue;
        }
        if login.len() > 39 || !login.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(RuleError::NoLogin(login.to_owned()));
        }
        names.push(login.to_owned());
    }
    Ok(names)
}

fn sentence(words: &str) -> Result<String, RuleError> {
    let words = words.trim();
    if words.is_empty() { Err(RuleError::NoReason) } else { Ok(words.to_owned()) }
}
