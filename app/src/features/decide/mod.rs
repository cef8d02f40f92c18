//! Deciding about a proposal: a page with a form for each action.
//!
//! Left out on purpose: exceptions, whose steps are taken on their own pages, and decisions on a source as a whole, which
//! are taken on the pages of a release.

mod fields;
mod page;
pub mod port;
mod undo;
mod words;

pub use page::DecidePage;
pub use undo::undo_button;
pub use words::{GROUPS, group, label, verb};
