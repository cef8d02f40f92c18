//! Settings: sources, calendars, what each last read. Nothing can be changed here yet.

mod page;
pub mod port;

pub use page::SettingsPage;
