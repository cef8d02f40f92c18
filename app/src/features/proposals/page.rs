//! The page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    filters::{chips, filter_form},
    port::{ProposalListPort, ProposalListView},
};
use crate::{
    features::{
        candidates::CandidateQuery,
        frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
        shared::{Sorting, nothing_imported, proposal_table},
    },
    islands::LiveFilter,
    query::ListQuery,
    ui::{Empty, pager},
    words,
};

/// `/proposals`
#[component]
pub fn ProposalListPage() -> impl IntoView {
    let port: Result<Arc<dyn ProposalListPort>, _> = find_port();
    let (query, bad) = use_url().with_untracked(|url| ListQuery::parse(url.search()));
    let asked = query.clone();
    let load = async move { port?.proposals(asked).await };
    page(Place::Proposals, query.at, bad, load, move |view, context| draw(&view, &query, context))
}

fn draw(view: &ProposalListView, query: &ListQuery, context: &Context) -> Drawn {
    let links = view! {
        <a class="link" href=query.href_of("/proposals.csv")>"CSV"</a>
        <a class="link" href=query.href_of("/proposals.json")>"JSON"</a>
        {at_control(context)}
        <a class="btn" href="/start">"Start a proposal"</a>
    };
    let total = view! { <small>{words::count(view.total as usize, "proposal")}</small> };
    let body = view! {
        {title_row("Proposals", total.into_any(), links.into_any())}
        {filter_form(view, query)}
        {chips(query)}
        <section class="panel" aria-label="Proposals found">
            {results(view, query, context)}
            {candidates(view, query)}
        </section>
        {pager(view.page, view.pages, |page| query.on_page(page).href())}
        <LiveFilter/>
    };
    Drawn { title: "Proposals".to_owned(), body: body.into_any() }
}

/// Where what was searched for may be too, and where more is to come.
fn candidates(view: &ProposalListView, query: &ListQuery) -> Option<AnyView> {
    (view.candidates > 0).then(|| {
        let href = CandidateQuery { q: query.q.clone(), ..CandidateQuery::default() }.href();
        let count = words::count(view.candidates as usize, "candidate");
        let words = if query.q.is_some() { format!("{count} found too") } else { count };
        view! {
            <p class="remark beside-list">
                <span><a class="link" href=href>{words}</a>" in open pull requests, without a tracking issue yet"</span>
            </p>
        }
        .into_any()
    })
}

fn results(view: &ProposalListView, query: &ListQuery, context: &Context) -> AnyView {
    if !view.any_proposal {
        return nothing_imported().into_any();
    }
    if view.rows.is_empty() {
        let all = ListQuery { at: query.at, ..ListQuery::default() }.href();
        return view! {
            <Empty what="No proposal matches.">
                <p>"Take a filter away above, or "<a class="link" href=all>"show all proposals"</a>"."</p>
            </Empty>
        }
        .into_any();
    }
    let caption = format!("Proposals found, page {} of {}", view.page, view.pages);
    proposal_table(&view.rows, caption, Some(Sorting { query }), context).into_any()
}
