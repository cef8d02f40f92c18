//! The page of one pull request: what it is for, why, whom it waited on, where it landed, and its label.

use std::sync::Arc;

use domain::PullState;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    explain::explain,
    github_href, kind_slug,
    parts::{freeze, short_name, state, votes, waited},
    port::{HeldView, PullAsk, PullView, PullsPort, SightingView},
    unknown::loose,
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page},
        shared::{handle, handles},
    },
    port::PageError,
    query::{At, encode},
    ui::{self, Icon, Panel, Tone},
    words,
};

/// `/pulls/{owner}/{repo}/{number}`
#[component]
pub fn PullPage() -> impl IntoView {
    let port: Result<Arc<dyn PullsPort>, _> = find_port();
    let (owner, repo, number) = use_params_map().with_untracked(|params| {
        let part = |name| params.get(name).unwrap_or_default();
        (part("owner"), part("repo"), part("number"))
    });
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let load = async move {
        let digits = number.bytes().all(|b| b.is_ascii_digit());
        let known = number.parse().ok().filter(|number| digits && *number > 0 && *number <= i32::MAX.unsigned_abs());
        let repository = format!("{owner}/{repo}");
        let Some(number) = known else {
            return Err(PageError::NotFound(format!("Pull request {number} of {repository}")));
        };
        port?.pull(PullAsk { repository, number, at }).await
    };
    page(Place::Pulls, at, bad, load, move |view, context| match &view {
        PullView::Held(view) => draw(view, context),
        PullView::Loose(view) => loose(view, context),
    })
}

fn draw(view: &HeldView, context: &Context) -> Drawn {
    let pull = &view.row.pull;
    let title = format!("{}: {}", short_name(&pull.repository, pull.number), pull.title);
    let (tone, icon, word) = state(pull.state, pull.draft);
    let body = view! {
        <div class="head-of-page">
            {crumbs(view, context)}
            <div class="title-row">
                <h1>{title.clone()}</h1>
                {ui::badge(tone, icon, word)}
                <div class="end">
                    <a class="btn" href=github_href(&pull.repository, pull.number)>{ui::icon(Icon::External)}"At GitHub"</a>
                    {classify(view)}
                </div>
            </div>
        </div>
        {conflict(view, context)}
        <div class="two">
            <div class="stack">
                {explain(view, context)}
                {waits(view, context)}
            </div>
            <div class="stack side">
                {facts(view, context)}
                {landing(view)}
            </div>
        </div>
    };
    Drawn { title, body: body.into_any() }
}

fn crumbs(view: &HeldView, context: &Context) -> AnyView {
    let pull = &view.row.pull;
    let list = context.href(&format!("/pulls?release={}", pull.release));
    view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href=list>"Pull requests of "{pull.release.to_string()}</a>" / "
                {format!("{}#{}", pull.repository, pull.number)}
            </nav>
            {at_control(context)}
        </div>
    }
    .into_any()
}

/// Leads to the form that says what it is for, filled in with what is known.
fn classify(view: &HeldView) -> AnyView {
    let pull = &view.row.pull;
    let name = encode(&format!("{}#{}", pull.repository, pull.number));
    let href = format!(
        "{}/decide/classify?release={}&pull={name}&kind={}",
        view.row.proposal.href(),
        pull.release,
        kind_slug(pull.kind)
    );
    view! { <a class="btn" href=href>"Classify"</a> }.into_any()
}

/// Several proposals have it: people can settle that.
fn conflict(view: &HeldView, context: &Context) -> Option<AnyView> {
    (!view.others.is_empty()).then(|| {
        let others: Vec<_> = view
            .others
            .iter()
            .map(|other| {
                let href = context.href(&format!("{}?release={}", other.proposal.href(), other.release));
                view! { <li><a class="link" href=href>{other.proposal.name()}</a>", "{other.release.to_string()}": "{other.why.clone()}</li> }
            })
            .collect();
        let what = "Other proposals claim it too. Classify it for the one it belongs to, or as unrelated for the others.";
        ui::notice(Tone::Warn, Icon::Warning, view! { <p>{what}</p><ul>{others}</ul> })
    })
}

/// What it is for, and why.
fn facts(view: &HeldView, context: &Context) -> AnyView {
    let (row, pull) = (&view.row, &view.row.pull);
    let proposal = context.href(&format!("{}?release={}", row.proposal.href(), pull.release));
    let tracked = if view.tracked { "tracked" } else { "not tracked" };
    let rank = row.rank.map(|rank| format!(", rank {rank}"));
    let decided = view.classified.map(|event| {
        view! { " "<a class="link" href=format!("/decisions/{event}")>"The decision"</a> }
    });
    let open = pull.state == PullState::Open;
    let freeze = freeze(row, context.now()).filter(|_| open).map(|(short, far)| {
        view! { <dt>"Freeze"</dt><dd>{short}", "{far}</dd> }
    });
    let votes: Vec<_> =
        votes(row).into_iter().map(|(tone, icon, word)| view! { {ui::badge(tone, icon, word)}" " }).collect();
    let votes = (open && !votes.is_empty()).then(|| view! { <dt>"Review"</dt><dd>{votes}</dd> });
    let base = (!pull.base.is_empty()).then(|| view! { <dt>"Goes into"</dt><dd><code>{pull.base.clone()}</code></dd> });
    let unrelated: Vec<_> = view
        .unrelated
        .iter()
        .map(|other| view! { <a class="link" href=context.href(&other.href())>{other.name()}</a>" " })
        .collect();
    let unrelated = (!unrelated.is_empty()).then(|| view! { <dt>"Unrelated to"</dt><dd>{unrelated}</dd> });
    let (link, kind, release) = (row.proposal.clone(), pull.kind.words(), pull.release.to_string());
    let (issue, why, author) = (view.issue_url.clone(), view.why.clone(), handle(&pull.author));
    view! {
        <Panel title="What it is for" id="facts">
            <dl class="kv">
                <dt>"Proposal"</dt>
                <dd>
                    <a class="link" href=proposal>{link.name()}</a>" "{link.title}" · "
                    <a class="link" href=issue>"issue"</a>
                </dd>
                <dt>"Kind"</dt><dd>{kind}</dd>
                <dt>"Release"</dt><dd>{release}<small>", "{tracked}{rank}</small></dd>
                <dt>"Why"</dt><dd>{why}{decided}</dd>
                <dt>"Author"</dt><dd>{author}</dd>
                {base}
                {votes}
                {freeze}
                {unrelated}
            </dl>
        </Panel>
    }
    .into_any()
}

/// Whom it waited on, newest first.
fn waits(view: &HeldView, context: &Context) -> AnyView {
    let row = &view.row;
    let now = (row.pull.state == PullState::Open).then(|| waited(row, context.now())).flatten();
    let note = now.map(|waited| format!("so for {waited}")).unwrap_or_default();
    let lags = row.lags.then(|| ui::badge(Tone::Warn, Icon::Warning, "review lags").into_any());
    let lines: Vec<_> = view.sightings.iter().rev().map(|seen| sighting(seen, context)).collect();
    let list = view! { <ol class="events">{lines}</ol> };
    match lags {
        Some(badge) => view! { <Panel title="Waiting" id="waiting" note end=badge>{list}</Panel> }.into_any(),
        None => view! { <Panel title="Waiting" id="waiting" note>{list}</Panel> }.into_any(),
    }
}

fn sighting(seen: &SightingView, context: &Context) -> AnyView {
    let what = match (seen.state, seen.waiting_on.is_empty(), seen.waiting_on_review) {
        (PullState::Merged, ..) => "Merged".into_any(),
        (PullState::Closed, ..) => "Closed without a merge".into_any(),
        (PullState::Open, true, true) => "Open, waits for a review by anybody".into_any(),
        (PullState::Open, true, false) => "Open, nobody is asked to act".into_any(),
        (PullState::Open, false, true) => view! { "Waits for a review by "{handles(&seen.waiting_on)} }.into_any(),
        (PullState::Open, false, false) => view! { "Waits on its author, "{handles(&seen.waiting_on)} }.into_any(),
    };
    let draft = seen.draft.then_some(" (draft)");
    let when = match seen.at.filter(|at| *at <= context.now()) {
        Some(at) => view! { {words::utc(at)}", "{ui::age(at, context.now())} }.into_any(),
        None => "time not known".into_any(),
    };
    let class = if seen.state == PullState::Open { "fact" } else { "decision" };
    view! { <li class=class><span>{what}{draft}</span><small>{when}</small></li> }.into_any()
}

/// Where it landed, once it is merged.
fn landing(view: &HeldView) -> Option<AnyView> {
    let merged = view.row.pull.state == PullState::Merged;
    (merged || !view.landings.is_empty()).then(|| {
        let lines: Vec<_> = view
            .landings
            .iter()
            .map(|(branch, contained)| {
                let (tone, icon, word) =
                    if *contained { (Tone::Good, Icon::Check, "in it") } else { (Tone::Bad, Icon::Cross, "not in it") };
                view! { <dt><code>{branch.clone()}</code></dt><dd>{ui::badge(tone, icon, word)}</dd> }
            })
            .collect();
        let inside = if lines.is_empty() {
            view! { <ui::Empty what="No branch was looked into yet."><p>"That follows with the next reading of GitHub."</p></ui::Empty> }
                .into_any()
        } else {
            view! { <dl class="kv">{lines}</dl> }.into_any()
        };
        view! { <Panel title="Landing" id="landing">{inside}</Panel> }.into_any()
    })
}
