//! The button that switches between the system's theme, light and dark. The choice is a cookie, so that the server
//! draws the next page in it at once.

use leptos::prelude::*;

/// Enlivens `button[data-theme-toggle]`.
#[island]
pub fn ThemeToggle() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    enliven();
}

#[cfg(feature = "hydrate")]
fn enliven() -> Option<()> {
    use super::browser::{document, first, on};
    use wasm_bindgen::JsCast;

    let document = document()?;
    let root = document.document_element()?.dyn_into::<web_sys::HtmlElement>().ok()?;
    // Controls that need script appear now.
    drop(root.dataset().set("script", "on"));
    let button = first(&document, "button[data-theme-toggle]")?;
    on::<web_sys::MouseEvent>(&button.clone(), "click", move |_| {
        let next = match root.dataset().get("theme").as_deref() {
            Some("light") => "dark",
            Some("dark") => "auto",
            _ => "light",
        };
        drop(root.dataset().set("theme", next));
        if let Ok(Some(word)) = button.query_selector("[data-theme-word]") {
            word.set_text_content(Some(next));
        }
        if let Some(document) = document.dyn_ref::<web_sys::HtmlDocument>() {
            drop(document.set_cookie(&format!("theme={next}; path=/; max-age=31536000; samesite=lax")));
        }
    });
    Some(())
}
