//! The rows, each with its text; for admins a form around those that are held.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{
    Act, OutboxQuery, Stand,
    port::{OutboxView, OutgoingRow},
};
use crate::{
    features::{frame::viewer, shared::handle},
    ui, words,
};

/// The table, with what can be done with the held rows in it.
pub(super) fn table(view: &OutboxView, query: &OutboxQuery, now: DateTime<Utc>) -> AnyView {
    let csrf = viewer().filter(|_| view.keeps).map(|viewer| viewer.csrf);
    let choosing = csrf.is_some() && view.rows.iter().any(|row| row.acts.contains(&Act::Send));
    let rows: Vec<_> = view.rows.iter().map(|row| line(row, choosing, now)).collect();
    let choose = choosing.then(|| view! { <th scope="col"><span class="hidden">"Choose"</span></th> });
    let caption = format!("What goes out, page {} of {}", view.page, view.pages);
    let table = view! {
        <table class="cards outbox">
            <caption class="hidden">{caption}</caption>
            <thead>
                <tr>
                    {choose}
                    <th scope="col">"What"</th>
                    <th scope="col">"Proposal"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"When"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    match csrf.filter(|_| choosing) {
        None => table.into_any(),
        Some(csrf) => view! {
            <form method="post" action="/outbox/keep">
                {ui::csrf_field(&csrf)}
                {ui::hidden_field("back".to_owned(), query.href())}
                {table}
                <div class="remark">
                    <small>"The chosen ones go out as they are shown here. Where a text has changed since, nothing is done."</small>
                    <span class="acts">
                        <button class="btn primary" name="act" value="send" disabled=!view.sending.github>"Send the chosen"</button>
                        <button class="btn" name="act" value="cancel">"Discard the chosen"</button>
                    </span>
                </div>
            </form>
        }
        .into_any(),
    }
}

fn line(row: &OutgoingRow, choosing: bool, now: DateTime<Utc>) -> AnyView {
    let choose = choosing.then(|| {
        let label = format!("Choose: {}", row.title());
        let inside = row.acts.contains(&Act::Send).then(|| {
            view! { <input type="checkbox" name="row" value=row.seen() checked=true aria-label=label/> }
        });
        view! { <td class="pick">{inside}</td> }
    });
    let proposal = row.proposal.as_ref().map(|proposal| {
        let link = view! { <a class="link" href=proposal.href()>{proposal.name()}</a> };
        view! { <span>{link}" "<small>{proposal.title.clone()}</small></span> }
    });
    let (text, open) = (row.preview.clone(), row.stand == Stand::Held);
    view! {
        <tr>
            {choose}
            <th scope="row" class="title">
                <a href=row.href()>{row.title()}</a>
                {target(row)}
                <details open=open><summary>"Text"</summary><pre tabindex="0">{text}</pre></details>
            </th>
            <td data-label="Proposal">{proposal}</td>
            <td data-label="State">
                <span class="state-of">
                    {ui::badge(row.stand.tone(), row.stand.icon(), row.stand.words())}
                    {progress(row, now)}
                </span>
            </td>
            <td data-label="When" class="when">{ui::age(row.sent_at.unwrap_or(row.updated_at), now)}</td>
        </tr>
    }
    .into_any()
}

/// A link to where it goes.
pub(super) fn target(row: &OutgoingRow) -> Option<AnyView> {
    let (href, words) = match (&row.comment, &row.target) {
        (Some(comment), _) => (comment, "the comment on GitHub"),
        (None, Some(target)) => (&target.href, "on GitHub"),
        (None, None) => return None,
    };
    let label = format!("{}, {words}", row.title());
    Some(view! { " "<small><a class="link" href=href.clone() aria-label=label>{words}</a></small> }.into_any())
}

/// Attempts, error, next try; who cancelled it.
pub(super) fn progress(row: &OutgoingRow, now: DateTime<Utc>) -> AnyView {
    let tried = (row.attempts > 0 && row.stand != Stand::Sent)
        .then(|| view! { <small>{format!("tried {}", times(row.attempts))}</small> });
    let next = row.next_try.map(|at| {
        let when = if at <= now { "now".to_owned() } else { format!("in {}", words::length(at - now)) };
        view! { <small>{format!("next try {when}")}</small> }
    });
    let error = row.broken.clone().map(|why| format!("It cannot be read: {why}")).or_else(|| row.error.clone());
    let error = error.map(|error| view! { <small class="why">{error}</small> });
    let by = row.closed_by.as_ref().map(|login| {
        let words = if row.stand == Stand::Sent { "arrived, says " } else { "by " };
        view! { <small>{words}{handle(login)}</small> }
    });
    view! { {tried}{next}{error}{by} }.into_any()
}

fn times(n: u32) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}
