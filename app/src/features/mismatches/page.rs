//! The page: what stands in the way first, the rest below it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    MismatchQuery, kind_words,
    port::{MismatchLine, MismatchListView, MismatchesPort},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
        shared::{chips, mismatch, nothing_imported, picks},
    },
    islands::Copy,
    query::At,
    ui::{self, Empty, Icon, Panel, Tone, pager},
    words,
};

/// `/mismatches`
#[component]
pub fn MismatchListPage() -> impl IntoView {
    let port: Result<Arc<dyn MismatchesPort>, _> = find_port();
    let (query, bad) = use_url().with_untracked(|url| MismatchQuery::parse(url.search()));
    let asked = query.clone();
    let load = async move { port?.mismatches(asked).await };
    page(Place::Elsewhere, query.at, bad, load, move |view, context| draw(&view, &query, context))
}

fn draw(view: &MismatchListView, query: &MismatchQuery, context: &Context) -> Drawn {
    let links = view! {
        <a class="link" href=query.href_of("/mismatches.csv")>"CSV"</a>
        <a class="link" href=query.href_of("/mismatches.json")>"JSON"</a>
        {at_control(context)}
    };
    let total = (view.in_the_way + view.others) as usize;
    let total = view! { <small>{words::count(total, "disagreement")}</small> };
    let body = view! {
        {title_row("Mismatches", total.into_any(), links.into_any())}
        <p class="muted">
            "Where document, issue, labels, board, schedule and tracker disagree, with texts that mend it. What could not be \
             read at all is "<a class="link" href="/diagnostics">"among the diagnostics"</a>"."
        </p>
        {view.any.then(|| filter_form(view, query))}
        {chips(query.filters())}
        {results(view, query, context)}
        {pager(view.page, view.pages, |page| query.on_page(page).href())}
        <Copy/>
    };
    Drawn { title: "Mismatches".to_owned(), body: body.into_any() }
}

fn results(view: &MismatchListView, query: &MismatchQuery, context: &Context) -> AnyView {
    if !view.any_proposal {
        return view! { <div class="panel">{nothing_imported()}</div> }.into_any();
    }
    if !view.any {
        return view! {
            <div class="panel">
                <Empty what="Nothing disagrees.">
                    <p>"What is read from documents, issues, boards and schedules fits together, as far as it was read."</p>
                </Empty>
            </div>
        }
        .into_any();
    }
    if view.in_the_way + view.others == 0 {
        let all = MismatchQuery { at: query.at, ..MismatchQuery::default() }.href();
        return view! {
            <div class="panel">
                <Empty what="No disagreement matches.">
                    <p>"Take a filter away above, or "<a class="link" href=all>"show all disagreements"</a>"."</p>
                </Empty>
            </div>
        }
        .into_any();
    }
    view! { {in_the_way(view, context)}{others(view, context)} }.into_any()
}

fn lines(lines: &[MismatchLine], context: &Context) -> Vec<AnyView> {
    lines
        .iter()
        .map(|line| {
            let href = context.href(&format!("{}#mismatches", line.proposal.href()));
            let of = view! {
                <p class="of">
                    <a class="link" href=href>{line.proposal.name()}</a>" "<small>{line.proposal.title.clone()}</small>
                    <span class="chip">{kind_words(&line.mismatch.code).to_owned()}</span>
                </p>
            };
            mismatch(&line.mismatch, Some(of.into_any()), context.now())
        })
        .collect()
}

fn in_the_way(view: &MismatchListView, context: &Context) -> Option<AnyView> {
    let release = view.release?;
    if view.first.is_empty() && view.page > 1 {
        return None;
    }
    let badge = (view.in_the_way > 0).then(|| ui::badge(Tone::Warn, Icon::Warning, view.in_the_way.to_string()));
    let found = lines(&view.first, context);
    let inside = if found.is_empty() {
        let what = format!("Nothing stands in the way of {release}.");
        view! { <Empty what=what/> }.into_any()
    } else {
        view! { <ul class="mismatches">{found}</ul> }.into_any()
    };
    let title = format!("In the way of {release}");
    Some(view! { <Panel title id="in-the-way" end=badge.into_any()>{inside}</Panel> }.into_any())
}

/// Shown on demand, unless there is nothing else to show or a filter asks for them.
fn others(view: &MismatchListView, context: &Context) -> Option<AnyView> {
    let found = lines(&view.rest, context);
    let open = view.first.is_empty();
    let words = match view.release {
        Some(release) => format!("{} not in the way of {release}", words::count(view.others as usize, "disagreement")),
        None => words::count(view.others as usize, "disagreement"),
    };
    (!found.is_empty()).then(|| {
        view! {
            <section class="panel" aria-label="The others">
                <details open=open><summary>{words}</summary><ul class="mismatches">{found}</ul></details>
            </section>
        }
        .into_any()
    })
}

fn filter_form(view: &MismatchListView, query: &MismatchQuery) -> AnyView {
    let release = query.release.map(|release| release.to_string());
    let at = (query.at != At::Now).then(|| ui::hidden_field("at".to_owned(), query.at.to_string()));
    view! {
        <form class="filters" role="search" aria-label="Find disagreements" action="/mismatches" method="get">
            <div class="fields">
                {ui::select_field("kind", "Kind", "any", picks(&view.kinds, query.kind.as_deref()))}
                {ui::select_field("source", "Source", "any", picks(&view.sources, query.source.as_deref()))}
                {ui::select_field("release", "In the way of", "anything", picks(&view.releases, release.as_deref()))}
                {at}
                <button class="btn primary">"Apply"</button>
            </div>
        </form>
    }
    .into_any()
}
