//! The page: filters, and a table with the worst first.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    DiagnosticQuery,
    port::{DiagnosticLine, DiagnosticListView, DiagnosticsPort},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
        shared::{chips, nothing_imported, picks, severity_badge, severity_word},
    },
    query::At,
    ui::{self, Empty, pager},
    words,
};

/// `/diagnostics`
#[component]
pub fn DiagnosticListPage() -> impl IntoView {
    let port: Result<Arc<dyn DiagnosticsPort>, _> = find_port();
    let (query, bad) = use_url().with_untracked(|url| DiagnosticQuery::parse(url.search()));
    let asked = query.clone();
    let load = async move { port?.diagnostics(asked).await };
    page(Place::Elsewhere, query.at, bad, load, move |view, context| draw(&view, &query, context))
}

fn draw(view: &DiagnosticListView, query: &DiagnosticQuery, context: &Context) -> Drawn {
    let links = view! {
        <a class="link" href=query.href_of("/diagnostics.csv")>"CSV"</a>
        <a class="link" href=query.href_of("/diagnostics.json")>"JSON"</a>
        {at_control(context)}
    };
    let total = view! { <small>{words::count(view.total as usize, "diagnostic")}</small> };
    let body = view! {
        {title_row("Diagnostics", total.into_any(), links.into_any())}
        <p class="muted">
            "What could not be read in documents, tracking issues, their comments and pull requests, or looks wrong there, and how to mend \
             it. Where sources disagree is "<a class="link" href="/mismatches">"among the mismatches"</a>"."
        </p>
        {view.any.then(|| filter_form(view, query))}
        {chips(query.filters())}
        {results(view, query, context)}
        {pager(view.page, view.pages, |page| query.on_page(page).href())}
    };
    Drawn { title: "Diagnostics".to_owned(), body: body.into_any() }
}

fn results(view: &DiagnosticListView, query: &DiagnosticQuery, context: &Context) -> AnyView {
    if !view.any_proposal {
        return view! { <div class="panel">{nothing_imported()}</div> }.into_any();
    }
    if !view.any {
        return view! {
            <div class="panel">
                <Empty what="Everything was understood.">
                    <p>"Documents, issues and comments, as far as they were read, hold nothing that somebody should mend."</p>
                </Empty>
            </div>
        }
        .into_any();
    }
    if view.total == 0 {
        let all = DiagnosticQuery { at: query.at, ..DiagnosticQuery::default() }.href();
        return view! {
            <div class="panel">
                <Empty what="No diagnostic matches.">
                    <p>"Take a filter away above, or "<a class="link" href=all>"show all diagnostics"</a>"."</p>
                </Empty>
            </div>
        }
        .into_any();
    }
    let lines: Vec<_> = view.lines.iter().map(|line| row(line, context)).collect();
    let caption = format!("Diagnostics, page {} of {}", view.page, view.pages);
    view! {
        <div class="panel">
            <table class="cards diagnostics">
                <caption class="hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col">"Proposal"</th>
                        <th scope="col">"Where"</th>
                        <th scope="col">"How to mend it"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(line: &DiagnosticLine, context: &Context) -> AnyView {
    let diagnostic = &line.diagnostic;
    let place = (diagnostic.line > 0).then(|| view! { <small>{format!("line {}", diagnostic.line)}</small> });
    view! {
        <tr>
            <th scope="row" class="title">
                <span>{ui::prose(&diagnostic.message)}</span>
                <small>{severity_badge(diagnostic.severity)}" "<code>{diagnostic.code.clone()}</code></small>
            </th>
            <td data-label="Proposal" class="of">
                <span>
                    <a class="link" href=context.href(&line.proposal.href())>{line.proposal.name()}</a>" "
                    <small>{line.proposal.title.clone()}</small>
                </span>
            </td>
            <td data-label="Where" class="where"><a class="link" href=line.href.clone()>{line.text.clone()}</a>{place}</td>
            <td data-label="Mend"><span>{ui::prose(&diagnostic.mend)}</span></td>
        </tr>
    }
    .into_any()
}

fn filter_form(view: &DiagnosticListView, query: &DiagnosticQuery) -> AnyView {
    let release = query.release.map(|release| release.to_string());
    let hidden = [
        query.proposal.clone().map(|proposal| ("proposal".to_owned(), proposal)),
        (query.at != At::Now).then(|| ("at".to_owned(), query.at.to_string())),
    ];
    let hidden: Vec<_> = hidden.into_iter().flatten().map(|(name, value)| ui::hidden_field(name, value)).collect();
    view! {
        <form class="filters" role="search" aria-label="Find diagnostics" action="/diagnostics" method="get">
            <div class="fields">
                {ui::select_field("severity", "Severity", "any", picks(&view.severities, query.severity.map(severity_word)))}
                {ui::select_field("kind", "Kind", "any", picks(&view.kinds, query.kind.as_deref()))}
                {ui::select_field("where", "Where", "anywhere", picks(&view.places, query.place.map(super::Place::slug)))}
                {ui::select_field("source", "Source", "any", picks(&view.sources, query.source.as_deref()))}
                {ui::select_field("release", "Release", "any or none", picks(&view.releases, release.as_deref()))}
                {hidden}
                <button class="btn primary">"Apply"</button>
            </div>
        </form>
    }
    .into_any()
}
