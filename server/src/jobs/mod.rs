//! Work that nobody waits for: named, repeatable, each run at once by hand and in tests.

pub mod read_github;
pub mod send_mail;
