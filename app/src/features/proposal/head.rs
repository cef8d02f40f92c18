//! Where the reader is, what the proposal is called, its status, and its releases.

use leptos::prelude::*;

use super::{
    actions::menu,
    port::{Participation, ProposalView},
};
use crate::{
    features::{
        diagnostics::DiagnosticQuery,
        frame::{Context, at_control},
        shared::status_badge,
    },
    status,
    ui::{self, Icon, Tone},
    words,
};

/// The way here, and out to issue and document.
pub(super) fn crumbs(view: &ProposalView, context: &Context) -> AnyView {
    let number = view.proposal.number;
    let remarks = DiagnosticQuery::of_proposal(&view.proposal.source, number).href();
    let document = view.document.as_ref().map(|document| {
        view! { " · "<a class="link" href=document.url.clone()>"document"</a> }
    });
    view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href=context.href("/proposals")>"Proposals"</a>" / "{view.proposal.name()}
                " · "<a class="link" href=view.issue_url.clone()>{format!("issue #{number}")}</a>
                {document}
                " · "<a class="link" href=context.href(&remarks)>"diagnostics"</a>
            </nav>
            <div class="controls">{at_control(context)}{menu(view, context)}</div>
        </div>
    }
    .into_any()
}

/// Title, status, risk, release and stage.
pub(super) fn title(view: &ProposalView) -> AnyView {
    let shown = view.participations.iter().find(|participation| participation.shown);
    let badges = shown.map(|participation| {
        let risk = participation.at_risk.clone().map(|why| {
            view! { <span title=why>{ui::badge(Tone::Warn, Icon::Warning, "at risk")}</span> }
        });
        let place = participation.release.map(|release| {
            let stages = words::stages(&participation.stages);
            ui::chip(if stages.is_empty() { release.to_string() } else { format!("{release} · {stages}") })
        });
        view! { {status_badge(&participation.status, &participation.words)}{risk}{place} }
    });
    let document = view.document_status.map(|status| ui::chip(format!("document: {}", status.word())));
    let why = shown.and_then(|p| p.at_risk.clone()).map(|why| view! { <p class="muted">"At risk: "{why}</p> });
    view! {
        <div class="title-row">
            <h1>{view.proposal.title.clone()}</h1>
            {badges}
            {document}
        </div>
        {why}
    }
    .into_any()
}

/// Its participations, to switch between; nothing when there is but one.
pub(super) fn releases(view: &ProposalView, context: &Context) -> Option<AnyView> {
    (view.participations.len() > 1).then(|| {
        let tabs: Vec<_> = view.participations.iter().map(|participation| tab(participation, view, context)).collect();
        view! { <nav class="tabs" aria-label="Releases of this proposal">{tabs}</nav> }.into_any()
    })
}

fn tab(participation: &Participation, view: &ProposalView, context: &Context) -> AnyView {
    let base = view.proposal.href();
    let (name, href) = match participation.release {
        Some(release) => (release.to_string(), format!("{base}?release={release}")),
        None => ("no release".to_owned(), base),
    };
    let info = status::info(&participation.status);
    let current = participation.shown.then_some("page");
    view! {
        <a href=context.href(&href) aria-current=current>
            <b>{name}</b>" "<small>{words::stages(&participation.stages)}</small>
            {ui::badge(info.tone, info.icon, participation.words.clone())}
        </a>
    }
    .into_any()
}
