//! GitHub: where people say who they are, and where facts come from and comments go to.
//!
//! [`GitHub`] signs people in. [`Api`] asks and writes, politely; [`rows`] reads what it answers, field by field and
//! leniently, because GitHub's answers hold deleted accounts and odd values that must not cost a page.

pub mod api;
mod error;
mod gate;
pub mod link;
pub mod rows;
mod sign_in;

pub use api::{Answer, Api, Author, Patience};
pub use error::ApiError;
pub use sign_in::{Begun, CALLBACK, GitHub, GitHubError, Identity, SetUpError};
