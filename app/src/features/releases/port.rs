//! The port behind the list of releases and the page of one.

use domain::{
    Diagnostic, ReleaseVersion, ScheduleRow,
    actual::{Actual, Made},
};
use serde::{Deserialize, Serialize};

use crate::{
    features::announcements::port::Overdue,
    features::shared::{Cycle, ProposalRow, StatusCount},
    port::Answer,
    query::{At, ReleaseChoice},
};

/// Everything on the list of releases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseListView {
    /// The current release.
    pub current: Option<ReleaseVersion>,
    /// All releases, newest first.
    pub releases: Vec<ReleaseRow>,
}

/// One release in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseRow {
    /// Its dates.
    pub cycle: Cycle,
    /// How many proposals take part.
    pub proposals: u32,
    /// Counts by status.
    pub counts: Vec<StatusCount>,
}

/// Everything on the page of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseView {
    /// What should have been announced and was not.
    pub overdue: Vec<Overdue>,
    /// Its dates and moves.
    pub cycle: Cycle,
    /// Whether it is the current one.
    pub current: bool,
    /// The releases before and after it, where there are any.
    pub before: Option<ReleaseVersion>,
    /// The release after it.
    pub after: Option<ReleaseVersion>,
    /// Counts by status, in the order of the bar.
    pub counts: Vec<StatusCount>,
    /// Its proposals in the order of the counts, then by urgency.
    pub rows: Vec<ProposalRow>,
    /// The rows of its schedule, in the order of the file, each with what came of it.
    pub schedule: Vec<(ScheduleRow, Actual)>,
    /// Tags and branches that no row names, oldest first.
    pub unplanned: Vec<Made>,
    /// The repository whose tags and branches are known; none where none are.
    pub built_in: Option<String>,
    /// Address of the schedule file.
    pub schedule_url: Option<String>,
    /// What could not be read in it.
    pub diagnostics: Vec<Diagnostic>,
}

/// How the pages reach the server.
pub trait ReleasesPort: Send + Sync {
    /// All releases as of `at`.
    fn releases(&self, at: At) -> Answer<'_, ReleaseListView>;

    /// One release as of `at`; `PageError::NotFound` when there is none.
    fn release(&self, release: ReleaseChoice, at: At) -> Answer<'_, ReleaseView>;
}
