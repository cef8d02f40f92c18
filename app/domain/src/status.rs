//! The status of a participation: the table of P-12, nothing else.
//!
//! The table is a total function over [`Situation`], small enough to be enumerated in a test. Where the situation
//! comes from is the business of [`crate::verdict`].

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Freeze, ReleaseVersion};

/// A result that may not be known (P-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Met, or waived.
    Pass,
    /// Not met.
    Fail,
    /// Cannot be told.
    Unknown,
}

/// A decision on the proposal that ends its participations (P-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Refused.
    Rejected,
    /// Taken back by the owner.
    Withdrawn,
    /// Another proposal took its place; its number when known.
    Replaced(Option<u32>),
    /// No longer pursued.
    Deprecated,
    /// Put off.
    Deferred,
}

impl Ending {
    /// The ending in words, without what replaced it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Replaced(_) => "replaced",
            Self::Deprecated => "deprecated",
            Self::Deferred => "deferred",
        }
    }
}

/// A decision that ends one participation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Departure {
    /// Moved to another release.
    Retargeted(ReleaseVersion),
    /// Removed from the milestone.
    Removed,
}

/// Where the requests for one freeze stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = RequestStanding))]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// None that matters: never asked, withdrawn, or granted and over.
    None,
    /// Sent and without a decision, no grant running.
    Undecided,
    /// A grant runs until then.
    Granted(DateTime<Utc>),
    /// The latest was denied.
    Denied,
}

/// Where a freeze stands on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// The schedule does not state it.
    NoDate,
    /// Still to come.
    Ahead,
    /// Over.
    Passed,
}

/// One freeze as the table sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FreezeSituation {
    /// Ahead, passed or undated.
    pub timing: Timing,
    /// Result of its requirements as judged (P-11); pass once passed means met.
    pub result: Outcome,
    /// Where requests for it stand.
    pub request: Request,
}

/// All that the table depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Situation {
    /// A decision on the proposal that is in force for this release.
    pub ending: Option<Ending>,
    /// A target states the release, or a decision links the two.
    pub linked: bool,
    /// The participation was ended by itself.
    pub departure: Option<Departure>,
    /// The owning SIG accepted it.
    pub accepted: bool,
    /// GA has passed.
    pub released: bool,
    /// Enhancement Freeze.
    pub enhancement: FreezeSituation,
    /// Code Freeze.
    pub code: FreezeSituation,
    /// Whether it is in the release branch.
    pub landed: Outcome,
}

/// One status for every proposal and release (P-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Status {
    /// Row 1.
    Ended {
        /// Which decision.
        ending: Ending,
    },
    /// Row 2.
    NotTargeted,
    /// Row 3.
    Departed {
        /// Which decision.
        departure: Departure,
    },
    /// Row 4, before any freeze.
    Proposed,
    /// Row 4, after one.
    NotAccepted,
    /// Row 5, the latest request was denied.
    ExceptionDenied {
        /// Which freeze.
        freeze: Freeze,
    },
    /// Row 5.
    ExceptionRequired {
        /// Which freeze.
        freeze: Freeze,
    },
    /// Row 5, after GA.
    Missed {
        /// Which freeze.
        freeze: Freeze,
    },
    /// Row 6.
    NotVerifiedDue {
        /// Which freeze.
        freeze: Freeze,
    },
    /// Row 6, after GA.
    NeverVerified {
        /// Which freeze.
        freeze: Freeze,
    },
    /// Rows 4, 7 and 10.
    ExceptionPending {
        /// Which freeze.
        freeze: Freeze,
    },
    /// Rows 4, 8 and 10.
    ExceptionUntil {
        /// Which freeze.
        freeze: Freeze,
        /// End of the grant.
        until: DateTime<Utc>,
    },
    /// Row 9.
    NoDate {
        /// Which freeze.
        freeze: Freeze,
    },
    /// Row 11, all requirements pass.
    Ready {
        /// For which freeze.
        freeze: Freeze,
    },
    /// Row 11, one fails.
    NotReady {
        /// For which freeze.
        freeze: Freeze,
    },
    /// Row 11, none fails but one is unknown.
    NotVerified {
        /// For which freeze.
        freeze: Freeze,
    },
    /// Row 12, before GA.
    Complete,
    /// Row 12, in the release.
    Shipped,
    /// Row 12, not in the release.
    CompleteNotLanded,
    /// Row 12, nobody knows.
    CompleteLandingNotVerified,
}

impl Status {
    /// The freeze that it names, if it names one.
    pub const fn freeze(&self) -> Option<Freeze> {
        match self {
            Self::ExceptionDenied { freeze }
            | Self::ExceptionRequired { freeze }
            | Self::Missed { freeze }
            | Self::NotVerifiedDue { freeze }
            | Self::NeverVerified { freeze }
            | Self::ExceptionPending { freeze }
            | Self::ExceptionUntil { freeze, .. }
            | Self::NoDate { freeze }
            | Self::Ready { freeze }
            | Self::NotReady { freeze }
            | Self::NotVerified { freeze } => Some(*freeze),
            Self::Ended { .. }
            | Self::NotTargeted
            | Self::Departed { .. }
            | Self::Proposed
            | Self::NotAccepted
            | Self::Complete
            | Self::Shipped
            | Self::CompleteNotLanded
            | Self::CompleteLandingNotVerified => None,
        }
    }
}

/// The first row of P-12 that matches.
pub fn status(s: &Situation) -> Status {
    if let Some(ending) = s.ending {
        return Status::Ended { ending };
    }
    if !s.linked {
        return Status::NotTargeted;
    }
    if let Some(departure) = s.departure {
        return Status::Departed { departure };
    }
    if !s.accepted {
        return not_accepted(s);
    }
    let freezes = [(Freeze::Enhancement, &s.enhancement), (Freeze::Code, &s.code)];
    let missed = freezes.iter().filter(|(_, f)| f.timing == Timing::Passed && f.result != Outcome::Pass);
    // Within a row the Enhancement Freeze comes before the Code Freeze.
    let row = |row: Row| missed.clone().find_map(|(freeze, f)| row(*freeze, f, s.released));
    if let Some(found) = [failed, unverified, pending, granted].into_iter().find_map(row) {
        return found;
    }
    match freezes.iter().find(|(_, f)| f.timing != Timing::Passed) {
        Some((freeze, f)) => next_freeze(*freeze, f, s.released),
        None => both_met(s),
    }
}

/// Row 4.
fn not_accepted(s: &Situation) -> Status {
    let begun = s.released || [&s.enhancement, &s.code].iter().any(|f| f.timing == Timing::Passed);
    let freeze = Freeze::Enhancement;
    match s.enhancement.request {
        _ if !begun => Status::Proposed,
        Request::Granted(until) if !s.released => Status::ExceptionUntil { freeze, until },
        Request::Undecided if !s.released => Status::ExceptionPending { freeze },
        _ => Status::NotAccepted,
    }
}

/// A row about a freeze that passed unmet: freeze, its situation, and whether GA has passed, since after GA requests and
/// grants no longer count.
type Row = fn(Freeze, &FreezeSituation, bool) -> Option<Status>;

/// Row 5.
fn failed(freeze: Freeze, f: &FreezeSituation, released: bool) -> Option<Status> {
    match f.request {
        _ if f.result != Outcome::Fail => None,
        _ if released => Some(Status::Missed { freeze }),
        Request::Denied => Some(Status::ExceptionDenied { freeze }),
        Request::None => Some(Status::ExceptionRequired { freeze }),
        Request::Undecided | Request::Granted(_) => None,
    }
}

/// Row 6.
fn unverified(freeze: Freeze, f: &FreezeSituation, released: bool) -> Option<Status> {
    match f.request {
        _ if f.result != Outcome::Unknown => None,
        _ if released => Some(Status::NeverVerified { freeze }),
        Request::None | Request::Denied => Some(Status::NotVerifiedDue { freeze }),
        Request::Undecided | Request::Granted(_) => None,
    }
}

/// Row 7.
fn pending(freeze: Freeze, f: &FreezeSituation, _: bool) -> Option<Status> {
    (f.request == Request::Undecided).then_some(Status::ExceptionPending { freeze })
}

/// Row 8.
fn granted(freeze: Freeze, f: &FreezeSituation, _: bool) -> Option<Status> {
    match f.request {
        Request::Granted(until) => Some(Status::ExceptionUntil { freeze, until }),
        _ => None,
    }
}

/// Rows 9 to 11.
fn next_freeze(freeze: Freeze, f: &FreezeSituation, released: bool) -> Status {
    if f.timing == Timing::NoDate {
        return Status::NoDate { freeze };
    }
    match (f.result, f.request) {
        (Outcome::Pass, _) => Status::Ready { freeze },
        (_, Request::Granted(until)) if !released => Status::ExceptionUntil { freeze, until },
        (_, Request::Undecided) if !released => Status::ExceptionPending { freeze },
        (Outcome::Fail, _) => Status::NotReady { freeze },
        (Outcome::Unknown, _) => Status::NotVerified { freeze },
    }
}

/// Row 12.
fn both_met(s: &Situation) -> Status {
    match (s.released, s.landed) {
        (false, _) => Status::Complete,
        (true, Outcome::Pass) => Status::Shipped,
        (true, Outcome::Fail) => Status::CompleteNotLanded,
        (true, Outcome::Unknown) => Status::CompleteLandingNotVerified,
    }
}
