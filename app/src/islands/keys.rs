//! Keys for those who run a meeting: `/` search, `j` and `k` through the rows, Enter opens, `?` shows them all; and those
//! that a page shows beside what they press.

use leptos::prelude::*;

/// Listens to the keyboard. Keys with Ctrl, Alt or Meta, and keys typed into a field, are left alone.
#[island]
pub fn Keys() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    listen();
}

#[cfg(feature = "hydrate")]
fn listen() {
    use super::browser::{around, document, first, on};
    use wasm_bindgen::JsCast;

    let Some(document) = document() else { return };
    on::<web_sys::KeyboardEvent>(&document.clone(), "keydown", move |event| {
        // A radio button takes no letters: digits go on choosing there.
        let typing = around(&event, "input:not([type=radio]), textarea, select, [contenteditable], dialog").is_some();
        if typing || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "/" => {
                if let Some(field) = first(&document, "[data-search]") {
                    event.prevent_default();
                    drop(field.focus());
                }
            }
            "j" => step(&document, 1),
            "k" => step(&document, -1),
            "?" => {
                let dialog = first(&document, "dialog[data-keys]");
                if let Some(dialog) = dialog.and_then(|d| d.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
                    drop(dialog.show_modal());
                }
            }
            key => press(&document, &event, key),
        }
    });
}

/// Presses what a page offers under a key of its own, and goes on in the field to which that leads.
#[cfg(feature = "hydrate")]
fn press(document: &web_sys::Document, event: &web_sys::KeyboardEvent, key: &str) {
    let offered = super::browser::all(document, "[data-key]");
    let named = offered.into_iter().find(|element| element.get_attribute("data-key").as_deref() == Some(key));
    if let Some(element) = named {
        element.click();
        let field = element
            .get_attribute("data-leads")
            .map(|name| format!("textarea[name=\"{name}\"], input[name=\"{name}\"]"));
        if let Some(field) = field.and_then(|selector| super::browser::first(document, &selector)) {
            // The key chose; it is no part of what is typed next.
            event.prevent_default();
            drop(field.focus());
        }
    }
}

/// Moves the focus to the next or previous row that is shown; from nowhere to the first.
#[cfg(feature = "hydrate")]
fn step(document: &web_sys::Document, by: isize) {
    let links = super::browser::all(document, "[data-row]:not([hidden]) a[data-row-link]");
    let active = document.active_element();
    let here = links.iter().position(|link| active.as_ref().is_some_and(|active| link.is_same_node(Some(active))));
    let next = match here {
        Some(here) => here.saturating_add_signed(by).min(links.len().saturating_sub(1)),
        None => 0,
    };
    if let Some(link) = links.get(next) {
        drop(link.focus());
    }
}
