//! The table of the work list, dense on a wide screen, cards on a phone.

use leptos::prelude::*;

use super::{
    choice::{PullSort, PullSortKey},
    github_href, href,
    parts::{freeze, label, short_name, votes, waited},
    port::{PullListView, PullRow},
    query::PullQuery,
};
use crate::{
    features::frame::Context,
    ui::{self, Column, Icon, Markup, Tone},
    words,
};

/// The table.
pub(super) fn table(view: &PullListView, query: &PullQuery, context: &Context) -> AnyView {
    let with_label = query.label.is_some();
    let mut html = Markup::with_capacity(view.rows.len() * 1400);
    for row in &view.rows {
        line(&mut html, row, with_label, context);
    }
    let column = |label, key| {
        ui::header_cell(Column {
            label,
            href: Some(query.sorted(query.sort.pressed(key)).href()),
            sorted: (query.sort.key == key && query.sort != PullSort::default()).then_some(query.sort.descending),
        })
    };
    let caption = format!("Open pull requests, page {} of {}", view.page, view.pages);
    view! {
        <table class="cards pulls">
            <caption class="hidden">{caption}</caption>
            <thead>
                <tr>
                    {column("Pull request", PullSortKey::Pull)}
                    {column("Proposal", PullSortKey::Proposal)}
                    {column("Waiting on", PullSortKey::Waiting)}
                    <th scope="col">{if with_label { "Label" } else { "Review" }}</th>
                    {column("Freeze", PullSortKey::Freeze)}
                </tr>
            </thead>
            <tbody inner_html=html.into_html()></tbody>
        </table>
    }
    .into_any()
}

/// One row, as HTML: a page shows up to five hundred of them.
fn line(html: &mut Markup, row: &PullRow, with_label: bool, context: &Context) {
    let pull = &row.pull;
    html.raw("<tr data-row><th scope=\"row\" class=\"title\"><a data-row-link href=\"");
    html.text(&context.href(&href(&pull.repository, pull.number))).raw("\"><b>").text(&pull.title);
    html.raw("</b></a><small><a class=\"link\" href=\"").text(&github_href(&pull.repository, pull.number)).raw("\">");
    html.text(&short_name(&pull.repository, pull.number)).raw("</a> by @").text(&pull.author);
    html.raw(" · ").raw(pull.kind.words()).raw("</small></th><td data-label=\"Proposal\"><a href=\"");
    html.text(&context.href(&format!("{}?release={}", row.proposal.href(), pull.release))).raw("\" title=\"");
    html.text(&row.proposal.title).raw("\">").text(&row.proposal.name()).raw("</a><small>");
    match row.rank {
        Some(rank) => html.raw("rank ").text(&rank.to_string()),
        None => html.raw("no rank"),
    };
    if with_label {
        html.raw(", ").text(&pull.release.to_string());
    }
    html.raw("</small></td>");
    waiting(html, row, context);
    if with_label {
        about_label(html, row, context);
    } else {
        about_votes(html, row);
    }
    match freeze(row, context.now()) {
        Some((short, far)) => {
            let class =
                if row.frozen { "<td data-label=\"Freeze\" class=\"frozen\">" } else { "<td data-label=\"Freeze\">" };
            html.raw(class).raw(short).raw("<small>").text(&far).raw("</small></td>");
        }
        None => _ = html.raw("<td data-label=\"Freeze\" class=\"muted\">none</td>"),
    }
    html.raw("</tr>");
}

fn waiting(html: &mut Markup, row: &PullRow, context: &Context) {
    let pull = &row.pull;
    html.raw("<td data-label=\"Waiting on\"><span>");
    let (nobody, reviews) = (pull.waiting_on.is_empty(), pull.waiting_on_review);
    match (nobody, reviews) {
        (true, false) => _ = html.raw("<span class=\"muted\">nobody</span>"),
        (true, true) => _ = html.raw("any reviewer"),
        (false, _) => {
            for (place, login) in pull.waiting_on.iter().enumerate() {
                html.raw(if place > 0 { ", @" } else { "@" }).text(login);
            }
        }
    }
    if let Some(waited) = waited(row, context.now()).filter(|_| !nobody || reviews) {
        html.raw(" <small>").raw(if reviews { "review, " } else { "author, " }).text(&waited).raw("</small>");
    }
    if row.lags {
        html.raw(" ").badge(Tone::Warn, Icon::Warning, "lags");
    }
    html.raw("</span></td>");
}

fn about_votes(html: &mut Markup, row: &PullRow) {
    let votes = votes(row);
    if votes.is_empty() {
        html.raw("<td data-label=\"Review\" class=\"muted\">no lgtm yet</td>");
        return;
    }
    html.raw("<td data-label=\"Review\"><span class=\"badges\">");
    for (tone, icon, word) in votes {
        html.badge(tone, icon, word).raw(" ");
    }
    html.raw("</span></td>");
}

fn about_label(html: &mut Markup, row: &PullRow, context: &Context) {
    html.raw("<td data-label=\"Label\"><span class=\"badges\">");
    if let Some(verdict) = &row.label {
        let (tone, icon, word) = label(verdict.should, verdict.carries);
        html.badge(tone, icon, word).raw("<small>").text(&verdict.label);
        if let Some(until) = verdict.until {
            html.raw(", until ").text(&words::day_near(until.date_naive(), context.now()));
        }
        html.raw("</small>");
    }
    html.raw("</span></td>");
}
