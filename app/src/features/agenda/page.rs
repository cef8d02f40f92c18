//! The page of the agenda.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    parts,
    port::{AgendaAsk, AgendaPort, AgendaView},
};
use crate::{
    features::frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
    islands::Copy,
    query::encode,
    ui::{Empty, Panel},
    words,
};

/// `/agenda`
#[component]
pub fn AgendaPage() -> impl IntoView {
    let port: Result<Arc<dyn AgendaPort>, _> = find_port();
    let (ask, bad) = use_url().with_untracked(|url| AgendaAsk::parse(url.search()));
    let at = ask.at;
    page(Place::Elsewhere, at, bad, async move { port?.agenda(ask).await }, |view, context| draw(&view, context))
}

fn draw(view: &AgendaView, context: &Context) -> Drawn {
    let ask = AgendaAsk { sig: view.sig.clone(), at: context.at };
    let links = view! {
        <a class="link" href="/meetings">"Meetings"</a>
        <a class="link" href=ask.href("/agenda.md")>"Markdown"</a>
        {at_control(context)}
    };
    let title = view.sig.as_ref().map_or_else(|| "Agenda".to_owned(), |sig| format!("Agenda of {sig}"));
    let inside = if view.parts.is_empty() {
        view! {
            <section class="panel" aria-label="Agenda">
                <Empty what="Nothing is on the agenda.">
                    <p>
                        "Owners and members of the SIG put a proposal on it from the proposal's page: Actions, "
                        <i>"Put on the agenda"</i>"."
                    </p>
                </Empty>
            </section>
        }
        .into_any()
    } else {
        let parts: Vec<_> = view.parts.iter().map(|part| parts::part(part, context)).collect();
        view! { {parts}{text(view)} }.into_any()
    };
    let body = view! {
        <div class="head-of-page">
            {title_row(title.clone(), ().into_any(), links.into_any())}
            {sigs(view, context)}
        </div>
        {inside}
        <Copy/>
    };
    Drawn { title, body: body.into_any() }
}

/// One SIG's part, or all of them.
fn sigs(view: &AgendaView, context: &Context) -> Option<AnyView> {
    if view.sigs.len() < 2 && view.sig.is_none() {
        return None;
    }
    let tab = |href: String, name: String, count: usize, shown: bool| {
        let current = shown.then_some("page");
        view! { <a href=href aria-current=current><b>{name}</b>" "<small>{count}</small></a> }
    };
    let total = view.sigs.iter().map(|(_, count)| count).sum();
    let all = tab(context.href("/agenda"), "All SIGs".to_owned(), total, view.sig.is_none());
    let each: Vec<_> = view
        .sigs
        .iter()
        .map(|(sig, count)| {
            let href = context.href(&format!("/agenda?sig={}", encode(sig)));
            tab(href, sig.clone(), *count, view.sig.as_ref() == Some(sig))
        })
        .collect();
    Some(view! { <nav class="tabs" aria-label="SIGs">{all}{each}</nav> }.into_any())
}

/// The text to be copied.
fn text(view: &AgendaView) -> AnyView {
    let lines = words::count(view.markdown.lines().count(), "line");
    let markdown = view.markdown.clone();
    view! {
        <Panel title="As Markdown" id="markdown" note=lines>
            <div class="pad">
                <div class="fix">
                    <button type="button" class="btn needs-script" data-copy="" aria-live="polite">"Copy"</button>
                    <pre tabindex="0"><code>{markdown}</code></pre>
                </div>
            </div>
        </Panel>
    }
    .into_any()
}
