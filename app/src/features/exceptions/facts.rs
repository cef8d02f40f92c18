//! Beside the request: what strikes one about it, the verdict, earlier requests, and the release so far.

use domain::exception::Finding;
use leptos::prelude::*;

use super::{
    href,
    port::ExceptionView,
    statistics::{days, in_time},
    table::stand_words,
};
use crate::{
    features::{frame::Context, shared::status_badge},
    ui::{self, Icon, Panel},
};

/// What deciders should know.
pub(super) fn facts(view: &ExceptionView, context: &Context) -> AnyView {
    let lines: Vec<_> = view.findings.iter().map(finding).collect();
    let proposal = &view.row.proposal;
    let status = view.status.as_ref().map(|(status, words)| {
        let to = context.href(&format!("{}?release={}", proposal.href(), view.row.release));
        view! { <div class="status-now"><small>"Status"</small><a href=to>{status_badge(status, words)}</a></div> }
    });
    view! {
        <Panel title="Facts" id="facts">
            <ul class="findings">{lines}</ul>
            {status}
        </Panel>
    }
    .into_any()
}

fn finding(finding: &Finding) -> AnyView {
    let (class, which, said) = match finding.good {
        Some(true) => ("pass", Icon::Check, "fine: "),
        Some(false) => ("warn", Icon::Warning, "to be weighed: "),
        None => ("told", Icon::Circle, ""),
    };
    view! {
        <li class=class>
            <span class="state">{ui::icon(which)}</span>
            <span><span class="hidden">{said}</span>{finding.words.clone()}</span>
        </li>
    }
    .into_any()
}

/// Earlier requests of the proposal with what became of them.
pub(super) fn earlier(view: &ExceptionView, context: &Context) -> Option<AnyView> {
    let lines: Vec<_> = view
        .earlier
        .iter()
        .map(|row| {
            let name = format!("{} in {}", row.kind.name(), row.release);
            view! {
                <li>
                    <a class="link" href=context.href(&href(row.id))>{name}</a>
                    {ui::badge(row.stand.tone(), row.stand.icon(), stand_words(row, context.now()))}
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! { <Panel title="Earlier requests of it" id="earlier"><ul class="plain">{lines}</ul></Panel> }.into_any()
    })
}

/// What the requests of the release add up to.
pub(super) fn so_far(view: &ExceptionView, context: &Context) -> AnyView {
    let counts = &view.so_far;
    let granted = match counts.median_days_granted {
        Some(_) => format!("{}, {}", counts.granted, days(counts.median_days_granted)),
        None => counts.granted.to_string(),
    };
    let (requested, decided, done) = (counts.requested, days(counts.median_days_to_decision), in_time(counts));
    let all = view! { <a class="link" href=context.href("/exceptions/statistics")>"All"</a> };
    view! {
        <Panel title=format!("In {} so far", view.row.release) id="so-far" end=all.into_any()>
            <dl class="kv">
                <dt>"Requested"</dt><dd>{requested}</dd>
                <dt>"Granted"</dt><dd>{granted}</dd>
                <dt>"Decided in"</dt><dd>{decided}</dd>
                <dt>"Done in time"</dt><dd>{done}</dd>
            </dl>
        </Panel>
    }
    .into_any()
}
