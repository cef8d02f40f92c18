//! The plan as it was closed: the line that says so, what has changed since, and every closing (P-5).

use leptos::prelude::*;

use super::{
    page::Sheet,
    port::{Closing, Snapshot, SnapshotRow},
};
use crate::{
    features::{
        frame::Context,
        shared::{handle, status_badge},
    },
    ui::{self, Empty, Icon, Panel},
    words,
};

/// "Plan closed on 3 Nov 2026 by @x with 14 proposals", and what has changed since; nothing before it was closed.
pub(super) fn line(sheet: &Sheet<'_>) -> Option<AnyView> {
    let snapshot = sheet.view.snapshot.as_ref()?;
    let difference = difference(snapshot, sheet);
    let content = view! {
        <p>{said(&snapshot.closing, sheet)}</p>
        {difference}
    };
    Some(view! { <section class="panel closed" aria-label="The closed plan">{content}</section> }.into_any())
}

fn said(closing: &Closing, sheet: &Sheet<'_>) -> AnyView {
    let Sheet { context, address, .. } = sheet;
    let day = words::long_day(closing.at.date_naive());
    let href = context.href(&address.with("closed", &closing.event.to_string()));
    view! {
        {ui::icon(Icon::Flag)}" Plan closed on "
        <time datetime=words::machine(closing.at) title=words::utc(closing.at)>{day}</time>
        " by "{handle(&closing.by)}" with "
        <a class="link" href=href>{words::count(closing.proposals, "proposal")}</a>"."
    }
    .into_any()
}

/// Added since, gone since with their status, and those whose place changed.
fn difference(snapshot: &Snapshot, sheet: &Sheet<'_>) -> AnyView {
    let context = sheet.context;
    let gone: Vec<_> = snapshot.rows.iter().filter(|row| !row.tracked).collect();
    let moved: Vec<_> = snapshot.rows.iter().filter(|row| row.tracked && row.rank != row.rank_now).collect();
    if snapshot.added.is_empty() && gone.is_empty() && moved.is_empty() {
        return view! { <p class="muted">"Nothing has changed since."</p> }.into_any();
    }
    let added: Vec<_> =
        snapshot.added.iter().map(|row| changed(row, place(row.rank_now).into_any(), context)).collect();
    let gone: Vec<_> = gone.iter().map(|row| changed(row, status_of(row), context)).collect();
    let moved: Vec<_> = moved
        .iter()
        .map(|row| changed(row, format!("{} → {}", place(row.rank), place(row.rank_now)).into_any(), context))
        .collect();
    view! {
        <div class="difference">
            {part("Added since", added)}
            {part("Gone since", gone)}
            {part("Order changed", moved)}
        </div>
    }
    .into_any()
}

fn part(title: &'static str, lines: Vec<AnyView>) -> Option<AnyView> {
    let count = lines.len();
    (count > 0).then(|| view! { <div><h2>{title}" "<small>{count}</small></h2><ul>{lines}</ul></div> }.into_any())
}

fn changed(row: &SnapshotRow, what: AnyView, context: &Context) -> AnyView {
    let href = context.href(&row.proposal.href());
    view! {
        <li>
            <a href=href><span class="id">{row.proposal.name()}</span>" "{row.proposal.title.clone()}</a>
            " "<small>{what}</small>
        </li>
    }
    .into_any()
}

fn place(rank: Option<u32>) -> String {
    rank.map_or_else(|| "no place".to_owned(), |rank| format!("place {rank}"))
}

fn status_of(row: &SnapshotRow) -> AnyView {
    match &row.status {
        Some(status) => status_badge(status, &row.words).into_any(),
        None => row.words.clone().into_any(),
    }
}

/// The page of one closing: what it holds, and what has changed since.
pub(super) fn whole(sheet: &Sheet<'_>) -> AnyView {
    let Some(snapshot) = &sheet.view.snapshot else { return ().into_any() };
    let lines: Vec<_> = snapshot
        .rows
        .iter()
        .map(|row| {
            let href = sheet.context.href(&row.proposal.href());
            view! {
                <tr data-row="">
                    <td data-label="Place" class="place">{place(row.rank)}</td>
                    <th scope="row" class="title">
                        <a data-row-link="" href=href>
                            <span class="id">{row.proposal.name()}</span>" "<b>{row.proposal.title.clone()}</b>
                        </a>
                    </th>
                    <td data-label="Status now"><span class="badges">{status_of(row)}</span></td>
                </tr>
            }
        })
        .collect();
    let table = if lines.is_empty() {
        view! { <Empty what="The plan was closed without a proposal."/> }.into_any()
    } else {
        view! {
            <table class="cards planned">
                <caption class="hidden">"The plan as closed"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Place then"</th>
                        <th scope="col">"Proposal"</th>
                        <th scope="col">"Status now"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    };
    let now = view! { <a class="link" href=sheet.context.href(&sheet.address.page())>"The plan now"</a> };
    view! {
        {line(sheet)}
        <div class="two plan">
            <Panel title="The plan as closed" id="snapshot" note="kept as it was" end=now.into_any()>{table}</Panel>
            <div class="stack side">{earlier(sheet)}</div>
        </div>
    }
    .into_any()
}

/// Every closing, where there was one.
pub(super) fn earlier(sheet: &Sheet<'_>) -> Option<AnyView> {
    let Sheet { view, context, address, .. } = sheet;
    let shown = view.snapshot.as_ref().filter(|snapshot| snapshot.asked).map(|snapshot| snapshot.closing.event);
    let lines: Vec<_> = view
        .closings
        .iter()
        .map(|closing| {
            let href = context.href(&address.with("closed", &closing.event.to_string()));
            let current = (shown == Some(closing.event)).then_some("page");
            view! {
                <li>
                    <a class="link" href=href aria-current=current>{words::utc(closing.at)}</a>
                    <small>{format!("@{}, {}", closing.by, words::count(closing.proposals, "proposal"))}</small>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        let note = words::count(lines.len(), "time");
        view! { <Panel title="Closed plans" id="closings" note><ul class="closings">{lines}</ul></Panel> }.into_any()
    })
}

/// The form that closes the plan; it shows what will be in it first.
pub(super) fn close(sheet: &Sheet<'_>) -> Option<AnyView> {
    let view = sheet.view;
    let total = view.sources.iter().find(|part| part.id == view.source).map_or(0, |part| part.accepted);
    if sheet.csrf.is_none() || !view.rights.close || total == 0 {
        return None;
    }
    let whole = view.sig.is_none();
    let lines: Vec<_> = view
        .accepted
        .iter()
        .map(|row| view! { <li>{format!("{} {}", row.proposal.name(), row.proposal.title)}</li> })
        .collect();
    let list = if whole {
        view! { <ol class="plain">{lines}</ol> }.into_any()
    } else {
        let words = format!("It holds the accepted {}s of every SIG, not only those shown.", view.noun);
        view! { <p>{words}</p> }.into_any()
    };
    let what = format!("{} will be in it.", words::count(total, "proposal"));
    let again = !view.closings.is_empty();
    let summary = if again { "Close it again…" } else { "Close the plan…" };
    let note = if again { "another snapshot; the earlier ones stay" } else { "a snapshot, kept for ever" };
    let form = view! {
        <details class="closing">
            <summary class="btn">{summary}</summary>
            <form method="post" action=sheet.address.action("close")>
                {sheet.hidden()}
                <p>{what}" Proposals can still be accepted and moved afterwards; the difference is shown."</p>
                {list}
                <button class="btn primary">"Close the plan"</button>
            </form>
        </details>
    };
    Some(view! { <Panel title="Close the plan" id="close" note>{form}</Panel> }.into_any())
}
