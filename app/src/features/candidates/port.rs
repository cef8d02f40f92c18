//! The port behind the pages of candidates, and what they show.

use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, Stage, candidate::Readiness};
use serde::{Deserialize, Serialize};

use super::CandidateQuery;
use crate::{
    features::{proposal::port::DocumentView, shared::ProposalLink, start::port::IssueText},
    port::Answer,
    query::encode,
};

/// A document in an open pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = Candidate))]
pub struct CandidateRow {
    /// Id of the source that it would belong to.
    pub source: String,
    /// What one of the source's proposals is called, e.g. `CEP`.
    pub noun: String,
    /// `owner/name` of the repository.
    pub repository: String,
    /// Number of the pull request.
    pub pull: u32,
    /// Path of the document.
    pub path: String,
    /// Its title; that of the pull request where it has none.
    pub title: String,
    /// Number of its directory, where the path states one.
    pub number_in_path: Option<u32>,
    /// Number that the document states.
    pub number_in_title: Option<u32>,
    /// Logins of its owners.
    pub owners: Vec<String>,
    /// Login of who opened the pull request; none when the account is gone.
    pub author: Option<String>,
    /// Stages and releases that it states.
    pub targets: Vec<(Stage, ReleaseVersion)>,
    /// Whether the pull request is a draft.
    pub draft: bool,
    /// How many remarks there are on its text.
    pub remarks: u32,
    /// What the document already has of the Enhancement Freeze's requirements.
    pub readiness: Vec<Readiness>,
    /// When it was read.
    pub observed_at: DateTime<Utc>,
    /// Whether the pull request holds another document that this address would show instead.
    pub beside_another: bool,
}

impl CandidateRow {
    /// Address of its page.
    pub fn href(&self) -> String {
        let base = format!("/candidates/{}/{}", self.repository, self.pull);
        if self.beside_another { format!("{base}?path={}", encode(&self.path)) } else { base }
    }

    /// "kubevirt/enhancements#500".
    pub fn reference(&self) -> String {
        format!("{}#{}", self.repository, self.pull)
    }

    /// How many of the requirements that a document can tell it does its part of.
    pub fn held(&self) -> usize {
        self.readiness.iter().filter(|line| line.holds).count()
    }
}

/// A choice of a filter with how many candidates it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What goes into the address.
    pub value: String,
    /// What people read.
    pub label: String,
    /// How many there are.
    pub count: u32,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateListView {
    /// Whether GitHub is read at all.
    pub reads_github: bool,
    /// How many there are without any filter.
    pub all: u32,
    /// Those that match, by source, then the latest pull request first.
    pub rows: Vec<CandidateRow>,
    /// Sources that have any.
    pub sources: Vec<Choice>,
    /// Releases that any of them states, newest first.
    pub releases: Vec<Choice>,
}

/// Everything on the page of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateView {
    /// The document.
    pub row: CandidateRow,
    /// Title of the pull request.
    pub pull_title: String,
    /// SIG of its directory, else the one that it names.
    pub sig: Option<String>,
    /// The proposal whose document it is; none for a candidate.
    pub proposal: Option<ProposalLink>,
    /// Its text, its sections and the remarks on it.
    pub document: DocumentView,
    /// The tracking issue to open; none where the proposal has one.
    pub issue: Option<IssueText>,
    /// Labels of that issue.
    pub labels: Vec<String>,
    /// Further documents in the pull request: path and address of its page.
    pub others: Vec<(String, String)>,
}

/// How the pages reach the server.
pub trait CandidatesPort: Send + Sync {
    /// The candidates that match.
    fn candidates(&self, query: CandidateQuery) -> Answer<'_, CandidateListView>;

    /// The document of a pull request, or the one at `path`; `PageError::NotFound` when it has none.
    fn candidate(&self, repository: String, pull: u32, path: Option<String>) -> Answer<'_, CandidateView>;
}
