//! The port behind the pages about slips.

use chrono::{DateTime, Utc};
use domain::{
    ReleaseDates, ReleaseVersion,
    slip::{Fate, PostMove, Tally},
};
use serde::{Deserialize, Serialize};

use crate::{
    features::shared::ProposalLink,
    port::Answer,
    query::{At, ReleaseChoice},
};

/// Everything on the page about the slips of one release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseSlipsView {
    /// The release.
    pub release: ReleaseVersion,
    /// Its dates.
    pub dates: ReleaseDates,
    /// The release before it.
    pub before: Option<ReleaseVersion>,
    /// The release after it.
    pub after: Option<ReleaseVersion>,
    /// What counts as planned, per source.
    pub plans: Vec<PlanOrigin>,
    /// All together.
    pub total: Counts,
    /// Per owning SIG, by name.
    pub sigs: Vec<SigCounts>,
    /// What is not in the release and is not in work: slipped ones, not verified ones, ended ones.
    pub lines: Vec<SlipLine>,
    /// Planned and present dates.
    pub posts: Vec<PostMove>,
}

/// What counts as planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOrigin {
    /// Id of the source.
    pub source: String,
    /// What one of its proposals is called.
    pub noun: String,
    /// How many were planned.
    pub planned: u32,
    /// The closing whose snapshot it is; without one, what was accepted before the Enhancement Freeze counts.
    pub closed: Option<PlanClosing>,
}

/// A closing of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanClosing {
    /// Its place in the log.
    pub event: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Login of who closed it.
    pub by: String,
}

/// What became of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// What was planned, by its fate.
    pub planned: Tally,
    /// What was accepted beside the plan, by its fate.
    pub added: Tally,
    /// Requests for an exception.
    pub exceptions: u32,
    /// Those that were granted.
    pub granted: u32,
}

impl Counts {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            planned: self.planned.and(other.planned),
            added: self.added.and(other.added),
            exceptions: self.exceptions + other.exceptions,
            granted: self.granted + other.granted,
        }
    }
}

/// The same for one SIG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigCounts {
    /// The SIG.
    pub sig: String,
    /// What became of its part.
    pub counts: Counts,
}

/// A proposal that is not in the release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipLine {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Owning SIG.
    pub sig: String,
    /// Whether it was planned, rather than accepted later.
    pub planned: bool,
    /// What became of it.
    pub fate: Fate,
    /// Its status in the release, in words.
    pub words: String,
    /// How it left, where that is known.
    pub left: Option<MoveView>,
}

/// A move of a proposal from release to release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveView {
    /// The release that it left.
    pub from: ReleaseVersion,
    /// Where it went; none while no other release has it.
    pub to: Option<ReleaseVersion>,
    /// Why, in words.
    pub why: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Login of whose word it is.
    pub who: Option<String>,
    /// Place of the decision in the log.
    pub decision: Option<i64>,
    /// Where it was said.
    pub link: Option<String>,
    /// Whether it came later than planned, rather than earlier.
    pub slip: bool,
}

/// Everything on the page over all releases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlipsView {
    /// Releases for which something was planned or that have a schedule, newest first.
    pub releases: Vec<ReleaseCounts>,
    /// Per owning SIG, by name: its part of each of those releases, in the same order.
    pub sigs: Vec<SigOver>,
    /// Proposals that slipped or stay long in a stage, most slips first.
    pub often: Vec<Often>,
    /// How far Enhancement Freeze, Code Freeze and GA moved.
    pub posts: Vec<PostOver>,
}

/// One release among all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseCounts {
    /// The release.
    pub release: ReleaseVersion,
    /// Whether it is the current one.
    pub current: bool,
    /// What became of its plan.
    pub counts: Counts,
    /// Planned and present dates.
    pub posts: Vec<PostMove>,
}

/// One SIG over all releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigOver {
    /// The SIG.
    pub sig: String,
    /// All releases together.
    pub total: Counts,
    /// Release by release.
    pub releases: Vec<Counts>,
}

/// A proposal that slipped, or stays long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Often {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Owning SIG.
    pub sig: String,
    /// How often it slipped.
    pub slips: u32,
    /// How it moved, oldest first.
    pub moves: Vec<MoveView>,
    /// Stages that last longer than the rule of thumb says, as sentences.
    pub stays: Vec<String>,
}

/// How far a post of the schedules moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostOver {
    /// "Enhancement Freeze", "Code Freeze", "General availability".
    pub name: String,
    /// In how many releases it is dated.
    pub dated: u32,
    /// In how many of those it moved.
    pub moved: u32,
    /// Median of the days, those that stayed included.
    pub median: Option<f64>,
}

/// How the pages reach the server.
pub trait SlipsPort: Send + Sync {
    /// The slips of a release; `PageError::NotFound` when there is none.
    fn release_slips(&self, release: ReleaseChoice, at: At) -> Answer<'_, ReleaseSlipsView>;

    /// All releases together.
    fn slips(&self, at: At) -> Answer<'_, SlipsView>;
}
