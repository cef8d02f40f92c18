//! Where a diagnostic can stand.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What kind of text a diagnostic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A document of the proposal.
    Document,
    /// Title or text of its tracking issue.
    Issue,
    /// A comment on its tracking issue.
    Comment,
    /// Title or text of a pull request.
    Pull,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Document, Self::Issue, Self::Comment, Self::Pull];

    /// As the address writes it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Issue => "issue",
            Self::Comment => "comment",
            Self::Pull => "pull-request",
        }
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|place| place.slug().eq_ignore_ascii_case(text)).ok_or(())
    }
}
