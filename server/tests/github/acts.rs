//! What can happen to an issue or a pull request, each with its row in the timeline, its new time of change and the
//! event that GitHub sends. Tests, seed files, the control address and the API's own writes all come through here.
//!
//! Left out on purpose: whether whoever does it may. A test says what happened.

mod issue;
mod pull;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::world::{Event, Issue, Kind, Pull, World};

/// Something that happens to an issue or a pull request.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Title or text change.
    Edit {
        /// The new title.
        title: Option<String>,
        /// The new text.
        body: Option<String>,
    },
    /// A label is given.
    Label {
        /// The label.
        name: String,
    },
    /// A label is taken.
    Unlabel {
        /// The label.
        name: String,
    },
    /// Somebody gets it.
    Assign {
        /// Their login.
        login: String,
    },
    /// Somebody has it no longer.
    Unassign {
        /// Their login.
        login: String,
    },
    /// Somebody says something.
    Comment {
        /// What.
        body: String,
    },
    /// A comment is edited.
    EditComment {
        /// Its id.
        id: u64,
        /// What it says now.
        body: String,
    },
    /// A comment is deleted.
    DeleteComment {
        /// Its id.
        id: u64,
    },
    /// It is closed.
    Close {
        /// Why, in GitHub's word; `completed` if nothing is said about an issue.
        reason: Option<String>,
    },
    /// It is opened again.
    Reopen,
    /// A review is asked for.
    RequestReview {
        /// Login; `team:` before the slug of a team.
        reviewer: String,
    },
    /// A review is no longer asked for.
    RemoveReviewRequest {
        /// Login.
        reviewer: String,
    },
    /// Somebody reviews it.
    Review {
        /// `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED` or `DISMISSED`.
        state: String,
        /// What they say.
        #[serde(default)]
        body: String,
    },
    /// It becomes a draft.
    Draft,
    /// It is ready for review.
    Ready,
    /// Its branch goes on.
    Push {
        /// Texts by path.
        files: BTreeMap<String, String>,
    },
    /// Its branch is written anew.
    ForcePush {
        /// Texts by path.
        files: BTreeMap<String, String>,
    },
    /// It is merged.
    Merge {
        /// As one commit without a second parent.
        #[serde(default)]
        squash: bool,
    },
    /// Another issue mentions it.
    Mention {
        /// The other one's repository.
        repository: String,
        /// The other one's number.
        number: u64,
    },
    /// It moves to another repository.
    Transfer {
        /// Where to.
        to: String,
        /// Its number there.
        number: u64,
    },
    /// It is deleted.
    Delete,
    /// Its timeline gets a row that nobody has heard of.
    Odd {
        /// The row.
        event: Value,
    },
}

/// Which issue, who, when.
#[derive(Debug, Clone)]
pub struct Place {
    /// Id of the repository.
    pub repository: u64,
    /// Number of the issue.
    pub number: u64,
    /// Login; nobody when the account is deleted.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl World {
    /// Lets something happen; the id of the comment, review or timeline row that it made.
    pub fn act(&mut self, place: &Place, act: Act) -> u64 {
        self.reach(place.at);
        if let Some(by) = &place.by {
            self.account(by);
        }
        match act {
            Act::Transfer { to, number } => self.transfer(place, &to, number),
            Act::Delete => self.delete(place),
            Act::Comment { .. } | Act::EditComment { .. } | Act::DeleteComment { .. } => {
                self.act_on_comment(place, act)
            }
            Act::Push { files } => self.push(place, files, false),
            Act::ForcePush { files } => self.push(place, files, true),
            Act::Merge { squash } => self.merge(place, squash),
            Act::Review { state, body } => self.review(place, state, body),
            Act::RequestReview { .. } | Act::RemoveReviewRequest { .. } | Act::Draft | Act::Ready => {
                self.act_on_pull(place, act)
            }
            act => self.act_on_issue(place, act),
        }
    }

    /// Notes that the issue changed, and what happened; the id of the row.
    pub fn happened(&mut self, place: &Place, kind: Option<Kind>) -> u64 {
        let id = self.id();
        let issue: &mut Issue = self.issue_mut(place.repository, place.number);
        issue.updated_at = issue.updated_at.max(place.at);
        if let Some(kind) = kind {
            issue.timeline.push(Event { id, at: place.at, actor: place.by.clone(), kind });
        }
        id
    }

    fn pull_mut(&mut self, place: &Place) -> &mut Pull {
        let Place { repository, number, .. } = place;
        self.issue_mut(*repository, *number).pull.as_mut().unwrap_or_else(|| panic!("#{number} is no pull request"))
    }
}
