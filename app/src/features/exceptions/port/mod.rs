//! The port behind the pages of exceptions, and what they show.

mod drafts;
mod form;
mod request;

use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, exception::Statistics};
use serde::{Deserialize, Serialize};

pub use drafts::{DraftLink, DraftShown, Drafts};
pub use form::{NewAsk, NewView, UntilView};
pub use request::{Cover, ExceptionAsk, ExceptionView, ExchangeView, Mail};

use super::{
    kind::Kind,
    query::ExceptionQuery,
    state::{Group, Stand},
};
use crate::{features::shared::ProposalLink, port::Answer, query::At};

/// A request in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionRow {
    /// Its place in the log, which is its address.
    pub id: i64,
    /// The proposal it is about.
    pub proposal: ProposalLink,
    /// The release.
    pub release: ReleaseVersion,
    /// What it asks an exception from.
    pub kind: Kind,
    /// Who asks.
    pub requester: String,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Where it stands.
    pub stand: Stand,
    /// Since when it stands there.
    pub since: Option<DateTime<Utc>>,
    /// Whom an undecided one waits on, in words: "release team", "@olga".
    pub waits_on: Option<String>,
    /// Until when is asked.
    pub asked_until: DateTime<Utc>,
    /// Until when time is granted.
    pub granted_until: Option<DateTime<Utc>>,
    /// The last day of that time, granted or else asked, in the zone of the release: "27 Oct".
    pub last_day: String,
    /// Owning SIG.
    pub sig: String,
}

/// A choice of a filter with how many requests it leads to; 0 where that is not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What goes into the address.
    pub value: String,
    /// What people read.
    pub label: String,
    /// How many requests have it.
    pub count: u32,
}

/// What the filters offer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionFacets {
    /// Releases, newest first.
    pub releases: Vec<Choice>,
    /// Kinds that occur.
    pub kinds: Vec<Choice>,
    /// States that occur, in the order of their lives.
    pub states: Vec<Choice>,
    /// Owning SIGs.
    pub sigs: Vec<Choice>,
    /// Sources.
    pub sources: Vec<Choice>,
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionListView {
    /// Whether any request is known at all.
    pub any: bool,
    /// The rows of this page, by part of the list.
    pub rows: Vec<ExceptionRow>,
    /// How many match, by part of the list.
    pub counts: Vec<(Group, u32)>,
    /// The page shown, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// The release that `current` means.
    pub current: Option<ReleaseVersion>,
    /// What the filters offer.
    pub facets: ExceptionFacets,
}

/// What requests of some kind add up to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatRow {
    /// Of which requests: "v1.10", "CF", "sig-ci".
    pub name: String,
    /// The list of them.
    pub href: String,
    /// What they add up to.
    pub counts: Statistics,
}

/// The whole page of statistics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatisticsView {
    /// All requests together.
    pub all: Statistics,
    /// Per release, newest first.
    pub releases: Vec<StatRow>,
    /// Per freeze.
    pub freezes: Vec<StatRow>,
    /// Per owning SIG.
    pub sigs: Vec<StatRow>,
}

/// How the pages reach the server.
pub trait ExceptionsPort: Send + Sync {
    /// One page of the requests that match.
    fn exceptions(&self, query: ExceptionQuery) -> Answer<'_, ExceptionListView>;

    /// One request; `PageError::NotFound` when there is none.
    fn exception(&self, ask: ExceptionAsk) -> Answer<'_, ExceptionView>;

    /// What the form for a new request offers.
    fn new_exception(&self, ask: NewAsk) -> Answer<'_, NewView>;

    /// What all requests add up to.
    fn exception_statistics(&self, at: At) -> Answer<'_, StatisticsView>;
}
