//! The outbox: what goes out to GitHub and by mail, word for word, how far each is, and what admins do with it.
//!
//! Left out on purpose: what is written into it, which follows from decisions and rules.

mod filters;
mod list;
mod one;
mod page;
pub mod port;
mod query;
mod stand;
mod switches;

pub use one::OutgoingPage;
pub use page::OutboxPage;
pub use query::OutboxQuery;
pub use stand::{Act, Kind, Stand};

use crate::query::encode;

/// Address of one row.
pub fn href(source: &str, key: &str) -> String {
    format!("/outbox/{source}/{}", encode(key))
}
