//! What can happen: each kind of event with what it carries, in the shape in which it is kept.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{CheckInOutcome, Planned, Pull, PullKind, Reading, RetargetReason};
use crate::{Freeze, Frozen, LinkedPull, Proposed, ReleaseVersion, Rule, Stage, Week};

/// What happened. Facts first, then decisions on the proposal, then those on one release, then exceptions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// A document was read; its text is in the blob.
    DocumentRead {
        /// Path in the repository.
        path: String,
        /// SHA-256 of the text, hexadecimal.
        blob: String,
    },
    /// A document that was there is not any more.
    DocumentGone {
        /// Path in the repository.
        path: String,
    },
    /// The tracking issue as observed.
    IssueObserved {
        /// Its title.
        title: String,
        /// Whether it is open.
        open: bool,
        /// Its labels.
        labels: Vec<String>,
        /// Logins of its assignees.
        assignees: Vec<String>,
        /// Path of the document or its directory that it links, if any.
        linked_document: Option<String>,
        /// Releases it states per stage.
        targets: Vec<(Stage, ReleaseVersion)>,
        /// Pull requests and bugs that it links.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        links: Vec<LinkedPull>,
    },
    /// The tracking issue is not there any more.
    IssueGone {
        /// Where it was transferred to; none when it was deleted.
        moved_to: Option<String>,
    },
    /// A pull request as observed.
    PullObserved(Pull),
    /// Whether a merged pull request is contained in the branch that the release is built from (P-7).
    LandingObserved {
        /// `owner/name`.
        repository: String,
        /// Number of the pull request.
        number: u32,
        /// The branch, e.g. `release-1.10`; the main branch where a repository has no release branches.
        branch: String,
        /// Whether the merge commit or its cherry-pick is in it.
        contained: bool,
    },
    /// A bug linked from the tracking issue, as observed.
    BugObserved {
        /// `owner/name`.
        repository: String,
        /// Number of the issue.
        number: u32,
        /// Its title.
        title: String,
        /// Whether it is open.
        open: bool,
        /// Its labels.
        labels: Vec<String>,
    },
    /// A list that was imported calls the proposal so; counts until a document names it.
    Titled {
        /// The title there.
        title: String,
    },
    /// The aliases of a source were read (PROCESS 7); about the source as a whole, so its proposal number is 0.
    AliasesRead {
        /// Path in the repository.
        path: String,
        /// SHA-256 of the text, hexadecimal.
        blob: String,
    },
    /// The repositories that pull requests and bugs of the proposal can be in were read completely.
    RepositoriesRead,
    /// Something that the proposal rests on could not be read (P-8); holds until the repositories are read completely.
    ReadingFailed {
        /// `owner/name`; `owner/name#n` where it is one linked pull request or bug.
        repository: String,
        /// What of it.
        what: Reading,
        /// What happened, as a clause: "GitHub answered 502".
        reason: String,
    },
    /// The proposal as a release board shows it.
    BoardObserved {
        /// The release of the board.
        release: ReleaseVersion,
        /// Its status there, as written.
        status: String,
        /// Login of the reviewer named there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reviewer: Option<String>,
        /// Phase of its exception there, as written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        exception: Option<String>,
    },

    /// The owner is somebody else now.
    HandedOver {
        /// Login of the new owner.
        to: String,
    },
    /// Deferred (P-6).
    Deferred {
        /// Why.
        reason: String,
    },
    /// Rejected (P-6); nothing lifts it.
    Rejected {
        /// Why.
        reason: String,
    },
    /// Withdrawn by its owner (P-6); nothing lifts it.
    Withdrawn {
        /// Why.
        reason: String,
    },
    /// Replaced by another proposal of the same source (P-6); nothing lifts it.
    Replaced {
        /// Number of the other.
        by: u32,
        /// Why.
        reason: String,
    },
    /// Deprecated (P-6).
    Deprecated {
        /// Why.
        reason: String,
    },
    /// Reviewers and approvers were assigned; replaces earlier assignments.
    Assigned {
        /// Logins of the reviewers.
        reviewers: Vec<String>,
        /// Logins of the approvers.
        approvers: Vec<String>,
    },
    /// A SIG signed the proposal off (P-9 h).
    SignedOff {
        /// Which SIG.
        sig: String,
    },

    /// A reviewer or approver has read a version of the document and decides on its basis (R002-63).
    Acknowledged {
        /// SHA-256 of the text that was read, hexadecimal.
        blob: String,
    },
    /// Support by the community (R002-21).
    SupportRecorded {
        /// Where it was said.
        links: Vec<String>,
        /// Who supports it and why, in a sentence.
        note: String,
    },
    /// Feedback by users.
    FeedbackRecorded {
        /// Where it was said, where there is a link.
        links: Vec<String>,
        /// What they say.
        note: String,
    },
    /// Put on the agenda of the owning SIG's next meeting.
    PutOnAgenda {
        /// Why it has to be talked about.
        reason: String,
    },
    /// Taken off the agenda: it was dealt with.
    TakenOffAgenda {
        /// What came of it; may be empty.
        note: String,
    },
    /// What a pull request is for, and for which release; wins over what was observed.
    PullClassified {
        /// `owner/name`.
        repository: String,
        /// Its number there.
        number: u32,
        /// What it is for.
        kind: PullKind,
        /// The release it belongs to.
        release: ReleaseVersion,
    },

    /// Accepted for a release by the owning SIG (P-5).
    Accepted {
        /// The release.
        release: ReleaseVersion,
        /// Place in the SIG's order, from 1.
        rank: Option<u32>,
    },
    /// Put at another place in the SIG's order (P-5).
    Ranked {
        /// The release.
        release: ReleaseVersion,
        /// Place in the SIG's order, from 1; none at its end.
        rank: Option<u32>,
    },
    /// The owner committed to implement it for a release (P-9 g).
    Committed {
        /// The release.
        release: ReleaseVersion,
        /// The day they gave their word.
        on: NaiveDate,
    },
    /// Moved to another release (P-15).
    Retargeted {
        /// The release it leaves.
        from: ReleaseVersion,
        /// The release it goes to.
        to: ReleaseVersion,
        /// Kind of reason.
        reason: RetargetReason,
        /// The reason in a sentence.
        sentence: String,
    },
    /// Removed from the milestone.
    Removed {
        /// The release.
        release: ReleaseVersion,
        /// Why.
        reason: String,
    },
    /// Taken back into the milestone.
    Readmitted {
        /// The release.
        release: ReleaseVersion,
        /// Why.
        reason: String,
    },
    /// A requirement was waived (P-8).
    Waived {
        /// The release.
        release: ReleaseVersion,
        /// Which requirement.
        rule: Rule,
        /// Why.
        reason: String,
    },
    /// Signed: there is no code to merge (P-8).
    NothingToMerge {
        /// The release.
        release: ReleaseVersion,
        /// Why.
        reason: String,
    },
    /// Signed: users need no documentation of it (P-10 b).
    NoDocsNeeded {
        /// The release.
        release: ReleaseVersion,
        /// Why.
        reason: String,
    },
    /// A line of the post-freeze checklist was signed (P-14).
    ChecklistSigned {
        /// The release.
        release: ReleaseVersion,
        /// Key of the line.
        line: String,
        /// What is stated: "none known", where it was verified.
        statement: String,
    },
    /// A weekly check-in (P-21).
    CheckedIn {
        /// The release.
        release: ReleaseVersion,
        /// The week.
        week: Week,
        /// Whether the release team spoke.
        release_team: bool,
        /// Whether an approver, or another member of the owning SIG, spoke.
        approver: bool,
        /// The outcome.
        outcome: CheckInOutcome,
        /// One sentence.
        sentence: String,
        /// What it proposes to the owning SIG, where it should leave the release.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposed: Option<Proposed>,
    },
    /// What an owner says to a week's check-in (PROCESS 7); it is no outcome.
    CheckInAnswered {
        /// The release.
        release: ReleaseVersion,
        /// The week.
        week: Week,
        /// What they say.
        sentence: String,
    },
    /// The owning SIG declined what a check-in proposed (P-21).
    Declined {
        /// The release.
        release: ReleaseVersion,
        /// Why.
        reason: String,
    },

    /// A request for an exception was sent (P-17); its time is the mail's.
    ExceptionSent {
        /// Number of the request within the proposal.
        request: u32,
        /// The release.
        release: ReleaseVersion,
        /// The freeze; none for "other".
        freeze: Option<Freeze>,
        /// Who asks.
        requester: String,
        /// Why (P-16).
        justification: String,
        /// Until when.
        until: DateTime<Utc>,
        /// What happens if it is not granted.
        impact: String,
        /// Covered pull requests as `owner/name#n`.
        covers: Vec<String>,
    },
    /// The mail's archive link was recorded.
    ExceptionFiled {
        /// Number of the request.
        request: u32,
        /// The link.
        thread: String,
    },
    /// Review began, or goes on after information came.
    ExceptionInReview {
        /// Number of the request.
        request: u32,
    },
    /// The decider asks for more.
    ExceptionNeedsInformation {
        /// Number of the request.
        request: u32,
        /// What is asked.
        question: String,
    },
    /// The requester answered what was asked; review goes on.
    ExceptionAnswered {
        /// Number of the request.
        request: u32,
        /// The answer.
        answer: String,
    },
    /// Granted, or granted time extended.
    ExceptionGranted {
        /// Number of the request.
        request: u32,
        /// Until when.
        until: DateTime<Utc>,
        /// Why.
        reason: String,
    },
    /// Denied.
    ExceptionDenied {
        /// Number of the request.
        request: u32,
        /// Why.
        reason: String,
    },
    /// Taken back by the requester.
    ExceptionWithdrawn {
        /// Number of the request.
        request: u32,
    },

    /// The owning SIG closed its plan for a release (P-5): a snapshot, kept for ever. About a source as a whole.
    PlanClosed {
        /// The release.
        release: ReleaseVersion,
        /// What was accepted, in the SIG's order.
        plan: Vec<Planned>,
    },
    /// The release team closed freeze day (P-5, P-26): how each was judged at the freeze, kept for ever. About a source
    /// as a whole.
    FreezeClosed {
        /// The release.
        release: ReleaseVersion,
        /// Which freeze.
        freeze: Freeze,
        /// The instant of the freeze, at which they were judged.
        at: DateTime<Utc>,
        /// Every proposal of the source that took part.
        judged: Vec<Frozen>,
    },
    /// The SIG added a line to the post-freeze checklist of a release (P-14). About a source as a whole.
    ChecklistLineAdded {
        /// The release.
        release: ReleaseVersion,
        /// Key of the line.
        line: String,
        /// What is asked.
        text: String,
    },
    /// The SIG took such a line off again. About a source as a whole.
    ChecklistLineRemoved {
        /// The release.
        release: ReleaseVersion,
        /// Key of the line.
        line: String,
    },

    /// An earlier decision was undone within its ten minutes.
    Undone {
        /// Its place in the log.
        event: i64,
    },
}
