//! Parts of a page's head.

use leptos::prelude::*;

use super::Context;
use crate::{
    port::AddHeader,
    query::{At, Parameters},
    ui, words,
};

/// The row with the heading of a page and what can be done on it.
pub fn title_row(title: impl Into<String>, beside: AnyView, end: AnyView) -> AnyView {
    view! {
        <div class="title-row">
            <h1>{title.into()}</h1>
            {beside}
            <div class="end">{end}</div>
        </div>
    }
    .into_any()
}

/// Names a feed of the page for programs, in the header `Link` (RFC 8288): what is in the document's head cannot be added
/// once the page's data is there.
pub fn feed(href: String, title: String) {
    let kind = if href.contains("calendar.ics") { "text/calendar" } else { "application/atom+xml" };
    if let Some(add) = use_context::<AddHeader>() {
        (add.0)("link", &format!("<{href}>; rel=\"alternate\"; type=\"{kind}\"; title=\"{title}\""));
    }
}

/// "Status on date…": shows the same page as of another day.
pub fn at_control(context: &Context) -> AnyView {
    let kept: Vec<_> = Parameters::parse(&context.query)
        .iter()
        .filter(|(name, _)| !matches!(*name, "at" | "page"))
        .map(|(name, value)| ui::hidden_field(name.to_owned(), value.to_owned()))
        .collect();
    let day = match context.at {
        At::Day(day) => day,
        _ => words::day_in(context.now(), domain::FreezeZone::ANYWHERE_ON_EARTH),
    };
    view! {
        <details class="popover at">
            <summary class="btn">"Status on date…"</summary>
            <form method="get" action=context.path.clone()>
                {kept}
                {ui::date_field("at", "At the end of (AoE)", day.to_string())}
                <button class="btn primary">"Show"</button>
            </form>
        </details>
    }
    .into_any()
}
