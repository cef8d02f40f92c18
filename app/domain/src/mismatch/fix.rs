//! What mends a disagreement: a text, and what to do with it.

use serde::{Deserialize, Serialize};
use similar::TextDiff;

use super::Matter;

/// What to do with a fix.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FixKind {
    /// A text for the document, which names its line where it has one.
    #[default]
    Document,
    /// A text for another document of the same proposal.
    Further,
    /// A unified diff of the document.
    Patch,
    /// A text for the body of the tracking issue.
    Issue,
    /// Commands to post as a comment on the tracking issue.
    Command,
    /// A value to set on the release board.
    Board,
}

impl FixKind {
    /// What to do with it, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Document => "Put this into the document",
            Self::Further => "Put this into the further document",
            Self::Patch => "Apply this patch to the document",
            Self::Issue => "Put this into the text of the tracking issue",
            Self::Command => "Post this as a comment on the tracking issue",
            Self::Board => "Set this on the release board",
        }
    }
}

/// A fix.
#[derive(Debug)]
pub(super) struct Fix {
    pub kind: FixKind,
    pub text: String,
}

/// A line of the main document that is to be changed.
pub(super) struct Change<'t> {
    /// Counted from 1.
    pub line: u32,
    /// What stands there.
    pub old: &'t str,
    /// What should stand there in its place.
    pub new: &'t str,
}

impl Fix {
    pub fn issue(text: impl Into<String>) -> Self {
        Self { kind: FixKind::Issue, text: text.into() }
    }

    pub fn command(text: impl Into<String>) -> Self {
        Self { kind: FixKind::Command, text: text.into() }
    }

    pub fn board(text: impl Into<String>) -> Self {
        Self { kind: FixKind::Board, text: text.into() }
    }

    pub fn document(text: impl Into<String>) -> Self {
        Self { kind: FixKind::Document, text: text.into() }
    }

    pub fn further(text: impl Into<String>) -> Self {
        Self { kind: FixKind::Further, text: text.into() }
    }

    /// A patch of the main document where its text is at hand and holds what is to be changed; else `otherwise`.
    pub fn patch(matter: &Matter<'_>, change: &Change<'_>, otherwise: impl FnOnce() -> String) -> Self {
        let patch = matter.document_text.zip(matter.known.document).and_then(|(text, version)| {
            let changed = changed(text, change)?;
            let (old, new) = (format!("a/{}", version.path), format!("b/{}", version.path));
            Some(TextDiff::from_lines(text, &changed).unified_diff().header(&old, &new).to_string())
        });
        patch.map_or_else(|| Self::document(otherwise()), |text| Self { kind: FixKind::Patch, text })
    }
}

/// The text with one line changed; none where the line does not hold the old value.
fn changed(text: &str, change: &Change<'_>) -> Option<String> {
    let place = usize::try_from(change.line).ok()?.checked_sub(1)?;
    let line = text.split_inclusive('\n').nth(place)?;
    let at = line.find(change.old).filter(|_| !change.old.is_empty())?;
    let before: usize = text.split_inclusive('\n').take(place).map(str::len).sum();
    let start = before + at;
    Some(format!("{}{}{}", text.get(..start)?, change.new, text.get(start + change.old.len()..)?))
}
