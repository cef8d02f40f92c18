//! The port behind the work list and the page of a pull request, and what they show.

use chrono::{DateTime, Utc};
use domain::{Freeze, LabelVerdict, Load, Pull, PullState, ReleaseVersion, Votes};
use serde::{Deserialize, Serialize};

use super::PullQuery;
use crate::{features::shared::ProposalLink, port::Answer, query::At};

/// A pull request in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRow {
    /// The pull request.
    pub pull: Pull,
    /// Its proposal.
    pub proposal: ProposalLink,
    /// Place of the proposal in the SIG's order.
    pub rank: Option<u32>,
    /// What its labels say about its review.
    pub votes: Votes,
    /// Whether its review lags (P-24).
    pub lags: bool,
    /// The freeze that it has to be merged by, or that it missed.
    pub freeze: Option<Freeze>,
    /// When that is, a running grant included.
    pub deadline: Option<DateTime<Utc>>,
    /// Whether that freeze has passed.
    pub frozen: bool,
    /// Whether it should carry the label of approved work, and whether it does; only where the label is asked for.
    pub label: Option<LabelVerdict>,
}

/// A choice of a filter with how many pull requests it leads to; 0 where that is not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What goes into the address.
    pub value: String,
    /// What people read.
    pub label: String,
    /// How many pull requests have it.
    pub count: u32,
}

/// What the filters offer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullFacets {
    /// Releases, newest first.
    pub releases: Vec<Choice>,
    /// Repositories.
    pub repositories: Vec<Choice>,
    /// Author, reviewers, then people.
    pub waiting_on: Vec<Choice>,
    /// Kinds that occur.
    pub kinds: Vec<Choice>,
    /// How many reviews lag.
    pub lagging: u32,
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullListView {
    /// Whether any proposal is known at all.
    pub any_proposal: bool,
    /// Whether any pull request is known at all.
    pub any_pull: bool,
    /// Whether GitHub is read here.
    pub reads_github: bool,
    /// How many there are before filters other than the release.
    pub of_release: u32,
    /// How many match.
    pub total: u32,
    /// The rows of this page.
    pub rows: Vec<PullRow>,
    /// The page shown, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// The release shown; none where every release is, or none is current.
    pub release: Option<ReleaseVersion>,
    /// The release that `current` means.
    pub current: Option<ReleaseVersion>,
    /// What the filters offer.
    pub facets: PullFacets,
    /// What lies with each reviewer, of the whole release.
    pub load: Vec<Load>,
}

/// Which pull request, and as of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullAsk {
    /// `owner/name`.
    pub repository: String,
    /// Its number there.
    pub number: u32,
    /// As of when.
    pub at: At,
}

/// What is known of a pull request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PullView {
    /// A proposal has it.
    Held(Box<HeldView>),
    /// No proposal has it.
    Loose(LooseView),
}

/// A pull request that a proposal has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldView {
    /// As the list shows it; its label always told where its source has one.
    pub row: PullRow,
    /// Whether it is on the work list of its release while it is open.
    pub tracked: bool,
    /// Address of the tracking issue.
    pub issue_url: String,
    /// Why it is said to belong to the proposal, as a sentence.
    pub why: String,
    /// The decision that says what it is for, if a person said so.
    pub classified: Option<i64>,
    /// Other proposals that have it too: a conflict.
    pub others: Vec<OtherHolder>,
    /// Proposals that had it before, or for which it is unrelated.
    pub unrelated: Vec<ProposalLink>,
    /// What was seen of it, oldest first.
    pub sightings: Vec<SightingView>,
    /// Branches that were looked into, and whether it is there.
    pub landings: Vec<(String, bool)>,
}

/// Another proposal that has the same pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherHolder {
    /// Which.
    pub proposal: ProposalLink,
    /// In which release.
    pub release: ReleaseVersion,
    /// Why, as a sentence.
    pub why: String,
}

/// What was seen of a pull request at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SightingView {
    /// Since when it was so.
    pub at: Option<DateTime<Utc>>,
    /// Open, merged or closed.
    pub state: PullState,
    /// Whether it was a draft.
    pub draft: bool,
    /// Whom it waited on.
    pub waiting_on: Vec<String>,
    /// Whether those are reviewers.
    pub waiting_on_review: bool,
}

/// A pull request that no proposal has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooseView {
    /// `owner/name`.
    pub repository: String,
    /// Its number there.
    pub number: u32,
    /// Its title, author and labels, where it was read from GitHub.
    pub read: Option<Read>,
    /// Whether GitHub is read here.
    pub reads_github: bool,
    /// Repositories whose pull requests are read.
    pub repositories: Vec<String>,
    /// The labels of approved work, of all sources.
    pub labels: Vec<String>,
}

/// What GitHub shows of a pull request that no proposal has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Its title.
    pub title: String,
    /// Its author, unless the account was deleted.
    pub author: Option<String>,
    /// Its labels.
    pub labels: Vec<String>,
}

/// How the pages reach the server.
pub trait PullsPort: Send + Sync {
    /// One page of the list.
    fn pulls(&self, query: PullQuery) -> Answer<'_, PullListView>;

    /// One pull request.
    fn pull(&self, ask: PullAsk) -> Answer<'_, PullView>;
}
