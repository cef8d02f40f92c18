//! The port behind the list of disagreements, and what it shows.

use domain::{Mismatch, ReleaseVersion};
use serde::{Deserialize, Serialize};

use super::MismatchQuery;
use crate::{
    features::shared::{Choice, ProposalLink},
    port::Answer,
};

/// A disagreement about a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MismatchLine {
    /// The proposal.
    pub proposal: ProposalLink,
    /// What disagrees.
    pub mismatch: Mismatch,
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MismatchListView {
    /// Whether any proposal is known at all.
    pub any_proposal: bool,
    /// Whether there is any disagreement at all.
    pub any: bool,
    /// The release in whose way those listed first stand.
    pub release: Option<ReleaseVersion>,
    /// How many stand in its way.
    pub in_the_way: u32,
    /// How many others there are.
    pub others: u32,
    /// Those of this page that stand in its way.
    pub first: Vec<MismatchLine>,
    /// The others of this page.
    pub rest: Vec<MismatchLine>,
    /// The page shown, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// Kinds that occur.
    pub kinds: Vec<Choice>,
    /// Sources.
    pub sources: Vec<Choice>,
    /// Releases that something stands in the way of, newest first.
    pub releases: Vec<Choice>,
}

/// How the page reaches the server.
pub trait MismatchesPort: Send + Sync {
    /// One page of the list.
    fn mismatches(&self, query: MismatchQuery) -> Answer<'_, MismatchListView>;
}
