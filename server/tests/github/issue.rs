//! Issues and pull requests, with what is said about them and what happened to them.
//!
//! A pull request is an issue with more to it, as GitHub has it. Fields are open, so that a test can make odd ones.

use chrono::{DateTime, Utc};

/// A label at an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// An ordinary one.
    Named(String),
    /// Told as a string, which GitHub's description allows.
    Text(String),
    /// Without a colour, which it allows too.
    Colourless(String),
}

impl Label {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name) | Self::Text(name) | Self::Colourless(name) => name,
        }
    }
}

/// An issue or a pull request.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Numeric id.
    pub id: u64,
    /// Number in its repository.
    pub number: u64,
    /// Title.
    pub title: String,
    /// Text.
    pub body: Option<String>,
    /// Login; nobody when the account was deleted.
    pub author: Option<String>,
    /// When it was closed; open otherwise.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// Why, in GitHub's word; a test may use one that GitHub does not know yet.
    pub state_reason: Option<String>,
    /// Labels.
    pub labels: Vec<Label>,
    /// Logins of whoever it is assigned to.
    pub assignees: Vec<String>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// What happened to it, oldest first.
    pub timeline: Vec<Event>,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// What makes it a pull request.
    pub pull: Option<Pull>,
}

/// A comment.
#[derive(Debug, Clone)]
pub struct Comment {
    /// Numeric id.
    pub id: u64,
    /// Login; nobody when the account was deleted.
    pub author: Option<String>,
    /// Text.
    pub body: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last edited.
    pub updated_at: DateTime<Utc>,
}

/// What a pull request has besides an issue.
#[derive(Debug, Clone)]
pub struct Pull {
    /// Branch that it goes to.
    pub base: String,
    /// Where that branch was when it was opened.
    pub base_sha: String,
    /// Branch that it comes from.
    pub head: String,
    /// Owner of that branch; `None` when the fork was deleted.
    pub head_owner: Option<String>,
    /// Its last commit.
    pub head_sha: String,
    /// Its commits, oldest first.
    pub commits: Vec<String>,
    /// Not ready for review.
    pub draft: bool,
    /// Whether it can be merged; GitHub may not know yet.
    pub mergeable: Option<bool>,
    /// In GitHub's word.
    pub mergeable_state: String,
    /// When it was merged.
    pub merged_at: Option<DateTime<Utc>>,
    /// By whom.
    pub merged_by: Option<String>,
    /// The commit that merged it.
    pub merge_commit_sha: Option<String>,
    /// Logins of those whose review is asked for.
    pub reviewers: Vec<String>,
    /// Teams whose review is asked for.
    pub teams: Vec<String>,
    /// Reviews, oldest first.
    pub reviews: Vec<Review>,
}

/// A review.
#[derive(Debug, Clone)]
pub struct Review {
    /// Numeric id.
    pub id: u64,
    /// Login; nobody when the account was deleted.
    pub author: Option<String>,
    /// `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`, `DISMISSED`.
    pub state: String,
    /// Text.
    pub body: String,
    /// The commit that was read.
    pub commit: String,
    /// When it was sent.
    pub at: DateTime<Utc>,
}

/// Something that happened to an issue.
#[derive(Debug, Clone)]
pub struct Event {
    /// Numeric id.
    pub id: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Login of who did it.
    pub actor: Option<String>,
    /// What.
    pub kind: Kind,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A label was given.
    Labeled(String),
    /// A label was taken.
    Unlabeled(String),
    /// It was given to somebody.
    Assigned(String),
    /// It was taken from somebody.
    Unassigned(String),
    /// A comment, by id.
    Commented(u64),
    /// A person's review was asked for.
    ReviewRequested(String),
    /// A team's review was asked for.
    TeamRequested(String),
    /// A person's review is no longer asked for.
    ReviewRequestRemoved(String),
    /// A review, by id.
    Reviewed(u64),
    /// A commit was pushed.
    Committed(String),
    /// The branch was written anew; the last commit.
    ForcePushed(String),
    /// It is ready for review.
    ReadyForReview,
    /// It is a draft again.
    ConvertToDraft,
    /// It was closed, by a commit or by hand.
    Closed(Option<String>),
    /// It was opened again.
    Reopened,
    /// It was merged as a commit.
    Merged(String),
    /// Its title changed.
    Renamed(String, String),
    /// Another issue mentions it: repository and number.
    CrossReferenced(u64, u64),
    /// Something that nobody has heard of.
    Odd(serde_json::Value),
}
