//! Addresses of a week's check-in.

use std::{fmt, str::FromStr};

use domain::{ReleaseVersion, Week, check_in::NoWeek};

/// A week as an address names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekChoice {
    /// The week of the moment that is shown.
    Now,
    /// That one.
    Week(Week),
}

impl FromStr for WeekChoice {
    type Err = NoWeek;

    fn from_str(text: &str) -> Result<Self, NoWeek> {
        if text.eq_ignore_ascii_case("now") { Ok(Self::Now) } else { text.parse().map(Self::Week) }
    }
}

impl fmt::Display for WeekChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => f.write_str("now"),
            Self::Week(week) => week.fmt(f),
        }
    }
}

/// A week of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckInAddress {
    /// The release.
    pub release: ReleaseVersion,
    /// The week.
    pub week: Week,
}

impl CheckInAddress {
    /// The list of the week.
    pub fn sheet(self) -> String {
        format!("/check-ins/{}/{}", self.release, self.week)
    }

    /// The anchor of a proposal's line in the list: "cep-4702".
    pub fn anchor(source: &str, number: u32) -> String {
        format!("{source}-{number}")
    }

    /// A page or file below it: "gaps", "comments", "minutes", "minutes.md", "check-ins.csv".
    pub fn below(self, what: &str) -> String {
        format!("{}/{what}", self.sheet())
    }

    /// The meeting at a proposal.
    pub fn meeting(self, source: &str, number: u32) -> String {
        format!("{}/meeting?on={source}/{number}", self.sheet())
    }

    /// Where the form of a proposal is sent.
    pub fn form(self, source: &str, number: u32) -> String {
        format!("{}/{source}/{number}", self.sheet())
    }

    /// All weeks of the release.
    pub fn history(self) -> String {
        format!("/check-ins/{}", self.release)
    }

    /// The same page of another week.
    #[must_use]
    pub const fn in_week(self, week: Week) -> Self {
        Self { week, ..self }
    }
}
