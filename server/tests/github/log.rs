//! What was asked, for tests to read and count.

use std::time::Duration;

use super::fault::Fault;

/// A request that came in.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When, since the stand-in was started.
    pub at: Duration,
    /// Method.
    pub method: String,
    /// Path and query as they came.
    pub target: String,
    /// The tag that it was conditional on.
    pub if_none_match: Option<String>,
    /// Login of whose token it came with.
    pub login: Option<String>,
    /// What was answered; 0 when nothing was, or not yet.
    pub status: u16,
    /// What went wrong on purpose.
    pub fault: Option<Fault>,
}
