//! Freeze day: before a freeze what would happen if it were now, from it on one proposal after the other, and at the end
//! the announcement and the snapshot (P-5, P-11, P-26).
//!
//! Left out on purpose: any judgement, which is the verdict's, and the words of what goes out, which are `domain`'s.

mod address;
mod announcement;
mod decide;
mod groups;
mod page;
pub mod port;
mod simulation;
mod sitting;
mod snapshot;

pub use address::FreezeAddress;
pub use page::FreezeDayPage;
