//! Readers of the files that the process lives in: schedules, proposal documents, OWNERS.
//!
//! Bytes go in, a reading of `domain` comes out: every value with its line, and a diagnostic for whatever could not be
//! read or looks wrong. A reader never fails, never panics, never guesses silently, and takes time in proportion to
//! the size of its input. Left out on purpose: fetching files, comparing them with issues and decisions, and any
//! judgement that needs a clock.

mod dates;
mod deadlines;
mod schedule;
mod text;
mod yaml;

pub use schedule::{MAX_SCHEDULE_BYTES, read_schedule};
