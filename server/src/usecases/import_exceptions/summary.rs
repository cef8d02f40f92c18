//! What an import is told, and what it tells.

use domain::{Diagnostic, ReleaseVersion, Severity};

/// What holds for records that do not say it themselves.
#[derive(Debug, Clone, Default)]
pub struct Assumed {
    /// The source.
    pub source: Option<String>,
    /// The release.
    pub release: Option<ReleaseVersion>,
}

/// A remark on a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The file.
    pub path: String,
    /// The remark.
    pub diagnostic: Diagnostic,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files.
    pub files: usize,
    /// Records in them, template rows left out.
    pub read: usize,
    /// Requests that were not known.
    pub new: usize,
    /// Requests that were known, with steps that were not.
    pub changed: usize,
    /// Requests that were known as they are.
    pub unchanged: usize,
    /// Records that could not be read or belong to no proposal, each named by an error among the remarks.
    pub unreadable: usize,
    /// Events added to the log.
    pub events: usize,
    /// What was found in the files.
    pub remarks: Vec<Remark>,
}

impl Summary {
    /// Remarks of a severity, in the order of files and lines.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Remark> {
        self.remarks.iter().filter(move |remark| remark.diagnostic.severity == severity)
    }
}
