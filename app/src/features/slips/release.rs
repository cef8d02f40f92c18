//! The slips of one release.

use std::sync::Arc;

use domain::{ReleaseVersion, slip::Fate};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    dates,
    lines::{evidence, goal},
    parts::{bar, icon, key, number_heads, numbers, sentence, tone},
    port::{PlanOrigin, ReleaseSlipsView, SlipLine, SlipsPort},
};
use crate::{
    features::{
        exceptions::ExceptionQuery,
        frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
        shared::{handle, phase_badge},
    },
    port::PageError,
    query::{At, ReleaseChoice},
    ui::{self, Empty, Panel},
    words,
};

/// `/releases/{version}/slips`
#[component]
pub fn ReleaseSlipsPage() -> impl IntoView {
    let port: Result<Arc<dyn SlipsPort>, _> = find_port();
    let version = use_params_map().with_untracked(|params| params.get("version").unwrap_or_default());
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let load = async move {
        let choice: ReleaseChoice =
            version.parse().map_err(|_| PageError::NotFound(format!("The release “{version}”")))?;
        port?.release_slips(choice, at).await
    };
    page(Place::Releases, at, bad, load, |view, context| draw(&view, context))
}

fn draw(view: &ReleaseSlipsView, context: &Context) -> Drawn {
    let version = view.release;
    let links = view! {
        <a class="link" href=context.href(&format!("/releases/{version}/slips.csv"))>"CSV"</a>
        <a class="link" href=context.href(&format!("/releases/{version}/slips.json"))>"JSON"</a>
        {at_control(context)}
    };
    let phase = phase_badge(&view.dates, context.now());
    let body = view! {
        <div class="head-of-page">
            {crumbs(view, context)}
            {title_row(format!("Slips of {version}"), phase.into_any(), links.into_any())}
        </div>
        {plan(view, context)}
        {not_in(view, context)}
        {dates::posts(&view.posts)}
    };
    Drawn { title: format!("Slips of {version}"), body: body.into_any() }
}

fn crumbs(view: &ReleaseSlipsView, context: &Context) -> AnyView {
    let version = view.release;
    let neighbour = |version: Option<ReleaseVersion>, rel: &'static str, words: &'static str| {
        version.map(|version| {
            let href = context.href(&format!("/releases/{version}/slips"));
            view! { " · "{words}" "<a class="link" rel=rel href=href>{version.to_string()}</a> }
        })
    };
    view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href=context.href("/releases")>"Releases"</a>" / "
                <a class="link" href=context.href(&format!("/releases/{version}"))>{version.to_string()}</a>" / slips"
                {neighbour(view.before, "prev", "before it")}
                {neighbour(view.after, "next", "after it")}
                " · "<a class="link" href=context.href("/slips")>"all releases"</a>
            </nav>
        </div>
    }
    .into_any()
}

/// What became of the plan: bars per SIG, and the same numbers as a table.
fn plan(view: &ReleaseSlipsView, context: &Context) -> AnyView {
    let origins: Vec<_> = view.plans.iter().map(|plan| origin(plan, view.release, context)).collect();
    let planned = &view.total.planned;
    if planned.total() + view.total.added.total() == 0 {
        let href = context.href(&format!("/releases/{}/plan", view.release));
        let what = format!("Nothing was planned for {}.", view.release);
        return view! {
            <Panel title="What became of the plan" id="plan">
                <Empty what>
                    <p>"Numbers appear once a SIG accepts proposals: "<a class="link" href=href>"the plan"</a></p>
                </Empty>
            </Panel>
        }
        .into_any();
    }
    let mut bars = vec![bar("All SIGs".to_owned(), planned)];
    if view.sigs.len() > 1 {
        bars.extend(view.sigs.iter().map(|sig| bar(sig.sig.clone(), &sig.counts.planned)));
    }
    let drawn = (planned.total() > 0)
        .then(|| view! { {ui::bar_chart("fates", &bars, sentence(planned))}{key(planned)} }.into_any());
    let (lead, table) = (sentence(planned), table(view, context));
    view! {
        <Panel title="What became of the plan" id="plan" note=words::count(planned.total() as usize, "planned proposal")>
            <div class="pad slips">
                <p class="lead">{lead}</p>
                {drawn}
            </div>
            {table}
            <div class="pad origins">{origins}</div>
        </Panel>
    }
    .into_any()
}

fn table(view: &ReleaseSlipsView, context: &Context) -> AnyView {
    let lines: Vec<_> = view
        .sigs
        .iter()
        .map(|sig| {
            let query = ExceptionQuery {
                release: Some(ReleaseChoice::Version(view.release)),
                sig: Some(sig.sig.clone()),
                ..ExceptionQuery::default()
            };
            let name = if sig.counts.exceptions > 0 {
                let href = context.href(&query.href());
                view! { {sig.sig.clone()}" "<small><a class="link" href=href>"its exceptions"</a></small> }.into_any()
            } else {
                sig.sig.clone().into_any()
            };
            view! { <tr><th scope="row">{name}</th>{numbers(&sig.counts)}</tr> }
        })
        .collect();
    view! {
        <table class="cards fates">
            <caption class="hidden">"What became of the plan, per SIG"</caption>
            <thead><tr><th scope="col">"SIG"</th>{number_heads()}</tr></thead>
            <tbody>{lines}</tbody>
            <tfoot><tr><th scope="row">"All SIGs"</th>{numbers(&view.total)}</tr></tfoot>
        </table>
    }
    .into_any()
}

/// What counts as planned, and where it comes from.
fn origin(plan: &PlanOrigin, release: ReleaseVersion, context: &Context) -> AnyView {
    let count = words::count(plan.planned as usize, &plan.noun);
    match &plan.closed {
        Some(closed) => {
            let href = format!("/releases/{release}/plan?source={}&closed={}", plan.source, closed.event);
            let day = words::long_day(closed.at.date_naive());
            view! {
                <p><small>
                    <a class="link" href=context.href(&href)>{count}</a>
                    " planned: the plan that "{handle(&closed.by)}" closed on "{day}"."
                </small></p>
            }
            .into_any()
        }
        None => view! {
            <p><small>{count}" planned: accepted before the Enhancement Freeze, since no plan was closed."</small></p>
        }
        .into_any(),
    }
}

/// What is not in the release, by fate.
fn not_in(view: &ReleaseSlipsView, context: &Context) -> AnyView {
    if view.lines.is_empty() {
        return ().into_any();
    }
    let groups: Vec<_> = [Fate::Slipped, Fate::Unknown, Fate::Ended]
        .into_iter()
        .filter_map(|fate| {
            let lines: Vec<_> =
                view.lines.iter().filter(|line| line.fate == fate).map(|of| line(of, context)).collect();
            let count = lines.len();
            (count > 0).then(|| {
                view! {
                    <tbody>
                        <tr class="group">
                            <th colspan="4" scope="rowgroup">
                                {ui::badge(tone(fate), icon(fate), fate.words())}" "<small>{count}</small>
                            </th>
                        </tr>
                        {lines}
                    </tbody>
                }
            })
        })
        .collect();
    let caption = format!("Proposals that are not in {}", view.release);
    view! {
        <Panel title="What is not in it" id="slipped" note=words::count(view.lines.len(), "proposal")>
            <table class="cards slipped">
                <caption class="hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Proposal"</th>
                        <th scope="col">"SIG"</th>
                        <th scope="col">"Went to"</th>
                        <th scope="col">"Why"</th>
                    </tr>
                </thead>
                {groups}
            </table>
        </Panel>
    }
    .into_any()
}

fn line(line: &SlipLine, context: &Context) -> AnyView {
    let href = context.href(&format!("{}#slips", line.proposal.href()));
    let added = (!line.planned).then(|| ui::chip("added later"));
    let (went, why) = match &line.left {
        Some(left) => {
            let why = view! { {ui::prose(&left.why)}" "<small>{evidence(left, context)}</small> };
            (goal(left), why.into_any())
        }
        None => (String::new(), line.words.clone().into_any()),
    };
    let went = if went.is_empty() {
        view! { <span class="muted">"nowhere"</span> }.into_any()
    } else {
        view! { <b>{went}</b> }.into_any()
    };
    view! {
        <tr data-row="">
            <th scope="row" class="title">
                <a data-row-link="" href=href>
                    <span class="id">{line.proposal.name()}</span>" "<b>{line.proposal.title.clone()}</b>
                </a>
                " "{added}
            </th>
            <td data-label="SIG">{line.sig.clone()}</td>
            <td data-label="Went to" class="num">{went}</td>
            <td data-label="Why"><span>{why}</span></td>
        </tr>
    }
    .into_any()
}
