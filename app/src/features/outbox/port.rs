//! The port behind the outbox.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Act, Kind, OutboxQuery, Stand};
use crate::{features::shared::ProposalLink, port::Answer};

/// One page of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxView {
    /// Whether anything was ever put into it.
    pub any: bool,
    /// The rows of this page, what wants attention first.
    pub rows: Vec<OutgoingRow>,
    /// How many match.
    pub total: u32,
    /// The page shown, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// How many rows are in each state; none for those without any.
    pub counts: Vec<(Stand, u32)>,
    /// What is turned on.
    pub sending: Sending,
    /// Whether the viewer may turn that on and off, and send what is held.
    pub keeps: bool,
}

/// What goes out at present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// Whether comments and labels go to GitHub.
    pub github: bool,
    /// Why they cannot, whatever is turned on.
    pub no_way: Option<String>,
    /// Whether labels of pull requests are kept.
    pub labels: bool,
    /// Whether mail is sent.
    pub mail: bool,
}

/// An issue or pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// `owner/name#n`.
    pub name: String,
    /// Its address.
    pub href: String,
}

/// Something that goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingRow {
    /// Source of the proposal.
    pub source: String,
    /// Key within the source.
    pub key: String,
    /// Which text of its slot is shown.
    pub version: i32,
    /// Its kind.
    pub kind: Kind,
    /// The proposal; none when it is not known any more.
    pub proposal: Option<ProposalLink>,
    /// Where it goes on GitHub.
    pub target: Option<Target>,
    /// The comment, once it is there.
    pub comment: Option<String>,
    /// What goes out, word for word.
    pub preview: String,
    /// Why it cannot be read.
    pub broken: Option<String>,
    /// How far it is.
    pub stand: Stand,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last.
    pub error: Option<String>,
    /// When it is tried next.
    pub next_try: Option<DateTime<Utc>>,
    /// When it was first written.
    pub created_at: DateTime<Utc>,
    /// When its text or state last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Login of whoever caused it.
    pub caused_by: Option<String>,
    /// Address of the decision it follows from.
    pub decision: Option<String>,
    /// Login of who cancelled it, or said that it arrived.
    pub closed_by: Option<String>,
    /// What the viewer can do with it.
    pub acts: Vec<Act>,
}

impl OutgoingRow {
    /// Its address.
    pub fn href(&self) -> String {
        super::href(&self.source, &self.key)
    }

    /// What names it, as it is shown, in forms.
    pub fn seen(&self) -> String {
        format!("{} {}/{}", self.version, self.source, self.key)
    }

    /// "Comment on kubevirt/project-infra#4702".
    pub fn title(&self) -> String {
        match (&self.target, self.kind) {
            (Some(target), Kind::Comment) => format!("Comment on {}", target.name),
            (Some(target), kind) => format!("{} of {}", kind.words(), target.name),
            (None, kind) => kind.words().to_owned(),
        }
    }
}

/// How the pages reach the server.
pub trait OutboxPort: Send + Sync {
    /// One page of what matches.
    fn outbox(&self, query: OutboxQuery) -> Answer<'_, OutboxView>;

    /// One row; `PageError::NotFound` when there is none under this key.
    fn outgoing(&self, source: String, key: String) -> Answer<'_, OutgoingRow>;
}
