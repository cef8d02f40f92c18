//! What a request asks an exception from: one of the freezes, or another edge case (P-16).

use std::str::FromStr;

use domain::Freeze;
use serde::{Deserialize, Serialize};

/// What a request asks an exception from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The Enhancement Freeze.
    Ef,
    /// The Code Freeze.
    Cf,
    /// Another edge case (P-16).
    Other,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ef, Self::Cf, Self::Other];

    /// The kind of a request for a freeze; "other" without one.
    pub const fn of(freeze: Option<Freeze>) -> Self {
        match freeze {
            Some(Freeze::Enhancement) => Self::Ef,
            Some(Freeze::Code) => Self::Cf,
            None => Self::Other,
        }
    }

    /// The freeze; none for "other".
    pub const fn freeze(self) -> Option<Freeze> {
        match self {
            Self::Ef => Some(Freeze::Enhancement),
            Self::Cf => Some(Freeze::Code),
            Self::Other => None,
        }
    }

    /// For addresses and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Ef => "ef",
            Self::Cf => "cf",
            Self::Other => "other",
        }
    }

    /// "EF", "CF", "other".
    pub const fn short(self) -> &'static str {
        match self {
            Self::Ef => "EF",
            Self::Cf => "CF",
            Self::Other => "other",
        }
    }

    /// What one is called: "CF exception".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ef => "EF exception",
            Self::Cf => "CF exception",
            Self::Other => "Exception",
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.slug().eq_ignore_ascii_case(text)).ok_or(())
    }
}
