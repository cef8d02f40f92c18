//! `cep-tracker check`: a linter for proposal documents, for authors and for presubmits.
//!
//! It prints what the readers report and what the template still asks for; with the schedules at hand also targets
//! that come too late or too early. It needs no database and no network, and knows nothing of issues and decisions.

mod findings;
mod format;
mod releases;

use std::{
    io::{self, Write},
    path::PathBuf,
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::FreezeZone;

use self::{format::Printer, releases::Releases};
use super::inspect::files::{self, Content, Input};

/// Check proposal documents against the template and, if wanted, against the release schedules.
///
/// A release schedule is checked when it is named itself. Findings of the severities error and warning make the exit code 1; notes are shown and do not. Exit code 2 means
/// that a file could not be read. Directories are searched for documents; the template in them is passed over, unless
/// it is named itself.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Documents to check, or directories to search.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print findings: text for people, json (one object a line) for programs, github for annotations on a
    /// pull request.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Directory with the release schedules (releases/vX.Y/schedule.yaml). Adds findings for targets whose
    /// Enhancement Freeze has passed and for releases that are further ahead than the next.
    #[arg(long, value_name = "DIR")]
    pub releases: Option<PathBuf>,
    /// Judge freezes as of this instant instead of now: 2026-05-01T12:00:00Z, or a date, which means the end of that
    /// day Anywhere on Earth.
    #[arg(long, value_name = "INSTANT", value_parser = parse_instant)]
    pub at: Option<DateTime<Utc>>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One line a finding, and a summary.
    Text,
    /// One JSON object a line.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Checks every document named by `args`, as of `args.at` or else `now`, and returns the exit code.
///
/// # Errors
/// When `out` cannot be written. A file that cannot be read is named on standard error instead.
pub fn run(args: &Args, now: DateTime<Utc>, out: &mut impl Write) -> Result<u8, io::Error> {
    let mut unreadable = false;
    let mut complain = |shown: &str, reason: &str| {
        unreadable = true;
        files::complain(shown, reason);
    };
    let releases = args.releases.as_ref().map(|dir| Releases::read(dir, args.at.unwrap_or(now), &mut complain));
    let mut printer = Printer::new(args.format);
    for input in files::collect(&args.paths) {
        let named = |shown: &str| args.paths.iter().any(|path| path.to_string_lossy() == shown);
        match input {
            Input::Read { shown, content: Content::Proposal { source, located, reading } } => {
                if named(&shown) || !located.as_ref().is_some_and(|located| located.template) {
                    let found = findings::of(source, located.as_ref(), &reading, releases.as_ref());
                    printer.file(&shown, &found, out)?;
                }
            }
            Input::Read { shown, content: Content::Schedule(reading) } => {
                // One found on the way is no document; a search through a whole repository meets them.
                if named(&shown) {
                    printer.file(&shown, &reading.diagnostics, out)?;
                }
            }
            Input::Unreadable { shown, reason } => complain(&shown, &reason),
        }
    }
    let failed = printer.finish(out)?;
    Ok(if unreadable { 2 } else { u8::from(failed) })
}

fn parse_instant(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(FreezeZone::ANYWHERE_ON_EARTH.end_of(day));
    }
    DateTime::parse_from_rfc3339(text)
        .map(|instant| instant.to_utc())
        .map_err(|_| "write an instant such as 2026-05-01T12:00:00Z, or a date such as 2026-04-30".to_owned())
}

#[cfg(test)]
mod tests;
