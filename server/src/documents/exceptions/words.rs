//! The words in which files name states and steps.

use super::record::{ListedStatus, StepKind};

impl StepKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Sent,
        Self::Filed,
        Self::InReview,
        Self::NeedsInformation,
        Self::Answered,
        Self::Granted,
        Self::Denied,
        Self::Withdrawn,
    ];

    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Filed => "filed",
            Self::InReview => "in-review",
            Self::NeedsInformation => "needs-information",
            Self::Answered => "answered",
            Self::Granted => "granted",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl ListedStatus {
    /// The word in the file.
    pub fn word(&self) -> &str {
        match self {
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Reverted => "reverted",
            Self::Removed => "removed",
            Self::Withdrawn => "withdrawn",
            Self::Sent => "sent",
            Self::Filed => "filed",
            Self::InReview => "in-review",
            Self::NeedsInformation => "needs-information",
            Self::Other(word) => word,
        }
    }
}
