//! The port behind the page that starts a proposal.

use domain::{ReleaseDates, ReleaseVersion};
use serde::{Deserialize, Serialize};

use super::StartQuery;
use crate::{features::shared::ProposalLink, port::Answer};

/// What can be chosen, and everything that follows from what was filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StartView {
    /// Sources to choose from.
    pub sources: Vec<SourceChoice>,
    /// Releases to aim at, soonest first: those that are not out.
    pub releases: Vec<ReleaseOption>,
    /// The release that was chosen; `current` and `next` are told by name.
    pub release: Option<ReleaseVersion>,
    /// What was filled in, as far as the tracker can use it.
    pub begun: Option<Begun>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceChoice {
    /// Its id.
    pub id: String,
    /// What one of its proposals is called.
    pub noun: String,
    /// `owner/name` of its repository.
    pub repository: String,
    /// What belongs there, as a sentence.
    pub about: String,
    /// The SIG that owns all of them; none where each document names its own.
    pub owning_sig: Option<String>,
    /// SIGs to choose from, where each document names its own.
    pub sigs: Vec<String>,
}

/// A release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseOption {
    /// Which.
    pub version: ReleaseVersion,
    /// Its dates.
    pub dates: ReleaseDates,
}

/// A proposal that begins: its source and title are there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// The source.
    pub source: SourceChoice,
    /// What still has to be chosen before the texts are whole: "the SIG that owns it".
    pub lacks: Vec<String>,
    /// The tracking issue.
    pub issue: IssueText,
    /// The document, once it has a number.
    pub document: Option<DocumentText>,
    /// The pull request, once it has a number.
    pub pull: Option<PullText>,
    /// Labels that the issue carries.
    pub labels: Vec<String>,
    /// Whom to ask to review it, by SIG: the owning SIG first, then those that sign it off.
    pub people: Vec<SigPeople>,
    /// What the tracker knows of it, where the number is that of a proposal it has read.
    pub known: Option<Known>,
    /// Proposals with much the same title.
    pub similar: Vec<ProposalLink>,
}

/// A text to copy with a form at GitHub that has it filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueText {
    /// Its title.
    pub title: String,
    /// Its body.
    pub body: String,
    /// The form at GitHub with both filled in; none when they are too long for an address.
    pub form: Option<String>,
    /// The form at GitHub, empty.
    pub empty_form: String,
    /// The issue, once it has a number.
    pub url: Option<String>,
    /// What the issue has to link: the document's directory.
    pub directory: Option<String>,
}

/// The document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentText {
    /// Path in the repository.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The form at GitHub with path and text filled in; none when they are too long for an address.
    pub form: Option<String>,
    /// The form at GitHub with the path filled in.
    pub empty_form: String,
    /// Where it is on main, once it is.
    pub url: String,
}

/// The pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullText {
    /// Its title.
    pub title: String,
    /// Its body.
    pub body: String,
}

/// Members of a SIG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigPeople {
    /// The SIG.
    pub sig: String,
    /// Whether it owns the proposal, rather than signs it off.
    pub owns: bool,
    /// Logins of its members, by its alias.
    pub members: Vec<String>,
}

/// What the tracker knows of a proposal that begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its page.
    pub proposal: ProposalLink,
    /// Whether its tracking issue was read.
    pub issue: bool,
    /// Whether its document is on main.
    pub document: bool,
    /// The pull request that proposes it: words and address.
    pub pull: Option<(String, String)>,
    /// Reviewers and approvers, once both are named.
    pub people: Option<String>,
    /// Whether the owner has committed to the release.
    pub committed: bool,
}

/// How the page reaches the server.
pub trait StartPort: Send + Sync {
    /// What can be chosen, and what follows from what was filled in.
    fn start(&self, query: StartQuery) -> Answer<'_, StartView>;
}
