//! The pages of CEP Tracker: what they show, how they look, and the ports through which they reach the server.
//!
//! Every page is rendered whole on the server and works without script. What the browser gets besides is `islands`:
//! small things that make a page handier. Left out on purpose: database, GitHub, HTTP server, clock. This crate depends
//! on none of them under any feature.
//!
//! - `features` one folder per feature: its port with the views, its page, its parts
//! - `ui` widgets that know nothing of the product
//! - `query` addresses as types
//! - `status`, `words` how domain values read
//! - `islands` what the browser runs (feature `hydrate`); all else needs the feature `ssr`

pub mod islands;

#[cfg(feature = "ssr")]
pub mod features;
#[cfg(feature = "ssr")]
pub mod port;
#[cfg(feature = "ssr")]
pub mod query;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod status;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use shell::{App, shell};

/// Entry point in the browser: enlivens the islands of the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
