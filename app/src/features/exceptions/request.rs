//! What was asked, what was answered, and how it went on.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::port::{Cover, ExceptionView, ExchangeView};
use crate::{
    features::{
        frame::Context,
        shared::{handle, history_list},
    },
    ui::{self, Panel},
    words,
};

/// The request as it was sent, and its decision.
pub(super) fn request(view: &ExceptionView, context: &Context) -> AnyView {
    let covers = if view.covers.is_empty() {
        view! { <span class="muted">"no pull request named; nothing beyond the proposal itself"</span> }.into_any()
    } else {
        let covers: Vec<_> = view.covers.iter().map(cover).collect();
        view! { <ul class="cover-list">{covers}</ul> }.into_any()
    };
    let exchanges: Vec<_> = view.exchanges.iter().map(|exchange| exchanged(exchange, context)).collect();
    let body = view! {
        <dl class="kv wide">
            <dt>"Why"</dt><dd class="said">{view.justification.clone()}</dd>
            <dt>"Additional time"</dt><dd>{additional_time(view)}</dd>
            <dt>"If not granted"</dt><dd class="said">{view.impact.clone()}</dd>
            <dt>"Covers"</dt><dd>{covers}</dd>
            {recorded(view)}
            {exchanges}
            {decision(view)}
        </dl>
    }
    .into_any();
    let note = sent_words(view, context.now());
    view! { <Panel title="The request" id="request" note=note>{body}</Panel> }.into_any()
}

/// "@olga, 6 Oct, before the freeze".
fn sent_words(view: &ExceptionView, now: DateTime<Utc>) -> String {
    let row = &view.row;
    let Some(sent) = row.sent_at else { return format!("@{}", row.requester) };
    let freeze = row.kind.freeze().and_then(|freeze| view.dates.freeze(freeze));
    let place = match freeze {
        Some(freeze) if sent < freeze => ", before the freeze".to_owned(),
        Some(freeze) => format!(", {} after the freeze", words::countdown(sent - freeze)),
        None => String::new(),
    };
    format!("@{}, {}{place}", row.requester, words::day_near(sent.date_naive(), now))
}

fn additional_time(view: &ExceptionView) -> AnyView {
    let row = &view.row;
    let zone = view.dates.zone;
    let asked = words::short_day(words::day_in(row.asked_until, zone));
    let freeze = row.kind.freeze().and_then(|freeze| Some((freeze, view.dates.freeze(freeze)?)));
    let after = freeze.filter(|(_, instant)| *instant < row.asked_until).map(|(freeze, instant)| {
        format!(
            ", {} after {}",
            words::count(usize::try_from((row.asked_until - instant).num_days()).unwrap_or(0), "day"),
            freeze.short()
        )
    });
    view! {
        <b>{format!("until {asked}")}</b>{after}" "
        <small>{words::utc(row.asked_until)}" "{ui::local_time(row.asked_until)}</small>
    }
    .into_any()
}

fn cover(cover: &Cover) -> AnyView {
    let state = cover.state.clone().unwrap_or_else(|| "not observed yet".to_owned());
    view! {
        <li><a class="link" href=cover.href.clone() title=cover.title.clone()>{cover.short.clone()}</a>" "{state}</li>
    }
    .into_any()
}

/// Who recorded it, when it was another than who asks (P-17).
fn recorded(view: &ExceptionView) -> Option<AnyView> {
    view.recorded.as_ref().map(|(recorder, link)| {
        let link = link.clone().map(|link| view! { ", "<a class="link" href=link>"from their mail"</a> });
        view! { <dt>"Recorded by"</dt><dd>{handle(recorder)}{link}</dd> }.into_any()
    })
}

fn exchanged(exchange: &ExchangeView, context: &Context) -> AnyView {
    let when = |at: &Option<DateTime<Utc>>| {
        at.map(|at| format!(", {}", words::day_near(at.date_naive(), context.now()))).unwrap_or_default()
    };
    let (question, who, at) = &exchange.question;
    let answer = match &exchange.answer {
        Some((answer, who, at)) => view! {
            <dt>"Answer"</dt>
            <dd class="said">{answer.clone()}" "<small>{format!("@{who}{}", when(at))}</small></dd>
        }
        .into_any(),
        None => view! { <dt>"Answer"</dt><dd class="muted">"none yet"</dd> }.into_any(),
    };
    view! {
        <dt>"Asked"</dt>
        <dd class="said">{question.clone()}" "<small>{format!("@{who}{}", when(at))}</small></dd>
        {answer}
    }
    .into_any()
}

/// The last decision with its reason.
fn decision(view: &ExceptionView) -> Option<AnyView> {
    view.reason.clone().map(|reason| {
        let what = match view.row.granted_until {
            Some(until) => {
                let day = words::short_day(words::day_in(until, view.dates.zone));
                view! { <b>{format!("granted until {day}")}</b>" "<small>{words::utc(until)}" "{ui::local_time(until)}</small><br/> }
                    .into_any()
            }
            None => view! { <b>"denied"</b><br/> }.into_any(),
        };
        view! { <dt>"Decision"</dt><dd class="said">{what}{reason}</dd> }.into_any()
    })
}

/// Its steps with names and links.
pub(super) fn history(view: &ExceptionView, context: &Context) -> AnyView {
    let lines = history_list(&view.steps, context.now(), context.at);
    view! { <Panel title="History" id="history">{lines}</Panel> }.into_any()
}
