//! Views that several features show: a row of a proposal table, a count, the cycle of a release, a line of history.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{ReleaseDates, ReleaseVersion, Stage, Status, Waiting};
use serde::{Deserialize, Serialize};

/// Names a proposal and links to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProposalLink {
    /// Id of its source, the first segment of its address.
    pub source: String,
    /// What one of the source's proposals is called, e.g. `CEP`.
    pub noun: String,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
}

impl ProposalLink {
    /// Address of its page.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.source, self.number)
    }

    /// "CEP 4702".
    pub fn name(&self) -> String {
        format!("{} {}", self.noun, self.number)
    }
}

/// A row of every table of proposals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalRow {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// The release whose status is shown; none when it takes part in none.
    pub release: Option<ReleaseVersion>,
    /// Stages for that release.
    pub stages: Vec<Stage>,
    /// Status for that release.
    pub status: Status,
    /// The status in words with what is open, as the verdict writes it.
    pub words: String,
    /// Why it is at risk, when it is.
    pub at_risk: Option<String>,
    /// What is open for its gate, in few words; empty when nothing is.
    pub open: String,
    /// The first thing it waits on, if any.
    pub waiting: Option<Waiting>,
    /// Logins of the owners.
    pub owners: Vec<String>,
    /// Logins of the reviewers.
    pub reviewers: Vec<String>,
    /// Owning SIG, e.g. `sig-ci`.
    pub sig: Option<String>,
    /// Place in the SIG's order.
    pub rank: Option<u32>,
}

/// How many proposals have a status. Counts that the page shows together arrive in the order they are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatusCount {
    /// Value of the filter `status` (see [`Status::slug`]).
    pub slug: String,
    /// How many.
    pub count: u32,
}

/// The cycle of one release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// Which release.
    pub version: ReleaseVersion,
    /// Its posts.
    pub dates: ReleaseDates,
    /// Where its line begins: GA of the release before, else the first row of its schedule.
    pub began: Option<DateTime<Utc>>,
    /// Whether the schedule is only proposed (in a pull request).
    pub proposed: bool,
    /// Dates that moved, oldest move first.
    pub moves: Vec<DateMove>,
}

/// A date of the schedule that moved (P-4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DateMove {
    /// "Enhancement Freeze", "Code Freeze", "Thaw", "General availability".
    pub post: String,
    /// The day before.
    pub from: Option<NaiveDate>,
    /// The day after.
    pub to: Option<NaiveDate>,
    /// When the tracker learned of it.
    pub learned: DateTime<Utc>,
    /// The tracked proposals it touches.
    pub touches: Vec<ProposalLink>,
}

/// A date ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextDate {
    /// When.
    pub at: DateTime<Utc>,
    /// The day as the schedule states it, when it is a day.
    pub day: Option<NaiveDate>,
    /// What: "Code Freeze", "Exception of CEP 4690 ends".
    pub what: String,
    /// Whether it is a freeze or GA, drawn stronger.
    pub strong: bool,
    /// Where to read on, if anywhere.
    pub href: Option<String>,
}

/// A line of history: a fact learned or a decision taken, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HistoryItem {
    /// Its place in the log, for its permalink.
    pub id: i64,
    /// When it happened; unknown counts as always so.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When the tracker learned of it.
    pub recorded_at: DateTime<Utc>,
    /// A sentence: "Retargeted v1.9 → v1.10: no convergence".
    pub what: String,
    /// Who, in words: a login with `@`, or the reader that found it.
    pub who: String,
    /// Where it was said.
    pub link: Option<String>,
    /// Whether a person decided it.
    pub decision: bool,
    /// The proposal, where the list spans several.
    pub proposal: Option<ProposalLink>,
}
