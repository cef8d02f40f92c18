//! The rules of the process through real histories: events in, verdict out.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each test crate uses its part")]
mod support;

mod decisions;
mod exceptions;
mod flags;
mod judgement;
mod mismatches;
mod properties;
mod requirements;
mod statuses;
