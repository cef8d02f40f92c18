//! What the title and the text of a pull request say about other issues, pull requests and documents.
//!
//! Everything is kept as written: to which proposal it leads, and which of several references counts, is for the rules.

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, Mention, MentionForm, Stated};

/// How a reference is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "form", content = "noun")]
pub enum ReferenceForm {
    /// An address (`https://github.com/O/R/issues/N`), with or without scheme and host.
    Address,
    /// `O/R#N`, which may be an issue or a pull request.
    Qualified,
    /// `R#N` without an owner, which GitHub does not draw as a link but labelling jobs accept.
    Repository,
    /// `#N`: an issue or pull request of the same repository.
    Short,
    /// A noun and a number (`VEP-12`, `CEP #12:`); the noun in lower case.
    Noun(String),
}

/// Where a reference stands, which tells how much it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferencePlace {
    /// Behind a label that asks for it ("Tracking issue:", "VEP tracking issue:").
    Label,
    /// In the title.
    Title,
    /// Anywhere in the text.
    Text,
}

/// A reference to an issue or a pull request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// Owner of the repository as written; none where left out.
    pub owner: Option<String>,
    /// Name of the repository as written; none where left out.
    pub repository: Option<String>,
    /// Number of the issue, the pull request, or the proposal (for [`ReferenceForm::Noun`]).
    pub number: u32,
    /// How it is written.
    #[serde(flatten)]
    pub form: ReferenceForm,
    /// Where it stands.
    pub place: ReferencePlace,
    /// Line of the text, counted from 1; 0 in the title.
    pub line: u32,
}

/// A link to a file or directory of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DocumentLink {
    /// Owner of the repository.
    pub owner: String,
    /// Name of the repository.
    pub repository: String,
    /// Branch or commit; of a branch whose name has slashes only the first part, the rest leads the path.
    pub revision: String,
    /// Path in the repository, without outer slashes.
    pub path: String,
    /// Line of the text, counted from 1.
    pub line: u32,
}

/// What the title and the text of a pull request state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PullText {
    /// References that can mean a proposal, in the order of the text, the title first.
    pub references: Vec<Reference>,
    /// Links to pull requests. One behind a label for the tracking issue may well be an issue: GitHub forwards it.
    pub pulls: Vec<Reference>,
    /// Links to files and directories.
    pub documents: Vec<DocumentLink>,
    /// Pull requests of which it says to be a cherry-pick or backport.
    pub picks: Vec<Reference>,
    /// Commits from which it says to be cherry-picked, as hexadecimal digits.
    pub picked_commits: Vec<Stated<String>>,
    /// The release branch that the title names, e.g. `release-1.10`.
    pub branch: Option<String>,
    /// What could not be read or looks wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl PullText {
    /// Where it names proposals, as belonging is judged by. A bare `#N` counts only where a label asks for it.
    pub fn mentions(&self) -> Vec<Mention> {
        let labelled = self.pulls.iter().filter(|reference| reference.place == ReferencePlace::Label);
        self.references.iter().chain(labelled).filter_map(Reference::mention).collect()
    }

    /// The pull request of its own repository that it says to carry over.
    pub fn pick(&self) -> Option<u32> {
        self.picks.first().map(|reference| reference.number)
    }
}

impl Reference {
    fn mention(&self) -> Option<Mention> {
        let form = match (&self.form, self.place) {
            (_, ReferencePlace::Title) => MentionForm::Title,
            (ReferenceForm::Address, _) => MentionForm::Url,
            (ReferenceForm::Qualified, _) => MentionForm::OwnerRepository,
            (ReferenceForm::Repository, _) => MentionForm::Repository,
            (ReferenceForm::Short, ReferencePlace::Label) => MentionForm::TrackingIssue,
            (ReferenceForm::Short | ReferenceForm::Noun(_), _) => return None,
        };
        let repository = match (&self.owner, &self.repository) {
            (Some(owner), Some(name)) => Some(format!("{owner}/{name}")),
            (_, name) => name.clone(),
        };
        Some(Mention { repository, number: self.number, form, line: self.line })
    }
}
