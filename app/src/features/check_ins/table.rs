//! The rows of a week, dense on a wide screen, cards on a phone. Up to some hundred, so they are markup.

use chrono::{DateTime, Utc};
use domain::{Outcome, Status};
use leptos::prelude::*;

use super::{
    CheckInAddress,
    parts::{all_said, halves, look, said},
    port::{CheckInRow, OpenPull, WeekView},
};
use crate::{
    features::frame::Context,
    status,
    ui::{Icon, Markup, Tone},
    words,
};

/// The table.
pub(super) fn table(view: &WeekView, rows: &[&CheckInRow], context: &Context) -> AnyView {
    let mut html = Markup::with_capacity(rows.len() * 2500);
    for row in rows {
        line(&mut html, row, view, context);
    }
    view! {
        <table class="cards check-ins">
            <caption class="hidden">{format!("Check-ins of week {}", view.address.week)}</caption>
            <thead>
                <tr>
                    <th scope="col">"Proposal"</th>
                    <th scope="col">"Readiness"</th>
                    <th scope="col">"Waits on"</th>
                    <th scope="col">"Since the last"</th>
                    <th scope="col">"This week"</th>
                </tr>
            </thead>
            <tbody inner_html=html.into_html()></tbody>
        </table>
    }
    .into_any()
}

fn line(html: &mut Markup, row: &CheckInRow, view: &WeekView, context: &Context) {
    let proposal = &row.proposal;
    let page = context.href(&format!("{}?release={}", proposal.href(), view.address.release));
    // Whoever checks in opens the form, everybody else the proposal.
    let opens =
        if view.is_open() && row.may.any() { view.address.meeting(&proposal.source, proposal.number) } else { page };
    let anchor = CheckInAddress::anchor(&proposal.source, proposal.number);
    html.raw("<tr data-row id=\"").text(&anchor);
    html.raw("\"><th scope=\"row\" class=\"title\"><a data-row-link href=\"").text(&opens);
    html.raw("\"><span class=\"id\">").text(&proposal.name()).raw("</span> <b>").text(&proposal.title);
    html.raw("</b></a><small>");
    people(html, &row.owners, "no owner");
    html.raw(" · ").text(&row.sig).raw("</small></th>");
    readiness(html, row, view.judged);
    waits(html, row, view.judged);
    since(html, row);
    this_week(html, row, context);
    html.raw("</tr>");
}

fn people(html: &mut Markup, logins: &[String], none: &'static str) {
    if logins.is_empty() {
        html.raw(none);
    }
    for (place, login) in logins.iter().enumerate() {
        html.raw(if place > 0 { ", @" } else { "@" }).text(login);
    }
}

fn readiness(html: &mut Markup, row: &CheckInRow, now: DateTime<Utc>) {
    let info = status::of_slug(row.status.slug());
    html.raw("<td data-label=\"Readiness\"><span>").badge(info.tone, info.icon, &row.words);
    if let Some(why) = &row.at_risk {
        html.raw(" <span title=\"").text(why).raw("\">").badge(Tone::Warn, Icon::Warning, "at risk").raw("</span>");
    }
    html.raw("<small>");
    if let Some((freeze, Some(deadline))) = row.gate {
        // Under an exception it is the exception that ends.
        match row.status {
            Status::ExceptionUntil { .. } => html.raw("exception (").raw(freeze.short()).raw(")"),
            _ => html.raw(freeze.short()),
        };
        if deadline > now {
            html.raw(" in ").text(&words::countdown(deadline - now));
        } else {
            html.raw(" was ").text(&words::ago(deadline, now));
        }
    }
    let mut points = row.open.iter().filter(|point| point.outcome == Outcome::Fail);
    for (place, point) in points.by_ref().take(3).enumerate() {
        html.raw(if place == 0 && row.gate.is_none() { "" } else { " · " }).text(&point.words);
    }
    let unknown = row.open.iter().filter(|point| point.outcome == Outcome::Unknown).count();
    if unknown > 0 {
        html.raw(" · ").text(&unknown.to_string()).raw(" not verified");
    }
    html.raw("</small></span></td>");
}

fn waits(html: &mut Markup, row: &CheckInRow, now: DateTime<Utc>) {
    html.raw("<td data-label=\"Waits on\"><span>");
    match &row.waiting {
        Some(waiting) => {
            html.text(&crate::features::shared::who_waits(waiting, now));
            html.raw("<small>").text(&waiting.what).raw("</small>");
        }
        None => _ = html.raw("<span class=\"muted\">nobody</span>"),
    }
    if let Some(pull) = row.pulls.iter().find(|pull| pull.lags) {
        html.badge(Tone::Warn, Icon::Warning, &lag(pull, now));
    }
    html.raw("</span></td>");
}

/// "#5120 lags, 9 days".
pub(super) fn lag(pull: &OpenPull, now: DateTime<Utc>) -> String {
    let waited = pull.since.map(|since| format!(", {}", words::length(now - since)));
    format!("#{} lags{}", pull.number, waited.unwrap_or_default())
}

fn since(html: &mut Markup, row: &CheckInRow) {
    html.raw("<td data-label=\"Since then\"><span>");
    let count = row.changes.len();
    match row.changes.last() {
        None => _ = html.raw("<span class=\"muted\">no change known</span>"),
        Some(last) => {
            html.raw("<details><summary>").text(&words::count(count, "change")).raw("</summary><ul>");
            for change in row.changes.iter().rev().take(12) {
                html.raw("<li>").text(&change.text).raw("</li>");
            }
            html.raw("</ul></details><small>").text(&last.text).raw("</small>");
        }
    }
    let open = row.pulls.len();
    if open > 0 {
        html.raw("<small>").text(&words::count(open, "open PR")).raw("</small>");
    }
    if let Some((week, last)) = row.last.as_deref() {
        let (_, _, word) = look(last.outcome);
        html.raw("<small>")
            .text(&week.to_string())
            .raw(": ")
            .raw(word)
            .raw(". “")
            .text(&last.sentence)
            .raw("”</small>");
    }
    html.raw("</span></td>");
}

fn this_week(html: &mut Markup, row: &CheckInRow, context: &Context) {
    html.raw("<td data-label=\"This week\" data-check-in=\"").text(&row.key()).raw("\"><div data-words>");
    words_of(html, row, context);
    html.raw("</div></td>");
}

fn words_of(html: &mut Markup, row: &CheckInRow, context: &Context) {
    if let Some(one) = row.check_in.outcome() {
        html.raw("<p class=\"spoken\">");
        said(html, one, context.now());
        html.raw("</p>");
        if row.check_in.said.len() > 1 {
            html.raw("<details><summary>all that was said</summary><ul class=\"spoken\">");
            all_said(html, &row.check_in, context.now());
            html.raw("</ul></details>");
        }
    } else {
        let (_, _, word) = look(row.suggestion.outcome);
        html.raw("<small>Suggested: ").raw(word).raw(", because ").text(&row.suggestion.reason).raw(".</small>");
    }
    html.raw("<p class=\"halves\">");
    halves(html, row.check_in.halves());
    html.raw("</p>");
    if let Some((week, one)) = &row.to_confirm {
        html.raw("<p class=\"confirm\"><b>To be confirmed by ").text(&row.sig).raw("</b> <small>");
        html.text(&one.proposed.map(domain::Proposed::words).unwrap_or_default()).raw(", ").text(&week.to_string());
        html.raw("</small></p>");
    }
}
