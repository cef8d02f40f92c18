//! The demo world: two sources, their documents and schedules in the real formats, and a log of what happened around
//! them, dated around the instant at which it is shown, so that the countdowns live.
//!
//! Nothing in it is real: people, pull requests and texts are made up. It is data, told as stories: each proposal is
//! one function in `scenario_*`, its document is the Markdown in `texts/` with the head that `documents` writes. No
//! status is written anywhere; all of them follow from the same rules as for real data. Left out on purpose: loading
//! it into a database, and any clock ([`world`] takes the instant).

mod calendar;
mod documents;
mod long_text;
mod mirror;
mod people;
mod phrases;
mod scenario_ended;
mod scenario_exceptions;
mod scenario_open;
mod scenario_past;
mod scenario_planning;
mod scenario_ready;
mod story;
mod story_decisions;
mod story_document;
mod story_exceptions;
mod story_facts;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use domain::ReleaseVersion;

use calendar::Calendar;
pub use calendar::{AHEAD, CURRENT, NEXT, OLD, SHIPPED};
pub use mirror::{DemoCandidate, DemoReference};
pub use people::{ADMIN, CI_MAINTAINERS, Persona, RELEASE_TEAM, personas, representatives};
use story::Story;

/// Everything that the demo world consists of.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoWorld {
    /// Versions of documents, in the order of their times.
    pub files: Vec<DemoFile>,
    /// Versions of schedules, in the order of their times.
    pub schedules: Vec<DemoSchedule>,
    /// Alias files, one per source.
    pub aliases: Vec<DemoAliases>,
    /// What happened, in the order of time.
    pub events: Vec<DemoEvent>,
    /// Documents in open pull requests.
    pub candidates: Vec<DemoCandidate>,
    /// Tags and branches of releases.
    pub references: Vec<DemoReference>,
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoFile {
    /// `cep` or `vep`.
    pub source: &'static str,
    /// Path in the repository.
    pub path: String,
    /// The text from then on.
    pub text: String,
    /// When it was merged.
    pub occurred_at: DateTime<Utc>,
}

/// One version of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSchedule {
    /// The release.
    pub version: ReleaseVersion,
    /// Path in the calendar's repository.
    pub path: String,
    /// The text from then on.
    pub text: String,
    /// When it was merged.
    pub occurred_at: DateTime<Utc>,
}

/// The `OWNERS_ALIASES` of a source, the release team's group included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAliases {
    /// `cep` or `vep`.
    pub source: &'static str,
    /// The file.
    pub text: String,
}

/// One event about one proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoEvent {
    /// `cep` or `vep`.
    pub source: &'static str,
    /// Number of the proposal.
    pub number: u32,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// Who decided, or the reader that found a fact.
    pub actor: String,
    /// On whose behalf it was recorded.
    pub on_behalf_of: Option<String>,
    /// Where it was said.
    pub link: Option<String>,
    /// What happened. In `Undone` the place is that in [`DemoWorld::events`], counted from 1: whoever writes the
    /// events into a log replaces it by the place given there.
    pub event: domain::Event,
}

/// The demo world as shown at `now`: the same world for the same instant.
pub fn world(now: DateTime<Utc>) -> DemoWorld {
    let calendar = Calendar::around(now);
    let mut files = Vec::new();
    let mut entries = Vec::new();
    for story in stories(&calendar) {
        let told = story.told();
        files.extend(told.files);
        entries.extend(told.entries);
    }
    files.sort_by_key(|file| file.occurred_at);
    entries.sort_by_key(|entry| entry.event.occurred_at);
    DemoWorld {
        files,
        schedules: calendar.schedules(),
        aliases: people::aliases(),
        events: story::in_order(entries),
        candidates: mirror::candidates(&calendar),
        references: mirror::references(&calendar),
    }
}

fn stories(calendar: &Calendar) -> Vec<Story<'_>> {
    [
        scenario_ready::stories(calendar),
        scenario_open::stories(calendar),
        scenario_exceptions::stories(calendar),
        scenario_ended::stories(calendar),
        scenario_past::stories(calendar),
        scenario_planning::stories(calendar),
    ]
    .into_iter()
    .flatten()
    .collect()
}
