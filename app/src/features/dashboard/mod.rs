//! The dashboard: where the current release stands, who can act, what is next.

mod chart;
mod page;
mod parts;
pub mod port;

pub use page::DashboardPage;
