//! The port behind the agenda.

use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, meeting::Meeting};
use serde::{Deserialize, Serialize};

use crate::{
    features::shared::{Act, ProposalLink},
    port::Answer,
    query::{At, BadParameter, Parameters, encode},
};

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgendaAsk {
    /// Which SIG's; of all without one.
    pub sig: Option<String>,
    /// As of when.
    pub at: At,
}

impl AgendaAsk {
    /// Reads the query of an address.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let at = At::from_parameters(&parameters, &mut bad);
        (Self { sig: parameters.first("sig").map(str::to_owned), at }, bad)
    }

    /// The same agenda at another address: `/agenda`, `/agenda.md`.
    pub fn href(&self, path: &str) -> String {
        let href = self.sig.as_ref().map_or_else(|| path.to_owned(), |sig| format!("{path}?sig={}", encode(sig)));
        self.at.keep(&href)
    }
}

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgendaView {
    /// The SIG asked for.
    pub sig: Option<String>,
    /// Every SIG that has anything to talk about, with how much.
    pub sigs: Vec<(String, usize)>,
    /// The parts, by SIG.
    pub parts: Vec<SigAgenda>,
    /// The same as a text to be pasted elsewhere.
    pub markdown: String,
}

/// What one SIG has to talk about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SigAgenda {
    /// The SIG.
    pub sig: String,
    /// The meeting of the SIG that comes next, and when.
    pub next: Option<(Meeting, DateTime<Utc>)>,
    /// What was put on the agenda, oldest first.
    pub items: Vec<AgendaItem>,
    /// Undecided requests for an exception, oldest first.
    pub exceptions: Vec<AgendaException>,
    /// What waits on the SIG, by what is due first.
    pub waits: Vec<AgendaWait>,
    /// Reviews that lag, longest first.
    pub reviews: Vec<AgendaReview>,
}

impl SigAgenda {
    /// How much it is.
    pub const fn len(&self) -> usize {
        self.items.len() + self.exceptions.len() + self.waits.len() + self.reviews.len()
    }

    /// Whether there is nothing to talk about.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Something that was put on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// The proposal.
    pub proposal: ProposalLink,
    /// Why.
    pub reason: String,
    /// Login of whose wish it is.
    pub who: String,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Place of the decision in the log.
    pub decision: i64,
    /// Whether the viewer may take it off.
    pub may: bool,
}

/// A request that nobody has decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaException {
    /// The proposal.
    pub proposal: ProposalLink,
    /// "CF exception of v1.10".
    pub about: String,
    /// Address of its page.
    pub href: String,
    /// Login of who asks.
    pub requester: String,
    /// When it was sent.
    pub since: Option<DateTime<Utc>>,
    /// Until when it should be decided; none where the requester owes an answer.
    pub deadline: Option<DateTime<Utc>>,
    /// What the viewer can do about it.
    pub acts: Vec<Act>,
}

/// Something that the SIG has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaWait {
    /// The proposal.
    pub proposal: ProposalLink,
    /// The release.
    pub release: Option<ReleaseVersion>,
    /// What to do.
    pub what: String,
    /// What it rests on.
    pub why: String,
    /// Until when.
    pub deadline: Option<DateTime<Utc>>,
    /// What the viewer can do about it.
    pub acts: Vec<Act>,
}

/// A review that lags (P-24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaReview {
    /// The proposal.
    pub proposal: ProposalLink,
    /// `owner/name`.
    pub repository: String,
    /// Number of the pull request.
    pub number: u32,
    /// Logins it waits on.
    pub waits_on: Vec<String>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What the viewer can do about it.
    pub acts: Vec<Act>,
}

impl AgendaReview {
    /// Its page.
    pub fn href(&self) -> String {
        format!("/pulls/{}/{}", self.repository, self.number)
    }
}

/// How the page reaches the server.
pub trait AgendaPort: Send + Sync {
    /// The agenda.
    fn agenda(&self, ask: AgendaAsk) -> Answer<'_, AgendaView>;
}
