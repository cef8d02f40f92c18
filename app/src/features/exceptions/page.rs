//! The page of one request.

use std::sync::Arc;

use domain::Action;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    decide, facts,
    fields::TITLES,
    forms, href,
    kind::Kind,
    port::{ExceptionAsk, ExceptionView, ExceptionsPort},
    query::ExceptionQuery,
    request,
    table::stand_words,
};
use crate::{
    features::frame::{Context, Drawn, Place, at_control, find_port, page, viewer},
    islands::{Copy, Until},
    port::PageError,
    query::{At, Parameters, ReleaseChoice, encode},
    ui::{self, FormState},
};

/// `/exceptions/{id}`
#[component]
pub fn ExceptionPage() -> impl IntoView {
    let port: Result<Arc<dyn ExceptionsPort>, _> = find_port();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let (at, bad, sent) = use_url().with_untracked(|url| {
        let (at, bad) = At::from_query(url.search());
        (at, bad, Parameters::parse(url.search()).first("sent").is_some())
    });
    let state = ui::form_state();
    let typed = state.fields.clone();
    let load = async move {
        let known = id.parse().ok().filter(|_| id.bytes().all(|b| b.is_ascii_digit()));
        let Some(id) = known else { return Err(PageError::NotFound(format!("Request {id}"))) };
        port?.exception(ExceptionAsk { id, at, typed }).await
    };
    page(Place::Exceptions, at, bad, load, move |view, context| draw(&view, &state, sent, context))
}

fn draw(view: &ExceptionView, state: &FormState, sent: bool, context: &Context) -> Drawn {
    let row = &view.row;
    let title = format!("{} for {}, {}", row.kind.name(), row.proposal.name(), row.proposal.title);
    let now = context.at == At::Now;
    // What the requester owes comes first for them.
    let own_answer = now && view.may.contains(&Action::Answer);
    let body = view! {
        <div class="head-of-page">
            {crumbs(view, context)}
            <div class="title-row">
                <h1>{title.clone()}</h1>
                {ui::badge(row.stand.tone(), row.stand.icon(), stand_words(row, context.now()))}
                <div class="end">
                    {view.thread.clone().map(|thread| view! { <a class="btn" href=thread>"Thread"</a> })}
                </div>
            </div>
        </div>
        {ui::problems(state, TITLES)}
        <div class="two">
            <div class="stack">
                {(now && sent).then(|| forms::sent(view))}
                {(now && sent).then(|| forms::file(view, state))}
                {forms::lost_words(view, state)}
                {request::request(view, context)}
                {own_answer.then(|| forms::answer(view, state))}
                {now.then(|| decide::decide(view, state))}
                {(now && !own_answer).then(|| forms::answer(view, state))}
                {now.then(|| decide::extend(view, state))}
                {now.then(|| sign_in(view)).flatten()}
                {(now && !sent).then(|| forms::file(view, state))}
                {(!sent).then(|| forms::mail(view, false))}
                {now.then(|| forms::take_back(view, state))}
            </div>
            <div class="stack side">
                {facts::facts(view, context)}
                {facts::so_far(view, context)}
                {facts::earlier(view, context)}
                {request::history(view, context)}
            </div>
        </div>
        <Copy/>
        <Until/>
    };
    Drawn { title, body: body.into_any() }
}

fn crumbs(view: &ExceptionView, context: &Context) -> AnyView {
    let row = &view.row;
    let release = ExceptionQuery {
        release: Some(ReleaseChoice::Version(row.release)),
        at: context.at,
        ..ExceptionQuery::default()
    };
    let proposal = context.href(&format!("{}?release={}", row.proposal.href(), row.release));
    let kind = if row.kind == Kind::Other { "edge case" } else { row.kind.short() };
    view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href=context.href("/exceptions")>"Exceptions"</a>" / "
                <a class="link" href=release.href()>{row.release.to_string()}</a>" / "
                <a class="link" href=proposal>{row.proposal.name()}</a>" / "{format!("{kind}, request {}", view.number)}
                " · "<a class="link" href=view.issue_url.clone()>{format!("issue #{}", row.proposal.number)}</a>
            </nav>
            {at_control(context)}
        </div>
    }
    .into_any()
}

/// For somebody who is not signed in: how to get at the forms.
fn sign_in(view: &ExceptionView) -> Option<AnyView> {
    viewer().is_none().then(|| {
        let to = format!("/sign-in?next={}", encode(&href(view.row.id)));
        view! {
            <p class="muted">
                "The release team decides, and who asked answers. "<a class="link" href=to rel="nofollow">"Sign in"</a>" to do so."
            </p>
        }
        .into_any()
    })
}
