//! What was kept of a freeze, with what became of it since.

use chrono::{DateTime, Utc};
use domain::{Group, Since};
use serde::{Deserialize, Serialize};

use crate::features::shared::ProposalLink;

/// The snapshot of a freeze.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    /// When it was closed.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// The instant at which it was judged.
    pub judged_at: DateTime<Utc>,
    /// Addresses of the decisions, one for each source.
    pub decisions: Vec<i64>,
    /// What it holds, in the order of the groups.
    pub rows: Vec<Kept>,
    /// What is judged at the freeze by what is known now and is not in it.
    pub added: Vec<(ProposalLink, String)>,
}

/// A proposal in a snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Which proposal, under its title then.
    pub proposal: ProposalLink,
    /// Its group then.
    pub group: Group,
    /// Slug of its status then.
    pub status: String,
    /// Its words then.
    pub words: String,
    /// What became of it since, where that is news.
    pub since: Option<Since>,
}
