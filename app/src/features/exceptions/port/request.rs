//! One request as its page shows it.

use chrono::{DateTime, Utc};
use domain::{
    Action, ReleaseDates, Status,
    exception::{Finding, Statistics},
};
use serde::{Deserialize, Serialize};

use super::{ExceptionRow, UntilView};
use crate::{features::shared::HistoryItem, query::At};

/// Which request, as of when, with what a form on it posted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExceptionAsk {
    /// Its place in the log.
    pub id: i64,
    /// As of when.
    pub at: At,
    /// What was typed, for the preview.
    pub typed: Vec<(String, String)>,
}

/// A pull request that a request covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// As the request names it: `kubevirt/project-infra#5141`.
    pub name: String,
    /// What people read: "#5141" where the repository is clear, else the name.
    pub short: String,
    /// Its address.
    pub href: String,
    /// Its title, when it was observed.
    pub title: Option<String>,
    /// How it stands: "open, waits on review"; none when it was never observed.
    pub state: Option<String>,
}

/// A text that goes out, ready to send by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Address of the list.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// What is known of its sending, in words, where the tracker sends it itself.
    pub sending: Option<String>,
}

/// A question to the requester and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeView {
    /// What was asked, by whom and when.
    pub question: (String, String, Option<DateTime<Utc>>),
    /// The answer, by whom and when.
    pub answer: Option<(String, String, Option<DateTime<Utc>>)>,
}

/// The page of one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExceptionView {
    /// The row of the lists.
    pub row: ExceptionRow,
    /// Number of the request within the proposal.
    pub number: u32,
    /// Address of the tracking issue.
    pub issue_url: String,
    /// Dates of the release.
    pub dates: ReleaseDates,
    /// Who recorded it, when it was not the requester, and where the requester said it.
    pub recorded: Option<(String, Option<String>)>,
    /// Archive link of the mail.
    pub thread: Option<String>,
    /// Why.
    pub justification: String,
    /// What happens if it is not granted.
    pub impact: String,
    /// Covered pull requests.
    pub covers: Vec<Cover>,
    /// Questions and answers, in their order.
    pub exchanges: Vec<ExchangeView>,
    /// Why it was last decided so.
    pub reason: Option<String>,
    /// Its steps, latest first.
    pub steps: Vec<HistoryItem>,
    /// What deciders should know.
    pub findings: Vec<Finding>,
    /// Status of the proposal in the release, and its words.
    pub status: Option<(Status, String)>,
    /// Earlier requests of the proposal, latest first.
    pub earlier: Vec<ExceptionRow>,
    /// The release so far.
    pub so_far: Statistics,
    /// What the viewer may do with it now.
    pub may: Vec<Action>,
    /// What the viewer may record as the requester's word.
    pub for_another: Vec<Action>,
    /// Why the viewer may not decide, when somebody else has to: "nobody decides on their own request".
    pub may_not: Option<String>,
    /// In which role the viewer decides, in words: "as release team".
    pub role: Option<String>,
    /// Position of the latest decision that this page knows.
    pub seen: i64,
    /// The mail of the request.
    pub mail: Mail,
    /// What a decision would send, as the form stands: the answer to the list and the comment on the issue.
    pub preview: Option<(Mail, String)>,
    /// The answer to the list that the last decision sends.
    pub answer: Option<Mail>,
    /// What an instant that was typed means, or why it cannot be.
    pub until: Option<UntilView>,
}
