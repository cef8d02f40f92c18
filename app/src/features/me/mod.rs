//! One's own page: what waits on whoever is signed in, what they wait on, and what the tracker knows of them.

mod about;
mod page;
pub mod port;
mod tasks;

pub use page::MePage;
