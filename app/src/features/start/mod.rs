//! Start a proposal: the order of steps, from an idea to the commitment, with everything that can be written ahead
//! written ahead. What was filled in is in the address alone, so it can be sent on, and works without script.

mod choose;
mod page;
pub mod port;
mod query;
mod steps;
mod texts;

pub use page::StartPage;
pub use query::StartQuery;
