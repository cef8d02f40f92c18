//! The page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    actions, aside,
    check_ins::{check_ins, to_confirm},
    document::{document, further, sections_panel},
    facts::five_facts,
    head::{crumbs, releases, title},
    left::what_is_left,
    port::{ProposalAsk, ProposalPort, ProposalView},
    pulls::pulls,
    requests::{requests, said},
    requirements::requirements,
    slips::biography,
};
use crate::{
    features::checklist::checklist_summary,
    features::frame::{Context, Drawn, Place, feed, find_port, page},
    islands::Copy,
    port::PageError,
    query::{At, BadParameter, Parameters, ReleaseChoice},
};

/// `/{source}/{number}`
#[component]
pub fn ProposalPage() -> impl IntoView {
    let port: Result<Arc<dyn ProposalPort>, _> = find_port();
    let (source, number) = use_params_map()
        .with_untracked(|params| (params.get("source").unwrap_or_default(), params.get("number").unwrap_or_default()));
    let (release, at, bad) = use_url().with_untracked(|url| from_query(url.search()));
    let load = async move {
        let known = number.parse().ok().filter(|_| number.len() <= 9 && number.bytes().all(|b| b.is_ascii_digit()));
        let Some(number) = known else {
            return Err(PageError::NotFound(format!("/{source}/{number}")));
        };
        port?.proposal(ProposalAsk { source, number, release, at }).await
    };
    page(Place::Proposals, at, bad, load, |view, context| draw(&view, context))
}

fn from_query(query: &str) -> (Option<ReleaseChoice>, At, Vec<BadParameter>) {
    let parameters = Parameters::parse(query);
    let mut bad = Vec::new();
    let at = At::from_parameters(&parameters, &mut bad);
    let release = parameters.first("release").and_then(|value| {
        let read = value.parse().ok();
        if read.is_none() {
            bad.push(BadParameter { name: "release".to_owned(), value: value.to_owned(), hint: ReleaseChoice::HINT });
        }
        read
    });
    (release, at, bad)
}

fn draw(view: &ProposalView, context: &Context) -> Drawn {
    let verdict = view.verdict.as_ref();
    let name = view.proposal.name();
    feed(format!("{}/feed.atom", view.proposal.href()), format!("History of {name}"));
    let body = view! {
        <div class="head-of-page">
            {crumbs(view, context)}
            {title(view)}
            {releases(view, context)}
            {actions::undo(view)}
            {to_confirm(view)}
        </div>
        {what_is_left(view, context)}
        {verdict.map(|verdict| five_facts(verdict, view, context))}
        <div class="two">
            <div class="stack">
                {verdict.map(|verdict| requirements(verdict, view, context))}
                {pulls(view, context)}
                {document(view)}
            </div>
            <div class="stack side">
                {view.checklist.as_ref().and_then(|summary| checklist_summary(summary, context))}
                {check_ins(view, context)}
                {aside::people(view)}
                {requests(view)}
                {said(view, context)}
                {aside::targets(view)}
                {biography(view, context)}
                {aside::mismatches(view, context)}
                {view.document.as_ref().map(sections_panel)}
                {aside::history(view, context)}
                {further(view, context)}
            </div>
        </div>
        <Copy/>
    };
    Drawn { title: format!("{name} {}", view.proposal.title), body: body.into_any() }
}
