//! One proposal: what is left first, then the facts, the requirements, the document, who, and what happened.

mod actions;
mod aside;
mod check_ins;
mod document;
mod facts;
mod head;
mod left;
mod page;
pub mod port;
mod pulls;
mod requests;
mod requirements;
mod slips;

pub use document::{document_panel, sections_panel};
pub use page::ProposalPage;
