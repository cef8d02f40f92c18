//! The port behind the list of proposals.

use domain::ReleaseVersion;
use serde::{Deserialize, Serialize};

use crate::{features::shared::ProposalRow, port::Answer, query::ListQuery};

/// One page of the list, and what can be chosen in its filters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalListView {
    /// Whether any proposal is known at all.
    pub any_proposal: bool,
    /// The rows of this page, sorted.
    pub rows: Vec<ProposalRow>,
    /// How many match.
    pub total: u32,
    /// The page shown, from 1; the last one when a later one was asked for.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// The release that `current` means now.
    pub current: Option<ReleaseVersion>,
    /// What the filters offer.
    pub facets: Facets,
    /// Candidates that the words searched for find, all of them without words; none at another instant than now.
    pub candidates: u32,
}

/// Choices of the filters. Counts are over everything else that is filtered, so that a choice tells what it leads to;
/// 0 where counting would be too slow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Releases, newest first.
    pub releases: Vec<Choice>,
    /// Sources.
    pub sources: Vec<Choice>,
    /// Statuses that occur (value: slug), in the order of P-12.
    pub statuses: Vec<Choice>,
    /// Stages that occur (value: `alpha`, `beta`, `ga`, `single` or the word).
    pub stages: Vec<Choice>,
    /// Owning SIGs.
    pub sigs: Vec<Choice>,
    /// Owners.
    pub owners: Vec<Choice>,
    /// Reviewers.
    pub reviewers: Vec<Choice>,
    /// Whom they wait on (value: [`domain::Who::slug`]).
    pub waiting_on: Vec<Choice>,
}

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What goes into the address.
    pub value: String,
    /// What people read.
    pub label: String,
    /// How many proposals it leads to.
    pub count: u32,
}

/// How the list reaches the server.
pub trait ProposalListPort: Send + Sync {
    /// One page of the proposals that match.
    fn proposals(&self, query: ListQuery) -> Answer<'_, ProposalListView>;
}
