//! The runs: one under way with its numbers, and the latest ones with what they changed and what went wrong.

use chrono::TimeDelta;
use leptos::prelude::*;

use super::port::{RunLine, SyncView, Way};
use crate::{
    features::frame::Context,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// A run without an end that is older than this was probably cut short.
const LONG: TimeDelta = TimeDelta::hours(2);

/// The run that is under way, if one is.
pub(super) fn under_way(view: &SyncView, context: &Context) -> Option<AnyView> {
    let run = view.runs.first().filter(|run| run.finished_at.is_none())?;
    let took = context.now() - run.started_at;
    let title = if took > LONG { "A run that has not ended" } else { "Under way" };
    let note = format!("run {}, for {}", run.id, words::length(took));
    let lines: Vec<_> = run.progress.iter().map(|(what, done, all)| step(what, *done, *all)).collect();
    let numbers = numbers(run);
    let cut = (took > LONG).then_some("It may have been cut short; the next run goes on where it was.");
    Some(
        view! {
            <Panel title id="under-way" note>
                <dl class="kv wide">{lines}<dt>"So far"</dt><dd>{numbers}</dd></dl>
                {cut.map(|cut| view! { <p class="remark"><small>{cut}</small></p> })}
            </Panel>
        }
        .into_any(),
    )
}

fn step(what: &str, done: u32, all: Option<u32>) -> AnyView {
    let words = all.map_or_else(|| done.to_string(), |all| format!("{done} of {all}"));
    let bar = all.filter(|all| *all > 0).map(|all| {
        view! { <progress max=all.to_string() value=done.to_string() aria-label=what.to_owned()></progress> }
    });
    view! { <dt>{what.to_owned()}</dt><dd class="step"><span>{words}</span>{bar}</dd> }.into_any()
}

fn numbers(run: &RunLine) -> String {
    let count = |n: i32, one: &str| words::count(usize::try_from(n).unwrap_or_default(), one);
    format!(
        "{}, {} of them unchanged (304); {} changed, {}",
        count(run.requests, "request"),
        run.unchanged,
        run.changed,
        count(run.events, "event")
    )
}

/// The latest runs.
pub(super) fn runs(view: &SyncView, context: &Context) -> AnyView {
    if view.runs.is_empty() {
        if view.way != Way::Open {
            return ().into_any();
        }
        return view! {
            <Panel title="Runs" id="runs">
                <Empty what="GitHub was not read yet."><p>"The first run begins by itself shortly after the start."</p></Empty>
            </Panel>
        }
        .into_any();
    }
    let lines: Vec<_> = view.runs.iter().map(|run| row(run, context)).collect();
    let note = format!("the latest {}", view.runs.len());
    let files = view! {
        <a class="link" href="/sync.csv">"CSV"</a>
        <a class="link" href="/sync.json">"JSON"</a>
    };
    view! {
        <Panel title="Runs" id="runs" note end=files.into_any()>
            <table class="cards runs">
                <caption class="hidden">"Runs of the sync, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Began"</th>
                        <th scope="col">"Result"</th>
                        <th scope="col">"Requests"</th>
                        <th scope="col">"Changed"</th>
                        <th scope="col">"Events"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Panel>
    }
    .into_any()
}

fn row(run: &RunLine, context: &Context) -> AnyView {
    let (tone, icon, word) = result(run);
    let took = run.finished_at.map(|end| format!(", took {}", words::length(end - run.started_at)));
    view! {
        <tr>
            <th scope="row" class="title">{ui::age(run.started_at, context.now())}<small>{run.reason.clone()}{took}</small></th>
            <td data-label="Result"><span>{ui::badge(tone, icon, word)}{details(run)}</span></td>
            <td data-label="Requests" class="num">{run.requests}<small>{run.unchanged}" unchanged"</small></td>
            <td data-label="Changed" class="num">{run.changed}</td>
            <td data-label="Events" class="num">{run.events}</td>
        </tr>
    }
    .into_any()
}

fn result(run: &RunLine) -> (Tone, Icon, String) {
    match (run.finished_at, run.cut_short, run.errors.len()) {
        (None, true, _) => (Tone::Quiet, Icon::Slash, "cut short".to_owned()),
        (None, false, _) => (Tone::Busy, Icon::Clock, "under way".to_owned()),
        (Some(_), _, 0) => (Tone::Good, Icon::Check, "all read".to_owned()),
        (Some(_), _, errors) => (Tone::Bad, Icon::Cross, words::count(errors, "part") + " not read"),
    }
}

/// What could not be read, and odd rows, on demand.
fn details(run: &RunLine) -> Option<AnyView> {
    let line = |(what, why): &(String, String)| view! { <li><b>{what.clone()}</b>": "{ui::prose(why)}</li> };
    let errors: Vec<_> = run.errors.iter().map(line).collect();
    let odd: Vec<_> = run.odd.iter().map(line).collect();
    let words = match (errors.len(), odd.len()) {
        (0, 0) => return None,
        (0, odd) => words::count(odd, "odd row"),
        (_, 0) => "what and why".to_owned(),
        (_, odd) => format!("what and why, {}", words::count(odd, "odd row")),
    };
    Some(view! { <details class="why"><summary>{words}</summary><ul>{errors}{odd}</ul></details> }.into_any())
}
