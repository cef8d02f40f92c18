//! Lists in every form seen in the wild (FORMATS 5), written for these tests in the same shapes.

mod broken;
mod roundtrip;
mod variants;

use super::{ExceptionsReading, read_exceptions};

const PATH: &str = "releases/v1.10/exceptions.yaml";

fn read(text: &str) -> ExceptionsReading {
    read_exceptions(PATH, text.as_bytes())
}

/// Codes and lines of what was remarked.
fn codes(reading: &ExceptionsReading) -> Vec<(&str, u32)> {
    reading.diagnostics.iter().map(|diagnostic| (diagnostic.code.as_str(), diagnostic.line)).collect()
}

/// Number, freeze and status of each record.
fn told(reading: &ExceptionsReading) -> Vec<(u32, &'static str, &str)> {
    let number = |record: &super::ExceptionRecord| record.issue.as_ref().map_or(0, |issue| issue.number);
    let status = |record: &super::ExceptionRecord| match &record.status {
        Some(super::ListedStatus::Approved) => "approved",
        Some(super::ListedStatus::Denied) => "denied",
        Some(super::ListedStatus::Reverted) => "reverted",
        Some(super::ListedStatus::Removed) => "removed",
        Some(super::ListedStatus::Other(_)) => "other",
        Some(_) => "undecided",
        None => "",
    };
    reading.records.iter().map(|r| (number(r), r.phase.key(), status(r))).collect()
}
