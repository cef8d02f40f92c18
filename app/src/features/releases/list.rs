//! The list of releases.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::port::{ReleaseListView, ReleaseRow, ReleasesPort};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, feed, find_port, page, title_row},
        shared::{nothing_imported, phase_badge},
    },
    query::At,
    status,
    ui::{self, Slice},
    words,
};

/// `/releases`
#[component]
pub fn ReleaseListPage() -> impl IntoView {
    let port: Result<Arc<dyn ReleasesPort>, _> = find_port();
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    page(Place::Releases, at, bad, async move { port?.releases(at).await }, |view, context| draw(&view, context))
}

fn draw(view: &ReleaseListView, context: &Context) -> Drawn {
    let inside = if view.releases.is_empty() { nothing_imported().into_any() } else { table(view, context).into_any() };
    let links = view! {
        <a class="link" href=context.href("/slips")>"Slips over the releases"</a>
        <a class="link" href="/calendar.ics">"Calendar"</a>
        {at_control(context)}
    };
    feed("/calendar.ics".to_owned(), "All dates".to_owned());
    let body = view! {
        {title_row("Releases", ().into_any(), links.into_any())}
        <section class="panel" aria-label="All releases">{inside}</section>
    };
    Drawn { title: "Releases".to_owned(), body: body.into_any() }
}

fn table(view: &ReleaseListView, context: &Context) -> AnyView {
    let lines: Vec<_> = view
        .releases
        .iter()
        .map(|release| line(release, view.current == Some(release.cycle.version), context))
        .collect();
    view! {
        <table class="cards releases">
            <caption class="hidden">"Releases, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Release"</th>
                    <th scope="col">"Phase"</th>
                    <th scope="col">"EF"</th>
                    <th scope="col">"CF"</th>
                    <th scope="col">"GA"</th>
                    <th scope="col">"Proposals"</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

fn line(release: &ReleaseRow, current: bool, context: &Context) -> AnyView {
    let cycle = &release.cycle;
    let dates = &cycle.dates;
    let version = cycle.version;
    let cell = |label: &'static str, at: Option<chrono::DateTime<chrono::Utc>>| {
        let inside = match at {
            Some(at) => {
                let day = words::day_in(at, dates.zone);
                ui::day_time(day, words::long_day(day)).into_any()
            }
            None => view! { <span class="muted">"no date"</span> }.into_any(),
        };
        view! { <td data-label=label class="num">{inside}</td> }
    };
    let slices: Vec<_> = release
        .counts
        .iter()
        .map(|count| {
            let info = status::of_slug(&count.slug);
            Slice { label: info.label.to_owned(), count: count.count, tone: info.tone }
        })
        .collect();
    let moved =
        (!cycle.moves.is_empty()).then(|| view! { <small>{words::count(cycle.moves.len(), "date")}" moved"</small> });
    let dated = dates.enhancement_freeze.or(dates.code_freeze).or(dates.ga).is_some();
    let phase = if dated { phase_badge(dates, context.now()).into_any() } else { ui::chip("no date").into_any() };
    view! {
        <tr data-row="">
            <th scope="row" class="title">
                <a href=context.href(&format!("/releases/{version}")) data-row-link=""><b>{version.to_string()}</b></a>
                {current.then(|| ui::chip("current"))}
                {moved}
            </th>
            <td data-label="Phase">{phase}</td>
            {cell("EF", dates.enhancement_freeze)}
            {cell("CF", dates.code_freeze)}
            {cell("GA", dates.ga)}
            <td data-label="Proposals" class="bar-cell">
                <span class="num">{release.proposals}</span>
                {(release.proposals > 0).then(|| ui::stacked_bar(&slices))}
            </td>
        </tr>
    }
    .into_any()
}
