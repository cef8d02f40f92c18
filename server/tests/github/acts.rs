//! What can happen to an issue or a pull request, each with its row in the timeline, its new time of change and the
//! event that GitHub sends. Tests, seed files, the control address and the API's own writes all come through here.
//!
//! Left out on purpose: whether whoever does it may. A test says what happened.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    git::File,
    webhook,
    world::{Comment, Event, Gone, Issue, Kind, Label, Pull, Review, World},
};

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

    fn act_on_issue(&mut self, place: &Place, act: Act) -> u64 {
        match &act {
            Act::Label { name } => self.define_label(place.repository, name),
            Act::Assign { login } => drop(self.account(login)),
            _ => {}
        }
        let other = match &act {
            Act::Mention { repository, .. } => self.repository(repository),
            _ => 0,
        };
        let issue = self.issue_mut(place.repository, place.number);
        let (action, extra, kind) = match act {
            Act::Edit { title, body } => {
                let mut changes = json!({});
                let mut kind = None;
                if let Some(title) = title {
                    let old = std::mem::replace(&mut issue.title, title.clone());
                    changes["title"] = json!({ "from": old });
                    kind = Some(Kind::Renamed(old, title));
                }
                if let Some(body) = body {
                    changes["body"] = json!({ "from": issue.body.replace(body) });
                }
                ("edited", json!({ "changes": changes }), kind)
            }
            Act::Label { name } => {
                if !issue.labels.iter().any(|label| label.name() == name) {
                    issue.labels.push(Label::Named(name.clone()));
                }
                ("labeled", json!({ "label": name }), Some(Kind::Labeled(name)))
            }
            Act::Unlabel { name } => {
                issue.labels.retain(|label| label.name() != name);
                ("unlabeled", json!({ "label": name }), Some(Kind::Unlabeled(name)))
            }
            Act::Assign { login } => {
                issue.assignees.push(login.clone());
                ("assigned", json!({ "assignee": login }), Some(Kind::Assigned(login)))
            }
            Act::Unassign { login } => {
                issue.assignees.retain(|assignee| *assignee != login);
                ("unassigned", json!({ "assignee": login }), Some(Kind::Unassigned(login)))
            }
            Act::Close { reason } => {
                issue.closed_at = Some(place.at);
                issue.closed_by.clone_from(&place.by);
                let by_hand = issue.pull.is_none().then(|| "completed".to_owned());
                issue.state_reason = reason.or(by_hand);
                ("closed", json!({}), Some(Kind::Closed(None)))
            }
            Act::Reopen => {
                (issue.closed_at, issue.closed_by) = (None, None);
                issue.state_reason = issue.pull.is_none().then(|| "reopened".to_owned());
                ("reopened", json!({}), Some(Kind::Reopened))
            }
            Act::Mention { number, .. } => ("", json!({}), Some(Kind::CrossReferenced(other, number))),
            Act::Odd { event } => ("", json!({}), Some(Kind::Odd(event))),
            other => unreachable!("{other:?} is handled elsewhere"),
        };
        let id = self.happened(place, kind);
        if !action.is_empty() {
            webhook::of_issue(self, place, action, extra);
        }
        id
    }

    fn act_on_pull(&mut self, place: &Place, act: Act) -> u64 {
        if let Act::RequestReview { reviewer } | Act::RemoveReviewRequest { reviewer } = &act
            && !reviewer.starts_with("team:")
        {
            self.account(reviewer);
        }
        let pull = self.pull_mut(place);
        let (action, extra, kind) = match act {
            Act::RequestReview { reviewer } => {
                if let Some(team) = reviewer.strip_prefix("team:") {
                    pull.teams.push(team.to_owned());
                    ("review_requested", json!({ "requested_team": team }), Kind::TeamRequested(team.to_owned()))
                } else {
                    pull.reviewers.push(reviewer.clone());
                    ("review_requested", json!({ "requested_reviewer": reviewer }), Kind::ReviewRequested(reviewer))
                }
            }
            Act::RemoveReviewRequest { reviewer } => {
                pull.reviewers.retain(|login| *login != reviewer);
                let extra = json!({ "requested_reviewer": reviewer });
                ("review_request_removed", extra, Kind::ReviewRequestRemoved(reviewer))
            }
            Act::Draft => {
                pull.draft = true;
                ("converted_to_draft", json!({}), Kind::ConvertToDraft)
            }
            _ => {
                pull.draft = false;
                ("ready_for_review", json!({}), Kind::ReadyForReview)
            }
        };
        let id = self.happened(place, Some(kind));
        webhook::of_issue(self, place, action, extra);
        id
    }

    fn act_on_comment(&mut self, place: &Place, act: Act) -> u64 {
        let new = self.id();
        let issue = self.issue_mut(place.repository, place.number);
        let mut before = None;
        let (id, action) = match &act {
            Act::Comment { body } => {
                let (created_at, updated_at) = (place.at, place.at);
                let comment = Comment { id: new, author: place.by.clone(), body: body.clone(), created_at, updated_at };
                issue.comments.push(comment);
                (new, "created")
            }
            Act::EditComment { id, body } => {
                let comment = issue.comments.iter_mut().find(|comment| comment.id == *id).unwrap();
                before = Some(std::mem::replace(&mut comment.body, body.clone()));
                comment.updated_at = place.at;
                (*id, "edited")
            }
            Act::DeleteComment { id } => (*id, "deleted"),
            other => unreachable!("{other:?} is no act on a comment"),
        };
        if action == "created" {
            self.repositories.get_mut(&place.repository).unwrap().comments.insert(id, place.number);
            self.happened(place, Some(Kind::Commented(id)));
        } else if action == "deleted" {
            // Editing a comment leaves its issue's time of change alone; deleting it does not.
            self.happened(place, None);
        }
        webhook::of_comment(self, place, action, id, before.as_deref());
        if action == "deleted" {
            self.issue_mut(place.repository, place.number).comments.retain(|comment| comment.id != id);
            self.repositories.get_mut(&place.repository).unwrap().comments.remove(&id);
        }
        id
    }

    fn review(&mut self, place: &Place, state: String, body: String) -> u64 {
        let id = self.id();
        let pull = self.pull_mut(place);
        let author = place.by.clone();
        // Whoever reviews is no longer asked to.
        pull.reviewers.retain(|login| Some(login) != author.as_ref());
        let commit = pull.head_sha.clone();
        pull.reviews.push(Review { id, author, state, body, commit, at: place.at });
        self.happened(place, Some(Kind::Reviewed(id)));
        webhook::of_review(self, place, id);
        id
    }

    fn push(&mut self, place: &Place, files: BTreeMap<String, String>, anew: bool) -> u64 {
        let changes = files.iter().map(|(path, text)| (path.clone(), Some(File::text(text)))).collect();
        let pull = self.pull_mut(place);
        let before = pull.head_sha.clone();
        let parent = if anew { pull.base_sha.clone() } else { before.clone() };
        let git = &mut self.repositories.get_mut(&place.repository).unwrap().git;
        let sha = git.commit(&[parent], "Go on", place.by.as_deref(), place.at, &changes);
        git.pulls.insert(place.number, sha.clone());
        let pull = self.pull_mut(place);
        if anew {
            pull.commits.clear();
        }
        pull.commits.push(sha.clone());
        pull.head_sha.clone_from(&sha);
        if anew {
            let gone = |kind: &Kind| matches!(kind, Kind::Committed(_));
            self.issue_mut(place.repository, place.number).timeline.retain(|event| !gone(&event.kind));
            self.happened(place, Some(Kind::ForcePushed(sha.clone())));
        }
        let id = self.happened(place, Some(Kind::Committed(sha.clone())));
        webhook::of_issue(self, place, "synchronize", json!({ "before": before, "after": sha }));
        id
    }

    fn merge(&mut self, place: &Place, squash: bool) -> u64 {
        let title = self.issue_mut(place.repository, place.number).title.clone();
        let (base, head) = {
            let pull = self.pull_mut(place);
            (pull.base.clone(), pull.head_sha.clone())
        };
        let git = &mut self.repositories.get_mut(&place.repository).unwrap().git;
        let before = git.branches.get(&base).unwrap_or_else(|| panic!("there is no branch {base}")).clone();
        let number = place.number;
        let message = if squash { format!("{title} (#{number})") } else { format!("Merge pull request #{number}") };
        let sha = git.merge(&before, &head, &message, place.by.as_deref(), place.at, squash);
        git.branches.insert(base.clone(), sha.clone());
        let pull = self.pull_mut(place);
        pull.merged_at = Some(place.at);
        pull.merged_by.clone_from(&place.by);
        pull.merge_commit_sha = Some(sha.clone());
        let issue = self.issue_mut(place.repository, place.number);
        issue.closed_at = Some(place.at);
        issue.closed_by.clone_from(&place.by);
        let id = self.happened(place, Some(Kind::Merged(sha.clone())));
        self.happened(place, Some(Kind::Closed(None)));
        webhook::of_issue(self, place, "closed", json!({}));
        webhook::of_push(self, place.repository, &format!("refs/heads/{base}"), &before, &sha, place.by.as_deref());
        id
    }

    fn transfer(&mut self, place: &Place, to: &str, number: u64) -> u64 {
        let target = self.repository(to);
        webhook::of_issue(self, place, "transferred", json!({}));
        let id = self.id();
        let from = self.repositories.get_mut(&place.repository).unwrap();
        let mut issue = from.issues.remove(&place.number).unwrap();
        from.gone.insert(place.number, Gone::Transferred(target, number));
        from.comments.retain(|_, of| *of != place.number);
        (issue.id, issue.number, issue.updated_at) = (id, number, place.at);
        let labels: Vec<_> = issue.labels.iter().map(|label| label.name().to_owned()).collect();
        let comments: Vec<_> = issue.comments.iter().map(|comment| comment.id).collect();
        for label in labels {
            self.define_label(target, &label);
        }
        let repository = self.repositories.get_mut(&target).unwrap();
        repository.comments.extend(comments.into_iter().map(|comment| (comment, number)));
        repository.issues.insert(number, issue);
        id
    }

    fn delete(&mut self, place: &Place) -> u64 {
        webhook::of_issue(self, place, "deleted", json!({}));
        let repository = self.repositories.get_mut(&place.repository).unwrap();
        repository.issues.remove(&place.number);
        repository.comments.retain(|_, of| *of != place.number);
        repository.gone.insert(place.number, Gone::Deleted);
        0
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
