//! A proposal's number as the text or the title of a pull request names it.
//!
//! Finding the forms in a text is the server's business; what they claim is told in [`super`].

use serde::{Deserialize, Serialize};

/// The documented ways to name a tracking issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionForm {
    /// The issue's full address.
    Url,
    /// `owner/name#N`.
    OwnerRepository,
    /// `name#N`.
    Repository,
    /// A short `#N` after "Tracking issue:"; it means an issue of the pull request's own repository.
    TrackingIssue,
    /// The noun and the number in the title ("VEP 10: …").
    Title,
}

/// One place at which a pull request names a proposal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// `owner/name` or the bare name, where the form states one.
    pub repository: Option<String>,
    /// The number as written.
    pub number: u32,
    /// In which form.
    pub form: MentionForm,
    /// Line in the text, counted from 1; 0 for the title.
    pub line: u32,
}

impl Mention {
    /// Whether the repository that it states is `repository`, an `owner/name`. Without an owner the name decides.
    pub(super) fn states(&self, repository: &str) -> bool {
        self.repository.as_deref().is_some_and(|stated| {
            let name = repository.rsplit('/').next().unwrap_or(repository);
            let whole = if stated.contains('/') { repository } else { name };
            stated.eq_ignore_ascii_case(whole)
        })
    }
}
