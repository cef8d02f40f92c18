//! The list.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    OutboxQuery, Stand,
    filters::{filter_form, states},
    list::table,
    port::{OutboxPort, OutboxView},
    switches::switches,
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, title_row},
    islands::Copy,
    query::At,
    ui::{self, Empty, FormState, Icon, Tone, pager},
    words,
};

/// `/outbox`
#[component]
pub fn OutboxPage() -> impl IntoView {
    let port: Result<Arc<dyn OutboxPort>, _> = find_port();
    let (query, bad) = use_url().with_untracked(|url| OutboxQuery::parse(url.search()));
    let state = ui::form_state();
    let asked = query.clone();
    let load = async move { port?.outbox(asked).await };
    page(Place::Outbox, At::Now, bad, load, move |view, context| draw(&view, &query, &state, context))
}

fn draw(view: &OutboxView, query: &OutboxQuery, state: &FormState, context: &Context) -> Drawn {
    let links = view! {
        <a class="link" href=query.href_of("/outbox.csv")>"CSV"</a>
        <a class="link" href=query.href_of("/outbox.json")>"JSON"</a>
    };
    let total = view! { <small>{format!("{} found", words::count(view.total as usize, "text"))}</small> };
    let body = view! {
        {title_row("Outbox", total.into_any(), links.into_any())}
        <p class="muted lead">"What the tracker sends to GitHub and by mail, word for word. A comment is posted once, whatever happens on the way; what others wrote is never changed."</p>
        {problem(state)}
        {switches(view)}
        {states(view, query)}
        {filter_form(query)}
        <section class="panel" aria-label="What was found">{results(view, query, context)}</section>
        {copy_all(view)}
        {pager(view.page, view.pages, |page| query.on_page(page).href())}
        <Copy/>
    };
    Drawn { title: "Outbox".to_owned(), body: body.into_any() }
}

/// Why nothing was done.
pub(super) fn problem(state: &FormState) -> Option<AnyView> {
    let words = format!("Nothing was changed: {}.", state.problems.first()?.words.trim_end_matches('.'));
    Some(view! { <div role="alert">{ui::notice(Tone::Bad, Icon::Warning, view! { <p>{words}</p> })}</div> }.into_any())
}

fn results(view: &OutboxView, query: &OutboxQuery, context: &Context) -> AnyView {
    if !view.any {
        return view! {
            <Empty what="Nothing has gone out yet.">
                <p>"A decision on an exception puts a comment for the tracking issue here, and a mail where a server for it is configured."</p>
            </Empty>
        }
        .into_any();
    }
    if view.rows.is_empty() {
        return view! {
            <Empty what="Nothing matches.">
                <p>"Choose another state above, or "<a class="link" href="/outbox">"show everything"</a>"."</p>
            </Empty>
        }
        .into_any();
    }
    table(view, query, context.now())
}

/// Every held text of this page, one after another, to be posted by hand.
fn copy_all(view: &OutboxView) -> Option<AnyView> {
    let held: Vec<_> = view.rows.iter().filter(|row| row.stand == Stand::Held).collect();
    (!held.is_empty()).then(|| {
        let texts = held.iter().map(|row| {
            let place = row.target.as_ref().map(|target| format!("{}\n", target.href)).unwrap_or_default();
            format!("{}\n{place}\n{}\n", row.title(), row.preview.trim_end())
        });
        let text = texts.collect::<Vec<_>>().join("\n----------------------------------------\n\n");
        let note = words::count(held.len(), "text");
        view! {
            <section class="panel" aria-label="Copy all">
                <header><h2>"Copy all that is held"</h2><small>{note}</small></header>
                <div class="pad fix mail">
                    <button type="button" class="btn needs-script" data-copy="">"Copy all"</button>
                    <details><summary>"Show them"</summary><pre tabindex="0">{text}</pre></details>
                </div>
            </section>
        }
        .into_any()
    })
}
