//! What an import of a board is told, and what it tells.

use chrono::{DateTime, Utc};
use domain::{Diagnostic, Freeze, ReleaseVersion, Severity};

use crate::usecases::key::Key;

/// What holds for all rows of a board.
#[derive(Debug, Clone)]
pub struct Order {
    /// Source whose proposals are on it.
    pub source: String,
    /// Its release.
    pub release: ReleaseVersion,
    /// Its address; none is that of all boards of the source's organisation.
    pub link: Option<String>,
    /// When it was so; none is now.
    pub at: Option<DateTime<Utc>>,
    /// The freeze that its exceptions are about; none is the next one, or the last once both have passed.
    pub freeze: Option<Freeze>,
    /// Whether anything is recorded.
    pub mode: Mode,
}

/// Whether anything is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is.
    Record,
    /// Nothing is; the summary tells what would be.
    Try,
}

/// A decision that was taken from the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Line of the row.
    pub line: u32,
    /// The proposal.
    pub key: Key,
    /// The decision in words.
    pub what: String,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows on the board.
    pub rows: usize,
    /// Decisions that were taken from it, in its order.
    pub taken: Vec<Taken>,
    /// What it says that the log knows already.
    pub known: usize,
    /// Rows that differ from the last look at the board.
    pub observed: usize,
    /// Rows that belong to no known proposal, each named among the remarks.
    pub unmatched: usize,
    /// Events added to the log.
    pub events: usize,
    /// What could not be read or taken, and what the log knows otherwise, by line.
    pub remarks: Vec<Diagnostic>,
}

impl Summary {
    /// Remarks of a severity, by line.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        self.remarks.iter().filter(move |remark| remark.severity == severity)
    }
}
