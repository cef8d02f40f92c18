//! Panels, empty states and notices.

use leptos::prelude::*;

use super::{Icon, Tone, icon};

/// A titled box for things that belong together. Its heading is an `h2` and names the section.
#[component]
pub fn Panel(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Id of the heading, unique within the page.
    id: &'static str,
    /// A small remark beside the heading.
    #[prop(optional, into)]
    note: String,
    /// What stands at the right end of the heading: a link, a control.
    #[prop(optional)]
    end: Option<AnyView>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby=id>
            <header>
                <h2 id=id>{title}</h2>
                {(!note.is_empty()).then(|| view! { <small>{note}</small> })}
                {end.map(|end| view! { <div class="end">{end}</div> })}
            </header>
            {children()}
        </section>
    }
}

/// What stands where data would be, and what to do about it.
#[component]
pub fn Empty(
    /// What is not there, as a sentence.
    #[prop(into)]
    what: String,
    /// What to do next.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p>{what}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// A line across the page that wants to be noticed.
pub fn notice(tone: Tone, which: Icon, content: impl IntoView + 'static) -> AnyView {
    view! {
        <div class=format!("notice {}", tone.class())>
            {icon(which)}
            <div>{content.into_any()}</div>
        </div>
    }
    .into_any()
}
