//! The page.

use std::sync::Arc;

use domain::Outcome;
use leptos::prelude::*;

use super::port::{CalendarView, DiagnosticCount, ReadSummary, SettingsPort, SettingsView, SourceView};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, title_row},
        shared::{nothing_imported, severity_badge},
    },
    query::At,
    ui::{self, Icon, Panel, Tone},
    words,
};

/// `/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let port: Result<Arc<dyn SettingsPort>, _> = find_port();
    let load = async move { port?.settings().await };
    page(Place::Settings, At::Now, Vec::new(), load, |view, context| draw(&view, context))
}

fn draw(view: &SettingsView, context: &Context) -> Drawn {
    let empty = view.sources.is_empty() && view.calendars.is_empty();
    let sources: Vec<_> = view.sources.iter().map(|source| source_panel(source, context)).collect();
    let calendars: Vec<_> = view.calendars.iter().map(|calendar| calendar_panel(calendar, context)).collect();
    let body = view! {
        {title_row("Settings", ().into_any(), ().into_any())}
        <p class="muted">"What this tracker reads, and what it found when it last did."</p>
        {empty.then(|| view! { <div class="panel">{nothing_imported()}</div> })}
        {health(view)}
        {people(view)}
        {sources}
        {calendars}
        {export(view)}
    };
    Drawn { title: "Settings".to_owned(), body: body.into_any() }
}

fn health(view: &SettingsView) -> AnyView {
    let lines: Vec<_> = view
        .health
        .iter()
        .map(|line| {
            let (tone, which, word) = match line.outcome {
                Outcome::Pass => (Tone::Good, Icon::Check, "good"),
                Outcome::Fail => (Tone::Bad, Icon::Cross, "failing"),
                Outcome::Unknown => (Tone::Unknown, Icon::Unknown, "not known"),
            };
            view! { <dt>{line.what.clone()}</dt><dd>{ui::badge(tone, which, word)}" "{line.words.clone()}</dd> }
        })
        .collect();
    let link = view! { <a class="link" href="/healthz">"/healthz"</a> };
    view! { <Panel title="Health" id="health" end=link.into_any()><dl class="kv wide">{lines}</dl></Panel> }.into_any()
}

fn people(view: &SettingsView) -> AnyView {
    let admins =
        if view.admins.is_empty() { "nobody; set CEP_TRACKER_ADMINS".to_owned() } else { view.admins.join(", ") };
    let link = view! { <a class="link" href="/settings/rosters">"Rosters"</a> };
    view! {
        <Panel title="People" id="people" end=link.into_any()>
            <dl class="kv wide">
                <dt>"Admins"</dt><dd>{admins}<small>", by configuration"</small></dd>
                <dt>"Release teams"</dt><dd>"kept in the "<a class="link" href="/settings/rosters">"rosters"</a>", else by alias"</dd>
                <dt>"SIGs"</dt><dd>"by the aliases of each source, "<a class="link" href="/settings/rosters#groups">"with their members"</a></dd>
            </dl>
        </Panel>
    }
    .into_any()
}

/// How everything is taken to another tracker, and what stays here.
fn export(view: &SettingsView) -> AnyView {
    let left_out: Vec<_> = view.left_out.iter().map(|what| view! { <li>{what.clone()}</li> }).collect();
    let link = view.exports.then(|| view! { <a class="link" href="/export" download="">"Download"</a> });
    let whose = if view.exports {
        "It is for admins alone, because it tells who signed in and when. "
    } else {
        "Admins download it here, because it tells who signed in and when. "
    };
    view! {
        <Panel title="Export" id="export" end=link.into_any()>
            <p class="pad">
                "The whole instance is one file: the log with its texts, sources, calendars, people by login. "{whose}
                "An empty tracker takes it in, with every permalink: "<code>"cep-tracker import --instance"</code>
                ". Everything public is also in the "<a class="link" href="/api/v1/docs">"API"</a>" and in the files of each page."
            </p>
            <details class="more"><summary>"What it leaves out"</summary><ul>{left_out}</ul></details>
        </Panel>
    }
    .into_any()
}

fn source_panel(view: &SourceView, context: &Context) -> AnyView {
    let source = &view.source;
    let repository = format!("https://github.com/{}", source.repository);
    let list = |items: &[String]| if items.is_empty() { "none".to_owned() } else { items.join(", ") };
    let owning = source.owning_sig.clone().unwrap_or_else(|| "each document names its own".to_owned());
    let after = if source.work_after_code_freeze { "goes on until the thaw" } else { "stops" };
    view! {
        <section class="panel">
            <header><h2>{format!("Source {}", source.id)}</h2><small>{words::count(view.proposals as usize, &source.noun)}</small></header>
            <dl class="kv wide">
                <dt>"Repository"</dt><dd><a class="link" href=repository>{source.repository.clone()}</a></dd>
                <dt>"Template"</dt><dd>{source.template.clone()}</dd>
                <dt>"Calendar"</dt><dd>{source.calendar.clone()}</dd>
                <dt>"Owning SIG"</dt><dd>{owning}</dd>
                <dt>"Sign-off asked of"</dt><dd>{list(&source.sign_off)}</dd>
                <dt>"Target label"</dt><dd>{source.target_label.clone().unwrap_or_else(|| "none".to_owned())}</dd>
                <dt>"Blocking labels"</dt><dd>{list(&source.blocking_labels)}</dd>
                <dt>"Approved work after CF"</dt><dd>{after}</dd>
            </dl>
            {last_read(view.last_read.as_ref(), context)}
        </section>
    }
    .into_any()
}

fn calendar_panel(view: &CalendarView, context: &Context) -> AnyView {
    let repository = format!("https://github.com/{}", view.repository);
    view! {
        <section class="panel">
            <header><h2>{format!("Calendar {}", view.id)}</h2><small>{words::count(view.releases as usize, "release")}</small></header>
            <dl class="kv wide">
                <dt>"Repository"</dt><dd><a class="link" href=repository>{view.repository.clone()}</a></dd>
                <dt>"A day ends in"</dt><dd>{view.zone.clone()}</dd>
            </dl>
            {last_read(view.last_read.as_ref(), context)}
        </section>
    }
    .into_any()
}

fn last_read(summary: Option<&ReadSummary>, context: &Context) -> AnyView {
    let Some(summary) = summary else {
        return view! { <p class="pad muted">"Never read. Import it with "<code>"cep-tracker import"</code>"."</p> }
            .into_any();
    };
    let counts = format!("{} read, {} changed, {} unchanged", summary.read, summary.changed, summary.unchanged);
    let lines: Vec<_> = summary.diagnostics.iter().map(diagnostic).collect();
    let table = (!lines.is_empty()).then(|| {
        view! {
            <table class="cards">
                <caption class="hidden">"Diagnostics by code"</caption>
                <thead><tr><th scope="col">"Code"</th><th scope="col">"Count"</th><th scope="col">"How to mend it"</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        }
    });
    view! {
        <h3 class="group">"Last read "{ui::age(summary.at, context.now())}<small>{counts}</small></h3>
        <p class="remark"><small>"from "<code>{summary.from.clone()}</code></small></p>
        {table}
    }
    .into_any()
}

fn diagnostic(diagnostic: &DiagnosticCount) -> AnyView {
    let places: Vec<_> =
        diagnostic.places.iter().map(|place| view! { <li><code>{place.clone()}</code></li> }).collect();
    let places = (!places.is_empty()).then(|| view! { <details><summary>"Where"</summary><ul>{places}</ul></details> });
    view! {
        <tr>
            <th scope="row" class="title">{severity_badge(diagnostic.severity)}" "<code>{diagnostic.code.clone()}</code></th>
            <td data-label="Count" class="num">{diagnostic.count}</td>
            <td data-label="Mend">{ui::prose(&diagnostic.mend)}{places}</td>
        </tr>
    }
    .into_any()
}
