//! The list: what somebody has to decide, what runs, what is settled.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    drafts::drafts_panel,
    filters::{chips, filter_form},
    new_href,
    port::{Drafts, ExceptionListView, ExceptionsPort},
    query::ExceptionQuery,
    table::table,
};
use crate::{
    features::frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
    islands::LiveFilter,
    ui::{Empty, pager},
    words,
};

/// `/exceptions`
#[component]
pub fn ExceptionListPage() -> impl IntoView {
    let port: Result<Arc<dyn ExceptionsPort>, _> = find_port();
    let (query, bad) = use_url().with_untracked(|url| ExceptionQuery::parse(url.search()));
    let drafts = use_context::<Drafts>().unwrap_or_default();
    let asked = query.clone();
    let load = async move { port?.exceptions(asked).await };
    page(Place::Exceptions, query.at, bad, load, move |view, context| draw(&view, &query, &drafts, context))
}

fn draw(view: &ExceptionListView, query: &ExceptionQuery, drafts: &Drafts, context: &Context) -> Drawn {
    let links = view! {
        <a class="btn primary" href=new_href("", None, None)>"Ask for an exception"</a>
        <a class="link" href=context.href("/exceptions/statistics")>"Statistics"</a>
        <a class="link" href=query.href_of("/exceptions.csv")>"CSV"</a>
        <a class="link" href=query.href_of("/exceptions.json")>"JSON"</a>
        <a class="link" href=context.href("/exceptions.yaml") title="As kubernetes/sig-release keeps them">"YAML"</a>
        {at_control(context)}
    };
    let total: u32 = view.counts.iter().map(|(_, count)| count).sum();
    let total = view! { <small>{words::count(total as usize, "request")}</small> };
    let body = view! {
        {title_row("Exceptions", total.into_any(), links.into_any())}
        {drafts_panel(&drafts.others, "/exceptions", context)}
        {filter_form(view, query)}
        {chips(query)}
        <section class="panel" aria-label="Requests found">
            {results(view, query, context)}
        </section>
        {pager(view.page, view.pages, |page| query.on_page(page).href())}
        <LiveFilter/>
    };
    Drawn { title: "Exceptions".to_owned(), body: body.into_any() }
}

fn results(view: &ExceptionListView, query: &ExceptionQuery, context: &Context) -> AnyView {
    if !view.any {
        return view! {
            <Empty what="Nobody has asked for an exception yet.">
                <p>
                    "Who will miss a freeze asks here to go on for a while; the release team decides. "
                    <a class="link" href=new_href("", None, None)>"Ask for an exception"</a>
                </p>
            </Empty>
        }
        .into_any();
    }
    if view.rows.is_empty() {
        let all = ExceptionQuery { at: query.at, ..ExceptionQuery::default() }.href();
        return view! {
            <Empty what="No request matches.">
                <p>"Take a filter away above, or "<a class="link" href=all>"show all requests"</a>"."</p>
            </Empty>
        }
        .into_any();
    }
    table(view, query, context)
}
