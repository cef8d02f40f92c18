//! A text with a button that copies it; pages that show one load the island `Copy`.

use leptos::prelude::*;

/// The text under its label.
pub fn copyable(label: &'static str, content: String) -> AnyView {
    view! {
        <div class="copyable">
            <p class="hint">{label}</p>
            <pre tabindex="0" aria-label=label>{content}</pre>
            <button type="button" class="btn needs-script" data-copy="">"Copy"</button>
        </div>
    }
    .into_any()
}
