//! The panels beside the table.

use leptos::prelude::*;

use super::port::{DashboardView, WaitingItem};
use crate::{
    features::{
        frame::Context,
        shared::{HistoryItem, NextDate, handles, history_list, who_waits},
    },
    query::{ListQuery, ReleaseChoice},
    ui::{self, Empty, Panel},
    words,
};

/// Who can act now.
pub(super) fn waiting(view: &DashboardView, context: &Context) -> AnyView {
    let items: Vec<_> = view.waiting.iter().map(|item| waiting_item(item, context)).collect();
    let note = if items.is_empty() {
        String::new()
    } else {
        format!("{}, first what can be decided now", words::count(view.waiting_total as usize, "item"))
    };
    let release = Some(ReleaseChoice::Current);
    let sort = "waiting".parse().unwrap_or_default();
    let all = ListQuery { release, sort, at: context.at, ..ListQuery::default() }.href();
    let inside = if items.is_empty() {
        view! { <Empty what="Nobody is waited on."/> }.into_any()
    } else {
        view! { <ul class="waiting">{items}</ul> }.into_any()
    };
    view! {
        <Panel title="Waiting on" id="waiting" note end=view! { <a class="link" href=all>"All"</a> }.into_any()>
            {inside}
        </Panel>
    }
    .into_any()
}

fn waiting_item(item: &WaitingItem, context: &Context) -> AnyView {
    let WaitingItem { proposal, waiting } = item;
    let people = (!waiting.logins.is_empty()).then(|| view! { <small>{handles(&waiting.logins)}</small> });
    let outside = waiting.link.clone().map(|link| {
        let label = format!("Show the place for {}", proposal.name());
        view! { <a class="btn" href=link aria-label=label>"Show"</a> }
    });
    view! {
        <li>
            <div class="who">{ui::chip(who_waits(waiting, context.now()))}{people}</div>
            <div>
                <a href=context.href(&proposal.href())>
                    <span class="id">{proposal.name()}</span>" "<b>{proposal.title.clone()}</b>
                </a>
                <p>{ui::prose(&waiting.what)}</p>
                <small>{ui::prose(&waiting.why)}</small>
            </div>
            {outside}
        </li>
    }
    .into_any()
}

/// Dates ahead.
pub(super) fn next_dates(dates: &[NextDate], context: &Context) -> AnyView {
    let lines: Vec<_> = dates
        .iter()
        .map(|date| {
            let day = date.day.unwrap_or_else(|| date.at.date_naive());
            let left = format!("in {}", words::countdown(date.at - context.now()));
            let what = match (&date.href, date.strong) {
                (Some(href), true) => view! { <a href=context.href(href)><b>{date.what.clone()}</b></a> }.into_any(),
                (Some(href), false) => view! { <a href=context.href(href)>{date.what.clone()}</a> }.into_any(),
                (None, true) => view! { <b>{date.what.clone()}</b> }.into_any(),
                (None, false) => date.what.clone().into_any(),
            };
            view! { <dt>{ui::day_time(day, words::week_day(day))}</dt><dd>{what}" "<small>{left}</small></dd> }
        })
        .collect();
    let inside = if lines.is_empty() {
        view! { <Empty what="The schedules state no date ahead."/> }.into_any()
    } else {
        view! { <dl class="kv dates">{lines}</dl> }.into_any()
    };
    let calendar = view! { <a class="link" href="/calendar.ics">"Calendar"</a> };
    view! { <Panel title="Next dates" id="dates" end=calendar.into_any()>{inside}</Panel> }.into_any()
}

/// Latest decisions.
pub(super) fn decisions(items: &[HistoryItem], context: &Context) -> AnyView {
    let inside = if items.is_empty() {
        view! {
            <Empty what="Nothing was decided yet.">
                <p>"Decisions are recorded with "<code>"cep-tracker decide"</code>"."</p>
            </Empty>
        }
        .into_any()
    } else {
        history_list(items, context.now(), context.at).into_any()
    };
    view! { <Panel title="Latest decisions" id="decisions">{inside}</Panel> }.into_any()
}
