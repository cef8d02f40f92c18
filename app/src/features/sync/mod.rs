//! What is read from GitHub: repositories, runs, webhook deliveries; admins have it read now.
//!
//! Left out on purpose: reading itself, which a job does.

mod deliveries;
mod page;
pub mod port;
mod repositories;
mod runs;

pub use page::SyncPage;
