//! The port behind the planning page of a release.

use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, RetargetReason, Share, Status};
use serde::{Deserialize, Serialize};

use crate::{
    features::shared::{Cycle, ProposalLink},
    port::Answer,
    query::{At, ReleaseChoice},
};

/// How many proposals of one release a person can review or approve; more is marked as too much. Communities report
/// reviewers overloaded above a handful of proposals (USERS 9); three leaves room for the reviews they did not plan.
pub const OVERLOAD: usize = 3;

/// Reasons for moving to another release (P-15), with their values in forms.
pub const REASONS: [(&str, RetargetReason); 5] = [
    ("no-convergence", RetargetReason::NoConvergence),
    ("new-blocker", RetargetReason::NewBlocker),
    ("community-pushback", RetargetReason::CommunityPushback),
    ("approver-withdrew", RetargetReason::ApproverWithdrew),
    ("other", RetargetReason::Other),
];

/// What the address of the page asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAsk {
    /// Which release.
    pub release: ReleaseChoice,
    /// Which source; without one, the first that has proposals.
    pub source: Option<String>,
    /// Which SIG's part of it, where proposals of the source belong to several.
    pub sig: Option<String>,
    /// The closing whose snapshot is shown, by its place in the log.
    pub closed: Option<i64>,
    /// The instant shown.
    pub at: At,
}

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanView {
    /// Dates and moves of the release.
    pub cycle: Cycle,
    /// Whether it is the current one.
    pub current: bool,
    /// The release before it.
    pub before: Option<ReleaseVersion>,
    /// The release after it.
    pub after: Option<ReleaseVersion>,
    /// The sources, the one shown among them.
    pub sources: Vec<Part>,
    /// The SIGs of the source shown, where it has several.
    pub sigs: Vec<Part>,
    /// Id of the source shown.
    pub source: String,
    /// What one of its proposals is called.
    pub noun: String,
    /// The SIG shown, if only one's part is.
    pub sig: Option<String>,
    /// What the viewer may do.
    pub rights: Rights,
    /// Place of the latest decision on anything shown, which forms send along.
    pub seen: i64,
    /// Accepted ones in the order of the SIG, those without a place last.
    pub accepted: Vec<PlanRow>,
    /// Proposed for consideration, by number.
    pub proposed: Vec<PlanRow>,
    /// What slipped from the release before and does not take part in this one.
    pub slipped: Vec<SlippedRow>,
    /// Who reviews and approves how much of this release, of all sources; most first.
    pub load: Vec<Load>,
    /// Closings of the plan, newest first.
    pub closings: Vec<Closing>,
    /// The closing asked for, else the latest, with the difference to the instant shown.
    pub snapshot: Option<Snapshot>,
}

/// A source, or a SIG's part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many are accepted.
    pub accepted: usize,
    /// How many are proposed.
    pub proposed: usize,
}

/// What the viewer may do here, and who may.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// Whether at least something on the page can be accepted or retargeted by them.
    pub decide: bool,
    /// Whether they may order all that is shown as accepted.
    pub order: bool,
    /// Whether they may close the plan.
    pub close: bool,
    /// Why they may not, in words for them; empty when they may.
    pub refusal: String,
}

/// A proposal that is accepted, or proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanRow {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Owning SIG.
    pub sig: String,
    /// Status in this release.
    pub status: Status,
    /// The status in words.
    pub words: String,
    /// Place in the SIG's order.
    pub rank: Option<u32>,
    /// Logins of the owners.
    pub owners: Vec<String>,
    /// Reviewers and approvers, each with what they would have with this one.
    pub people: Vec<Named>,
    /// What a plan should know of it and does not, in few words each: "no reviewer".
    pub lacks: Vec<String>,
    /// Implementation pull requests, merged of all; none when no one knows of any.
    pub work: Option<Share>,
    /// How it slipped before, oldest first: "v1.9 → v1.10".
    pub slips: Vec<String>,
    /// Whether the viewer may decide on it.
    pub may: bool,
    /// Place of the latest decision on it.
    pub seen: i64,
}

/// Somebody who reviews or approves a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Login.
    pub login: String,
    /// How many accepted ones of this release name them, this one included.
    pub with_it: usize,
}

/// A proposal that slipped from the release before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlippedRow {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Owning SIG.
    pub sig: String,
    /// Its status in the release before.
    pub status: Status,
    /// That status in words.
    pub words: String,
    /// How it slipped before that, oldest first.
    pub slips: Vec<String>,
    /// How it can come along.
    pub way: Way,
    /// Whether the viewer may decide on it.
    pub may: bool,
    /// Place of the latest decision on it.
    pub seen: i64,
}

/// How something that slipped can come into this release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// By moving its target (P-15).
    Retarget,
    /// Its record in the release before is closed, so that only an acceptance links it with this one.
    Accept,
}

/// What waits on one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Login.
    pub login: String,
    /// Accepted proposals of this release that name them.
    pub accepted: usize,
    /// Proposed ones.
    pub proposed: usize,
    /// Open pull requests that wait for their review, of any release.
    pub reviews: usize,
}

/// One closing of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Its place in the log.
    pub event: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Login of who closed it.
    pub by: String,
    /// How many proposals it holds.
    pub proposals: usize,
}

/// A closed plan and what has changed since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The closing.
    pub closing: Closing,
    /// Whether it was asked for by its address.
    pub asked: bool,
    /// What it holds, in its order.
    pub rows: Vec<SnapshotRow>,
    /// Accepted since.
    pub added: Vec<SnapshotRow>,
}

/// A proposal of a closed plan, or one accepted since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SnapshotRow {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Its place then.
    pub rank: Option<u32>,
    /// Its place at the instant shown.
    pub rank_now: Option<u32>,
    /// Its status at the instant shown; none when it does not take part.
    pub status: Option<Status>,
    /// That in words.
    pub words: String,
    /// Whether it is tracked at the instant shown.
    pub tracked: bool,
}

/// How the page reaches the server.
pub trait PlanPort: Send + Sync {
    /// The plan of a release; `PageError::NotFound` for a release, source or closing that is not known.
    fn plan(&self, ask: PlanAsk) -> Answer<'_, PlanView>;
}
