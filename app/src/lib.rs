//! The pages of CEP Tracker.

#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
/// Entry point in the browser: enlivens the islands of the page.
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
