//! The list of texts of a release.

use std::sync::Arc;

use domain::ReleaseDates;
use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    href,
    port::{AnnouncementsPort, ListView, TextLine},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, title_row},
        shared::handle,
    },
    port::PageError,
    query::{At, Parameters, ReleaseChoice},
    ui::{self, Icon, Pick, Tone},
    words,
};

/// `/announcements`
#[component]
pub fn AnnouncementListPage() -> impl IntoView {
    let port: Result<Arc<dyn AnnouncementsPort>, _> = find_port();
    let release = use_url().with_untracked(|url| Parameters::parse(url.search()).first("release").map(str::to_owned));
    let load = async move {
        let release = release.unwrap_or_else(|| "current".to_owned());
        let choice: ReleaseChoice =
            release.parse().map_err(|_| PageError::NotFound(format!("The release “{release}”")))?;
        port?.announcements(choice).await
    };
    page(Place::Releases, At::Now, Vec::new(), load, |view, context| draw(&view, context))
}

fn draw(view: &ListView, context: &Context) -> Drawn {
    let title = format!("Announcements of {}", view.release);
    let lines: Vec<_> = view.texts.iter().map(|line| row(line, view, context)).collect();
    let picks = view.releases.iter().map(|release| Pick {
        value: release.to_string(),
        label: release.to_string(),
        chosen: *release == view.release,
    });
    let choose = view! {
        <form method="get" action="/announcements" class="choose-release">
            {ui::select_field("release", "Release", "current", picks.collect())}
            <button class="btn">"Show"</button>
        </form>
    };
    let body = view! {
        {title_row(title.clone(), ().into_any(), choose.into_any())}
        <p class="muted">
            "Each text is drafted from what is known now. It counts as announced once its link in the archive is recorded."
        </p>
        <section class="panel" aria-label="The texts of the cycle">
            <table class="cards announcements">
                <caption class="hidden">"The texts of the cycle"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Text"</th>
                        <th scope="col">"How far it is"</th>
                        <th scope="col">"From"</th>
                        <th scope="col"><span class="hidden">"Template"</span></th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </section>
    };
    Drawn { title, body: body.into_any() }
}

fn row(line: &TextLine, view: &ListView, context: &Context) -> AnyView {
    let from = line.from.map(|at| {
        let day = words::day_in(at, view.dates.zone);
        ui::day_time(day, words::day_near(day, context.now())).into_any()
    });
    let template = view.keeps.then(|| {
        let address = format!("/announcements/templates/{}", line.what.slug());
        let hidden = format!(" of the {}", line.what.title());
        view! { <a class="link" href=address>"Template"<span class="hidden">{hidden}</span></a> }
    });
    let changed = line.changed.then(|| ui::chip("template changed"));
    view! {
        <tr data-row="">
            <th scope="row" class="title">
                <a data-row-link="" href=href(view.release, line.what)><b>{line.what.title()}</b></a>
                " "{changed}
            </th>
            <td data-label="State"><span class="badges">{state(line, &view.dates, context)}</span></td>
            <td data-label="From" class="num">{from}</td>
            <td>{template}</td>
        </tr>
    }
    .into_any()
}

/// Announced, sent, overdue, not yet true, no longer true, or a draft.
pub(super) fn state(line: &TextLine, dates: &ReleaseDates, context: &Context) -> AnyView {
    if let Some(link) = &line.announced {
        let day = words::day_near(link.at.date_naive(), context.now());
        return view! {
            {ui::badge(Tone::Good, Icon::Check, "announced")}
            " "<a class="link" href=link.href.clone()>"in the archive"</a>
            " "<small>{day}", "{handle(&link.by)}</small>
        }
        .into_any();
    }
    let sent = line.sent.as_ref().map(|(state, href)| {
        view! { " "<small>"mail: "<a class="link" href=href.clone()>{state.clone()}</a></small> }
    });
    let badge = match line.overdue {
        Some(since) if since <= context.now() => {
            let words = format!("overdue since {}", words::day_near(since.date_naive(), context.now()));
            ui::badge(Tone::Bad, Icon::Warning, words).into_any()
        }
        _ if line.sent.is_some() => ui::badge(Tone::Busy, Icon::Clock, "sent, its link is missing").into_any(),
        _ if line.early.is_some() => {
            let day = line.early.as_ref().and_then(|(_, at)| *at);
            let words = day.map_or_else(
                || "not yet".to_owned(),
                |at| format!("not before {}", words::day_near(words::day_in(at, dates.zone), context.now())),
            );
            ui::badge(Tone::Quiet, Icon::Calendar, words).into_any()
        }
        _ if line.outlived.is_some() => {
            let name = line.outlived.map(domain::Freeze::name).unwrap_or_default();
            ui::badge(Tone::Quiet, Icon::Minus, format!("no longer: the {name} has passed")).into_any()
        }
        _ if line.from.is_some_and(|from| from > context.now()) => {
            ui::badge(Tone::Quiet, Icon::Calendar, "later").into_any()
        }
        _ => ui::badge(Tone::Quiet, Icon::Circle, "draft").into_any(),
    };
    view! { {badge}{sent} }.into_any()
}
