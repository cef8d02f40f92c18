//! The port behind one's own page.

use chrono::{DateTime, Utc};
use domain::ReleaseVersion;
use serde::{Deserialize, Serialize};

use crate::{
    features::{
        exceptions::port::DraftLink,
        reminders::port::Reminding,
        shared::{Act, ProposalLink},
    },
    port::Answer,
};

/// Everything on one's own page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MeView {
    /// What waits on them, in the order in which it is due; what has no deadline comes last, oldest first.
    pub waits_on_you: Vec<Task>,
    /// The current release and the one after it, which is being planned; what waits in others is folded away.
    pub near: Vec<ReleaseVersion>,
    /// Requests for an exception that they have begun to write, latest first.
    pub drafts: Vec<DraftLink>,
    /// What they wait on, longest wait first.
    pub you_wait_on: Vec<Awaited>,
    /// What they are, and where that comes from.
    pub roles: Vec<RoleLine>,
    /// How they are reminded.
    pub reminding: Reminding,
    /// Their tokens of the API, latest first.
    pub tokens: Vec<TokenLine>,
}

impl MeView {
    /// What waits on them in the releases at hand or in none, and what waits in older and farther ones.
    pub fn near_and_far(&self) -> (Vec<&Task>, Vec<&Task>) {
        let near = |task: &&Task| task.release.is_none_or(|release| self.near.contains(&release));
        self.waits_on_you.iter().partition(|task| self.near.is_empty() || near(task))
    }
}

/// Something that waits on them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Task {
    /// What to do, as a short sentence.
    pub what: String,
    /// What it rests on, as a sentence; may be empty.
    pub why: String,
    /// The proposal; none for what concerns a release as a whole.
    pub proposal: Option<ProposalLink>,
    /// The release.
    pub release: Option<ReleaseVersion>,
    /// In which role it is theirs: "owner", "member of sig-ci".
    pub role: String,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Until when.
    pub deadline: Option<DateTime<Utc>>,
    /// Where it is done.
    pub act: Act,
    /// The other way to be done with it, where there is one: declining instead of confirming.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub or: Option<Act>,
}

/// Something they wait on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Awaited {
    /// What is to be done, as a short sentence.
    pub what: String,
    /// By whom, in words.
    pub whom: String,
    /// Their logins, where known.
    pub logins: Vec<String>,
    /// The proposal.
    pub proposal: ProposalLink,
    /// The release.
    pub release: Option<ReleaseVersion>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Where to follow it, when that is not the proposal's page.
    pub href: Option<String>,
}

/// A role with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleLine {
    /// "Member of sig-ci".
    pub role: String,
    /// Where that comes from, as a sentence.
    pub from: String,
    /// When that was last read; none where it is no file.
    pub read_at: Option<DateTime<Utc>>,
    /// The proposals that it is about.
    pub proposals: Vec<ProposalLink>,
}

/// A token, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLine {
    /// Its number.
    pub id: i64,
    /// What its person calls it.
    pub name: String,
    /// Whether it decides too; it only reads otherwise.
    pub decides: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it stops working by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

/// How the page reaches the server.
pub trait MePort: Send + Sync {
    /// The page of whoever is signed in; [`crate::port::PageError::NotFound`] for nobody.
    fn me(&self) -> Answer<'_, MeView>;
}
