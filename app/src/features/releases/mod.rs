//! Releases: their cycles, dates that moved, schedules and proposals.

mod list;
mod page;
pub mod port;
mod schedule;

pub use list::ReleaseListPage;
pub use page::ReleasePage;
