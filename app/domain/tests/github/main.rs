//! The rules about what GitHub shows: whose a pull request is, on whom it waits, what it should carry, what disagrees.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each test crate uses its part")]
mod support;

mod belonging;
mod boards;
mod issues;
mod label;
mod missing;
mod patches;
mod review;
mod review_properties;
mod unread;
mod worklist;
