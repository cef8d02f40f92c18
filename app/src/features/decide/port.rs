//! The port behind the forms of decisions.

use chrono::NaiveDate;
use domain::{Action, Pull, ReleaseVersion, Rule, Status};
use serde::{Deserialize, Serialize};

use crate::{features::shared::ProposalLink, port::Answer, query::ReleaseChoice};

/// Which decision on which proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideAsk {
    /// Id of the source.
    pub source: String,
    /// Number of the proposal.
    pub number: u32,
    /// What is to be decided.
    pub action: Action,
    /// The release it is about; `None` lets the server choose as the proposal's page does.
    pub release: Option<ReleaseChoice>,
}

/// A form with all that it offers, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecideView {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// The release it is about, for decisions on one release.
    pub release: Option<ReleaseVersion>,
    /// Other releases it takes part in.
    pub others: Vec<ReleaseVersion>,
    /// How the proposal stands in the release now: the status with its words.
    pub status: Option<(Status, String)>,
    /// Place in the log of the latest decision on the proposal, which the form knows of.
    pub seen: i64,
    /// Today.
    pub today: NaiveDate,
    /// The role in which it is recorded: "a member of the owning SIG"; none where everybody may.
    pub role: Option<String>,
    /// Whether the person can record it as another's word only.
    pub for_another: bool,
    /// Who may decide this, in words: "members of sig-ci".
    pub who_may: String,
    /// Why it cannot be decided; none when it can.
    pub barred: Option<Barred>,
    /// What the fields offer.
    pub offers: Offers,
}

/// Why there is no form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Barred {
    /// Nobody is signed in.
    SignIn,
    /// The person may not, in words.
    Role(String),
    /// The rules do not allow it where the proposal stands, in words.
    Rule(String),
}

/// What the fields of a form offer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Offers {
    /// Releases that it can be accepted for or moved to, newest first.
    pub releases: Vec<ReleaseVersion>,
    /// Requirements that fail or are unknown.
    pub rules: Vec<RuleOffer>,
    /// Pull requests of the proposal.
    pub pulls: Vec<Pull>,
    /// Lines of the checklist.
    pub lines: Vec<LineOffer>,
    /// SIGs whose sign-off is asked for and missing.
    pub sigs: Vec<String>,
    /// Owners.
    pub owners: Vec<String>,
    /// Reviewers.
    pub reviewers: Vec<String>,
    /// Approvers.
    pub approvers: Vec<String>,
    /// Its place in the SIG's order.
    pub rank: Option<u32>,
    /// Path and address of the document.
    pub document: Option<(String, String)>,
    /// What a check-in proposed and waits to be confirmed, in words.
    pub proposed: Option<String>,
    /// One's own decision that can be undone.
    pub undo: Option<Undoable>,
}

/// A requirement that can be waived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleOffer {
    /// As forms and the API write it.
    pub slug: String,
    /// Which.
    pub rule: Rule,
    /// What is open.
    pub open: String,
}

/// A line of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineOffer {
    /// Its key.
    pub key: String,
    /// What is asked.
    pub text: String,
    /// Why it cannot be signed yet.
    pub locked: Option<String>,
    /// Who signed it last.
    pub signed: Option<String>,
}

/// A decision of the viewer that can still be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoable {
    /// Its place in the log.
    pub event: i64,
    /// What was decided.
    pub what: String,
    /// For how many minutes it can be undone, at least 1.
    pub minutes: i64,
}

/// How the forms reach the server.
pub trait DecidePort: Send + Sync {
    /// The form of a decision; `PageError::NotFound` when there is no such proposal.
    fn form(&self, ask: DecideAsk) -> Answer<'_, DecideView>;
}
