//! The plan of a release: what is accepted in which order, what is proposed, who has to review it all, what slipped
//! from the release before, and what was closed as the plan (P-5).

mod address;
mod carry;
mod closed;
mod lists;
mod load;
mod page;
pub mod port;
mod rows;

pub use address::PlanAddress;
pub use page::PlanPage;
