//! Reminders (P-27): what is due soon and who was told, and how one wants to be told oneself.

mod form;
mod link;
mod list;
pub mod port;

pub use form::reminding;
pub use link::ReminderLinkPage;
pub use list::ReminderListPage;

/// Names of the fields of the form, as the post carries them.
pub const FIELDS: [&str; 2] = ["address", "cadence"];
