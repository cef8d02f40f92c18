//! The port behind the dashboard.

use chrono::NaiveDate;
use domain::{ReleaseVersion, Waiting, representation::Gap};
use serde::{Deserialize, Serialize};

use crate::{
    features::announcements::port::Overdue,
    features::shared::{Act, Cycle, HistoryItem, NextDate, ProposalLink, ProposalRow, StatusCount},
    port::Answer,
    query::At,
};

/// Everything on the dashboard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DashboardView {
    /// What should have been announced and was not.
    pub overdue: Vec<Overdue>,
    /// Weeks in which nobody is on record for a SIG or the release team.
    pub gaps: Vec<Gap>,
    /// The current release; `None` when no calendar was read yet.
    pub cycle: Option<Cycle>,
    /// The release after it, once one is known.
    pub next: Option<ReleaseVersion>,
    /// Whether any proposal is known at all.
    pub any_proposal: bool,
    /// Counts by status over all of the release's proposals, in the order of the bar.
    pub counts: Vec<StatusCount>,
    /// How many are tracked.
    pub tracked: u32,
    /// How many are proposed for consideration.
    pub proposed: u32,
    /// Candidates of any release: documents in open pull requests, without a tracking issue; none at another instant than
    /// now.
    pub candidates: u32,
    /// Who can act on what, most urgent first; cut to about eight.
    pub waiting: Vec<WaitingItem>,
    /// How many there are without the cut.
    pub waiting_total: u32,
    /// The release's proposals, most urgent first; at most [`crate::query::ListQuery::PAGE_SIZE`].
    pub rows: Vec<ProposalRow>,
    /// How many there are without the cut.
    pub rows_total: u32,
    /// Dates ahead, soonest first; cut to about six.
    pub next_dates: Vec<NextDate>,
    /// Latest decisions, newest first; cut to about six.
    pub decisions: Vec<HistoryItem>,
    /// Counts by status over the days of the cycle, oldest first; at most about 60 points.
    pub over_time: Vec<DayCounts>,
}

/// One thing that somebody can do now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitingItem {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Who, what, and why.
    pub waiting: Waiting,
    /// Where whoever looks does it, or else looks at it; none where there is no such place.
    pub act: Option<Act>,
}

/// The counts of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCounts {
    /// The day, judged at its end, Anywhere on Earth.
    pub day: NaiveDate,
    /// Counts by status.
    pub counts: Vec<StatusCount>,
}

/// How the dashboard reaches the server.
pub trait DashboardPort: Send + Sync {
    /// The dashboard as of `at`.
    fn dashboard(&self, at: At) -> Answer<'_, DashboardView>;
}
