//! The port behind the page of one proposal.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Diagnostic, DocumentStatus, Evidence, Freeze, Outcome, ReleaseVersion, Requirement, Section, Stage, Status, Target,
};
use serde::{Deserialize, Serialize};

use crate::{
    features::shared::{HistoryItem, ProposalLink, Waiting},
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
    /// What is left, first what blocks; empty when nothing is.
    pub left: Vec<LeftItem>,
    /// The freeze that the list above leads to, and its deadline.
    pub deadline: Option<Due>,
    /// When the facts were last observed.
    pub checked_at: Option<DateTime<Utc>>,
    /// The five facts (P-7).
    pub facts: FiveFacts,
    /// Requirements of both freezes, EF first.
    pub freezes: Vec<FreezeView>,
    /// Target lines as the document states them.
    pub targets: Vec<Target>,
    /// Who takes part.
    pub people: People,
    /// Where sources disagree.
    pub mismatches: Vec<MismatchView>,
    /// The log, newest first; cut to about 50.
    pub history: Vec<HistoryItem>,
    /// How many lines the log has without the cut.
    pub history_total: u32,
    /// The document.
    pub document: Option<DocumentView>,
    /// Further documents of the proposal.
    pub further: Vec<FurtherDocument>,
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
    /// What is open, short.
    pub detail: Option<String>,
    /// Why it is at risk, when it is.
    pub at_risk: Option<String>,
    /// Whether the page shows this one.
    pub shown: bool,
}

/// A freeze with its deadline (P-11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Which freeze.
    pub freeze: Freeze,
    /// The day as stated.
    pub day: Option<NaiveDate>,
    /// Its deadline; `None` is "no date".
    pub instant: Option<DateTime<Utc>>,
}

/// Something that is left to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftItem {
    /// Fail or unknown; pass for what was done lately and is worth showing.
    pub outcome: Outcome,
    /// What to do: "Merge the last 2 of 6 implementation PRs".
    pub what: String,
    /// Evidence under it.
    pub evidence: Vec<Evidence>,
    /// Who can do it.
    pub who: Vec<Waiting>,
}

/// The five facts, side by side, never merged (P-7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiveFacts {
    /// Accepted by the owning SIG for the release.
    pub accepted: Fact,
    /// Meets the requirements of its gate.
    pub ready: Fact,
    /// Exception, per freeze.
    pub exception: Fact,
    /// Implementation PRs merged.
    pub merged: Fact,
    /// In the release branch.
    pub landed: Fact,
}

/// One of the five facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is called here: "Ready for CF", "In main (no release branch)".
    pub label: String,
    /// Its value in words: "1 Sep, rank 4", "no, 2 PRs", "none".
    pub words: String,
    /// Pass, fail or unknown; `None` where that does not apply.
    pub outcome: Option<Outcome>,
    /// Where to see it.
    pub link: Option<String>,
}

/// The requirements of one freeze.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreezeView {
    /// Freeze and deadline.
    pub due: Due,
    /// Result of all requirements together, as judged (P-11).
    pub outcome: Outcome,
    /// In words: "met on 2 Sep", "3 of 8 open".
    pub words: String,
    /// The requirements, in the order of P-9 and P-10.
    pub requirements: Vec<Requirement>,
    /// Warnings that are no requirements (P-10).
    pub warnings: Vec<Evidence>,
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

/// Two sources that disagree (P-13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MismatchView {
    /// About what: "Target", "Title".
    pub about: String,
    /// One side: who says, and what.
    pub one: Saying,
    /// The other side.
    pub other: Saying,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Whether it stands in the way of the current release.
    pub blocking: bool,
    /// What to do with the text below: "Copy fix for the issue".
    pub fix_label: String,
    /// A text that mends it, ready to paste.
    pub fix: Option<String>,
}

/// What one source says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// "Document", "Issue", "Tracker".
    pub source: String,
    /// What it says.
    pub value: String,
    /// Where it says so.
    pub link: Option<String>,
}

/// The document as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentView {
    /// Path in the repository.
    pub path: String,
    /// Address in the repository.
    pub url: String,
    /// Sanitised HTML; headings carry the ids of the table of contents.
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

/// How the page reaches the server.
pub trait ProposalPort: Send + Sync {
    /// One proposal; `PageError::NotFound` when there is none.
    fn proposal(&self, ask: ProposalAsk) -> Answer<'_, ProposalView>;
}
