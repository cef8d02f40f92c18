//! The rules of the process through real histories: events in, verdict out.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each test crate uses its part")]
mod support;

mod announcements;
mod check_ins;
mod deciding;
mod decisions;
mod exceptions;
mod findings;
mod flags;
mod freeze_day;
mod judgement;
mod mismatches;
mod outgoing;
mod properties;
mod reminders;
mod representation;
mod requests;
mod requirements;
mod sequences;
mod slips;
mod statements;
mod statuses;
