//! Tests through the front door: the real router, use cases and store on a real PostgreSQL, a database for each test.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod agenda;
mod announcements;
mod api;
mod api_description;
mod api_process;
mod board;
mod check_ins;
mod checklist;
mod dashboard;
mod decide_pages;
mod decisions;
mod demo;
mod diagnostics;
mod emulated;
mod exceptions;
mod exceptions_yaml;
mod exports;
mod feeds;
mod freeze_day;
mod freeze_day_races;
#[path = "../github/mod.rs"]
mod github;
mod hostile;
mod import;
mod instance;
mod log;
mod mail;
mod me;
mod meetings;
mod migrations;
mod mismatches;
mod outbox;
mod pages;
mod plan;
#[path = "../github_stand_in/prism.rs"]
#[allow(dead_code, reason = "made for the tests of the stand-in")]
mod prism;
mod pulls;
mod reminders;
mod replay;
mod representation;
mod roles;
mod rosters;
mod second_server;
mod sign_in;
mod slips;
mod start;
mod support;
mod sync;
mod sync_page;
mod together;
