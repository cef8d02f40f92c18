//! The port behind the list of meetings.

use chrono::{DateTime, Utc};
use domain::{meeting::Meeting, representation::Seat};
use serde::{Deserialize, Serialize};

use crate::port::Answer;

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingsView {
    /// The meetings, the one that comes next first.
    pub lines: Vec<Line>,
    /// Whose meetings the viewer may keep.
    pub seats: Vec<Seat>,
    /// Place of the latest change in the log.
    pub seen: i64,
    /// Whether the viewer can undo the last change.
    pub undo: bool,
    /// The day of the viewer, in UTC: what a new meeting begins with.
    pub today: chrono::NaiveDate,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The meeting.
    pub meeting: Meeting,
    /// When it is held next, or has begun and not ended.
    pub next: Option<DateTime<Utc>>,
    /// Whether the viewer may change it.
    pub may: bool,
}

/// How the page reaches the server.
pub trait MeetingsPort: Send + Sync {
    /// The meetings of the main calendar.
    fn meetings(&self) -> Answer<'_, MeetingsView>;
}
