//! Who belongs to which group: the release team of each release, which admins keep, and what the alias files say.

mod groups;
mod page;
pub mod port;
mod team;

pub use page::RostersPage;
