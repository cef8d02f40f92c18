//! The port behind the page of one proposal.

use chrono::{DateTime, Utc};
use domain::{
    CheckIn, Concern, Diagnostic, DocumentStatus, Mismatch, Pull, ReleaseDates, ReleaseVersion, Rule, Section, Stage,
    Status, Target, Verdict,
};
use serde::{Deserialize, Serialize};

use crate::{
    features::{
        checklist::port::ChecklistSummary,
        decide::port::Undoable,
        exceptions::Stand,
        shared::{Act, HistoryItem, ProposalLink},
        slips::port::MoveView,
    },
    port::Answer,
    query::{At, ReleaseChoice},
};

/// Which proposal, for which release, as of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalAsk {
    /// Id of the source.
    pub source: String,
    /// Number of the proposal.
    pub number: u32,
    /// The release to judge it for; `None` lets the server choose: the current one if it takes part in it, else its
    /// latest.
    pub release: Option<ReleaseChoice>,
    /// As of when.
    pub at: At,
}

/// What a check-in proposed and the owning SIG has still to confirm (P-21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToConfirm {
    /// What to do: "Confirm or decline: retarget to v1.11, new blocker".
    pub what: String,
    /// Who proposed it, and why.
    pub why: String,
    /// The SIG that confirms.
    pub sig: String,
    /// What the viewer can do about it.
    pub acts: Vec<Act>,
}

/// Everything on the page of a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalView {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Address of the tracking issue.
    pub issue_url: String,
    /// Document status as in force (P-6), where one is known.
    pub document_status: Option<DocumentStatus>,
    /// All participations, newest release first; the one shown has `shown`.
    pub participations: Vec<Participation>,
    /// The verdict for the release shown; `None` when it takes part in none.
    pub verdict: Option<Verdict>,
    /// The dates of that release.
    pub dates: ReleaseDates,
    /// When the facts were last observed.
    pub checked_at: Option<DateTime<Utc>>,
    /// Pull requests of the release shown, open ones first.
    pub pulls: Vec<PullView>,
    /// Target lines as the document states them.
    pub targets: Vec<Target>,
    /// Who takes part.
    pub people: People,
    /// Its requests for an exception, newest first.
    pub requests: Vec<RequestLine>,
    /// Support on record, newest first.
    pub support: Vec<Said>,
    /// Feedback of users on record, newest first.
    pub feedback: Vec<Said>,
    /// What the viewer can do; none when another instant than now is shown.
    pub actions: Option<Actions>,
    /// The post-freeze checklist, once it is due (P-14).
    pub checklist: Option<ChecklistSummary>,
    /// Check-ins for the release shown, latest week first.
    pub check_ins: Vec<CheckIn>,
    /// What a check-in proposed and the owning SIG has still to confirm.
    pub to_confirm: Option<ToConfirm>,
    /// Where sources disagree.
    pub mismatches: Vec<Mismatch>,
    /// How it moved from release to release, oldest move first.
    pub moves: Vec<MoveView>,
    /// Stages that last longer than the rule of thumb says, as sentences.
    pub stays: Vec<String>,
    /// The log, newest first; cut to about 50.
    pub history: Vec<HistoryItem>,
    /// How many lines the log has without the cut.
    pub history_total: u32,
    /// The document.
    pub document: Option<DocumentView>,
    /// Further documents of the proposal.
    pub further: Vec<FurtherDocument>,
    /// Open pull requests that add or change its document; none when another instant than now is shown.
    pub in_review: Vec<InReview>,
    /// What was reminded of for the release shown; none when another instant than now is shown.
    pub reminded: Vec<Reminded>,
    /// Whether the viewer may have those reminded who can act.
    pub may_remind: bool,
}

/// How often something was reminded of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// Of what.
    pub concern: Concern,
    /// How often.
    pub times: u32,
    /// When last.
    pub last: DateTime<Utc>,
    /// Whether the owning SIG was reminded too.
    pub with_sig: bool,
}

/// The proposal in one release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Participation {
    /// The release; `None` for the row of a proposal that takes part in none.
    pub release: Option<ReleaseVersion>,
    /// Its stages for that release.
    pub stages: Vec<Stage>,
    /// Its status for that release.
    pub status: Status,
    /// The status in words with what is open, as the verdict writes it.
    pub words: String,
    /// Why it is at risk, when it is.
    pub at_risk: Option<String>,
    /// Whether the page shows this one.
    pub shown: bool,
}

/// A pull request, and whether it is in the branch that the release is built from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullView {
    /// The pull request as last observed.
    pub pull: Pull,
    /// The branch, and whether it is in it; none when that was not observed.
    pub landed: Option<(String, bool)>,
}

/// A person with what they said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Login without `@`.
    pub login: String,
    /// "committed 29 Aug", "acknowledged".
    pub note: Option<String>,
}

/// Who takes part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Owners.
    pub owners: Vec<Person>,
    /// Reviewers.
    pub reviewers: Vec<Person>,
    /// Approvers.
    pub approvers: Vec<Person>,
    /// Owning SIG.
    pub sig: Option<String>,
    /// Other SIGs, with what is known of their sign-off in `note`; `login` holds the SIG.
    pub other_sigs: Vec<Person>,
}

/// A request for an exception, short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestLine {
    /// Address of its page.
    pub href: String,
    /// "CF exception of v1.10".
    pub about: String,
    /// Where it stands.
    pub stand: Stand,
    /// Until when it is granted, else asked for.
    pub until: DateTime<Utc>,
}

/// Support or feedback on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What is said; may be empty where links tell it.
    pub note: String,
    /// Where it was said.
    pub links: Vec<String>,
    /// Login of whose word it is that this was said.
    pub who: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Address of the decision that recorded it.
    pub href: String,
}

/// What the viewer can do about the proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actions {
    /// Whether anybody is signed in.
    pub signed_in: bool,
    /// What is allowed and makes sense now, under its headings.
    pub groups: Vec<(String, Vec<ActionLink>)>,
    /// What the viewer can only record as another's word.
    pub for_another: Vec<ActionLink>,
    /// What mends requirements that are not met.
    pub mends: Vec<(Rule, Vec<ActionLink>)>,
    /// The viewer's last decision, while it can be undone.
    pub undo: Option<Undoable>,
    /// Place in the log of the latest decision on the proposal.
    pub seen: i64,
}

/// A link to the form of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionLink {
    /// The verb.
    pub label: String,
    /// Address of the form.
    pub href: String,
}

/// The document as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentView {
    /// Path in the repository.
    pub path: String,
    /// Address in the repository.
    pub url: String,
    /// Sanitised HTML. Its headings carry the ids of the table of contents, each beginning with `doc-`, and stand below
    /// the page's: the document's highest is an `h3`, none is skipped, the deepest an `h6`.
    pub html: String,
    /// Table of contents.
    pub contents: Vec<Heading>,
    /// Sections of the template and how far they are written.
    pub sections: Vec<Section>,
    /// What could not be read or looks wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Versions that were read, newest first.
    pub versions: Vec<DocumentVersion>,
}

/// A line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6, as in the document.
    pub level: u8,
    /// Its id within the page.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentVersion {
    /// When the tracker read it.
    pub read_at: DateTime<Utc>,
    /// SHA-256 of its text, hexadecimal.
    pub blob: String,
    /// Address of that version, where it can be seen.
    pub href: Option<String>,
}

/// Another document in the proposal's directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherDocument {
    /// Path in the repository.
    pub path: String,
    /// Address in the repository.
    pub url: String,
    /// Its title, else its file name.
    pub title: String,
}

/// A document in an open pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InReview {
    /// "kubevirt/enhancements#500".
    pub reference: String,
    /// Title of the pull request.
    pub title: String,
    /// Address of the page that shows the document.
    pub href: String,
    /// Whether the pull request is a draft.
    pub draft: bool,
    /// How many remarks there are on its text.
    pub remarks: u32,
}

/// How the page reaches the server.
pub trait ProposalPort: Send + Sync {
    /// One proposal; `PageError::NotFound` when there is none.
    fn proposal(&self, ask: ProposalAsk) -> Answer<'_, ProposalView>;
}
