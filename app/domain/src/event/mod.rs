//! Everything that can be known or decided about a proposal, as one log of events.
//!
//! A fact tells what GitHub or a document shows, a decision what a person settled; nothing computed is ever an event.
//! The JSON shapes are versioned by their names: a shape that has been written is never changed, only joined by others.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ReleaseVersion;

mod kinds;
mod parts;

pub use kinds::Event;
pub use parts::{Belonging, CheckInOutcome, Planned, Pull, PullKind, PullState, Reading, RetargetReason};

/// An event together with who, when it happened and when it was learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Place in the log.
    pub id: i64,
    /// When it happened; `None` when that is unknown, which counts as always so.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When the tracker learned of it.
    pub recorded_at: DateTime<Utc>,
    /// GitHub login of the person who decided, or the name of the reader that found a fact.
    pub actor: String,
    /// The person on whose behalf it was recorded, if another (PROCESS 7).
    pub on_behalf_of: Option<String>,
    /// Where it was said.
    pub link: Option<String>,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// Whether it had happened by `instant`; an unknown time counts as always so.
    pub fn happened_by(&self, instant: DateTime<Utc>) -> bool {
        self.occurred_at.is_none_or(|at| at <= instant)
    }

    /// The person whose word it is.
    pub fn person(&self) -> &str {
        self.on_behalf_of.as_deref().unwrap_or(&self.actor)
    }
}

impl Event {
    /// The release it is about, when it is about one.
    pub fn release(&self) -> Option<ReleaseVersion> {
        match self {
            Self::Accepted { release, .. }
            | Self::Ranked { release, .. }
            | Self::Committed { release, .. }
            | Self::Removed { release, .. }
            | Self::Readmitted { release, .. }
            | Self::Waived { release, .. }
            | Self::NothingToMerge { release, .. }
            | Self::NoDocsNeeded { release, .. }
            | Self::CheckedIn { release, .. }
            | Self::CheckInAnswered { release, .. }
            | Self::Declined { release, .. }
            | Self::ChecklistSigned { release, .. }
            | Self::PullClassified { release, .. }
            | Self::PlanClosed { release, .. }
            | Self::FreezeClosed { release, .. }
            | Self::ChecklistLineAdded { release, .. }
            | Self::ChecklistLineRemoved { release, .. }
            | Self::ExceptionSent { release, .. }
            | Self::PullObserved(Pull { release, .. })
            | Self::BoardObserved { release, .. }
            | Self::Retargeted { from: release, .. } => Some(*release),
            _ => None,
        }
    }

    /// The request for an exception that it is about.
    pub fn request(&self) -> Option<u32> {
        match self {
            Self::ExceptionSent { request, .. }
            | Self::ExceptionFiled { request, .. }
            | Self::ExceptionInReview { request }
            | Self::ExceptionNeedsInformation { request, .. }
            | Self::ExceptionAnswered { request, .. }
            | Self::ExceptionGranted { request, .. }
            | Self::ExceptionDenied { request, .. }
            | Self::ExceptionWithdrawn { request } => Some(*request),
            _ => None,
        }
    }

    /// Whether a person decided it, rather than GitHub or a document showing it.
    pub fn is_decision(&self) -> bool {
        !matches!(
            self,
            Self::DocumentRead { .. }
                | Self::DocumentGone { .. }
                | Self::IssueObserved { .. }
                | Self::IssueGone { .. }
                | Self::PullObserved(_)
                | Self::LandingObserved { .. }
                | Self::BugObserved { .. }
                | Self::Titled { .. }
                | Self::AliasesRead { .. }
                | Self::RepositoriesRead
                | Self::ReadingFailed { .. }
                | Self::BoardObserved { .. }
        )
    }
}
