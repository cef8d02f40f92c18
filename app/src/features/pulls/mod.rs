//! Pull requests: the work list, and what is known of one (R002-3, R002-20, P-28).
//!
//! Left out on purpose: which comes first, who reviews how much and who should carry a label, which are `domain`'s.

mod choice;
mod explain;
mod filters;
mod list;
mod load;
mod one;
mod parts;
pub mod port;
mod query;
mod table;
mod unknown;

pub use choice::{LabelChoice, PullSort, PullSortKey, Waits, kind_of_slug, kind_slug};
pub use list::PullListPage;
pub use one::PullPage;
pub use query::{ActiveFilter, PullQuery};

/// Address of the page of a pull request.
pub fn href(repository: &str, number: u32) -> String {
    format!("/pulls/{repository}/{number}")
}

/// Address at GitHub.
pub fn github_href(repository: &str, number: u32) -> String {
    format!("https://github.com/{repository}/pull/{number}")
}
