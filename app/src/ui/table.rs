//! Heads of tables that can be sorted by links.

use leptos::prelude::*;

use super::{Icon, icon};

/// One column's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub label: &'static str,
    /// Where pressing it leads; none when the table cannot be sorted by it.
    pub href: Option<String>,
    /// Whether the table is sorted by it, and if so whether downwards.
    pub sorted: Option<bool>,
}

/// The head. `aria-sort` says the order; an arrow shows it.
pub fn header_cell(column: Column) -> AnyView {
    let order = column.sorted.map(|down| if down { "descending" } else { "ascending" });
    let arrow = column.sorted.map(|down| icon(if down { Icon::Down } else { Icon::Up }));
    let content = match column.href {
        Some(href) => view! { <a href=href>{column.label}{arrow}</a> }.into_any(),
        None => column.label.into_any(),
    };
    view! { <th scope="col" aria-sort=order>{content}</th> }.into_any()
}
