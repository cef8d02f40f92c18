//! Links from page to page of a long list.

use leptos::prelude::*;

/// The links; nothing when there is but one page. `href` gives the address of a page.
pub fn pager(page: u32, pages: u32, href: impl Fn(u32) -> String) -> Option<impl IntoView> {
    (pages > 1).then(|| {
        let step = |to: u32, words: &'static str, rel: &'static str| {
            let inside = (1..=pages).contains(&to) && to != page;
            inside.then(|| view! { <a class="btn" rel=rel href=href(to)>{words}</a> })
        };
        view! {
            <nav class="pager" aria-label="Pages of the list">
                {step(page.saturating_sub(1), "Previous", "prev")}
                <span>{format!("Page {page} of {pages}")}</span>
                {step(page.saturating_add(1), "Next", "next")}
            </nav>
        }
    })
}
