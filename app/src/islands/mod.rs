//! What the browser runs: behaviours that make a page handier and that nobody needs.
//!
//! Each island draws nothing. It finds what the server drew by its `data-` attributes and enlivens it, so that the wasm
//! stays small and a page without script lacks no content. No regular expressions, no Markdown, no time zones here: the
//! browser knows its own.

// Names of islands become names of exported functions that begin with a capital.
#![allow(non_snake_case, reason = "components")]

#[cfg(feature = "hydrate")]
mod browser;
mod copy;
mod draft;
mod keys;
#[cfg(feature = "hydrate")]
mod later;
mod live_filter;
mod local_time;
mod meeting;
#[cfg(feature = "hydrate")]
mod net;
mod reorder;
mod theme;
mod until;

pub use copy::Copy;
pub use draft::Draft;
pub use keys::Keys;
pub use live_filter::LiveFilter;
pub use local_time::LocalTime;
pub use meeting::Meeting;
pub use reorder::Reorder;
pub use theme::ThemeToggle;
pub use until::Until;
