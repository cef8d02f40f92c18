//! Short sentences that quote code between backticks.

use leptos::prelude::*;

/// The sentence with its `code` set as code. An odd backtick stays as it is.
pub fn prose(text: &str) -> AnyView {
    if !text.contains('`') {
        return text.to_owned().into_any();
    }
    let parts: Vec<_> = text.split('`').collect();
    let odd = parts.len() % 2 == 0;
    let last = parts.len() - 1;
    parts
        .iter()
        .enumerate()
        .map(|(i, part)| match (i % 2, odd && i == last) {
            (_, true) => format!("`{part}").into_any(),
            (0, _) => (*part).to_owned().into_any(),
            _ => view! { <code>{(*part).to_owned()}</code> }.into_any(),
        })
        .collect::<Vec<_>>()
        .into_any()
}
