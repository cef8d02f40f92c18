//! Slips: what was planned for a release and did not make it, per SIG and release, and over all releases (P-4, P-15).

mod dates;
mod lines;
mod over;
mod parts;
pub mod port;
mod release;

pub use lines::moves;
pub use over::SlipsPage;
pub use release::ReleaseSlipsPage;
