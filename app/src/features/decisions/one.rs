//! The page of one decision.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::port::{Change, DecisionLine, DecisionView, DecisionsPort};
use crate::{
    features::{
        decide::undo_button,
        frame::{Context, Drawn, Place, find_port, page},
        shared::{ProposalLink, handle, status_badge},
    },
    port::PageError,
    query::{At, Parameters},
    ui::{self, Icon, Panel, Tone},
    words,
};

/// `/decisions/{id}`
#[component]
pub fn DecisionPage() -> impl IntoView {
    let port: Result<Arc<dyn DecisionsPort>, _> = find_port();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let done = use_url().with_untracked(|url| Parameters::parse(url.search()).first("done").is_some());
    let load = async move {
        match id.parse::<i64>() {
            Ok(known) if known > 0 => port?.decision(known).await,
            _ => Err(PageError::NotFound(format!("Decision {id}"))),
        }
    };
    page(Place::Decisions, At::Now, Vec::new(), load, move |view, context| draw(&view, done, context))
}

fn draw(view: &DecisionView, done: bool, context: &Context) -> Drawn {
    let line = &view.line;
    let name = line.proposal.as_ref().map_or_else(|| line.source.clone(), ProposalLink::name);
    let title = format!("{}: {name}", view.kind);
    let recorded = done.then(|| {
        let back = line.proposal.as_ref().map(|proposal| {
            let href = line.release.map_or_else(|| proposal.href(), |r| format!("{}?release={r}", proposal.href()));
            view! { <a class="link" href=href>{format!("Back to {}", proposal.name())}</a> }
        });
        let words = view! { <p><b>"Recorded."</b>" This page is its permanent address. "{back}</p> };
        ui::notice(Tone::Good, Icon::Check, words)
    });
    let undone = view.undone_by.as_ref().map(|by| {
        let words = view! {
            <p>"It was undone "{ui::age(by.recorded_at, context.now())}" by @"{by.recorder.clone()}": "
            <a class="link" href=by.href()>{format!("decision {}", by.id)}</a></p>
        };
        ui::notice(Tone::Warn, Icon::Warning, words)
    });
    let body = view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href="/decisions">"Decisions"</a>" / "{line.id}
            </nav>
        </div>
        <div class="title-row"><h1>{title.clone()}</h1></div>
        {recorded}
        {undone}
        <div class="sheet">
            {what(view)}
            {view.change.as_ref().map(change)}
            {undo(view)}
        </div>
    };
    Drawn { title, body: body.into_any() }
}

fn what(view: &DecisionView) -> AnyView {
    let line = &view.line;
    let subject = match &line.proposal {
        Some(proposal) => view! {
            <a class="link" href=proposal.href()>{proposal.name()}</a>" "{proposal.title.clone()}
        }
        .into_any(),
        None => view! { "all proposals of "{line.source.clone()} }.into_any(),
    };
    let release = line.release.map(|release| {
        let href = format!("/releases/{release}");
        view! { <dt>"Release"</dt><dd><a class="link" href=href>{release.to_string()}</a></dd> }
    });
    let details: Vec<_> = view
        .details
        .iter()
        .map(|(term, value)| view! { <dt>{term.clone()}</dt><dd class="said">{value.clone()}</dd> })
        .collect();
    let exception = line.exception.clone().map(|href| {
        view! { <dt>"Exception"</dt><dd><a class="link" href=href>"Its page, with all that was said"</a></dd> }
    });
    let undid = view.undid.as_ref().map(|undid| {
        view! { <dt>"It undid"</dt><dd><a class="link" href=undid.href()>{undid.what.clone()}</a></dd> }
    });
    let link = line.link.clone().map(|link| {
        view! { <dt>"Where it was said"</dt><dd><a class="link" href=link.clone()>{link.clone()}</a></dd> }
    });
    let (who, recorded) = (who(view), words::utc(line.recorded_at));
    let told = ui::prose(&line.what);
    let happened = line.occurred_at.map_or_else(|| "not known".to_owned(), words::utc);
    view! {
        <Panel title="What was decided" id="what">
            <p class="pad"><b>{told}</b></p>
            <dl class="kv wide">
                <dt>"About"</dt><dd>{subject}</dd>
                {release}
                {details}
                {exception}
                {undid}
                {who}
                {link}
                <dt>"When it happened"</dt><dd>{happened}</dd>
                <dt>"When it was recorded"</dt><dd>{recorded}</dd>
            </dl>
        </Panel>
    }
    .into_any()
}

fn who(view: &DecisionView) -> AnyView {
    let DecisionLine { recorder, on_behalf_of, .. } = &view.line;
    let role = view.role.as_ref().map(|role| view! { " "<small>{format!("as {role}")}</small> });
    let whose = on_behalf_of.as_ref().map(|login| view! { <dt>"Whose word it is"</dt><dd>{handle(login)}</dd> });
    view! { {whose}<dt>"Recorded by"</dt><dd>{handle(recorder)}{role}</dd> }.into_any()
}

fn change(change: &Change) -> AnyView {
    let badge = |(status, words): &(domain::Status, String)| status_badge(status, words);
    let same = change.before.1 == change.after.1;
    let inside = if same {
        view! { {badge(&change.after)}" "<small>"before and after"</small> }.into_any()
    } else {
        view! { {badge(&change.before)}" → "<span class="hidden">"then "</span>{badge(&change.after)} }.into_any()
    };
    let note = format!("in {}", change.release);
    view! { <Panel title="Status" id="status" note><p class="pad change">{inside}</p></Panel> }.into_any()
}

/// The button that undoes it, while that is possible.
fn undo(view: &DecisionView) -> Option<AnyView> {
    let undoable = view.undo.as_ref()?;
    let proposal = view.line.proposal.as_ref()?;
    Some(undo_button(&proposal.href(), undoable, view.seen))
}
