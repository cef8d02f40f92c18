//! The page of one row.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Act, Stand,
    list::{progress, target},
    page::problem,
    port::{OutboxPort, OutgoingRow},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, viewer},
        shared::handle,
    },
    islands::Copy,
    port::PageError,
    query::At,
    ui::{self, Icon, Panel, Tone},
    words,
};

/// `/outbox/{source}/{key}`
#[component]
pub fn OutgoingPage() -> impl IntoView {
    let port: Result<Arc<dyn OutboxPort>, _> = find_port();
    let address = use_params_map().with_untracked(|params| params.get("key").unwrap_or_default());
    let load = async move {
        match address.split_once('/') {
            Some((source, key)) => port?.outgoing(source.to_owned(), key.to_owned()).await,
            None => Err(PageError::NotFound(format!("Outgoing {address}"))),
        }
    };
    page(Place::Outbox, At::Now, Vec::new(), load, |row, context| draw(&row, context))
}

fn draw(row: &OutgoingRow, context: &Context) -> Drawn {
    let title = row.title();
    let (text, place) = (row.preview.clone(), target(row));
    let body = view! {
        <div class="crumbs">
            <nav aria-label="Where this is"><a class="link" href="/outbox">"Outbox"</a>" / "{row.key.clone()}</nav>
        </div>
        <div class="title-row">
            <h1>{title.clone()}</h1>
            {ui::badge(row.stand.tone(), row.stand.icon(), row.stand.words())}
        </div>
        {problem(&ui::form_state())}
        {question(row)}
        <div class="two">
            <div class="stack">
                <Panel title="What goes out" id="text" note="word for word">
                    <div class="pad">
                        <div class="fix mail">
                            <pre tabindex="0">{text}</pre>
                            <button type="button" class="btn needs-script" data-copy="">"Copy"</button>
                            {place}
                        </div>
                    </div>
                </Panel>
                {acts(row)}
            </div>
            <div class="stack side">{facts(row, context)}</div>
        </div>
        <Copy/>
    };
    Drawn { title, body: body.into_any() }
}

/// What somebody has to find out.
fn question(row: &OutgoingRow) -> Option<AnyView> {
    let words = match row.stand {
        Stand::Uncertain if row.target.is_none() => {
            "Nobody knows whether the mail server took this mail. Look into the archive of the list; then say that it arrived, or have it sent again."
        }
        Stand::Uncertain => {
            "Nobody knows whether GitHub did this. It is looked for there before anything is sent again."
        }
        _ => return None,
    };
    Some(ui::notice(Tone::Warn, Icon::Unknown, view! { <p>{words}</p> }))
}

fn facts(row: &OutgoingRow, context: &Context) -> AnyView {
    let proposal = row.proposal.as_ref().map(|proposal| {
        let link = view! { <a class="link" href=proposal.href()>{proposal.name()}</a>" "{proposal.title.clone()} };
        view! { <dt>"Proposal"</dt><dd>{link}</dd> }
    });
    let place = row.target.as_ref().map(|target| {
        // Broken after the owner where it has to be, not within the number.
        let (owner, rest) = target.name.split_once('/').unwrap_or(("", &target.name));
        let owner = (!owner.is_empty()).then(|| view! { {format!("{owner}/")}<wbr/> });
        view! { <dt>"Where"</dt><dd><a class="link" href=target.href.clone()>{owner}{rest.to_owned()}</a></dd> }
    });
    let caused = row.caused_by.as_ref().map(|login| view! { <dt>"Caused by"</dt><dd>{handle(login)}</dd> });
    let decision = row.decision.clone().map(|href| {
        view! { <dt>"Follows from"</dt><dd><a class="link" href=href>"this decision"</a></dd> }
    });
    let sent = row.sent_at.map(|at| view! { <dt>"Sent"</dt><dd>{words::utc(at)}</dd> });
    let (state, progress) = (row.stand.words(), progress(row, context.now()));
    let (created, updated) = (words::utc(row.created_at), words::utc(row.updated_at));
    view! {
        <Panel title="How far it is" id="state">
            <dl class="kv">
                <dt>"State"</dt>
                <dd class="state-of">{state}{progress}</dd>
                {proposal}
                {place}
                {caused}
                {decision}
                <dt>"Written"</dt><dd>{created}</dd>
                <dt>"Last changed"</dt><dd>{updated}</dd>
                {sent}
            </dl>
        </Panel>
    }
    .into_any()
}

fn acts(row: &OutgoingRow) -> Option<AnyView> {
    let csrf = viewer().filter(|_| !row.acts.is_empty())?.csrf;
    let buttons: Vec<_> = row
        .acts
        .iter()
        .map(|act| {
            let class = if matches!(act, Act::Send | Act::Arrived) { "btn primary" } else { "btn" };
            view! { <button class=class name="act" value=act.slug()>{act.words(row.stand)}</button> }
        })
        .collect();
    Some(
        view! {
            <form method="post" action="/outbox/keep" class="outbox-acts">
                {ui::csrf_field(&csrf)}
                {ui::hidden_field("row".to_owned(), row.seen())}
                {ui::hidden_field("back".to_owned(), row.href())}
                {buttons}
            </form>
        }
        .into_any(),
    )
}
