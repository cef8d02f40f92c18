//! The page.

use std::sync::Arc;

use domain::ReleaseVersion;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    PlanAddress, carry, closed, lists, load,
    port::{Part, PlanAsk, PlanPort, PlanView},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page, viewer},
        shared::phase_badge,
    },
    islands::Reorder,
    query::{At, Parameters},
    ui::{self, FormState, Icon, Tone},
    words,
};

/// `/releases/{version}/plan`
#[component]
pub fn PlanPage() -> impl IntoView {
    let port: Result<Arc<dyn PlanPort>, _> = find_port();
    let version = use_params_map().with_untracked(|params| params.get("version").unwrap_or_default());
    let (ask, bad) = use_url().with_untracked(|url| PlanAsk::parse(&version, url.search()));
    let at = At::from_query(&use_url().with_untracked(|url| url.search().to_owned())).0;
    let load = async move { port?.plan(ask?).await };
    page(Place::Releases, at, bad, load, draw)
}

/// What the parts of the page share.
pub(super) struct Sheet<'a> {
    /// The view.
    pub view: &'a PlanView,
    /// The request.
    pub context: &'a Context,
    /// Addresses.
    pub address: PlanAddress,
    /// What was posted, when it was not taken.
    pub state: FormState,
    /// What proves the session, when forms are offered.
    pub csrf: Option<String>,
}

impl Sheet<'_> {
    /// Fields that every form sends along; no form without them.
    pub fn hidden(&self) -> AnyView {
        let field = |name: &str, value: String| ui::hidden_field(name.to_owned(), value);
        view! {
            {self.csrf.as_deref().map(ui::csrf_field)}
            {field("source", self.view.source.clone())}
            {self.view.sig.clone().map(|sig| field("sig", sig))}
            {field("seen", self.view.seen.to_string())}
        }
        .into_any()
    }
}

fn draw(mut view: PlanView, context: &Context) -> Drawn {
    let state = ui::form_state();
    lists::as_typed(&mut view.accepted, &state);
    let view = &view;
    let csrf = viewer().filter(|_| context.at == At::Now).map(|viewer| viewer.csrf);
    let sheet = Sheet { view, context, address: PlanAddress::of(view), state, csrf };
    let title = format!("Plan of {}", view.cycle.version);
    let asked = view.snapshot.as_ref().is_some_and(|snapshot| snapshot.asked);
    let inside = if asked { closed::whole(&sheet) } else { now(&sheet) };
    let body = view! {
        {head(&sheet)}
        {told(&sheet)}
        {inside}
        <Reorder/>
    };
    Drawn { title, body: body.into_any() }
}

/// The plan as it stands.
fn now(sheet: &Sheet<'_>) -> AnyView {
    view! {
        {closed::line(sheet)}
        <div class="two plan">
            <div class="stack">
                {lists::accepted(sheet)}
                {lists::proposed(sheet)}
                {carry::over(sheet)}
            </div>
            <div class="stack side">
                {load::reviewers(sheet)}
                {closed::close(sheet)}
                {closed::earlier(sheet)}
            </div>
        </div>
    }
    .into_any()
}

fn head(sheet: &Sheet<'_>) -> AnyView {
    let Sheet { view, context, address, .. } = sheet;
    let cycle = &view.cycle;
    let dated = cycle.dates.enhancement_freeze.or(cycle.dates.code_freeze).or(cycle.dates.ga).is_some();
    let phase = if dated { phase_badge(&cycle.dates, context.now()) } else { ui::chip("no date yet").into_any() };
    let freeze = cycle.dates.enhancement_freeze.filter(|at| *at > context.now()).map(|at| {
        let day = words::short_day(words::day_in(at, cycle.dates.zone));
        ui::chip(format!("EF {day}, in {}", words::countdown(at - context.now())))
    });
    view! {
        <div class="head-of-page">
            {crumbs(view, context)}
            <div class="title-row">
                <h1>{format!("Plan of {}", cycle.version)}</h1>
                {phase}
                {view.current.then(|| ui::chip("current"))}
                {freeze}
                <div class="end">
                    <a class="link" href=context.href(&address.file(".csv"))>"CSV"</a>
                    <a class="link" href=context.href(&address.file(".json"))>"JSON"</a>
                    {at_control(context)}
                </div>
            </div>
            {tabs("Sources", &view.sources, Some(&view.source), |id| {
                PlanAddress { source: Some(id.to_owned()), sig: None, ..address.clone() }.page()
            }, context)}
            {sigs(sheet)}
        </div>
    }
    .into_any()
}

fn crumbs(view: &PlanView, context: &Context) -> AnyView {
    let version = view.cycle.version;
    let neighbour = |version: Option<ReleaseVersion>, rel: &'static str, words: &'static str| {
        version.map(|version| {
            let href = context.href(&format!("/releases/{version}/plan"));
            view! { " · "{words}" "<a class="link" rel=rel href=href>{version.to_string()}</a> }
        })
    };
    view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href=context.href("/releases")>"Releases"</a>" / "
                <a class="link" href=context.href(&format!("/releases/{version}"))>{version.to_string()}</a>" / Plan"
                {neighbour(view.before, "prev", "plan before it")}
                {neighbour(view.after, "next", "plan after it")}
            </nav>
        </div>
    }
    .into_any()
}

fn tabs(
    label: &'static str,
    parts: &[Part],
    shown: Option<&str>,
    href: impl Fn(&str) -> String,
    context: &Context,
) -> Option<AnyView> {
    let tab = |part: &Part| {
        let current = (shown == Some(part.id.as_str())).then_some("page");
        let counts = format!("{} accepted · {} proposed", part.accepted, part.proposed);
        view! {
            <a href=context.href(&href(&part.id)) aria-current=current><b>{part.name.clone()}</b><small>{counts}</small></a>
        }
    };
    let links: Vec<_> = parts.iter().map(tab).collect();
    (links.len() > 1).then(|| view! { <nav class="tabs" aria-label=label>{links}</nav> }.into_any())
}

/// Where several SIGs own the proposals of a source, each orders its own.
fn sigs(sheet: &Sheet<'_>) -> Option<AnyView> {
    let Sheet { view, context, address, .. } = sheet;
    let whole = Part {
        id: String::new(),
        name: "All SIGs".to_owned(),
        accepted: view.sigs.iter().map(|part| part.accepted).sum(),
        proposed: view.sigs.iter().map(|part| part.proposed).sum(),
    };
    let parts: Vec<_> = std::iter::once(whole).chain(view.sigs.iter().cloned()).collect();
    let href =
        |id: &str| PlanAddress { sig: Some(id.to_owned()).filter(|id| !id.is_empty()), ..address.clone() }.page();
    tabs("SIGs", &parts, Some(view.sig.as_deref().unwrap_or_default()), href, context)
}

/// What was recorded, and what was not.
fn told(sheet: &Sheet<'_>) -> AnyView {
    let Sheet { view, context, state, .. } = sheet;
    let done = Parameters::parse(&context.query).first("done").and_then(|done| done_words(done, view));
    let done: Vec<_> = done.into_iter().chain(state.values("done").map(str::to_owned)).collect();
    let done = (!done.is_empty()).then(|| {
        let lines: Vec<_> = done.into_iter().map(|line| view! { <p>{line}</p> }).collect();
        view! { <div role="status">{ui::notice(Tone::Good, Icon::Check, lines)}</div> }
    });
    let titles = [("reason", "Reason"), ("sentence", "In a sentence")];
    view! {
        {done}
        {ui::problems(state, &titles)}
    }
    .into_any()
}

/// "accepted-3", "carried-2", "order", "closed".
fn done_words(done: &str, view: &PlanView) -> Option<String> {
    let version = view.cycle.version;
    let (what, number) = done.split_once('-').unwrap_or((done, "0"));
    let number: usize = number.parse().ok().filter(|number| *number < 10_000)?;
    let proposals = words::count(number, "proposal");
    match (what, number) {
        ("accepted", 1..) => Some(format!("Accepted {proposals} for {version}.")),
        ("carried", 1..) => {
            Some(format!("Carried {proposals} over to {version}. They are proposed for consideration."))
        }
        ("order", _) => Some("The order is saved.".to_owned()),
        ("closed", _) => {
            Some(format!("The plan of {version} is closed. What changes from now on is shown against it."))
        }
        _ => None,
    }
}
