//! Slips over all releases.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    dates,
    lines::way,
    parts::{bar, key, number_heads, numbers, sentence},
    port::{Counts, Often, ReleaseCounts, SigOver, SlipsPort, SlipsView},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
        shared::nothing_imported,
    },
    query::At,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// `/slips`
#[component]
pub fn SlipsPage() -> impl IntoView {
    let port: Result<Arc<dyn SlipsPort>, _> = find_port();
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    page(Place::Releases, at, bad, async move { port?.slips(at).await }, |view, context| draw(&view, context))
}

fn draw(view: &SlipsView, context: &Context) -> Drawn {
    let links = view! {
        <a class="link" href=context.href("/slips.csv")>"CSV"</a>
        <a class="link" href=context.href("/slips.json")>"JSON"</a>
        {at_control(context)}
    };
    let inside = if view.releases.is_empty() {
        view! { <section class="panel" aria-label="Slips">{nothing_imported()}</section> }.into_any()
    } else {
        view! {
            {releases(view, context)}
            {sigs(view, context)}
            {often(&view.often, context)}
            {dates::over(&view.posts)}
        }
        .into_any()
    };
    let body = view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is">
                    <a class="link" href=context.href("/releases")>"Releases"</a>" / slips"
                </nav>
            </div>
            {title_row("Slips over the releases", ().into_any(), links.into_any())}
        </div>
        {inside}
    };
    Drawn { title: "Slips over the releases".to_owned(), body: body.into_any() }
}

/// What became of each plan, oldest first as time runs, and the same numbers newest first.
fn releases(view: &SlipsView, context: &Context) -> AnyView {
    let total = view.releases.iter().fold(Counts::default(), |all, release| all.and(release.counts));
    let planned = |release: &&ReleaseCounts| release.counts.planned.total() > 0;
    let bars: Vec<_> = view
        .releases
        .iter()
        .rev()
        .filter(planned)
        .map(|release| bar(release.release.to_string(), &release.counts.planned))
        .collect();
    let drawn = (!bars.is_empty()).then(|| {
        let told = sentence(&total.planned);
        view! {
            <div class="pad slips">
                <p class="lead">{told.clone()}</p>
                {ui::bar_chart("fates", &bars, told)}
                {key(&total.planned)}
            </div>
        }
    });
    let lines: Vec<_> = view
        .releases
        .iter()
        .map(|release| {
            let href = context.href(&format!("/releases/{}/slips", release.release));
            view! {
                <tr>
                    <th scope="row">
                        <a class="link" href=href>{release.release.to_string()}</a>" "
                        {release.current.then(|| ui::chip("current"))}
                    </th>
                    {numbers(&release.counts)}
                    <td data-label="Freezes moved" class="count-of">{freezes(release)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <Panel title="Per release" id="releases" note=words::count(view.releases.len(), "release")>
            {drawn}
            <table class="cards fates">
                <caption class="hidden">"What became of the plan of each release"</caption>
                <thead>
                    <tr><th scope="col">"Release"</th>{number_heads()}<th scope="col" class="count-of">"Freezes moved"</th></tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Panel>
    }
    .into_any()
}

/// "EF +7, CF 0": days by which the freezes moved.
fn freezes(release: &ReleaseCounts) -> String {
    let told = |post: &domain::slip::PostMove| {
        let freeze = post.freeze?;
        let days = post
            .days()
            .map_or_else(|| "off".to_owned(), |days| if days == 0 { "0".to_owned() } else { format!("{days:+}") });
        Some(format!("{} {days}", freeze.short()))
    };
    let all: Vec<_> = release.posts.iter().filter_map(told).collect();
    if all.is_empty() { "no date".to_owned() } else { all.join(", ") }
}

/// How much of each SIG's plans slipped, release by release.
fn sigs(view: &SlipsView, context: &Context) -> Option<AnyView> {
    let shown: Vec<usize> = (0..view.releases.len())
        .filter(|place| view.sigs.iter().any(|sig| sig.releases.get(*place).is_some_and(|c| c.planned.total() > 0)))
        .collect();
    let heads: Vec<_> = shown
        .iter()
        .filter_map(|place| view.releases.get(*place))
        .map(|release| {
            let href = context.href(&format!("/releases/{}/slips", release.release));
            view! { <th scope="col" class="count-of"><a href=href>{release.release.to_string()}</a></th> }
        })
        .collect();
    let lines: Vec<_> =
        view.sigs.iter().filter(|sig| sig.total.planned.total() > 0).map(|sig| row(sig, &shown)).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Panel title="Per SIG" id="sigs" note="slipped of planned">
                <div class="scroll" tabindex="0" role="region" aria-label="Slipped of planned, per SIG and release">
                    <table class="fates">
                        <caption class="hidden">"Slipped of planned, per SIG and release"</caption>
                        <thead>
                            <tr><th scope="col">"SIG"</th><th scope="col" class="count-of">"All"</th>{heads}</tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </Panel>
        }
        .into_any()
    })
}

fn row(sig: &SigOver, shown: &[usize]) -> AnyView {
    let cell = |counts: &Counts| {
        let planned = counts.planned;
        let class = if planned.slipped == 0 { "count-of none" } else { "count-of" };
        let words =
            if planned.total() == 0 { "–".to_owned() } else { format!("{} of {}", planned.slipped, planned.total()) };
        view! { <td class=class>{words}</td> }
    };
    let cells: Vec<_> = shown.iter().filter_map(|place| sig.releases.get(*place)).map(cell).collect();
    view! { <tr><th scope="row">{sig.sig.clone()}</th>{cell(&sig.total)}{cells}</tr> }.into_any()
}

/// Which proposals slipped most often, and which stay long in a stage.
fn often(all: &[Often], context: &Context) -> AnyView {
    let lines: Vec<_> = all.iter().map(|often| proposal(often, context)).collect();
    let inside = if lines.is_empty() {
        view! { <Empty what="No proposal has slipped."/> }.into_any()
    } else {
        view! {
            <table class="cards slipped">
                <caption class="hidden">"Proposals that slipped, most often first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Proposal"</th>
                        <th scope="col">"SIG"</th>
                        <th scope="col">"Slips"</th>
                        <th scope="col">"How"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    };
    let note = words::count(all.len(), "proposal");
    view! { <Panel title="Slipped most often" id="often" note>{inside}</Panel> }.into_any()
}

fn proposal(often: &Often, context: &Context) -> AnyView {
    let href = context.href(&format!("{}#slips", often.proposal.href()));
    let how: Vec<_> = often
        .moves
        .iter()
        .filter(|moved| moved.slip)
        .map(|moved| view! { <li><b>{way(moved)}</b>" "<small>{ui::prose(&moved.why)}</small></li> })
        .collect();
    let stays: Vec<_> = often
        .stays
        .iter()
        .map(|stay| view! { <li>{ui::badge(Tone::Warn, Icon::Warning, "long in one stage")}" "<small>{stay.clone()}</small></li> })
        .collect();
    view! {
        <tr data-row="">
            <th scope="row" class="title">
                <a data-row-link="" href=href>
                    <span class="id">{often.proposal.name()}</span>" "<b>{often.proposal.title.clone()}</b>
                </a>
            </th>
            <td data-label="SIG">{often.sig.clone()}</td>
            <td data-label="Slips" class="num">{often.slips}</td>
            <td data-label="How"><ul>{how}{stays}</ul></td>
        </tr>
    }
    .into_any()
}
