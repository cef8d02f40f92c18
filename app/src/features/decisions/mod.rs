//! The log of decisions: all of them, filtered by the address, and each at an address of its own.

mod filters;
mod kind;
mod one;
mod page;
pub mod port;
mod query;

pub use kind::{KINDS, Kind};
pub use one::DecisionPage;
pub use page::DecisionListPage;
pub use query::DecisionQuery;
