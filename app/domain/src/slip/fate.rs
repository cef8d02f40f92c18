//! What became of what was planned for a release.

use serde::{Deserialize, Serialize};

use super::Move;
use crate::{Departure, Status};

/// What became of a proposal that was planned for a release: exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// In the release, or both freezes met while it is not out yet.
    In,
    /// The release is not out, and it is still in work.
    Open,
    /// The release is out, and nobody can tell.
    Unknown,
    /// It did not make it, or left for a later release.
    Slipped,
    /// A decision on the proposal ended it, or it was brought forward.
    Ended,
}

impl Fate {
    /// All of them, in the order in which they are drawn.
    pub const ALL: [Self; 5] = [Self::In, Self::Open, Self::Unknown, Self::Slipped, Self::Ended];

    /// By its status in the release, none when it takes no part any more, and by how it left, if it did.
    pub fn of(status: Option<&Status>, left: Option<&Move>) -> Self {
        match status {
            Some(Status::Ended { .. }) => Self::Ended,
            Some(Status::Shipped | Status::Complete | Status::CompleteLandingNotVerified) => Self::In,
            Some(Status::NeverVerified { .. }) => Self::Unknown,
            Some(Status::Departed { .. }) if left.is_some_and(|left| !left.is_slip()) => Self::Ended,
            None
            | Some(
                Status::NotTargeted
                | Status::Departed { departure: Departure::Removed | Departure::Retargeted(_) }
                | Status::NotAccepted
                | Status::Missed { .. }
                | Status::CompleteNotLanded,
            ) => Self::Slipped,
            // It missed a freeze and goes on in a later release.
            Some(Status::ExceptionRequired { .. } | Status::ExceptionDenied { .. })
                if left.is_some_and(Move::is_slip) =>
            {
                Self::Slipped
            }
            Some(_) => Self::Open,
        }
    }

    /// In one word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::In => "in the release",
            Self::Open => "still open",
            Self::Unknown => "not verified",
            Self::Slipped => "slipped",
            Self::Ended => "ended",
        }
    }

    /// Stable name for exports.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Open => "open",
            Self::Unknown => "unknown",
            Self::Slipped => "slipped",
            Self::Ended => "ended",
        }
    }
}

/// How many had which fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// In the release.
    #[serde(rename = "in")]
    pub shipped: u32,
    /// Still open.
    pub open: u32,
    /// Not verified.
    pub unknown: u32,
    /// Slipped.
    pub slipped: u32,
    /// Ended.
    pub ended: u32,
}

impl Tally {
    /// Of all that are given.
    pub fn of(fates: impl IntoIterator<Item = Fate>) -> Self {
        fates.into_iter().fold(Self::default(), |mut tally, fate| {
            *tally.place(fate) += 1;
            tally
        })
    }

    /// All of them together.
    pub const fn total(&self) -> u32 {
        self.shipped + self.open + self.unknown + self.slipped + self.ended
    }

    /// How many had a fate.
    pub const fn count(&self, fate: Fate) -> u32 {
        match fate {
            Fate::In => self.shipped,
            Fate::Open => self.open,
            Fate::Unknown => self.unknown,
            Fate::Slipped => self.slipped,
            Fate::Ended => self.ended,
        }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            shipped: self.shipped + other.shipped,
            open: self.open + other.open,
            unknown: self.unknown + other.unknown,
            slipped: self.slipped + other.slipped,
            ended: self.ended + other.ended,
        }
    }

    const fn place(&mut self, fate: Fate) -> &mut u32 {
        match fate {
            Fate::In => &mut self.shipped,
            Fate::Open => &mut self.open,
            Fate::Unknown => &mut self.unknown,
            Fate::Slipped => &mut self.slipped,
            Fate::Ended => &mut self.ended,
        }
    }
}
