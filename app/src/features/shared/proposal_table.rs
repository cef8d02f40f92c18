//! The table of proposals, dense on a wide screen, cards on a phone.

use domain::Who;
use leptos::prelude::*;

use super::{ProposalRow, people::is_login, who_waits};
use crate::{
    features::frame::Context,
    query::{ListQuery, SortKey},
    status,
    ui::{self, Column, Icon, Markup, Tone},
    words,
};

/// How the table is sorted, where it can be.
pub struct Sorting<'a> {
    /// The query it shows.
    pub query: &'a ListQuery,
}

/// The table. `caption` tells screen readers what it lists.
pub fn proposal_table(
    rows: &[ProposalRow],
    caption: String,
    sorting: Option<Sorting<'_>>,
    context: &Context,
) -> AnyView {
    let with_release = sorting.is_some();
    let mut html = Markup::with_capacity(rows.len() * 1024);
    for row in rows {
        line(&mut html, row, with_release, context);
    }
    table(caption, sorting, view! { <tbody inner_html=html.into_html()></tbody> }.into_any())
}

/// The table with a heading for each run of rows of one status.
pub fn grouped_table(rows: &[ProposalRow], caption: String, context: &Context) -> AnyView {
    let groups: Vec<_> = rows
        .chunk_by(|one, next| one.status.slug() == next.status.slug())
        .map(|group| {
            let mut html = Markup::with_capacity((group.len() + 1) * 1024);
            if let Some(info) = group.first().map(|row| status::info(&row.status)) {
                html.raw("<tr class=\"group\"><th colspan=\"6\" scope=\"rowgroup\">");
                html.badge(info.tone, info.icon, info.label).raw(" <small>");
                html.text(&group.len().to_string()).raw("</small></th></tr>");
            }
            for row in group {
                line(&mut html, row, false, context);
            }
            view! { <tbody inner_html=html.into_html()></tbody> }
        })
        .collect();
    table(caption, None, groups.into_any())
}

fn table(caption: String, sorting: Option<Sorting<'_>>, bodies: AnyView) -> AnyView {
    let column = |label, key| {
        let sort = sorting.as_ref().map(|sorting| sorting.query.sort);
        ui::header_cell(Column {
            label,
            href: sorting.as_ref().map(|s| s.query.sorted(s.query.sort.pressed(key)).href()),
            sorted: sort.filter(|sort| sort.key == key && key != SortKey::Urgency).map(|sort| sort.descending),
        })
    };
    let release = sorting.is_some().then(|| column("Release", SortKey::Release));
    view! {
        <table class="cards proposals">
            <caption class="hidden">{caption}</caption>
            <thead>
                <tr>
                    {column("Proposal", SortKey::Title)}
                    {release}
                    {column("Status", SortKey::Status)}
                    <th scope="col">"Open"</th>
                    {column("Waiting on", SortKey::Waiting)}
                    {column("Owner", SortKey::Owner)}
                    <th scope="col">"Reviewers"</th>
                </tr>
            </thead>
            {bodies}
        </table>
    }
    .into_any()
}

/// The status without what is open, which has a column of its own.
fn status_words(row: &ProposalRow) -> &str {
    let bare = row.words.strip_suffix(&row.open).and_then(|words| words.strip_suffix(": "));
    bare.filter(|_| !row.open.is_empty()).unwrap_or(&row.words)
}

/// One row, as HTML: a page shows a hundred of them.
fn line(html: &mut Markup, row: &ProposalRow, with_release: bool, context: &Context) {
    let href = context.href(&match (with_release, row.release) {
        (true, Some(release)) => format!("{}?release={release}", row.proposal.href()),
        _ => row.proposal.href(),
    });
    html.raw("<tr data-row><th scope=\"row\" class=\"title\"><a data-row-link href=\"").text(&href);
    html.raw("\"><span class=\"id\">").text(&row.proposal.name()).raw("</span> <b>");
    html.text(&row.proposal.title).raw("</b></a></th>");
    if with_release {
        let release = row.release.map_or_else(|| "none".to_owned(), |release| release.to_string());
        html.raw("<td data-label=\"Release\" class=\"num\">").text(&release);
        html.raw("<small>").text(&words::stages(&row.stages)).raw("</small></td>");
    }
    let info = status::info(&row.status);
    html.raw("<td data-label=\"Status\"><span class=\"badges\">").badge(info.tone, info.icon, status_words(row));
    if let Some(why) = &row.at_risk {
        html.raw(" <span title=\"").text(why).raw("\">").badge(Tone::Warn, Icon::Warning, "at risk").raw("</span>");
    }
    html.raw("</span></td>");
    if row.open.is_empty() {
        html.raw("<td data-label=\"Open\" class=\"muted\">nothing</td>");
    } else {
        html.raw("<td data-label=\"Open\">").text(&row.open).raw("</td>");
    }
    waiting(html, row, context);
    html.raw("<td data-label=\"Owner\"><span>");
    people(html, &row.owners, "no owner");
    html.raw("</span></td><td data-label=\"Reviewers\" class=\"muted\"><span>");
    people(html, &row.reviewers, "no reviewer");
    html.raw("</span></td></tr>");
}

fn waiting(html: &mut Markup, row: &ProposalRow, context: &Context) {
    let Some(waiting) = &row.waiting else {
        html.raw("<td data-label=\"Waiting on\" class=\"num muted\">nobody</td>");
        return;
    };
    html.raw("<td data-label=\"Waiting on\" class=\"");
    html.raw(if waiting.who == Who::Nobody { "num muted" } else { "num" });
    html.raw("\" title=\"").text(&waiting.what).raw("\">").text(&who_waits(waiting, context.now())).raw("</td>");
}

fn people(html: &mut Markup, logins: &[String], nobody: &'static str) {
    if logins.is_empty() {
        html.raw(nobody);
    }
    for (i, login) in logins.iter().enumerate() {
        html.raw(if i > 0 { ", " } else { "" });
        if is_login(login) {
            html.raw("<a class=\"handle\" href=\"https://github.com/").text(login).raw("\">@").text(login).raw("</a>");
        } else {
            html.raw("@").text(login);
        }
    }
}
