//! The post-freeze checklist (P-14): per proposal, as a table per release, and as a part that other pages embed.

mod lines;
mod page;
pub mod port;
mod summary;
mod table;
mod tools;

pub use page::ChecklistPage;
pub use summary::checklist_summary;
pub use table::ChecklistTablePage;
