//! The port behind freeze day.

use chrono::{DateTime, Utc};
use domain::{Freeze, Group, Judgement, ReleaseDates, ReleaseVersion, Since, Status};
use serde::{Deserialize, Serialize};

mod snapshot;

pub use snapshot::{Closed, Kept};

use crate::{
    features::{decide::port::RuleOffer, shared::ProposalLink},
    port::Answer,
    query::{At, ReleaseChoice},
};

/// Which freeze day, and which part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreezeAsk {
    /// Which release.
    pub release: ReleaseChoice,
    /// Which freeze.
    pub freeze: Freeze,
    /// The instant shown.
    pub at: At,
    /// Which part of the page.
    pub show: Show,
    /// The proposal that is looked at, as source and number.
    pub proposal: Option<(String, u32)>,
    /// Instead of that: the first after this one that is not settled.
    pub after: Option<(String, u32)>,
}

/// Which part of the page is shown, from the freeze on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Show {
    /// One proposal after the other.
    Day,
    /// As it was judged at the freeze.
    Then,
    /// The announcement.
    Announcement,
}

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FreezeView {
    /// Which release.
    pub release: ReleaseVersion,
    /// Which freeze.
    pub freeze: Freeze,
    /// Its dates.
    pub dates: ReleaseDates,
    /// Whether the freeze has passed at the instant shown; before that, verdicts are those if it were then.
    pub passed: bool,
    /// Which part is shown.
    pub show: Show,
    /// Every proposal of the release as judged at the freeze, worst first; before it, if it were now.
    pub judged: Vec<JudgedRow>,
    /// The proposal that is looked at.
    pub sitting: Option<Sitting>,
    /// The snapshot of the freeze, once it was closed.
    pub closed: Option<Closed>,
    /// The announcement: subject and text.
    pub mail: Option<(String, String)>,
    /// Why the viewer cannot run freeze day; none when they can.
    pub barred: Option<String>,
    /// Ids of the sources whose part of the freeze is not closed yet.
    pub sources: Vec<String>,
    /// Place in the log of the latest decision about their proposals.
    pub seen: i64,
    /// For how many minutes the viewer can still undo that they closed it.
    pub undo: Option<i64>,
}

/// A proposal as judged at the freeze.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgedRow {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Its group.
    pub group: Group,
    /// Its status at the freeze.
    pub status: Status,
    /// That in words.
    pub words: String,
    /// What was open.
    pub open: String,
    /// Its status at the instant shown, where that is another.
    pub since: Option<(Status, String)>,
    /// Whether the release tracked it.
    pub tracked: bool,
    /// What became of it since the freeze, where that is news.
    pub news: Option<Since>,
    /// Whether it comes up on freeze day.
    pub comes_up: bool,
    /// Whether nothing of it waits for a decision.
    pub settled: bool,
}

impl JudgedRow {
    /// How it stood with the freeze, in words.
    pub fn stood(&self, freeze: Freeze) -> String {
        self.group.stood(freeze, &self.words)
    }

    /// Whether a decision ended it, for the release or altogether: nothing of it is open any more.
    pub const fn ended(&self) -> bool {
        matches!(self.status, Status::Ended { .. } | Status::Departed { .. })
    }
}

/// One proposal on freeze day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sitting {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Address of its tracking issue.
    pub issue: String,
    /// Login of its owners.
    pub owners: Vec<String>,
    /// Its status now, with its words.
    pub status: (Status, String),
    /// The freeze as judged, with what was waived since.
    pub judgement: Judgement,
    /// Place of the latest decision on it.
    pub seen: i64,
    /// What the viewer can do.
    pub offers: Offers,
    /// The request that waits for a decision.
    pub request: Option<OpenRequest>,
    /// The comment on its issue.
    pub comment: Comment,
    /// The one before and the one after it.
    pub around: (Option<ProposalLink>, Option<ProposalLink>),
}

/// What the viewer can do about a proposal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Offers {
    /// Requirements of the freeze that can be waived.
    pub waive: Vec<RuleOffer>,
    /// Whether the open request can be decided.
    pub decide: bool,
    /// Whether it can be removed from the release.
    pub remove: bool,
}

/// A request that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequest {
    /// Its address.
    pub id: i64,
    /// Its number within the proposal.
    pub number: u32,
    /// Login of who asks.
    pub requester: String,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub justification: String,
    /// What happens if it is not granted.
    pub impact: String,
}

/// The comment on a tracking issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// What would go out now.
    pub draft: String,
    /// What was put into the outbox, with how far it is and its address there.
    pub posted: Option<(String, String, String)>,
    /// Whether nothing goes to GitHub yet, so that it would be held.
    pub held: bool,
}

/// How the page reaches the server.
pub trait FreezePort: Send + Sync {
    /// Freeze day; `PageError::NotFound` for a release or proposal that is not known.
    fn freeze_day(&self, ask: FreezeAsk) -> Answer<'_, FreezeView>;
}
