//! Whether a target is still open: compares target lines with the release schedules as of an instant.
//!
//! A target in a release that is out is history and no finding (the document tells where a stage was reached). Whether
//! a late target has an exception, only the tracker knows.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, Utc};
use domain::{Deadline, Diagnostic, FreezeZone, ReleaseVersion, Target, diagnostic::codes};

use crate::cli::inspect::files::{self, Content, Input};

/// The releases of a calendar, and the instant as of which they are judged.
pub struct Releases {
    at: DateTime<Utc>,
    known: BTreeMap<ReleaseVersion, Dates>,
}

struct Dates {
    freeze: Option<DateTime<Utc>>,
    ga: Option<DateTime<Utc>>,
}

impl Releases {
    /// Reads every schedule under `directory`. A file that cannot be read is handed to `complain`; so is a directory
    /// without schedules, because a check without dates must not look like one that passed.
    pub fn read(directory: &Path, at: DateTime<Utc>, complain: &mut impl FnMut(&str, &str)) -> Self {
        let end = |deadline: Deadline| deadline.date.map(|day| FreezeZone::ANYWHERE_ON_EARTH.end_of(day));
        let mut known = BTreeMap::new();
        for input in files::collect(&[directory.to_owned()]) {
            match input {
                Input::Read { content: Content::Schedule(reading), .. } => {
                    if let Some(version) = reading.version {
                        known.insert(version, Dates { freeze: end(reading.enhancement_freeze), ga: end(reading.ga) });
                    }
                }
                Input::Read { .. } => {}
                Input::Unreadable { shown, reason } => complain(&shown, &reason),
            }
        }
        if known.is_empty() {
            complain(&directory.to_string_lossy(), "there is no releases/vX.Y/schedule.yaml in it");
        }
        Self { at, known }
    }

    /// Adds a finding for each target that comes too late or too early.
    pub fn judge(&self, targets: &[Target], found: &mut Vec<Diagnostic>) {
        let passed = |instant: Option<DateTime<Utc>>| instant.is_some_and(|instant| instant <= self.at);
        let next = self
            .known
            .iter()
            .find(|(_, dates)| !passed(dates.freeze) && !passed(dates.ga))
            .map(|(version, _)| *version);
        for target in targets {
            let Some(version) = target.reading.version() else { continue };
            match self.known.get(&version) {
                Some(dates) if passed(dates.ga) => {}
                Some(dates) if passed(dates.freeze) => found.push(self.late(version, dates, target)),
                Some(_) if next.is_some_and(|next| version > next) => {
                    found.extend(next.map(|next| early(version, next, target)));
                }
                Some(_) => {}
                // Older than every schedule: shipped long ago.
                None if self.known.keys().next().is_some_and(|first| version < *first) => {}
                None => found.push(Diagnostic::note(
                    target.line,
                    codes::UNKNOWN_RELEASE,
                    format!("There is no schedule for {version} yet."),
                    "Check the version; if it is right, nothing has to change.",
                )),
            }
        }
    }

    fn late(&self, version: ReleaseVersion, dates: &Dates, target: &Target) -> Diagnostic {
        let since =
            dates.freeze.map_or_else(String::new, |instant| format!(" at {}", instant.format("%Y-%m-%d %H:%M UTC")));
        Diagnostic::warning(
            target.line,
            codes::FREEZE_PASSED,
            format!(
                "The Enhancement Freeze of {version} passed{since}, before {}.",
                self.at.format("%Y-%m-%d %H:%M UTC")
            ),
            "Target a later release, or ask for an exception, unless the proposal was accepted in time.",
        )
    }
}

fn early(version: ReleaseVersion, next: ReleaseVersion, target: &Target) -> Diagnostic {
    Diagnostic::note(
        target.line,
        codes::ADVANCE_TARGET,
        format!("{version} is targeted while {next} is being planned."),
        format!("State only {next} now; add later releases when their planning begins."),
    )
}
