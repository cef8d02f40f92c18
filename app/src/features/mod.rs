//! The features: one folder each, with its port and views, its page and the parts of it.

pub mod api;
pub mod checklist;
pub mod dashboard;
pub mod decide;
pub mod decisions;
pub mod errors;
pub mod exceptions;
pub mod frame;
pub mod glossary;
pub mod me;
pub mod mismatches;
pub mod outbox;
pub mod plan;
pub mod proposal;
pub mod proposals;
pub mod pulls;
pub mod releases;
pub mod rosters;
pub mod settings;
pub mod shared;
pub mod sign_in;
pub mod start;
pub mod sync;
pub mod tokens;
