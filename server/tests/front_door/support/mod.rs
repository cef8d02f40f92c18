//! What the tests stand on: a private PostgreSQL for all of them, an application with a database of its own for each.

mod app;
pub mod browser;
pub mod fixtures;
pub mod people;
mod postgres;
pub mod smtp;

pub use app::{Answer, TestApp, key, unchecked, url};
pub use browser::Browser;
pub use postgres::{TestDatabase, empty_database, owner_of};
pub use smtp::SmtpSink;

/// An instant from its text.
pub fn instant(text: &str) -> chrono::DateTime<chrono::Utc> {
    text.parse().unwrap()
}
