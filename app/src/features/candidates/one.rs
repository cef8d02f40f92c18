//! The page of one document in an open pull request.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    about::{about, remarks_badge},
    missing::{missing, readiness},
    port::{CandidateView, CandidatesPort},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page},
        proposal::{document_panel, sections_panel},
    },
    islands::Copy,
    port::PageError,
    query::{At, Parameters},
    ui::{self, Icon, Tone},
};

/// `/candidates/{owner}/{repo}/{number}`
#[component]
pub fn CandidatePage() -> impl IntoView {
    let port: Result<Arc<dyn CandidatesPort>, _> = find_port();
    let (repository, number) = use_params_map().with_untracked(|params| {
        let part = |name| params.get(name).unwrap_or_default();
        (format!("{}/{}", part("owner"), part("repo")), part("number"))
    });
    let path = use_url().with_untracked(|url| Parameters::parse(url.search()).first("path").map(str::to_owned));
    let load = async move {
        let known = number.parse().ok().filter(|_| number.len() <= 9 && number.bytes().all(|b| b.is_ascii_digit()));
        let number: u32 = known.ok_or_else(|| PageError::NotFound(format!("The candidate {repository}#{number}")))?;
        port?.candidate(repository, number, path).await
    };
    page(Place::Proposals, At::Now, Vec::new(), load, |view, context| draw(&view, context))
}

fn draw(view: &CandidateView, context: &Context) -> Drawn {
    let row = &view.row;
    let body = view! {
        {head(view)}
        <div class="two">
            <div class="stack">
                {missing(view)}
                {readiness(row)}
                {document_panel(&view.document)}
            </div>
            <div class="stack side">
                {about(view, context)}
                {sections_panel(&view.document)}
            </div>
        </div>
        <Copy/>
    };
    Drawn { title: format!("{} (candidate)", row.title), body: body.into_any() }
}

fn head(view: &CandidateView) -> AnyView {
    let row = &view.row;
    let what = match &view.proposal {
        Some(proposal) => {
            let words = format!("document in review of {}", proposal.name());
            view! { {ui::badge(Tone::Busy, Icon::Branch, "in review")}<a class="link" href=proposal.href()>{words}</a> }
                .into_any()
        }
        None => ui::badge(Tone::Unknown, Icon::Circle, "candidate").into_any(),
    };
    let draft = row.draft.then(|| ui::chip("draft"));
    view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is">
                    <a class="link" href="/candidates">"Candidates"</a>" / "{row.reference()}
                </nav>
            </div>
            <div class="title-row"><h1>{row.title.clone()}</h1>{what}{draft}{remarks_badge(row.remarks)}</div>
        </div>
    }
    .into_any()
}
