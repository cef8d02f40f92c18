//! Which freeze a record is about: by the key of its list, by a comment above it, or by a key of its own.

use domain::Freeze;

use super::super::text::line_number;

/// A part of the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Enhancement Freeze.
    Enhancement,
    /// Code Freeze.
    Code,
    /// Docs Freeze, which the process does not have.
    Docs,
    /// An edge case without a freeze.
    Other,
    /// Nothing tells.
    #[default]
    Unknown,
}

impl Phase {
    /// The freeze of the process.
    pub const fn freeze(self) -> Option<Freeze> {
        match self {
            Self::Enhancement => Some(Freeze::Enhancement),
            Self::Code => Some(Freeze::Code),
            Self::Docs | Self::Other | Self::Unknown => None,
        }
    }

    /// The part in which requests about a freeze stand.
    pub const fn of(freeze: Option<Freeze>) -> Self {
        match freeze {
            Some(Freeze::Enhancement) => Self::Enhancement,
            Some(Freeze::Code) => Self::Code,
            None => Self::Other,
        }
    }

    /// The key of its list.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Enhancement => "enhancementFreeze",
            Self::Code => "codeFreeze",
            Self::Docs => "docsFreeze",
            Self::Other | Self::Unknown => "other",
        }
    }

    /// The part that a key or a value such as `Code Freeze` names.
    pub fn named(text: &str) -> Option<Self> {
        let letters: String =
            text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        let bare = letters.strip_suffix("exceptions").or_else(|| letters.strip_suffix("exception")).unwrap_or(&letters);
        Some(match bare {
            "enhancementfreeze" | "enhancementsfreeze" | "ef" | "kepfreeze" | "vepfreeze" | "cepfreeze" => {
                Self::Enhancement
            }
            "codefreeze" | "cf" => Self::Code,
            "docsfreeze" | "docfreeze" | "docs" => Self::Docs,
            "other" | "others" | "none" => Self::Other,
            _ => return None,
        })
    }

    /// The part that a comment announces: `# Code Freeze Exceptions requested in 1.23`. One that names two announces
    /// none.
    fn announced(comment: &str) -> Option<Self> {
        let words = comment.to_lowercase();
        let says = |name: &str| words.contains(&format!("{name} freeze")) || words.contains(&format!("{name}freeze"));
        let enhancement = says("enhancement") || says("enhancements");
        match (enhancement, says("code"), says("docs") || says("doc")) {
            (true, false, false) => Some(Self::Enhancement),
            (false, true, false) => Some(Self::Code),
            (false, false, true) => Some(Self::Docs),
            _ => None,
        }
    }
}

/// Comments that announce a part, by line.
#[derive(Debug, Default)]
pub struct Comments(Vec<(u32, Phase)>);

impl Comments {
    /// Those of a text; `lines_before` lines stand before it in the file.
    pub fn of(text: &str, lines_before: u32) -> Self {
        let at = |number: usize| line_number(number).saturating_add(lines_before);
        let comment = |line: &str| line.trim_start().strip_prefix('#').and_then(Phase::announced);
        Self(text.lines().enumerate().filter_map(|(number, line)| Some((at(number), comment(line)?))).collect())
    }

    /// What the last comment before a line announces.
    pub fn above(&self, line: u32) -> Phase {
        let before = self.0.partition_point(|(at, _)| *at < line);
        before.checked_sub(1).and_then(|last| self.0.get(last)).map_or(Phase::Unknown, |(_, phase)| *phase)
    }
}
