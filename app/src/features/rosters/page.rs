//! The page.

use std::sync::Arc;

use domain::ReleaseVersion;
use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    groups::{groups, renamed},
    port::{RostersPort, RostersView},
    team::{TITLES, history, team},
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, title_row},
    query::{At, BadParameter, Parameters},
    ui::{self, Empty, Icon, Tone},
    words,
};

/// `/settings/rosters?release=v1.10&change=login,2026-09-01`
#[component]
pub fn RostersPage() -> impl IntoView {
    let port: Result<Arc<dyn RostersPort>, _> = find_port();
    let parameters = use_url().with_untracked(|url| Parameters::parse(url.search()));
    let asked = parameters.first("release");
    let release: Option<ReleaseVersion> = asked.and_then(|value| value.parse().ok());
    let bad = asked.filter(|_| release.is_none()).map(|value| BadParameter {
        name: "release".to_owned(),
        value: value.to_owned(),
        hint: "a release such as v1.10",
    });
    let change = parameters.first("change").map(str::to_owned);
    let load = async move { port?.rosters(release).await };
    page(Place::Settings, At::Now, bad.into_iter().collect(), load, move |view, context| {
        draw(&view, change.as_deref(), context)
    })
}

fn draw(view: &RostersView, change: Option<&str>, context: &Context) -> Drawn {
    let shown = match &view.team {
        Some(shown) => view! {
            {choice(view, shown.version)}
            {team(view, shown, change, context)}
            {history(shown, context)}
        }
        .into_any(),
        None => view! {
            <section class="panel" aria-label="Rosters">
                <Empty what="No release is known yet.">
                    <p>"Import the schedules first: "<code>"cep-tracker import --releases DIR"</code></p>
                </Empty>
            </section>
        }
        .into_any(),
    };
    let body = view! {
        <div class="crumbs"><nav aria-label="Where this is"><a class="link" href="/settings">"Settings"</a>" / Rosters"</nav></div>
        {title_row("Rosters", ().into_any(), ().into_any())}
        <p class="muted lead">"Who decides exceptions follows from here, who decides for a SIG from its alias. A group counts as it is known at the moment of each decision."</p>
        {problems(view)}
        {renamed(view, context)}
        {shown}
        {groups(view, context)}
    };
    Drawn { title: "Rosters".to_owned(), body: body.into_any() }
}

/// What was wrong with the form; whoever may not change anything has none and is told so.
fn problems(view: &RostersView) -> AnyView {
    let state = ui::form_state();
    match state.problems.first() {
        Some(problem) if !view.keeps => {
            let words = format!("Nothing was changed: {}.", problem.words);
            view! { <div role="alert">{ui::notice(Tone::Bad, Icon::Warning, view! { <p>{words}</p> })}</div> }
                .into_any()
        }
        _ => ui::problems(&state, &TITLES),
    }
}

/// Links to the rosters of the releases.
fn choice(view: &RostersView, shown: ReleaseVersion) -> AnyView {
    let links: Vec<_> = view
        .releases
        .iter()
        .map(|release| {
            let here = (release.version == shown).then_some("page");
            let label = match release.members {
                0 => "no roster".to_owned(),
                n => words::count(n as usize, "person").replace("persons", "people"),
            };
            let current = if release.current { "current, " } else { "" };
            view! {
                <li>
                    <a href=format!("/settings/rosters?release={}", release.version) aria-current=here>
                        <b>{release.version.to_string()}</b><small>{current}{label}</small>
                    </a>
                </li>
            }
        })
        .collect();
    view! { <nav class="choose" aria-label="Releases"><ul>{links}</ul></nav> }.into_any()
}
