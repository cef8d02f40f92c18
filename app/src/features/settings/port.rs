//! The port behind the settings page: what is configured and what was last read. Nothing can be changed there yet.

use chrono::{DateTime, Utc};
use domain::{Outcome, Severity, Source};
use serde::{Deserialize, Serialize};

use crate::port::Answer;

/// Everything on the settings page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettingsView {
    /// Sources of proposals.
    pub sources: Vec<SourceView>,
    /// Calendars of releases.
    pub calendars: Vec<CalendarView>,
    /// Who administers the tracker, in words: logins with `@`, numbers at GitHub.
    pub admins: Vec<String>,
    /// What `/healthz` checks.
    pub health: Vec<HealthLine>,
    /// What the file of the whole instance leaves out, in words.
    pub left_out: Vec<String>,
    /// Whether the viewer may download that file.
    pub exports: bool,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceView {
    /// Its configuration.
    pub source: Source,
    /// How many proposals it has.
    pub proposals: u32,
    /// What it last read.
    pub last_read: Option<ReadSummary>,
}

/// One calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarView {
    /// Its id.
    pub id: String,
    /// `owner/name` of its repository.
    pub repository: String,
    /// How its zone is shown.
    pub zone: String,
    /// How many releases it has.
    pub releases: u32,
    /// What it last read.
    pub last_read: Option<ReadSummary>,
}

/// One reading of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadSummary {
    /// When.
    pub at: DateTime<Utc>,
    /// From where: a directory or a repository.
    pub from: String,
    /// Files read.
    pub read: u32,
    /// Files that were new or changed.
    pub changed: u32,
    /// Files that were as before.
    pub unchanged: u32,
    /// Diagnostics by code.
    pub diagnostics: Vec<DiagnosticCount>,
}

/// How often a diagnostic occurred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticCount {
    /// Its code.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// How often.
    pub count: u32,
    /// What to change so that it goes away, as a sentence.
    pub mend: String,
    /// Some of the places, as `path:line`.
    pub places: Vec<String>,
}

/// One line of the health check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthLine {
    /// "Database", "Age of data".
    pub what: String,
    /// Its result.
    pub outcome: Outcome,
    /// In words.
    pub words: String,
}

/// How the page reaches the server.
pub trait SettingsPort: Send + Sync {
    /// What is configured and what was last read.
    fn settings(&self) -> Answer<'_, SettingsView>;
}
