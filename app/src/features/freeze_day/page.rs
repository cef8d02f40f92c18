//! The page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    FreezeAddress, announcement,
    port::{Closed, FreezeAsk, FreezePort, FreezeView, Show},
    simulation::simulation,
    sitting, snapshot,
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page, viewer},
        shared::Tally,
    },
    islands::Copy,
    query::{At, Parameters},
    ui::{self, FormState, Icon, Tone},
    words,
};

/// `/releases/{version}/freeze/{ef|cf}`
#[component]
pub fn FreezeDayPage() -> impl IntoView {
    let port: Result<Arc<dyn FreezePort>, _> = find_port();
    let of = |name: &str| use_params_map().with_untracked(|params| params.get(name).unwrap_or_default());
    let (version, freeze) = (of("version"), of("freeze"));
    let (ask, bad) = use_url().with_untracked(|url| FreezeAsk::parse(&version, &freeze, url.search()));
    let at = At::from_query(&use_url().with_untracked(|url| url.search().to_owned())).0;
    let load = async move { port?.freeze_day(ask?).await };
    page(Place::Releases, at, bad, load, |view, context| draw(&view, context))
}

/// What the parts of the page share.
pub(super) struct Sheet<'a> {
    pub view: &'a FreezeView,
    pub context: &'a Context,
    pub address: FreezeAddress,
    /// What was posted, when it was not taken.
    pub state: FormState,
    /// What proves the session, when forms are offered.
    pub csrf: Option<String>,
}

impl Sheet<'_> {
    /// A link within freeze day.
    pub fn href(&self, address: &str) -> String {
        self.context.href(address)
    }

    /// Whether freeze day of a source is still open.
    pub fn open(&self, source: &str) -> bool {
        self.view.sources.iter().any(|open| open == source)
    }

    /// The snapshot, once every source is in it.
    fn closed(&self) -> Option<&Closed> {
        self.view.closed.as_ref().filter(|_| self.view.sources.is_empty())
    }

    /// What the page counts: how many of those that name the release it tracks.
    pub fn tally(&self) -> Tally {
        let judged = &self.view.judged;
        let tracked = judged.iter().filter(|row| row.tracked).count();
        Tally { release: self.view.release, tracked, named: judged.len() }
    }

    /// How far it is, and of what: all that the snapshot will hold.
    fn progress(&self) -> String {
        let release = self.view.release;
        if let Some(closed) = self.closed() {
            let count = words::count(closed.rows.len(), "proposal");
            return format!("{count} in the snapshot: all that named {release}");
        }
        let up = || self.view.judged.iter().filter(|row| row.comes_up);
        let (settled, all) = (up().filter(|row| row.settled).count(), up().count());
        let named = self.view.judged.len();
        format!("{settled} of {all} settled: tracked or asking for an exception, of {named} that name {release}")
    }
}

fn draw(view: &FreezeView, context: &Context) -> Drawn {
    let csrf = viewer().filter(|_| context.at == At::Now && view.barred.is_none()).map(|viewer| viewer.csrf);
    let address = FreezeAddress { release: view.release, freeze: view.freeze };
    let sheet = Sheet { view, context, address, state: ui::form_state(), csrf };
    let title = format!("{}, {}", view.freeze.name(), view.release);
    let inside = match (view.passed, view.show) {
        (false, _) => simulation(&sheet),
        (true, Show::Day) => sitting::day(&sheet),
        (true, Show::Then) => snapshot::then(&sheet),
        (true, Show::Announcement) => announcement::draw(&sheet),
    };
    let body = view! {
        {head(&sheet, &title)}
        {told(&sheet)}
        {inside}
        <Copy/>
    };
    Drawn { title, body: body.into_any() }
}

fn head(sheet: &Sheet<'_>, title: &str) -> AnyView {
    let Sheet { view, context, address, .. } = sheet;
    let release = view.release;
    let other = domain::Freeze::BOTH.into_iter().find(|other| *other != view.freeze).map(|freeze| {
        let href = context.href(&FreezeAddress { release, freeze }.page());
        view! { " · "<a class="link" href=href>{freeze.name()}</a> }
    });
    let parts = view.passed.then(|| {
        let tab = |show: Show, href: String, words: &'static str, class: &'static str| {
            let current = (view.show == show).then_some("page");
            view! { <a class=class href=context.href(&href) aria-current=current>{words}</a> }
        };
        view! {
            <small>{sheet.progress()}</small>
            {(view.show != Show::Day).then(|| tab(Show::Day, address.page(), "One after the other", "btn"))}
            {tab(Show::Then, address.show("then"), "As it was at the freeze", "btn")}
            {tab(Show::Announcement, address.show("announcement"), "Announcement", "btn primary")}
        }
    });
    view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is">
                    <a class="link" href=context.href("/releases")>"Releases"</a>" / "
                    <a class="link" href=context.href(&format!("/releases/{release}"))>{release.to_string()}</a>
                    " / Freeze day"
                    {other}
                </nav>
                <div class="controls">{at_control(context)}</div>
            </div>
            <div class="title-row">
                <h1>{title.to_owned()}</h1>
                {standing(sheet)}
                <div class="end freeze-parts">{parts}</div>
            </div>
        </div>
    }
    .into_any()
}

/// "in force since 12:00 UTC", "in 12 days".
fn standing(sheet: &Sheet<'_>) -> AnyView {
    let (view, now) = (sheet.view, sheet.context.now());
    let Some(at) = view.dates.freeze(view.freeze) else {
        return ui::badge(Tone::Unknown, Icon::Calendar, "no date").into_any();
    };
    if !view.passed {
        let day = words::day_near(words::day_in(at, view.dates.zone), now);
        let words = format!("in {}, {day} {}", words::countdown(at - now), view.dates.zone.label());
        return ui::badge(Tone::Busy, Icon::Clock, words).into_any();
    }
    let closed = sheet.closed().map(|_| ui::badge(Tone::Good, Icon::Flag, "closed"));
    let since = format!("in force since {}", words::utc(at));
    view! { {ui::badge(Tone::Busy, Icon::Circle, since)}{closed} }.into_any()
}

/// What was recorded, what was not, and who may.
fn told(sheet: &Sheet<'_>) -> AnyView {
    let Sheet { view, context, state, .. } = sheet;
    let parameters = Parameters::parse(&context.query);
    let done = parameters.first("done").and_then(done_words).map(|words| {
        view! { <div role="status">{ui::notice(Tone::Good, Icon::Check, view! { <p>{words}</p> })}</div> }
    });
    let titles = [("choice", "Decision"), ("rule", "Requirement"), ("until", "Granted until"), ("reason", "Reason")];
    let barred = view.barred.clone().filter(|_| view.passed && viewer().is_some());
    let barred = barred.map(|why| ui::notice(Tone::Quiet, Icon::Minus, view! { <p>{why}</p> }));
    view! { {done}{undo(sheet)}{ui::problems(state, &titles)}{barred} }.into_any()
}

/// The button that takes back that it was closed, for whoever closed it, while that is possible.
fn undo(sheet: &Sheet<'_>) -> Option<AnyView> {
    let minutes = sheet.view.undo?;
    let viewer = viewer().filter(|_| sheet.context.at == At::Now)?;
    let left = words::count(usize::try_from(minutes).unwrap_or_default(), "minute");
    Some(
        view! {
            <form method="post" action=sheet.address.action("undo") class="undo">
                <span>"You closed freeze day."</span>
                {ui::csrf_field(&viewer.csrf)}
                <button class="btn">"Undo"</button>
                <small>{format!("{left} left")}</small>
            </form>
        }
        .into_any(),
    )
}

fn done_words(what: &str) -> Option<&'static str> {
    Some(match what {
        "left" => "Left as it is. Nothing was recorded; here is the next one.",
        "waive" => "The requirement is waived. The comment below says so; post it, or go on.",
        "grant" => "The exception is granted. The decision goes to its thread and to the issue by itself.",
        "deny" => "The exception is denied. The decision goes to its thread and to the issue by itself.",
        "remove" => "It is removed from the release. The comment below says so; post it, or go on.",
        "posted" => "The comment is handed over and on its way. Here is the next one.",
        "held" => {
            "The comment is held in the outbox: nothing goes to GitHub before an admin turns sending on. Here is the next one."
        }
        "reopened" => "Freeze day is open again. The snapshot is taken back; the log keeps that it was there.",
        "closed" => "Freeze day is closed. The snapshot below stays as it is.",
        _ => return None,
    })
}
