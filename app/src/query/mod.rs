//! What the addresses of the pages say: parsed once into types, written back the same way.
//!
//! Unknown parameters are ignored; a known one with a value that cannot be is reported to the reader and otherwise
//! treated as not there. No address is ever answered with an error because of its query.

mod at;
mod encoding;
mod list;
mod release;
mod sort;

pub use at::At;
pub use encoding::{Parameters, encode};
pub use list::{Filter, ListQuery};
pub use release::ReleaseChoice;
pub use sort::{Sort, SortKey};

/// A parameter that could not be used, in words for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadParameter {
    /// Its name in the address.
    pub name: String,
    /// What it said.
    pub value: String,
    /// What would be understood.
    pub hint: &'static str,
}
