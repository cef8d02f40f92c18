//! The port behind the list of diagnostics, and what it shows.

use domain::Diagnostic;
use serde::{Deserialize, Serialize};

use super::{DiagnosticQuery, Place};
use crate::{
    features::shared::{Choice, ProposalLink},
    port::Answer,
};

/// A diagnostic with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticLine {
    /// The proposal.
    pub proposal: ProposalLink,
    /// What kind of text it is about.
    pub place: Place,
    /// Which text, in words: a path, "issue #421", "comment of @ada".
    pub text: String,
    /// The text at GitHub, at its line where GitHub can show that.
    pub href: String,
    /// What is said.
    pub diagnostic: Diagnostic,
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticListView {
    /// Whether any proposal is known at all.
    pub any_proposal: bool,
    /// Whether there is any diagnostic at all.
    pub any: bool,
    /// How many match.
    pub total: u32,
    /// Those of this page.
    pub lines: Vec<DiagnosticLine>,
    /// The page shown, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// Severities that occur, the worst first.
    pub severities: Vec<Choice>,
    /// Kinds that occur.
    pub kinds: Vec<Choice>,
    /// Kinds of text.
    pub places: Vec<Choice>,
    /// Sources.
    pub sources: Vec<Choice>,
    /// Releases, newest first.
    pub releases: Vec<Choice>,
}

/// How the page reaches the server.
pub trait DiagnosticsPort: Send + Sync {
    /// One page of the list.
    fn diagnostics(&self, query: DiagnosticQuery) -> Answer<'_, DiagnosticListView>;
}
