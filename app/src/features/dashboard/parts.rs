//! The panels beside the table.

use leptos::prelude::*;

use super::port::{DashboardView, WaitingItem};
use crate::{
    features::{
        frame::Context,
        shared::{Act, HistoryItem, NextDate, handles, history_list, who_waits},
    },
    query::{ListQuery, ReleaseChoice},
    ui::{self, Empty, Panel},
    words,
};

/// Who can act now.
pub(super) fn waiting(view: &DashboardView, context: &Context) -> AnyView {
    let items: Vec<_> = view.waiting.iter().map(|item| waiting_item(item, context)).collect();
    let total = view.waiting_total as usize;
    let note = match items.len() {
        0 => String::new(),
        shown if shown < total => format!("the first {shown} of {total}, first what can be decided now"),
        _ => format!("{}, first what can be decided now", words::count(total, "proposal")),
    };
    let waiting_on = Some(ListQuery::SOMEBODY.to_owned());
    let sort = "waiting".parse().unwrap_or_default();
    let list =
        ListQuery { release: Some(ReleaseChoice::Current), waiting_on, sort, at: context.at, ..ListQuery::default() };
    let all = (total > 0).then(|| view! { <a class="link" href=list.href()>{format!("All {total}")}</a> });
    let inside = if items.is_empty() {
        view! { <Empty what="Nobody is waited on."/> }.into_any()
    } else {
        view! { <ul class="waiting">{items}</ul> }.into_any()
    };
    view! {
        <Panel title="Waiting on" id="waiting" note end=all.into_any()>
            {inside}
        </Panel>
    }
    .into_any()
}

fn waiting_item(item: &WaitingItem, context: &Context) -> AnyView {
    let WaitingItem { proposal, waiting, act } = item;
    let people = (!waiting.logins.is_empty()).then(|| view! { <small>{handles(&waiting.logins)}</small> });
    let act = act.clone().map(|Act { label, href }| {
        let whole = format!("{label}: {}", proposal.name());
        let href = if href.starts_with('/') { context.href(&href) } else { href };
        view! { <a class="btn" href=href aria-label=whole>{label}</a> }
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
            {act}
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
