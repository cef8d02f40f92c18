//! What the tests stand on: a private PostgreSQL for all of them, an application with a database of its own for each.

mod app;
pub mod fixtures;
mod postgres;

pub use app::{TestApp, decider, key, unchecked, url};
pub use postgres::{empty_database, owner_of};

/// An instant from its text.
pub fn instant(text: &str) -> chrono::DateTime<chrono::Utc> {
    text.parse().unwrap()
}
