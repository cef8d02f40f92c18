//! Header, banners, main, footer.

use leptos::prelude::*;

use super::{Context, Place, account::account, port::Frame};
use crate::{
    islands::{Keys, LocalTime, ThemeToggle},
    port::Theme,
    query::{At, Parameters},
    ui::{self, Icon, Tone},
    words,
};

/// The whole page around its body.
pub(super) fn layout(context: &Context, body: AnyView) -> AnyView {
    let frame = context.frame.as_ref();
    view! {
        <a class="skip" href="#main">"Skip to the content"</a>
        {frame.filter(|frame| frame.demo).map(|_| demo_banner())}
        {header(context)}
        <main id="main" tabindex="-1">
            {notices(context)}
            {body}
        </main>
        {footer(frame)}
        {help()}
        <ThemeToggle/>
        <LocalTime/>
        <Keys/>
    }
    .into_any()
}

fn demo_banner() -> AnyView {
    view! {
        <aside class="demo" aria-label="Demo world">
            <span>"Demo world: nothing here is real."</span>
            <details class="popover">
                <summary>"Leave the demo"</summary>
                <form method="post" action="/demo/leave">
                    <p>"This removes the demo world and leaves an empty tracker, ready to import your own files."</p>
                    <button class="btn primary">"Remove the demo world"</button>
                </form>
            </details>
        </aside>
    }
    .into_any()
}

fn header(context: &Context) -> AnyView {
    let link = |place: Place, href: &str, words: &'static str| {
        let current = (context.place == place).then_some("page");
        view! { <a href=context.href(href) aria-current=current>{words}</a> }
    };
    // The list has a search field of its own, which keeps its filters.
    let search = (context.place != Place::Proposals || context.path != "/proposals").then(|| search(context.at));
    view! {
        <header class="top">
            <a class="mark" href=context.href("/")>{ui::icon(Icon::Mark)}"CEP Tracker"</a>
            <nav aria-label="Pages">
                {link(Place::Dashboard, "/", "Dashboard")}
                {link(Place::Proposals, "/proposals", "Proposals")}
                {link(Place::Pulls, "/pulls", "Pulls")}
                {link(Place::Exceptions, "/exceptions", "Exceptions")}
                {link(Place::CheckIns, "/check-ins/current/now", "Check-ins")}
                {link(Place::Releases, "/releases", "Releases")}
                {link(Place::Decisions, "/decisions", "Decisions")}
                {link(Place::Glossary, "/glossary", "Glossary")}
            </nav>
            {search}
            {theme_button()}
            {account(context)}
        </header>
    }
    .into_any()
}

fn search(at: At) -> AnyView {
    let at = (at != At::Now).then(|| ui::hidden_field("at".to_owned(), at.to_string()));
    view! {
        <form class="search" role="search" action="/proposals" method="get">
            {ui::icon(Icon::Search)}
            <input type="search" name="q" placeholder="Search" aria-label="Search proposals" data-search="" autocomplete="off"/>
            {at}
            <kbd aria-hidden="true">"/"</kbd>
        </form>
    }
    .into_any()
}

fn theme_button() -> AnyView {
    let theme = use_context::<Theme>().unwrap_or_default();
    view! {
        <button type="button" class="theme needs-script" data-theme-toggle="" title="Switch between the theme of your system, light and dark">
            {ui::icon(Icon::Theme)}
            <span class="hidden">"Theme: "</span>
            <span data-theme-word="">{theme.word()}</span>
        </button>
    }
    .into_any()
}

/// What has to be known before anything on the page is read.
fn notices(context: &Context) -> AnyView {
    let now_href = {
        let rest: Vec<_> = Parameters::parse(&context.query)
            .iter()
            .filter(|(name, _)| *name != "at")
            .map(|(name, value)| format!("{name}={}", crate::query::encode(value)))
            .collect();
        if rest.is_empty() { context.path.clone() } else { format!("{}?{}", context.path, rest.join("&")) }
    };
    let frame = context.frame.as_ref();
    let other = frame.and_then(|frame| frame.at.map(|at| (at, frame.now))).map(|(at, now)| {
        let words = if at > now { "under the clock of a day ahead" } else { "as it was" };
        let shown = match context.at {
            At::Day(day) => format!("{}, end of day AoE", words::long_day(day)),
            _ => words::utc(at),
        };
        ui::notice(
            Tone::Busy,
            Icon::Clock,
            view! { <p>"This page shows "<b>{shown}</b>", "{words}". "<a class="link" href=now_href>"Back to now"</a></p> },
        )
    });
    let stale = frame.filter(|frame| frame.stale).map(stale);
    let bad: Vec<_> = context
        .bad
        .iter()
        .map(|bad| {
            let text =
                format!("The address says {}={}, which cannot be used here; it was left out.", bad.name, bad.value);
            ui::notice(Tone::Warn, Icon::Warning, view! { <p>{text}" Understood: "{bad.hint}"."</p> })
        })
        .collect();
    view! { {other}{stale}{bad} }.into_any()
}

/// Data that is too old: which source, and when that was last read.
fn stale(frame: &Frame) -> AnyView {
    let old = |at| format!("The data is {} old", words::length(frame.now - at));
    let (text, href, link) = match (frame.from_github, frame.data_as_of) {
        (true, Some(at)) => {
            let text = format!("{}: GitHub was last read completely on {}.", old(at), words::utc(at));
            (text, "/sync", "What could not be read")
        }
        (true, None) => ("GitHub could not be read completely once.".to_owned(), "/sync", "What could not be read"),
        (false, Some(at)) => {
            let text = format!("{}: files were last imported on {}.", old(at), words::utc(at));
            (text, "/settings", "What was last read")
        }
        (false, None) => ("Nothing was read yet.".to_owned(), "/settings", "What was last read"),
    };
    ui::notice(
        Tone::Warn,
        Icon::Warning,
        view! { <p>{text}" What happened since is not shown. "<a class="link" href=href>{link}</a></p> },
    )
}

fn footer(frame: Option<&Frame>) -> AnyView {
    let age = frame.map(|frame| match frame.data_as_of {
        Some(at) => {
            let what = if frame.from_github { "GitHub read " } else { "Data read " };
            view! { <span>{what}{ui::age(at, frame.now)}</span> }.into_any()
        }
        None => view! { <span>"No data read yet"</span> }.into_any(),
    });
    let version = frame.map(|frame| view! { <span>{format!("Version {}", frame.version)}</span> });
    view! {
        <footer class="bottom">
            {age}
            {version}
            <nav aria-label="About this tracker">
                <a href="/start">"Start a proposal"</a>
                <a href="/candidates">"Candidates"</a>
                <a href="/agenda">"Agenda"</a>
                <a href="/slips">"Slips"</a>
                <a href="/announcements">"Announcements"</a>
                <a href="/representation">"Representation"</a>
                <a href="/meetings">"Meetings"</a>
                <a href="/reminders">"Reminders"</a>
                <a href="/mismatches">"Mismatches"</a>
                <a href="/diagnostics">"Diagnostics"</a>
                <a href="/sync">"Sync"</a>
                <a href="/outbox">"Outbox"</a>
                <a href="/settings">"Settings"</a>
                <a href="/healthz">"Health"</a>
                <a href="/api/v1/docs">"API"</a>
            </nav>
            <span class="needs-script end">"Press "<kbd>"?"</kbd>" for keys"</span>
        </footer>
    }
    .into_any()
}

/// What the keyboard does, everywhere and on the pages that people run a meeting with.
const KEYS: [(&str, &str); 9] = [
    ("/", "search"),
    ("j", "next row; in the meeting, next proposal"),
    ("k", "previous row; in the meeting, previous proposal"),
    ("Enter", "open it; in the meeting, save"),
    ("1 to 5", "in the meeting and on freeze day: choose the outcome with that number, and go on in its sentence"),
    ("n", "on freeze day: next proposal"),
    ("p", "on freeze day: previous proposal"),
    ("e", "on freeze day: record an exception"),
    ("?", "this help"),
];

fn help() -> AnyView {
    let lines: Vec<_> = KEYS.iter().map(|(key, what)| view! { <dt><kbd>{*key}</kbd></dt><dd>{*what}</dd> }).collect();
    view! {
        <dialog class="keys" data-keys="" aria-labelledby="keys-title">
            <h2 id="keys-title">"Keys"</h2>
            <dl class="kv">{lines}</dl>
            <form method="dialog"><button class="btn">"Close"</button></form>
        </dialog>
    }
    .into_any()
}
