//! The form that asks for an exception. It works without script and without signing in: what is typed is kept.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    about,
    ask::{for_another, request, what},
    drafts::{draft_notice, drafts_panel},
    fields::TITLES,
    kind::Kind,
    mail::shown,
    port::{Drafts, ExceptionsPort, NewAsk, NewView},
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, title_row, viewer},
    islands::{Draft, Until},
    query::{At, Parameters},
    ui::{self, FormState, Panel},
};

/// `/exceptions/new`
#[component]
pub fn NewExceptionPage() -> impl IntoView {
    let port: Result<Arc<dyn ExceptionsPort>, _> = find_port();
    let parameters = use_url().with_untracked(|url| Parameters::parse(url.search()));
    let drafts = use_context::<Drafts>().unwrap_or_default();
    let posted = ui::form_state();
    let state = match &drafts.shown {
        Some(draft) if posted.is_empty() => FormState { fields: draft.fields.clone(), problems: Vec::new() },
        _ => posted.clone(),
    };
    let text = |name: &str| state.value(name).or_else(|| parameters.first(name)).map(str::to_owned);
    let ask = NewAsk {
        proposal: text("proposal"),
        release: text("release"),
        freeze: text("freeze"),
        typed: state.fields.clone(),
    };
    let load = async move { port?.new_exception(ask).await };
    let continued = posted.is_empty();
    page(Place::Exceptions, At::Now, Vec::new(), load, move |view, context| {
        let drafts = if continued { drafts } else { Drafts { shown: None, ..drafts } };
        draw(&view, &state, &drafts, context)
    })
}

fn draw(view: &NewView, state: &FormState, drafts: &Drafts, context: &Context) -> Drawn {
    let title = view.kind.map_or("Ask for an exception".to_owned(), |kind| match kind {
        Kind::Other => "Ask for an exception".to_owned(),
        kind => format!("Ask for a {}", kind.name()).replace("a EF", "an EF"),
    });
    let beside = view.proposal.as_ref().map(|proposal| {
        view! { <a class="link" href=proposal.href()>{format!("{} {}", proposal.name(), proposal.title)}</a> }
    });
    let body = view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is"><a class="link" href="/exceptions">"Exceptions"</a>" / new"</nav>
            </div>
            {title_row(title.clone(), beside.into_any(), ().into_any())}
        </div>
        {ui::problems(state, TITLES)}
        {draft_notice(drafts, context)}
        <div class="two">
            <div class="stack">
                {preview(view)}
                {form(view, state, drafts)}
            </div>
            <div class="stack side">
                {about::dates(view, context)}
                {about::remarks(view)}
                {about::steps()}
                {drafts_panel(&drafts.others, "/exceptions/new", context)}
            </div>
        </div>
        <Draft/>
        <Until/>
    };
    Drawn { title, body: body.into_any() }
}

/// The mail as it would go out, after "Preview".
fn preview(view: &NewView) -> Option<AnyView> {
    view.preview.as_ref().map(|mail| {
        let head = format!("To: {}\nSubject: {}", mail.to, mail.subject);
        let mail = shown("The mail", &head, &mail.body);
        view! {
            <Panel title="Preview" id="preview" note="nothing was sent yet"><div class="pad">{mail}</div></Panel>
        }
        .into_any()
    })
}

fn form(view: &NewView, state: &FormState, drafts: &Drafts) -> AnyView {
    let key = state.value("kept_as").map_or_else(|| drafts.key.clone(), str::to_owned);
    let (what, request) = (what(view, state), request(view, state));
    view! {
        <form class="stack ask" method="post" action="/exceptions/new" data-draft="/exceptions/draft"
            data-until="/exceptions/until">
            {viewer().map(|viewer| ui::csrf_field(&viewer.csrf))}
            {ui::hidden_field("seen".to_owned(), view.seen.to_string())}
            {ui::hidden_field("kept_as".to_owned(), key)}
            <Panel title="What it is about" id="what"><div class="pad stack fields">{what}</div></Panel>
            <Panel title="The request" id="request"><div class="pad stack fields">{request}</div></Panel>
            {for_another(state)}
            <div class="buttons">
                <button class="btn" name="do" value="preview">"Preview"</button>
                <button class="btn" name="do" value="save">"Save draft"</button>
                <span class="muted" data-draft-words="" role="status"></span>
                <button class="btn primary end" name="do" value="send">"Send the request"</button>
            </div>
        </form>
    }
    .into_any()
}
