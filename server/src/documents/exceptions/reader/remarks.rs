//! What is remarked about a file as a whole.

use domain::{Diagnostic, diagnostic::codes};

use super::super::{super::text::quoted, record::ExceptionsReading};

/// A value is no release.
pub fn no_release(line: u32, text: &str) -> Diagnostic {
    let message = format!("{} is no release.", quoted(text));
    Diagnostic::warning(line, codes::NO_VERSION, message, "Write it as v1.10.")
}

/// A key of the file names no freeze.
pub fn no_part(line: u32, name: &str) -> Diagnostic {
    Diagnostic::warning(
        line,
        codes::PHASE_UNKNOWN,
        format!("{} is no freeze; its records were read as about none.", quoted(name)),
        "Put them under enhancementFreeze, codeFreeze or other.",
    )
}

/// A second request for one freeze is read, and pointed out (P-18).
pub fn same_twice(reading: &mut ExceptionsReading) {
    let mut seen = std::collections::HashMap::new();
    for record in reading.records.iter().filter(|record| record.request.is_none()) {
        let issue = record.issue.as_ref().map(|issue| (issue.repository.as_deref(), issue.number));
        let key = (record.release, record.phase, record.proposal.as_ref(), issue);
        if let Some(line) = seen.insert(key, record.line) {
            reading.diagnostics.push(Diagnostic::note(
                record.line,
                codes::RECORD_TWICE,
                format!("The same issue asks on line {line} already; this was read as another request."),
                "Remove one of the two if they are the same request.",
            ));
        }
    }
}
