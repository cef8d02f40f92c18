//! The page of a decision: what it is, what follows from it, how the proposal stands, and the form or why there is none.

use std::sync::Arc;

use domain::{Action, Role};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    fields::Form,
    port::{Barred, DecideAsk, DecidePort, DecideView},
    words::{LABELS, consequence, title, verb},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, viewer},
        shared::status_badge,
    },
    port::PageError,
    query::{At, Parameters, ReleaseChoice, encode},
    ui::{self, FormState, Icon, Input, Tone, form_state, text_input, url_input},
};

/// `/{source}/{number}/decide/{action}`
#[component]
pub fn DecidePage() -> impl IntoView {
    let port: Result<Arc<dyn DecidePort>, _> = find_port();
    let parameter = |name| use_params_map().with_untracked(|params| params.get(name).unwrap_or_default());
    let (source, number, action) = (parameter("source"), parameter("number"), parameter("action"));
    let chosen = use_url().with_untracked(|url| Parameters::parse(url.search()));
    let release = chosen.first("release").and_then(|release| release.parse::<ReleaseChoice>().ok());
    let known: Option<Action> = action.parse().ok().filter(|action| verb(*action) != "Record");
    let load = async move {
        let nowhere = || PageError::NotFound(format!("/{source}/{number}/decide/{action}"));
        let read = number.parse().ok().filter(|_| number.len() <= 9);
        let (number, action) = read.zip(known).ok_or_else(nowhere)?;
        port?.form(DecideAsk { source: source.clone(), number, action, release }).await
    };
    page(Place::Proposals, At::Now, Vec::new(), load, move |view, context| {
        draw(&view, known.unwrap_or(Action::Undo), &chosen, context)
    })
}

fn draw(view: &DecideView, action: Action, chosen: &Parameters, context: &Context) -> Drawn {
    let state = form_state();
    let title = title(action, &view.proposal.name(), view.release);
    // What was typed is never thrown away, even where it cannot be recorded any more.
    let inside = match &view.barred {
        Some(barred) if state.is_empty() => bar(barred, view, context),
        barred => {
            let form = Form { view, state: &state, chosen };
            let still = barred.as_ref().map(|barred| bar(barred, view, context));
            view! { {still}{sheet(&form, action, context)} }.into_any()
        }
    };
    let body = view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href="/proposals">"Proposals"</a>" / "
                <a class="link" href=home(view)>{view.proposal.name()}</a>
            </nav>
        </div>
        <div class="title-row"><h1>{title.clone()}</h1></div>
        <div class="sheet">
            {standing(view)}
            <p>{consequence(action)}</p>
            {inside}
        </div>
    };
    Drawn { title, body: body.into_any() }
}

/// The page of the proposal, for the release that it is about.
fn home(view: &DecideView) -> String {
    let base = view.proposal.href();
    view.release.map_or_else(|| base.clone(), |release| format!("{base}?release={release}"))
}

/// The proposal and its status, so that nobody decides on the wrong one.
fn standing(view: &DecideView) -> AnyView {
    let status = view.status.as_ref().map(|(status, words)| status_badge(status, words));
    let release = view.release.map(|release| ui::chip(release.to_string()));
    let others: Vec<_> = view
        .others
        .iter()
        .map(|release| view! { " "<a class="link" href=format!("?release={release}")>{release.to_string()}</a> })
        .collect();
    let others = (!others.is_empty()).then(|| view! { <small>"For another release:"{others}</small> });
    view! {
        <div class="standing">
            <a class="link" href=home(view)>{view.proposal.title.clone()}</a>
            {release}{status}{others}
        </div>
    }
    .into_any()
}

fn bar(barred: &Barred, view: &DecideView, context: &Context) -> AnyView {
    let who = format!("It is for {}.", view.who_may);
    match barred {
        Barred::SignIn => {
            let here = if context.query.is_empty() {
                context.path.clone()
            } else {
                format!("{}?{}", context.path, context.query)
            };
            let href = format!("/sign-in?next={}", encode(&here));
            let line = view! {
                <p>"Sign in first: it is recorded with your name. "{who}" "<a class="link" href=href>"Sign in"</a></p>
            };
            ui::notice(Tone::Busy, Icon::Circle, line)
        }
        Barred::Role(why) => {
            let help = "Nothing was recorded. Ask one of them to decide it.";
            ui::notice(Tone::Warn, Icon::Slash, view! { <p>{sentence(why)}" "{help}</p> })
        }
        Barred::Rule(why) => ui::notice(Tone::Warn, Icon::Slash, view! { <p>{sentence(why)}" "{who}</p> }),
    }
}

/// The form itself.
fn sheet(form: &Form<'_>, action: Action, context: &Context) -> AnyView {
    let (view, state) = (form.view, form.state);
    let Some(viewer) = viewer() else { return ().into_any() };
    let address =
        if context.query.is_empty() { context.path.clone() } else { format!("{}?{}", context.path, context.query) };
    let next = state.value("next").or_else(|| form.chosen.first("next")).map(str::to_owned);
    let back = next.clone().filter(|next| local(next)).unwrap_or_else(|| home(view));
    let next = next.map(|next| ui::hidden_field("next".to_owned(), next));
    let role = view.role.as_ref().map(|role| format!(", as {role}")).unwrap_or_default();
    let danger = matches!(action, Action::Reject | Action::Withdraw | Action::Replace | Action::Remove);
    let class = if danger { "btn primary danger" } else { "btn primary" };
    view! {
        {ui::problems(state, &LABELS)}
        <form method="post" action=address class="panel pad sheet">
            {form.fields(action)}
            {on_behalf(state, view, action)}
            {ui::hidden_field("seen".to_owned(), view.seen.to_string())}
            {next}
            {ui::csrf_field(&viewer.csrf)}
            <p class="hint">{format!("Recorded for ever with your name: @{}{role}.", viewer.login)}</p>
            <div class="submit">
                <button class=class>{verb(action)}</button>
                <a class="btn" href=back>"Cancel"</a>
            </div>
        </form>
    }
    .into_any()
}

/// Whose word it is, when it is another's (PROCESS 7).
fn on_behalf(state: &FormState, view: &DecideView, action: Action) -> AnyView {
    let required = view.for_another;
    let used = ["on_behalf_of", "link"]
        .iter()
        .any(|name| state.problem(name).is_some() || state.value(name).is_some_and(|value| !value.trim().is_empty()));
    let hint = Some("Login of the person whose word it is.");
    let owners = view.offers.owners.first().filter(|_| required && action.roles().contains(&Role::Owner));
    let value = owners.cloned().unwrap_or_default();
    let whom = Input { name: "on_behalf_of", label: "On behalf of", hint, value, required };
    let hint = Some("A mail, an issue comment, meeting notes. Needed when it is another's word.");
    let link = Input { name: "link", label: "Where it was said", hint, value: String::new(), required };
    let fields = view! { {text_input(state, whom)}{url_input(state, link)} };
    if required {
        let why = format!("This is for {}. You can record the word of one of them.", view.who_may);
        return view! { <p class="hint">{why}</p>{fields} }.into_any();
    }
    view! {
        <details class="behalf" open=used>
            <summary>"Another's word, or a link"</summary>
            <div class="sheet">{fields}</div>
        </details>
    }
    .into_any()
}

/// Whether an address stays within the tracker.
fn local(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

/// The words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let mut sentence: String =
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
