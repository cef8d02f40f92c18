//! The readers as the rest of the server calls them, on files of the shapes found in the wild.

mod board;
mod hostile;
mod issue;
mod issue_bodies;
mod issue_hostile;
mod issue_table;
mod owners;
mod proposal;
mod pull_text;
mod schedule;
mod sections;

use domain::Diagnostic;

/// Codes and lines, which is what most tests look at.
fn codes(diagnostics: &[Diagnostic]) -> Vec<(&str, u32)> {
    diagnostics.iter().map(|diagnostic| (diagnostic.code.as_str(), diagnostic.line)).collect()
}
