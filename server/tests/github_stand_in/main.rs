//! The stand-in for GitHub, tested itself: what it does, and whether its shapes are GitHub's.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod behaviour;
#[path = "../github/mod.rs"]
mod github;
mod prism;
mod shapes;
