//! What can go wrong with GitHub's API, in words for pages and the log.

use chrono::{DateTime, Utc};

/// Why GitHub's API did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// Nothing may be asked before then.
    #[error("GitHub asks to wait until {}: {why}", until.format("%F %T UTC"))]
    Limited {
        /// When to ask again.
        until: DateTime<Utc>,
        /// Which limit it is.
        why: String,
    },
    /// It is not there, or not for us (404), or was deleted (410).
    #[error("GitHub has no {path} ({status})")]
    Missing {
        /// What was asked for.
        path: String,
        /// 404 or 410.
        status: u16,
    },
    /// It is somewhere else now: a renamed repository, a transferred issue.
    #[error("GitHub says that {path} is now {to}")]
    Moved {
        /// What was asked for.
        path: String,
        /// Where it is, as GitHub gives it.
        to: String,
    },
    /// It will not do this, however often it is asked.
    #[error("GitHub refused {path} ({status}): {message}")]
    Refused {
        /// What was asked for.
        path: String,
        /// Status code.
        status: u16,
        /// In GitHub's words.
        message: String,
    },
    /// It failed; asked again it may not.
    #[error("GitHub answered {status}")]
    Failed {
        /// Status code.
        status: u16,
    },
    /// It could not be reached, fell silent, or broke off. A change may or may not have been made.
    #[error("GitHub could not be reached: {0}")]
    Unreachable(String),
    /// Its answer is not what was asked for.
    #[error("GitHub's answer cannot be read: {0}")]
    Unreadable(String),
}

impl ApiError {
    /// Whether the same question may be answered a moment later.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Unreachable(_) | Self::Unreadable(_))
    }

    /// Whether the same change may succeed later, and has not been refused for good.
    pub const fn may_succeed_later(&self) -> bool {
        self.is_passing() || matches!(self, Self::Limited { .. })
    }
}
