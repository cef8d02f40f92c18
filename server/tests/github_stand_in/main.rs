//! The stand-in for GitHub, tested itself: what it does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod behaviour;
#[path = "../github/mod.rs"]
mod github;
