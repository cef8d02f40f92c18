//! Slips: what was planned for a release and did not make it, where it went and why (P-4, P-15).
//!
//! Everything follows from decisions, documents and verdicts that are known anyway; nothing here is ever recorded. Left
//! out on purpose: how late something is within its release, which is the business of [`crate::verdict`].

mod biography;
mod dates;
mod fate;
mod stay;

pub use biography::{Cause, Move, Standing, biography};
pub use dates::{PostMove, median_days, post_moves};
pub use fate::{Fate, Tally};
pub use stay::{Stay, long_stays};
