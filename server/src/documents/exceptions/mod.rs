//! Reads and writes `exceptions.yaml` (FORMATS 5): the requests for exceptions of one release.
//!
//! The shape is that of the Kubernetes releases, a map from freeze to records, with further keys that make it lossless:
//! what [`write_exceptions`] writes, [`read_exceptions`] reads back as it was. Files written by hand come in many forms,
//! some of them no YAML; lines are then read as they were meant, and each such line is named. Keys that mean nothing here
//! are kept as notes. Left out on purpose: which proposal a record is about, and what follows for the log; that is the
//! import's.

mod keys;
mod lines;
mod phase;
mod quote;
mod reader;
mod record;
mod repair;
mod steps;
mod values;
mod words;
mod writer;

#[cfg(test)]
mod tests;

use domain::ReleaseVersion;

pub use phase::Phase;
pub use reader::{MAX_EXCEPTIONS_BYTES, read_exceptions};
pub use record::{ExceptionRecord, ExceptionsReading, IssueRef, ListedStatus, On, Step, StepKind};
pub use writer::{write_all_exceptions, write_exceptions};

/// The release that a path speaks of: its last directory of the form `v1.10` or `release-1.36`.
pub fn release_of_path(path: &str) -> Option<ReleaseVersion> {
    let named = |part: &str| part.strip_prefix("release-").or_else(|| part.strip_prefix(['v', 'V']))?.parse().ok();
    path.rsplit('/').find_map(named)
}
