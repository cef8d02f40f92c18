//! The page.

use std::sync::Arc;

use domain::{Phase, ReleaseVersion, Status};
use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    chart::counts_over_time,
    parts::{decisions, next_dates, waiting},
    port::{DashboardPort, DashboardView},
};
use crate::{
    features::{
        announcements::overdue_notice,
        frame::{Context, Drawn, Place, at_control, find_port, page},
        representation::gap_notice,
        shared::{
            Cycle, Tally, counts, cycle_line, next_freeze, nothing_imported, phase_badge, post_list, proposal_table,
        },
    },
    query::{At, ListQuery, ReleaseChoice},
    ui::{Empty, Panel},
    words,
};

/// `/`
#[component]
pub fn DashboardPage() -> impl IntoView {
    let port: Result<Arc<dyn DashboardPort>, _> = find_port();
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    page(Place::Dashboard, at, bad, async move { port?.dashboard(at).await }, |view, context| draw(&view, context))
}

fn draw(view: &DashboardView, context: &Context) -> Drawn {
    let Some(cycle) = &view.cycle else {
        let body = view! { <h1>"Dashboard"</h1><div class="panel">{nothing_imported()}</div> };
        return Drawn { title: "Dashboard".to_owned(), body: body.into_any() };
    };
    let release = cycle.version;
    let list = ListQuery { release: Some(ReleaseChoice::Version(release)), at: context.at, ..ListQuery::default() };
    let over_time = counts_over_time(&view.over_time, cycle, context.now());
    let body = view! {
        {head(view, cycle, &list, context)}
        {overdue_notice(&view.overdue, context)}
        {gap_notice(&view.gaps)}
        <div class="two">
            {waiting(view, context)}
            <div class="stack side">
                {next_dates(&view.next_dates, context)}
                {decisions(&view.decisions, context)}
            </div>
        </div>
        {rows(view, &list, context)}
        {over_time}
    };
    Drawn { title: format!("{release} dashboard"), body: body.into_any() }
}

/// The release, its cycle, the number that matters, counts by status.
fn head(view: &DashboardView, cycle: &Cycle, list: &ListQuery, context: &Context) -> AnyView {
    let now = context.now();
    let release = cycle.version;
    let proposed = cycle.proposed.then(|| view! { <span class="chip">"schedule proposed"</span> });
    let tally = Tally { release, tracked: view.tracked as usize, named: view.rows_total as usize };
    let tally = tally.draw(&cycle.dates, context);
    let proposed_ones = (view.proposed > 0).then(|| {
        let href = ListQuery { status: vec![Status::Proposed.slug()], ..list.clone() }.href();
        view! { ", "<a class="link" href=href>{format!("{} proposed", view.proposed)}</a> }
    });
    let candidates = (view.candidates > 0).then(|| {
        let words = words::count(view.candidates as usize, "candidate");
        view! { <a class="link" href="/candidates">{words}</a> }
    });
    view! {
        <section class="panel head" aria-label="The current release">
            <div class="cycle">
                <div>
                    <div class="title-row">
                        <h1><a href=context.href(&format!("/releases/{release}"))>{release.to_string()}</a></h1>
                        {phase_badge(&cycle.dates, now)}
                        {proposed}
                    </div>
                    {cycle_line(cycle, now)}
                </div>
                {next_freeze(&cycle.dates, now)}
                {post_list(&cycle.dates, now)}
            </div>
            {counts(&view.counts, list)}
            <div class="remark"><small>{tally}{proposed_ones}</small>{candidates}{plans(view, cycle, context)}<a class="link" href=context.href("/agenda")>"Agenda"</a>{at_control(context)}</div>
        </section>
    }
    .into_any()
}

/// The plan that is being made: of this release before its Enhancement Freeze, of the next from the Code Freeze on.
fn plans(view: &DashboardView, cycle: &Cycle, context: &Context) -> Option<AnyView> {
    let plan = |release: ReleaseVersion| {
        let href = context.href(&format!("/releases/{release}/plan"));
        view! { <a class="link" href=href>{format!("Plan of {release}")}</a> }
    };
    match cycle.dates.phase(context.now()) {
        Phase::Planning => Some(plan(cycle.version).into_any()),
        Phase::CodeFreeze | Phase::Stabilization => {
            let lines = context.href(&format!("/releases/{}/checklist", cycle.version));
            let next = view.next.map(plan);
            Some(view! { <a class="link" href=lines>"Post-freeze checklist"</a>{next} }.into_any())
        }
        Phase::Implementation | Phase::Released => None,
    }
}

/// The release's proposals.
fn rows(view: &DashboardView, list: &ListQuery, context: &Context) -> AnyView {
    let release = view.cycle.as_ref().map(|cycle| cycle.version.to_string()).unwrap_or_default();
    let shown = view.rows.len();
    let cut = usize::try_from(view.rows_total).is_ok_and(|total| total > shown);
    let links = view! {
        <a class="link" href=list.href_of("/proposals.csv")>"CSV"</a>
        <a class="link" href=list.href()>"Filter"</a>
        <a class="link" href="/start">"Start a proposal"</a>
    };
    let inside = if view.rows.is_empty() {
        let what = format!("No proposal takes part in {release} yet.");
        let next = if view.any_proposal {
            view! { <p>"Proposals appear here once their document or issue names it as a target. "<a class="link" href="/proposals">"All proposals"</a></p> }.into_any()
        } else {
            nothing_imported().into_any()
        };
        view! { <Empty what>{next}</Empty> }.into_any()
    } else {
        proposal_table(&view.rows, format!("Proposals of {release}, most urgent first"), None, context).into_any()
    };
    let all = cut.then(|| {
        let words = format!("The first {shown} of {}. Show all", view.rows_total);
        view! { <p class="remark"><a class="link" href=list.href()>{words}</a></p> }
    });
    let note = format!("{} that name it, tracked or not, by urgency", view.rows_total);
    view! {
        <Panel title=format!("Proposals of {release}") id="rows" note end=links.into_any()>
            {inside}
            {all}
        </Panel>
    }
    .into_any()
}
