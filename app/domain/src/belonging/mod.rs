//! Which pull request belongs to which proposal, why, as what, and in which release.
//!
//! A pull request has one owner at most. A person's word wins, then the strongest reason ([`Belonging`]); those that
//! claim it too are told, for people to correct. Nothing depends on the order in which things were read. Finding
//! references in texts and fetching paths is left to whoever reads GitHub.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Belonging, LinkedPull, PullKind, PullState, ReleaseDates, ReleaseVersion, Stage};

mod claim;
mod kind;
mod mention;
mod missing;
mod place;
mod window;

pub use mention::{Mention, MentionForm};
pub use missing::{Missing, missing_from_issue};
pub(crate) use missing::{not_linked, unlinked};
pub use place::{place, place_all};
pub use window::merge_window;

/// A pull request by repository and number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PullKey {
    /// `owner/name`.
    pub repository: String,
    /// Its number there.
    pub number: u32,
}

/// A pull request as GitHub shows it, before anybody knows where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Where it is.
    pub key: PullKey,
    /// Its title.
    pub title: String,
    /// Login of its author.
    pub author: String,
    /// The branch that it goes into.
    pub base: String,
    /// Open, merged or closed.
    pub state: PullState,
    /// When it was opened.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was merged.
    pub merged_at: Option<DateTime<Utc>>,
    /// Its labels.
    pub labels: Vec<String>,
    /// Paths that it changes, where they were read.
    pub paths: Option<Vec<String>>,
    /// Where its text and title name proposals.
    pub references: Vec<Mention>,
    /// Number of the pull request of the same repository that it carries over into a release branch.
    pub cherry_pick_of: Option<u32>,
}

/// A proposal by source and number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProposalKey {
    /// Id of the source.
    pub source: String,
    /// Number of the tracking issue.
    pub number: u32,
}

/// What is known of a proposal that may own pull requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimant {
    /// Which.
    pub key: ProposalKey,
    /// What the source calls one, e.g. `VEP`.
    pub noun: String,
    /// `owner/name` of the repository with documents and tracking issues.
    pub repository: String,
    /// Directory of its documents there, without a slash at the end.
    pub directory: Option<String>,
    /// Pull requests that the tracking issue links.
    pub links: Vec<LinkedPull>,
    /// The releases that its stages are planned for: the effective targets (P-15).
    pub targets: Vec<(Stage, ReleaseVersion)>,
}

/// What a person said a pull request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified {
    /// The proposal on whose page they said it.
    pub proposal: ProposalKey,
    /// Which pull request.
    pub pull: PullKey,
    /// What it is for; unrelated gives it up.
    pub kind: PullKind,
    /// For which release.
    pub release: ReleaseVersion,
    /// When; the latest counts.
    pub at: Option<DateTime<Utc>>,
    /// Place in the log.
    pub event: i64,
}

/// All that belonging is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Every proposal.
    pub claimants: &'a [Claimant],
    /// Old numbers, e.g. those in old titles, with the number that the proposal has. Only these lead elsewhere.
    pub redirects: &'a BTreeMap<ProposalKey, u32>,
    /// What people said.
    pub classified: &'a [Classified],
    /// Every release of the calendar.
    pub releases: &'a [(ReleaseVersion, ReleaseDates)],
    /// The release that is current.
    pub current: Option<ReleaseVersion>,
    /// `owner/name` of the repositories that hold documentation for users.
    pub docs_repositories: &'a [String],
    /// Labels that mark the fix of a bug.
    pub bug_labels: &'a [String],
}

/// A proposal that claims a pull request, with its strongest reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Claim {
    /// Which proposal.
    pub proposal: ProposalKey,
    /// Its strongest reason.
    pub why: Belonging,
}

/// Where a pull request belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The proposal that owns it; none when none claims it.
    pub owner: Option<ProposalKey>,
    /// Why; none where only a person's word says so, and where nobody owns it.
    pub belonging: Option<Belonging>,
    /// Place in the log of the decision that settles it, if a person did.
    pub decided: Option<i64>,
    /// The others that claim it, strongest first: a conflict that people can settle.
    pub others: Vec<Claim>,
    /// What it is for.
    pub kind: PullKind,
    /// The release it belongs to, where that can be told.
    pub release: Option<ReleaseVersion>,
}

impl Placement {
    /// Why it is where it is, as a sentence.
    pub fn why(&self) -> String {
        let reason = match (self.owner.is_some(), self.decided, self.belonging) {
            (false, ..) => return "No proposal claims it.".to_owned(),
            (true, Some(_), _) => "somebody classified it",
            (true, None, Some(belonging)) => belonging.words(),
            (true, None, None) => "nothing tells why",
        };
        let others = match self.others.len() {
            0 => String::new(),
            1 => "; another proposal claims it too".to_owned(),
            more => format!("; {more} other proposals claim it too"),
        };
        format!("It belongs to the proposal because {reason}{others}.")
    }
}
