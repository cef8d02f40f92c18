//! The mirror of GitHub: what it shows, as last read. Everything here can be read again.

pub mod candidate;
pub mod comment;
pub mod delivery;
pub mod file;
pub mod item;
pub mod landing;
pub mod link;
pub mod page;
pub mod reference;
pub mod repository;
pub mod run;
