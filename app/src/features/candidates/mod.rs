//! Candidates: documents in open pull requests that have no tracking issue yet, and documents of known proposals in review
//! (PROCESS "proposal").
//!
//! Left out on purpose: a status. A candidate is not judged; what it lacks to become a proposal is told instead.

mod about;
mod list;
mod missing;
mod one;
pub mod port;
mod query;

pub use list::CandidateListPage;
pub use one::CandidatePage;
pub use query::CandidateQuery;
