//! The form for a new request: what it starts from and what it offers.

use chrono::{DateTime, Utc};
use domain::{Freeze, ReleaseVersion, Status};
use serde::{Deserialize, Serialize};

use super::{Cover, Mail};
use crate::features::exceptions::kind::Kind;
use crate::features::shared::ProposalLink;

/// What a time that was typed comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UntilView {
    /// This instant.
    Instant {
        /// The instant.
        at: DateTime<Utc>,
        /// "27 Oct 2026, 6 days after CF; 22 days before GA".
        words: String,
    },
    /// It cannot be; the rule in words.
    Refused(String),
}

/// What the form for a new request starts from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewAsk {
    /// The proposal as the address or the form names it.
    pub proposal: Option<String>,
    /// The release as the address or the form names it.
    pub release: Option<String>,
    /// What an exception is asked from, as the address or the form names it.
    pub freeze: Option<String>,
    /// What was typed, for the preview; empty when the form is new.
    pub typed: Vec<(String, String)>,
}

/// What the form offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewView {
    /// The proposal, when it is known.
    pub proposal: Option<ProposalLink>,
    /// The proposal as it was named.
    pub named: String,
    /// The release of the form.
    pub release: Option<ReleaseVersion>,
    /// Releases that can be asked for.
    pub releases: Vec<ReleaseVersion>,
    /// The kind of the form.
    pub kind: Option<Kind>,
    /// Freezes of the release with their last day in words; `None` is "no date yet".
    pub freezes: Vec<(Freeze, Option<String>)>,
    /// The last day before GA in words.
    pub ga: Option<String>,
    /// Status of the proposal in the release, in words.
    pub status: Option<(Status, String)>,
    /// Open pull requests of the proposal: name and title.
    pub pulls: Vec<Cover>,
    /// Proposals that can be chosen: `cep/4702` and title.
    pub proposals: Vec<(String, String)>,
    /// What should be known before asking: an earlier request, an EF that is missed.
    pub remarks: Vec<String>,
    /// Position of the latest decision that this page knows.
    pub seen: i64,
    /// What the time typed comes to.
    pub until: Option<UntilView>,
    /// The mail as it would go out.
    pub preview: Option<Mail>,
}
