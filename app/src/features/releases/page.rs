//! The page of one release.

use std::sync::Arc;

use domain::{Freeze, ReleaseVersion};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    port::{ReleaseView, ReleasesPort},
    schedule::schedule,
};
use crate::{
    features::{
        announcements::overdue_notice,
        frame::{Context, Drawn, Place, at_control, feed, find_port, page},
        shared::{counts, cycle_line, grouped_table, moves, next_freeze, phase_badge, post_list},
    },
    port::PageError,
    query::{At, ListQuery, ReleaseChoice},
    ui::{self, Empty, Panel},
    words,
};

/// `/releases/{version}`
#[component]
pub fn ReleasePage() -> impl IntoView {
    let port: Result<Arc<dyn ReleasesPort>, _> = find_port();
    let version = use_params_map().with_untracked(|params| params.get("version").unwrap_or_default());
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let load = async move {
        let choice: ReleaseChoice =
            version.parse().map_err(|_| PageError::NotFound(format!("The release “{version}”")))?;
        port?.release(choice, at).await
    };
    page(Place::Releases, at, bad, load, |view, context| draw(&view, context))
}

fn draw(view: &ReleaseView, context: &Context) -> Drawn {
    let version = view.cycle.version;
    let calendar = format!("/releases/{version}/calendar.ics");
    feed(calendar, format!("Dates of {version}"));
    let body = view! {
        {crumbs(view, context)}
        {overdue_notice(&view.overdue, context)}
        {head(view, context)}
        {moved(view, context)}
        {proposals(view, context)}
        {schedule(view, context)}
    };
    Drawn { title: format!("Release {version}"), body: body.into_any() }
}

fn crumbs(view: &ReleaseView, context: &Context) -> AnyView {
    let neighbour = |version: Option<ReleaseVersion>, rel: &'static str, words: &'static str| {
        version.map(|version| {
            let href = context.href(&format!("/releases/{version}"));
            view! { " · "{words}" "<a class="link" rel=rel href=href>{version.to_string()}</a> }
        })
    };
    view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href=context.href("/releases")>"Releases"</a>" / "{view.cycle.version.to_string()}
                {neighbour(view.before, "prev", "before it")}
                {neighbour(view.after, "next", "after it")}
            </nav>
        </div>
    }
    .into_any()
}

fn head(view: &ReleaseView, context: &Context) -> AnyView {
    let cycle = &view.cycle;
    let now = context.now();
    let list = list_of(view, context);
    let line = cycle_line(cycle, now);
    // The one that comes next, and after both the last.
    let freeze = Freeze::BOTH.into_iter().find(|freeze| !cycle.dates.passed(*freeze, now)).unwrap_or(Freeze::Code);
    let count = (!view.counts.is_empty()).then(|| counts(&view.counts, &list));
    view! {
        <section class="panel head" aria-label="The cycle">
            <div class="cycle">
                <div>
                    <div class="title-row">
                        <h1>{cycle.version.to_string()}</h1>
                        {line.is_some().then(|| phase_badge(&cycle.dates, now))}
                        {view.current.then(|| ui::chip("current"))}
                        {cycle.proposed.then(|| ui::chip("schedule proposed"))}
                    </div>
                    {line}
                </div>
                {next_freeze(&cycle.dates, now)}
                {post_list(&cycle.dates, now)}
            </div>
            {count}
            <div class="remark">
                <small>{format!("{} that name it, tracked or not", words::count(view.rows.len(), "proposal"))}</small>
                <a class="link" href=context.href(&format!("/releases/{}/plan", cycle.version))>"Plan"</a>
                <a class="link" href=context.href(&format!("/releases/{}/checklist", cycle.version))>"Post-freeze checklist"</a>
                <a class="link" href=context.href(&format!("/releases/{}/slips", cycle.version))>"Slips"</a>
                <a class="link" href=format!("/announcements?release={}", cycle.version)>"Announcements"</a>
                <a class="link" href=context.href(&format!("/releases/{}/freeze/{}", cycle.version, freeze.slug()))>{format!("Freeze day ({})", freeze.short())}</a>
                <a class="link" href=format!("/releases/{}/calendar.ics", cycle.version)>"Calendar"</a>
                {at_control(context)}
            </div>
        </section>
    }
    .into_any()
}

fn list_of(view: &ReleaseView, context: &Context) -> ListQuery {
    let release = Some(ReleaseChoice::Version(view.cycle.version));
    ListQuery { release, at: context.at, ..ListQuery::default() }
}

fn moved(view: &ReleaseView, context: &Context) -> Option<AnyView> {
    let all = &view.cycle.moves;
    (!all.is_empty()).then(|| {
        let note = words::count(all.len(), "move");
        let inside = moves(all, context);
        view! { <Panel title="Dates that moved" id="moved" note>{inside}</Panel> }.into_any()
    })
}

/// Its proposals, grouped by status.
fn proposals(view: &ReleaseView, context: &Context) -> AnyView {
    let list = list_of(view, context);
    let links = view! {
        <a class="link" href=list.href_of("/proposals.csv")>"CSV"</a>
        <a class="link" href=list.href()>"Filter"</a>
    };
    let inside = if view.rows.is_empty() {
        view! {
            <Empty what="No proposal takes part in this release.">
                <p>"Proposals appear here once their document or issue names it as a target."</p>
            </Empty>
        }
        .into_any()
    } else {
        grouped_table(&view.rows, format!("Proposals of {} by status", view.cycle.version), context)
    };
    let note = words::count(view.rows.len(), "proposal");
    view! { <Panel title="Proposals by status" id="proposals" note end=links.into_any()>{inside}</Panel> }.into_any()
}
