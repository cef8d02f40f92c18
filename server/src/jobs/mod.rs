//! Work that nobody waits for: named, repeatable, each run at once by hand and in tests.

pub mod keep_labels;
pub mod read_github;
pub mod remind;
pub mod send_outbox;
pub mod take_webhooks;
