//! The list of proposals: search, filters and order, all in its address.

mod filters;
mod page;
pub mod port;

pub use page::ProposalListPage;
