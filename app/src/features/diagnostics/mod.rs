//! Everything that readers could not understand, or found wrong, in documents, tracking issues and comments: where, why,
//! and how to mend it.
//!
//! Left out on purpose: schedules, which the page of their release remarks on, and whether sources agree with each other
//! (see [`super::mismatches`]).

mod page;
mod place;
pub mod port;
mod query;

pub use page::DiagnosticListPage;
pub use place::Place;
pub use query::DiagnosticQuery;
