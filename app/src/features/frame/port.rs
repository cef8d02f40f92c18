//! The port behind the frame of every page: banner, age of the data, clock.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{port::Answer, query::At};

/// What every page shows around its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Whether the demo world is shown.
    pub demo: bool,
    /// The server's clock.
    pub now: DateTime<Utc>,
    /// The instant that the page shows, when it is another than now.
    pub at: Option<DateTime<Utc>>,
    /// When data was last read; `None` when none ever was.
    pub data_as_of: Option<DateTime<Utc>>,
    /// Whether that is too long ago.
    pub stale: bool,
    /// Whether the data whose age this is comes from GitHub rather than from imports.
    pub from_github: bool,
    /// Version of the program.
    pub version: String,
}

impl Frame {
    /// The instant everything on the page is judged at.
    pub fn shown(&self) -> DateTime<Utc> {
        self.at.unwrap_or(self.now)
    }
}

/// How the frame reaches the server.
pub trait FramePort: Send + Sync {
    /// The frame of a page that shows the instant `at`.
    fn frame(&self, at: At) -> Answer<'_, Frame>;
}
