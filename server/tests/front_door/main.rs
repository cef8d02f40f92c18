//! Tests through the front door: the real router, use cases and store on a real PostgreSQL, a database for each test.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod api;
mod decisions;
mod demo;
mod hostile;
mod import;
mod log;
mod migrations;
mod pages;
mod replay;
mod support;
