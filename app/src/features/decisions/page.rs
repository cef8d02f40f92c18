//! The page of the log.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    DecisionQuery,
    filters::{chips, filter_form},
    port::{DecisionLine, DecisionListView, DecisionsPort},
};
use crate::{
    features::frame::{Context, Drawn, Place, feed, find_port, page, title_row},
    query::At,
    ui::{Empty, Markup, pager},
    words,
};

/// `/decisions`
#[component]
pub fn DecisionListPage() -> impl IntoView {
    let port: Result<Arc<dyn DecisionsPort>, _> = find_port();
    let (query, bad) = use_url().with_untracked(|url| DecisionQuery::parse(url.search()));
    let asked = query.clone();
    let load = async move { port?.decisions(asked).await };
    page(Place::Decisions, At::Now, bad, load, move |view, context| draw(&view, &query, context))
}

fn draw(view: &DecisionListView, query: &DecisionQuery, context: &Context) -> Drawn {
    let feed_of = query.on_page(0).href_of("/decisions.atom");
    let links = view! {
        <a class="link" href=query.href_of("/decisions.csv")>"CSV"</a>
        <a class="link" href=query.href_of("/decisions.json")>"JSON"</a>
        <a class="link" href=feed_of.clone()>"Atom"</a>
    };
    let total = view! { <small>{words::count(view.total as usize, "decision")}</small> };
    feed(feed_of, "Decisions".to_owned());
    let body = view! {
        {title_row("Decisions", total.into_any(), links.into_any())}
        {filter_form(view, query)}
        {chips(query)}
        <section class="panel" aria-label="Decisions found">{results(view, query, context)}</section>
        {pager(view.page, view.pages, |page| query.on_page(page).href())}
    };
    Drawn { title: "Decisions".to_owned(), body: body.into_any() }
}

fn results(view: &DecisionListView, query: &DecisionQuery, context: &Context) -> AnyView {
    if !view.any {
        return view! {
            <Empty what="Nothing was decided yet.">
                <p>"Open a proposal and choose from its actions; what is decided there is listed here for good."</p>
            </Empty>
        }
        .into_any();
    }
    if view.lines.is_empty() {
        return view! {
            <Empty what="No decision matches.">
                <p>"Take a filter away above, or "<a class="link" href="/decisions">"show all decisions"</a>"."</p>
            </Empty>
        }
        .into_any();
    }
    table(view, query, context.now())
}

/// The table, written as markup: it has as many rows as a page may have.
fn table(view: &DecisionListView, query: &DecisionQuery, now: DateTime<Utc>) -> AnyView {
    let mut rows = Markup::with_capacity(view.lines.len() * 900);
    for line in &view.lines {
        row(&mut rows, line, query, now);
    }
    let caption = format!("Decisions found, newest first, page {} of {}", view.page, view.pages);
    view! {
        <table class="cards decisions">
            <caption class="hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Decision"</th>
                    <th scope="col">"Proposal"</th>
                    <th scope="col">"Who"</th>
                    <th scope="col">"When"</th>
                </tr>
            </thead>
            <tbody inner_html=rows.into_html()></tbody>
        </table>
    }
    .into_any()
}

fn row(out: &mut Markup, line: &DecisionLine, query: &DecisionQuery, now: DateTime<Utc>) {
    let undone = line.undone_by.is_some();
    out.raw(if undone { "<tr class=\"undone\">" } else { "<tr>" });
    out.raw("<th scope=\"row\" class=\"title\"><a href=\"").text(&line.href()).raw("\">").text(&line.what).raw("</a>");
    if undone {
        out.raw(" <span class=\"chip\">undone</span>");
    }
    out.raw("</th><td data-label=\"Proposal\">");
    match &line.proposal {
        Some(proposal) => {
            out.raw("<a class=\"link\" href=\"").text(&proposal.href()).raw("\">").text(&proposal.name());
            out.raw("</a> <small>").text(&proposal.title).raw("</small>");
        }
        None => {
            out.raw("all of ").text(&line.source);
        }
    }
    out.raw("</td><td data-label=\"Who\">");
    let person = line.on_behalf_of.as_deref().unwrap_or(&line.recorder);
    let of_person = DecisionQuery { person: Some(person.to_owned()), page: 0, ..query.clone() };
    out.raw("<a class=\"link\" href=\"").text(&of_person.href()).raw("\">@").text(person).raw("</a>");
    if line.on_behalf_of.is_some() {
        out.raw(" <small>recorded by @").text(&line.recorder).raw("</small>");
    }
    if let Some(link) = &line.link {
        out.raw(" <small><a class=\"link\" href=\"").text(link).raw("\">where</a></small>");
    }
    out.raw("</td><td data-label=\"When\" class=\"when\">");
    match line.occurred_at {
        Some(at) => {
            out.raw("<time datetime=\"").text(&words::machine(at)).raw("\" title=\"").text(&words::utc(at)).raw("\">");
            out.text(&words::day_near(at.date_naive(), now)).raw("</time>");
        }
        None => {
            out.raw("not known");
        }
    }
    out.raw("</td></tr>");
}
