//! The port behind the log of decisions.

use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, Status};
use serde::{Deserialize, Serialize};

use super::DecisionQuery;
use crate::{
    features::{decide::port::Undoable, shared::ProposalLink},
    port::Answer,
};

/// A decision as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionLine {
    /// Its place in the log.
    pub id: i64,
    /// When it happened; unknown counts as always so.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// What was decided, as a sentence.
    pub what: String,
    /// Who recorded it.
    pub recorder: String,
    /// Whose word it is, when another's.
    pub on_behalf_of: Option<String>,
    /// Where it was said.
    pub link: Option<String>,
    /// The proposal; none for a decision on the source as a whole.
    pub proposal: Option<ProposalLink>,
    /// Id of the source.
    pub source: String,
    /// The release it is about, when it is about one.
    pub release: Option<ReleaseVersion>,
    /// Address of the exception it is about, when it is about one.
    pub exception: Option<String>,
    /// Place in the log of what undid it.
    pub undone_by: Option<i64>,
}

impl DecisionLine {
    /// Its address.
    pub fn href(&self) -> String {
        format!("/decisions/{}", self.id)
    }
}

/// One page of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionListView {
    /// Whether anything was ever decided.
    pub any: bool,
    /// The decisions of this page, newest first.
    pub lines: Vec<DecisionLine>,
    /// How many match.
    pub total: u32,
    /// The page shown, from 1; the last one when a later one was asked for.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// Sources: id and noun.
    pub sources: Vec<(String, String)>,
    /// Releases, newest first.
    pub releases: Vec<ReleaseVersion>,
}

/// A decision at its own address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// The decision.
    pub line: DecisionLine,
    /// What it is called: "Retargeted".
    pub kind: String,
    /// Everything it states, as terms with values.
    pub details: Vec<(String, String)>,
    /// The role in which it was recorded, as far as roles are known today.
    pub role: Option<String>,
    /// Release and status with its words just before it happened, and from then on.
    pub change: Option<Change>,
    /// What undid it.
    pub undone_by: Option<DecisionLine>,
    /// What it undid.
    pub undid: Option<DecisionLine>,
    /// How the viewer can undo it, when they can.
    pub undo: Option<Undoable>,
    /// Place in the log of the latest decision on the proposal, for the form that undoes it.
    pub seen: i64,
}

/// How a decision changed the status of the proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// In which release.
    pub release: ReleaseVersion,
    /// The status before, with its words.
    pub before: (Status, String),
    /// The status from then on, with its words.
    pub after: (Status, String),
}

/// How the log reaches the server.
pub trait DecisionsPort: Send + Sync {
    /// One page of the decisions that match.
    fn decisions(&self, query: DecisionQuery) -> Answer<'_, DecisionListView>;

    /// One decision; `PageError::NotFound` when there is none at this place.
    fn decision(&self, id: i64) -> Answer<'_, DecisionView>;
}
