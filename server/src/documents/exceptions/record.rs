//! What an `exceptions.yaml` states, as far as it could be read.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Diagnostic, FreezeZone, ReleaseVersion};

use super::Phase;

/// Everything that one file states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExceptionsReading {
    /// The release that the path names; a record may name another.
    pub release: Option<ReleaseVersion>,
    /// The records, in the order of the file.
    pub records: Vec<ExceptionRecord>,
    /// Records that are there but could not be read.
    pub lost: usize,
    /// What could not be read, was repaired or is not known here, by line.
    pub diagnostics: Vec<Diagnostic>,
}

/// One request for an exception.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExceptionRecord {
    /// Line in the file, counted from 1.
    pub line: u32,
    /// The release it names itself, or its document does.
    pub release: Option<ReleaseVersion>,
    /// The freeze.
    pub phase: Phase,
    /// Title of the proposal.
    pub name: String,
    /// The tracking issue.
    pub issue: Option<IssueRef>,
    /// Source and number of the proposal: `cep/4702`.
    pub proposal: Option<(String, u32)>,
    /// Number of the request within the proposal.
    pub request: Option<u32>,
    /// Login of who asks.
    pub requester: Option<String>,
    /// When it was asked.
    pub requested: Option<On>,
    /// When it was decided.
    pub reviewed: Option<On>,
    /// Login of who decided.
    pub decided_by: Option<String>,
    /// Archive link of the mail.
    pub thread: Option<String>,
    /// Covered pull requests as `owner/name#n`.
    pub pulls: Vec<String>,
    /// Where it stands.
    pub status: Option<ListedStatus>,
    /// Additional time in the words of the file.
    pub additional_time: Option<String>,
    /// Until when was asked.
    pub asked_until: Option<On>,
    /// Until when was granted.
    pub granted_until: Option<On>,
    /// Why it was decided so.
    pub reason: Option<String>,
    /// Why it was asked.
    pub justification: Option<String>,
    /// What happens if it is not granted.
    pub impact: Option<String>,
    /// Whatever else the file says of it, as `key: value`.
    pub notes: Vec<String>,
    /// What happened to it, in this order; only in files that the tracker wrote.
    pub steps: Vec<Step>,
}

/// An issue or pull request as a record names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRef {
    /// `owner/name`; none for a number alone.
    pub repository: Option<String>,
    /// Its number.
    pub number: u32,
    /// Whether the address is that of a pull request.
    pub pull: bool,
}

/// A day or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A day.
    Day(NaiveDate),
    /// An instant.
    Instant(DateTime<Utc>),
}

impl On {
    /// As the end of something: a day runs out where deadlines do (P-2).
    pub fn end(self, zone: FreezeZone) -> DateTime<Utc> {
        match self {
            Self::Day(day) => zone.end_of(day),
            Self::Instant(instant) => instant,
        }
    }
}

/// Where a request stands, as a list says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListedStatus {
    /// Granted.
    Approved,
    /// Denied.
    Denied,
    /// Granted; what was merged under it was taken out again.
    Reverted,
    /// Granted; the proposal was taken out of the release afterwards.
    Removed,
    /// Taken back by the requester.
    Withdrawn,
    /// The mail went out.
    Sent,
    /// Its archive link is recorded.
    Filed,
    /// Somebody who decides looks at it.
    InReview,
    /// The requester owes an answer.
    NeedsInformation,
    /// A word that means nothing here.
    Other(String),
}

/// One step of a request: who did what, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Line in the file, counted from 1.
    pub line: u32,
    /// When; none when that is unknown.
    pub at: Option<DateTime<Utc>>,
    /// Login of who recorded it.
    pub by: String,
    /// On whose behalf, if another's.
    pub on_behalf_of: Option<String>,
    /// Where it was said.
    pub link: Option<String>,
    /// What was done.
    pub kind: StepKind,
    /// Until when was granted.
    pub until: Option<DateTime<Utc>>,
    /// The thread, question, answer or reason; empty where a step has none.
    pub words: String,
}

/// Kinds of steps, one for each event about an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// The mail went out; what it says stands in the record.
    Sent,
    /// Its archive link was recorded.
    Filed,
    /// Review began.
    InReview,
    /// More was asked.
    NeedsInformation,
    /// An answer came.
    Answered,
    /// Granted, or extended.
    Granted,
    /// Denied.
    Denied,
    /// Taken back.
    Withdrawn,
}
