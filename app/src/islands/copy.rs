//! Copies the text of the `pre` beside a button into the clipboard.

use leptos::prelude::*;

/// Enlivens every `button[data-copy]` of the page.
#[island]
pub fn Copy() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    enliven();
}

#[cfg(feature = "hydrate")]
fn enliven() {
    use super::browser::{around, document, on};
    let Some(document) = document() else { return };
    on::<web_sys::MouseEvent>(&document, "click", |event| {
        let Some(button) = around(&event, "button[data-copy]") else { return };
        let text = button
            .parent_element()
            .and_then(|parent| parent.query_selector("pre").ok().flatten())
            .and_then(|pre| pre.text_content());
        if let (Some(text), Some(window)) = (text, web_sys::window()) {
            // The promise is not awaited: where the clipboard is refused, the text is there to be selected.
            drop(window.navigator().clipboard().write_text(&text));
            button.set_text_content(Some("Copied"));
        }
    });
}
