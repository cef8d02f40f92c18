//! What events are made of: pull requests, reasons and outcomes.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{REVIEW_LAG_DAYS, ReleaseVersion};

/// State of a pull request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PullState {
    /// Open.
    Open,
    /// Merged.
    Merged,
    /// Closed without a merge.
    Closed,
}

/// What a pull request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PullKind {
    /// Adds or changes the proposal document.
    Proposal,
    /// Implements it.
    Implementation,
    /// Documents it for users.
    Docs,
    /// Fixes a bug of it.
    Bug,
    /// Merely mentions it.
    Unrelated,
}

/// A pull request as observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    /// `owner/name`.
    pub repository: String,
    /// Its number there.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Login of its author.
    pub author: String,
    /// What it is for.
    pub kind: PullKind,
    /// The release it belongs to.
    pub release: ReleaseVersion,
    /// Open, merged or closed.
    pub state: PullState,
    /// Logins it waits on while open; empty when on nobody in particular.
    pub waiting_on: Vec<String>,
    /// Whether those are reviewers; if not, the author owes changes.
    pub waiting_on_review: bool,
    /// Since when it waits on them.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Its labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Whether it is a draft.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// The branch that it goes into; empty where that was not observed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base: String,
    /// Why it is said to belong to the proposal; none where nobody had to find out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub belonging: Option<Belonging>,
}

impl Pull {
    /// Whether it has waited on its reviewers for longer than a review may take (P-24).
    pub fn lags(&self, now: DateTime<Utc>) -> bool {
        let waited = self.waiting_since.filter(|_| self.waiting_on_review).map(|since| now - since);
        waited.is_some_and(|waited| waited > TimeDelta::days(REVIEW_LAG_DAYS))
    }
}

/// Why a pull request is said to belong to a proposal, the strongest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Belonging {
    /// The tracking issue links it.
    Issue,
    /// It changes the proposal's document.
    Document,
    /// Its text names the tracking issue in a documented form.
    Text,
    /// Its title names the proposal.
    Title,
    /// It carries over a pull request that belongs to the proposal into a release branch.
    CherryPick,
}

impl Belonging {
    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Issue => "the tracking issue links it",
            Self::Document => "it changes the proposal's document",
            Self::Text => "its text names the tracking issue",
            Self::Title => "its title names the proposal",
            Self::CherryPick => "it carries a pull request of the proposal into a release branch",
        }
    }
}

/// What is read of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Tracking issues with their labels and comments, and bugs.
    Issues,
    /// Pull requests with their reviews.
    Pulls,
    /// Documents.
    Documents,
    /// Branches, tags and what they contain.
    Branches,
}

impl Reading {
    /// What is read, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Issues => "issues",
            Self::Pulls => "pull requests",
            Self::Documents => "documents",
            Self::Branches => "branches",
        }
    }
}

/// Why a proposal moves to another release (P-15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RetargetReason {
    /// Reviewers and owner do not converge.
    NoConvergence,
    /// A new blocker came up.
    NewBlocker,
    /// The community pushed back.
    CommunityPushback,
    /// An approver withdrew.
    ApproverWithdrew,
    /// Another reason, told in the sentence.
    Other,
}

impl RetargetReason {
    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoConvergence => "no convergence",
            Self::NewBlocker => "new blocker",
            Self::CommunityPushback => "community pushback",
            Self::ApproverWithdrew => "approver withdrew",
            Self::Other => "other",
        }
    }
}

/// Outcome of a weekly check-in (P-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CheckInOutcome {
    /// Going well.
    OnTrack,
    /// May not make it.
    AtRisk,
    /// Cannot go on.
    Blocked,
    /// Nothing left to do.
    Done,
    /// Should leave the release; the owning SIG confirms.
    RetargetOrReject,
}

/// A proposal in a closed plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Its number.
    pub number: u32,
    /// Place in the SIG's order, from 1.
    pub rank: Option<u32>,
}
