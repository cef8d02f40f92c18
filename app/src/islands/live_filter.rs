//! Narrows the rows that are on the page while the reader types; Enter searches everything on the server.

use leptos::prelude::*;

/// Enlivens `input[data-live-filter]`.
#[island]
pub fn LiveFilter() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    enliven();
}

#[cfg(feature = "hydrate")]
fn enliven() -> Option<()> {
    use super::browser::{all, document, first, on};
    use wasm_bindgen::JsCast;

    let document = document()?;
    let input = first(&document, "input[data-live-filter]")?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    let rows: Vec<_> = all(&document, "tr[data-row]")
        .into_iter()
        .map(|row| {
            let text = row.text_content().unwrap_or_default().to_lowercase();
            (row, text)
        })
        .collect();
    let told = first(&document, "[data-live-count]");
    on::<web_sys::Event>(&input.clone(), "input", move |_| {
        let typed = input.value().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut shown = 0;
        for (row, text) in &rows {
            let matches = words.iter().all(|word| text.contains(word));
            row.set_hidden(!matches);
            shown += usize::from(matches);
        }
        if let Some(told) = &told {
            let text = format!("{shown} of {} on this page; Enter searches everything, documents too", rows.len());
            told.set_text_content(Some(if words.is_empty() { "" } else { &text }));
        }
    });
    Some(())
}
