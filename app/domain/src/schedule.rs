//! What one version of a `schedule.yaml` states, row by row (P-1).
//!
//! Only the reading is here; parsing YAML is the server's business (`server/src/documents`), and the instants and
//! phases that follow from a reading are in [`crate::release`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Diagnostic, ReleaseVersion};

/// How the date of a deadline was found (P-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineOrigin {
    /// A row names it.
    Row,
    /// No row names the Enhancement Freeze; the Alpha 0 row that tags this version gives it.
    Alpha,
    /// The file does not state it.
    #[default]
    None,
}

/// A date that the process hangs on, or the knowledge that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub struct Deadline {
    /// The day, as stated.
    pub date: Option<NaiveDate>,
    /// How it was found.
    pub from: DeadlineOrigin,
    /// Line of the row, counted from 1; 0 without one.
    pub line: u32,
}

/// A row of `schedule.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ScheduleRow {
    /// The day.
    pub when: NaiveDate,
    /// Milestone without Markdown emphasis; empty when the file has none.
    pub milestone: String,
    /// Who acts (`Kubernetes`, `KubeVirt CI`, `KubeVirt`, `CDI`).
    pub who: String,
    /// What happens.
    pub what: String,
    /// Notes as Markdown.
    pub notes: String,
    /// Line of the row's first key, counted from 1.
    pub line: u32,
}

/// Everything one version of one `schedule.yaml` states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleReading {
    /// The release, from the directory name.
    pub version: Option<ReleaseVersion>,
    /// Enhancement Freeze.
    pub enhancement_freeze: Deadline,
    /// Code Freeze.
    pub code_freeze: Deadline,
    /// The day the release branch is cut.
    pub branch_cut: Deadline,
    /// End of the freeze of main: the row "Code Thaw", else the branch cut.
    pub thaw: Deadline,
    /// General availability of the release itself (not of CDI).
    pub ga: Deadline,
    /// Rows as read, in the order of the file.
    pub rows: Vec<ScheduleRow>,
    /// What could not be read or looks wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl ScheduleReading {
    /// Betas and release candidates of the release itself, with the day on which the schedule has them tagged, in the
    /// order of the file; each once.
    pub fn pre_releases(&self) -> Vec<(String, NaiveDate)> {
        let Some(version) = self.version else { return Vec::new() };
        let (beta, candidate) = (format!("{version}.0-beta."), format!("{version}.0-rc."));
        let mut found: Vec<(String, NaiveDate)> = Vec::new();
        for row in &self.rows {
            let tags = row.what.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '`' | '(' | ')'));
            for tag in tags.filter(|tag| tag.starts_with(&beta) || tag.starts_with(&candidate)) {
                let tag = tag.trim_end_matches('.');
                if found.iter().all(|(known, _)| known != tag) {
                    found.push((tag.to_owned(), row.when));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_releases_are_those_that_rows_tag_for_this_release() {
        let row = |when: &str, what: &str| ScheduleRow {
            when: when.parse().unwrap(),
            milestone: String::new(),
            who: "KubeVirt".to_owned(),
            what: what.to_owned(),
            notes: String::new(),
            line: 1,
        };
        let rows = vec![
            row("2026-03-11", "Tag v1.36.0-rc.0"),
            row("2026-05-21", "Tag `v1.10.0-beta.0`"),
            row("2026-06-24", "Branch release-1.10 and tag v1.10.0-rc.0 on release-1.10"),
            row("2026-07-22", "Tag v1.10.0 on release-1.10"),
        ];
        let reading = ScheduleReading { version: "v1.10".parse().ok(), rows, ..ScheduleReading::default() };
        let found: Vec<_> = reading.pre_releases().into_iter().map(|(tag, day)| format!("{tag} {day}")).collect();
        assert_eq!(found, ["v1.10.0-beta.0 2026-05-21", "v1.10.0-rc.0 2026-06-24"]);
        assert!(ScheduleReading::default().pre_releases().is_empty());
    }

    #[test]
    fn an_empty_reading_states_no_deadline() -> Result<(), serde_json::Error> {
        let reading: ScheduleReading = serde_json::from_str("{}")?;
        assert_eq!(reading.ga, Deadline { date: None, from: DeadlineOrigin::None, line: 0 });
        Ok(())
    }
}
