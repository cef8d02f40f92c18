//! The table of requests, dense on a wide screen, cards on a phone; a heading for each part.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{
    port::{ExceptionListView, ExceptionRow},
    query::ExceptionQuery,
    sort::ExceptionKey,
    state::Group,
};
use crate::{
    features::frame::Context,
    ui::{self, Column, Markup},
    words,
};

/// The table of the list.
pub(super) fn table(view: &ExceptionListView, query: &ExceptionQuery, context: &Context) -> AnyView {
    let groups: Vec<_> = view
        .rows
        .chunk_by(|one, next| one.stand.group() == next.stand.group())
        .map(|rows| {
            let group = rows.first().map_or(Group::Settled, |row| row.stand.group());
            let count = view.counts.iter().find(|(known, _)| *known == group).map_or(rows.len(), |(_, n)| *n as usize);
            let mut html = Markup::with_capacity((rows.len() + 1) * 900);
            html.raw("<tr class=\"group\"><th colspan=\"6\" scope=\"rowgroup\"><b>").raw(group.words());
            html.raw("</b> <small>").text(&count.to_string()).raw("</small></th></tr>");
            for row in rows {
                line(&mut html, row, context);
            }
            view! { <tbody inner_html=html.into_html()></tbody> }
        })
        .collect();
    let column = |label, key| {
        ui::header_cell(Column {
            label,
            href: Some(query.sorted(query.sort.pressed(key)).href()),
            sorted: (query.sort.key == key).then_some(query.sort.descending),
        })
    };
    let caption = format!("Requests for an exception, page {} of {}", view.page, view.pages);
    view! {
        <table class="cards exceptions">
            <caption class="hidden">{caption}</caption>
            <thead>
                <tr>
                    {column("Exception", ExceptionKey::Proposal)}
                    {column("Release", ExceptionKey::Release)}
                    {column("State", ExceptionKey::State)}
                    {column("Until", ExceptionKey::Until)}
                    <th scope="col">"Waiting on"</th>
                    {column("Asked", ExceptionKey::Asked)}
                </tr>
            </thead>
            {groups}
        </table>
    }
    .into_any()
}

/// One row, as HTML: a page shows a hundred of them.
fn line(html: &mut Markup, row: &ExceptionRow, context: &Context) {
    let now = context.now();
    html.raw("<tr data-row><th scope=\"row\" class=\"title\"><a data-row-link href=\"");
    html.text(&context.href(&format!("/exceptions/{}", row.id))).raw("\"><span class=\"id\">");
    html.text(&format!("{} · {}", row.proposal.name(), row.kind.short())).raw("</span> <b>");
    html.text(&row.proposal.title).raw("</b></a></th><td data-label=\"Release\" class=\"num\">");
    html.text(&row.release.to_string()).raw("</td><td data-label=\"State\"><span class=\"badges\">");
    html.badge(row.stand.tone(), row.stand.icon(), &stand_words(row, now))
        .raw("</span></td><td data-label=\"Until\" class=\"num\">");
    html.text(&row.last_day);
    match row.stand.group() {
        Group::Undecided => _ = html.raw("<small>asked</small>"),
        Group::Running => {
            let left = row.granted_until.map(|until| words::countdown(until - now)).unwrap_or_default();
            html.raw("<small>").text(&left).raw(" left</small>");
        }
        Group::Settled => {}
    }
    html.raw("</td>");
    match &row.waits_on {
        Some(who) => {
            let age = row.since.map(|since| format!(", {}", words::length(now - since))).unwrap_or_default();
            html.raw("<td data-label=\"Waiting on\" class=\"num\">").text(who).text(&age).raw("</td>");
        }
        None => _ = html.raw("<td data-label=\"Waiting on\" class=\"num muted\">nobody</td>"),
    }
    html.raw("<td data-label=\"Asked\" class=\"num\">");
    html.text(&row.sent_at.map(|at| words::day_near(at.date_naive(), now)).unwrap_or_default());
    html.raw("<small>by @").text(&row.requester).raw("</small></td></tr>");
}

/// "In review, 3 days": where it stands, with the age of what is undecided, counted from the sending.
pub(super) fn stand_words(row: &ExceptionRow, now: DateTime<Utc>) -> String {
    let words = row.stand.words();
    match (row.stand.group(), row.sent_at) {
        (Group::Undecided, Some(sent)) if now - sent >= TimeDelta::hours(1) => {
            format!("{words}, {}", words::countdown(now - sent))
        }
        (Group::Running, _) => format!("{words} until {}", row.last_day),
        _ => words.to_owned(),
    }
}
