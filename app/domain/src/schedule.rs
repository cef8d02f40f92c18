//! What one version of a `schedule.yaml` states, row by row (P-1).
//!
//! Only the reading is here; parsing YAML is the server's business (`server/src/documents`), and the instants and
//! phases that follow from a reading are in [`crate::release`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Diagnostic, ReleaseVersion};

/// How the date of a deadline was found (P-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_reading_states_no_deadline() -> Result<(), serde_json::Error> {
        let reading: ScheduleReading = serde_json::from_str("{}")?;
        assert_eq!(reading.ga, Deadline { date: None, from: DeadlineOrigin::None, line: 0 });
        Ok(())
    }
}
