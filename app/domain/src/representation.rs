//! Who speaks for whom in which week: the active representative of each SIG and the lead of the release team (P-25).
//!
//! Once somebody was ever named for a seat, weeks in which it is empty are gaps; a seat for which nobody ever was named is
//! silent. Left out on purpose: who may name whom, which is [`crate::policy`]'s.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Week;

/// How many weeks ahead a gap is flagged, the present one aside.
pub const WEEKS_AHEAD: usize = 4;

/// Whom somebody speaks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seat {
    /// Leads the release team.
    ReleaseTeam,
    /// Represents a SIG.
    Sig(String),
}

impl Seat {
    /// As forms and files write it.
    pub fn slug(&self) -> &str {
        match self {
            Self::ReleaseTeam => "release-team",
            Self::Sig(sig) => sig,
        }
    }

    /// The seat that a form names.
    pub fn of_slug(slug: &str) -> Self {
        if slug == "release-team" { Self::ReleaseTeam } else { Self::Sig(slug.to_owned()) }
    }

    /// The SIG, if it is one's.
    pub fn sig(&self) -> Option<&str> {
        match self {
            Self::ReleaseTeam => None,
            Self::Sig(sig) => Some(sig),
        }
    }
}

impl fmt::Display for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReleaseTeam => f.write_str("release-team lead"),
            Self::Sig(sig) => write!(f, "{sig} representative"),
        }
    }
}

/// Somebody who has a seat for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Whom they speak for.
    pub seat: Seat,
    /// Login.
    pub login: String,
    /// First week.
    pub from: Week,
    /// Last week; none while it is open.
    pub to: Option<Week>,
}

impl Representative {
    /// Whether they have the seat in a week.
    pub fn in_week(&self, week: Week) -> bool {
        self.from <= week && self.to.is_none_or(|to| week <= to)
    }

    /// Whether two have a seat in a week that both name.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.seat == other.seat
            && self.to.is_none_or(|to| other.from <= to)
            && other.to.is_none_or(|to| self.from <= to)
    }

    /// "from 2026-W40", "from 2026-W40 to 2026-W44", "in 2026-W40".
    pub fn weeks(&self) -> String {
        match self.to {
            None => format!("from {}", self.from),
            Some(to) if to == self.from => format!("in {to}"),
            Some(to) => format!("from {} to {to}", self.from),
        }
    }
}

/// Weeks in a row in which nobody has a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The seat.
    pub seat: Seat,
    /// The first week.
    pub from: Week,
    /// The last week that was looked at.
    pub to: Week,
}

impl Gap {
    /// "2026-W44", "2026-W44 to 2026-W46".
    pub fn weeks(&self) -> String {
        if self.from == self.to { self.from.to_string() } else { format!("{} to {}", self.from, self.to) }
    }
}

/// The gaps of the present week and the four ahead, by seat; none for a seat that nobody ever had.
pub fn gaps(roster: &[Representative], present: Week) -> Vec<Gap> {
    let mut seats: Vec<&Seat> = roster.iter().map(|one| &one.seat).collect();
    seats.sort_unstable();
    seats.dedup();
    let weeks: Vec<Week> =
        std::iter::successors(Some(present), |week| Some(week.next())).take(WEEKS_AHEAD + 1).collect();
    let mut all: Vec<Gap> = Vec::new();
    for seat in seats {
        for week in &weeks {
            if roster.iter().any(|one| one.seat == *seat && one.in_week(*week)) {
                continue;
            }
            match all.last_mut().filter(|gap| gap.seat == *seat && gap.to.next() == *week) {
                Some(gap) => gap.to = *week,
                None => all.push(Gap { seat: seat.clone(), from: *week, to: *week }),
            }
        }
    }
    all
}
