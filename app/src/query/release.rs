//! A release as an address names it.

use std::{fmt, str::FromStr};

use domain::ReleaseVersion;

/// `current`, `next`, or a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseChoice {
    /// The one that is current at the instant shown.
    Current,
    /// The one after that.
    Next,
    /// That one.
    Version(ReleaseVersion),
}

impl ReleaseChoice {
    /// What a page answers to a value it cannot read.
    pub const HINT: &'static str = "a release such as v1.10, or current, or next";
}

impl fmt::Display for ReleaseChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current => f.write_str("current"),
            Self::Next => f.write_str("next"),
            Self::Version(version) => version.fmt(f),
        }
    }
}

impl FromStr for ReleaseChoice {
    type Err = <ReleaseVersion as FromStr>::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            _ if text.eq_ignore_ascii_case("current") => Ok(Self::Current),
            _ if text.eq_ignore_ascii_case("next") => Ok(Self::Next),
            _ => text.parse().map(Self::Version),
        }
    }
}
