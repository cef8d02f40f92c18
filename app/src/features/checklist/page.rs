//! The checklist of one proposal: its lines with evidence, and a form under each that can be signed.

use std::sync::Arc;

use domain::checklist::Line;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    lines,
    port::{ChecklistAsk, ChecklistPort, ChecklistView},
    summary::starts,
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page, viewer},
        shared::status_badge,
    },
    port::PageError,
    query::{At, BadParameter, Parameters, ReleaseChoice},
    ui::{self, FormState, Icon, Input, Panel, Tone},
};

/// `/{source}/{number}/checklist`
#[component]
pub fn ChecklistPage() -> impl IntoView {
    let port: Result<Arc<dyn ChecklistPort>, _> = find_port();
    let (source, number) = use_params_map()
        .with_untracked(|params| (params.get("source").unwrap_or_default(), params.get("number").unwrap_or_default()));
    let (release, at, bad) = use_url().with_untracked(|url| from_query(url.search()));
    let load = async move {
        let known = number.parse().ok().filter(|_| number.len() <= 9 && number.bytes().all(|b| b.is_ascii_digit()));
        let Some(number) = known else {
            return Err(PageError::NotFound(format!("/{source}/{number}")));
        };
        port?.checklist(ChecklistAsk { source, number, release, at }).await
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

fn draw(view: &ChecklistView, context: &Context) -> Drawn {
    let summary = &view.summary;
    let state = ui::form_state();
    let csrf = viewer().filter(|_| context.at == At::Now && view.refusal.is_empty() && summary.due);
    let csrf = csrf.map(|viewer| viewer.csrf);
    let items: Vec<_> = summary.lines.iter().map(|one| line(one, view, &state, csrf.as_deref(), context)).collect();
    let titles: Vec<_> = summary.lines.iter().map(|line| (field(line), line.text.as_str())).collect();
    let titles: Vec<_> = titles.iter().map(|(name, title)| (name.as_str(), *title)).collect();
    let note = format!("{} of {} done", summary.done(), summary.lines.len());
    let who = (!view.refusal.is_empty() && summary.due)
        .then(|| view! { <p class="remark"><small>{view.refusal.clone()}</small></p> });
    let body = view! {
        {head(view, context)}
        {before(view, context)}
        {ui::problems(&state, &titles)}
        <Panel title="Lines" id="lines" note>
            <ol class="findings checklist">{items}</ol>
            {who}
        </Panel>
    };
    Drawn { title: format!("Checklist of {} for {}", summary.proposal.name(), summary.release), body: body.into_any() }
}

fn head(view: &ChecklistView, context: &Context) -> AnyView {
    let summary = &view.summary;
    let href = context.href(&format!("{}?release={}", summary.proposal.href(), summary.release));
    let table = context.href(&format!("/releases/{}/checklist?source={}", summary.release, summary.proposal.source));
    let tabs: Vec<_> = view
        .releases
        .iter()
        .map(|release| {
            let href = context.href(&format!("{}/checklist?release={release}", summary.proposal.href()));
            let current = (*release == summary.release).then_some("page");
            view! { <a href=href aria-current=current>{release.to_string()}</a> }
        })
        .collect();
    let tabs = (tabs.len() > 1).then(|| view! { <nav class="tabs" aria-label="Releases">{tabs}</nav> });
    view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is">
                    <a class="link" href=context.href("/proposals")>"Proposals"</a>" / "
                    <a class="link" href=href>{summary.proposal.name()}</a>" / Checklist · "
                    <a class="link" href=table>{format!("all of {}", summary.release)}</a>
                </nav>
                {at_control(context)}
            </div>
            <div class="title-row">
                <h1>{format!("Checklist: {}", summary.proposal.title)}</h1>
                {status_badge(&view.status, &view.words)}
                {ui::chip(summary.release.to_string())}
            </div>
            {tabs}
        </div>
    }
    .into_any()
}

/// Why nothing is asked for yet.
fn before(view: &ChecklistView, context: &Context) -> Option<AnyView> {
    let summary = &view.summary;
    let words = if summary.tracked {
        starts(summary, context).map(|words| format!("{words} What is known so far is shown."))
    } else {
        Some(format!("It is not tracked in {}, so nobody has to sign anything.", summary.release))
    };
    words.map(|words| ui::notice(Tone::Quiet, Icon::Clock, words))
}

fn field(line: &Line) -> String {
    format!("statement-{}", line.key)
}

fn line(line: &Line, view: &ChecklistView, state: &FormState, csrf: Option<&str>, context: &Context) -> AnyView {
    let (class, icon, word) = lines::state(line);
    let form = csrf.filter(|_| line.locked.is_none()).map(|csrf| form(line, view, state, csrf));
    view! {
        <li class=class id=format!("line-{}", line.key)>
            <span class="state">{ui::icon(icon)}<span class="hidden">{word}</span></span>
            <div>
                <b>{line.text.clone()}</b>
                {lines::told(line, context)}
                {form}
            </div>
            <div class="who"><small>{word}</small></div>
        </li>
    }
    .into_any()
}

fn form(line: &Line, view: &ChecklistView, state: &FormState, csrf: &str) -> AnyView {
    let summary = &view.summary;
    let name = field(line);
    let hint = match line.key.as_str() {
        "verified" => "Where and how it was verified.",
        "bugs" => "“None known”, or where they are tracked.",
        _ => "What you looked at, in a sentence.",
    };
    let input = Input { name: &name, label: "What you state", hint: Some(hint), ..Input::default() };
    let again = line.signed.is_some();
    let summary_words = if again { "Sign it anew…" } else { "Sign…" };
    let open = state.value(&name).is_some();
    let hidden = |name: &str, value: String| ui::hidden_field(name.to_owned(), value);
    view! {
        <details class="sign" open=open>
            <summary class="btn">{summary_words}<span class="hidden">" "{line.text.clone()}</span></summary>
            <form method="post" action=format!("{}/checklist", summary.proposal.href())>
                {ui::csrf_field(csrf)}
                {hidden("release", summary.release.to_string())}
                {hidden("line", line.key.clone())}
                {hidden("seen", view.seen.to_string())}
                {ui::text_input(state, input)}
                <div class="submit"><button class="btn primary">"Sign"</button><small>"with your name"</small></div>
            </form>
        </details>
    }
    .into_any()
}
