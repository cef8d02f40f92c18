//! The table of proposals, dense on a wide screen, cards on a phone.

use domain::Who;
use leptos::prelude::*;

use super::{ProposalRow, handles, status_badge, who_waits};
use crate::{
    features::frame::Context,
    query::{ListQuery, SortKey},
    status,
    ui::{self, Column, Icon, Tone},
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
    let lines: Vec<_> = rows.iter().map(|row| line(row, with_release, context)).collect();
    table(caption, sorting, view! { <tbody>{lines}</tbody> }.into_any())
}

/// The table with a heading for each run of rows of one status.
pub fn grouped_table(rows: &[ProposalRow], caption: String, context: &Context) -> AnyView {
    let groups: Vec<_> = rows
        .chunk_by(|one, next| one.status.slug() == next.status.slug())
        .map(|group| {
            let heading = group.first().map(|row| status::info(&row.status)).map(|info| {
                view! {
                    <tr class="group">
                        <th colspan="6" scope="rowgroup">
                            {ui::badge(info.tone, info.icon, info.label)}" "<small>{group.len()}</small>
                        </th>
                    </tr>
                }
            });
            let lines: Vec<_> = group.iter().map(|row| line(row, false, context)).collect();
            view! { <tbody>{heading}{lines}</tbody> }
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

fn line(row: &ProposalRow, with_release: bool, context: &Context) -> AnyView {
    let href = context.href(&match (with_release, row.release) {
        (true, Some(release)) => format!("{}?release={release}", row.proposal.href()),
        _ => row.proposal.href(),
    });
    let release = with_release.then(|| {
        let words = row.release.map_or_else(|| "none".to_owned(), |release| release.to_string());
        let stages = words::stages(&row.stages);
        view! { <td data-label="Release" class="num">{words}<small>{stages}</small></td> }
    });
    let risk = row.at_risk.clone().map(|why| {
        view! { <span class="risk" title=why>{ui::badge(Tone::Warn, Icon::Warning, "at risk")}</span> }
    });
    let open = if row.open.is_empty() { "nothing".to_owned() } else { row.open.clone() };
    let open_class = if row.open.is_empty() { "muted" } else { "" };
    let waiting = row.waiting.as_ref().map_or_else(
        || ("nobody".to_owned(), "muted", String::new()),
        |waiting| {
            let class = if waiting.who == Who::Nobody { "muted" } else { "" };
            (who_waits(waiting, context.now()), class, waiting.what.clone())
        },
    );
    let owners = if row.owners.is_empty() { "no owner".into_any() } else { handles(&row.owners).into_any() };
    let reviewers =
        if row.reviewers.is_empty() { "no reviewer".into_any() } else { handles(&row.reviewers).into_any() };
    view! {
        <tr data-row="">
            <th scope="row" class="title">
                <a href=href data-row-link="">
                    <span class="id">{row.proposal.name()}</span>" "<b>{row.proposal.title.clone()}</b>
                </a>
            </th>
            {release}
            <td data-label="Status"><span class="badges">{status_badge(&row.status, status_words(row))}" "{risk}</span></td>
            <td data-label="Open" class=open_class>{open}</td>
            <td data-label="Waiting on" class=format!("num {}", waiting.1) title=waiting.2>{waiting.0}</td>
            <td data-label="Owner">{owners}</td>
            <td data-label="Reviewers" class="muted reviewers">{reviewers}</td>
        </tr>
    }
    .into_any()
}
