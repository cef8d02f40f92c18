//! Dates of a schedule that moved: as first stated, as stated last (P-4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Freeze, ScheduleReading, exception::median};

/// A post of a schedule, planned and as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMove {
    /// The freeze; none for GA.
    pub freeze: Option<Freeze>,
    /// The day that was stated first.
    pub planned: NaiveDate,
    /// The day that is stated last; none when it is stated no more.
    pub now: Option<NaiveDate>,
}

impl PostMove {
    /// "Enhancement Freeze", "Code Freeze", "General availability".
    pub const fn name(&self) -> &'static str {
        match self.freeze {
            Some(freeze) => freeze.name(),
            None => "General availability",
        }
    }

    /// How many days later it is now; below zero when it was brought forward.
    pub fn days(&self) -> Option<i64> {
        self.now.map(|now| (now - self.planned).num_days())
    }
}

/// Both freezes and GA of a release, by the versions of its schedule, oldest first. A post that was never stated is left
/// out.
pub fn post_moves(versions: &[&ScheduleReading]) -> Vec<PostMove> {
    let posts = [Some(Freeze::Enhancement), Some(Freeze::Code), None];
    let of = |freeze: Option<Freeze>| {
        let day = |reading: &&ScheduleReading| match freeze {
            Some(Freeze::Enhancement) => reading.enhancement_freeze.date,
            Some(Freeze::Code) => reading.code_freeze.date,
            None => reading.ga.date,
        };
        let planned = versions.iter().find_map(day)?;
        Some(PostMove { freeze, planned, now: versions.last().and_then(day) })
    };
    posts.into_iter().filter_map(of).collect()
}

/// The median of the days by which posts moved, those that stayed included; none where no day is known.
#[allow(clippy::cast_precision_loss, reason = "days of a few years are exact")]
pub fn median_days(moves: impl IntoIterator<Item = PostMove>) -> Option<f64> {
    median(moves.into_iter().filter_map(|moved| moved.days()).map(|days| days as f64))
}
