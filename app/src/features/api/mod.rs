//! The page that shows what the API offers, drawn from its description.

mod operation;
mod page;
pub mod port;
mod shape;

pub use page::ApiPage;
