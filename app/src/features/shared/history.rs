//! Lines of history.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::HistoryItem;
use crate::{query::At, ui, words};

/// The lines, newest first. Each has an address of its own on the proposal's page.
pub fn history_list(items: &[HistoryItem], now: DateTime<Utc>, at: At) -> AnyView {
    let lines: Vec<_> = items.iter().map(|item| line(item, now, at)).collect();
    view! { <ol class="events">{lines}</ol> }.into_any()
}

fn line(item: &HistoryItem, now: DateTime<Utc>, at: At) -> AnyView {
    // On a page of one proposal the line is a target, elsewhere it leads there.
    let id = item.proposal.is_none().then(|| format!("event-{}", item.id));
    let proposal = item.proposal.as_ref().map(|proposal| {
        let href = at.keep(&format!("{}#event-{}", proposal.href(), item.id));
        view! { <a class="link" href=href title=proposal.title.clone()>{proposal.name()}</a>": " }
    });
    let when = match item.occurred_at {
        Some(then) if then <= now => ui::age(then, now).into_any(),
        Some(then) => words::utc(then).into_any(),
        None => "time not known".into_any(),
    };
    let what = if item.decision {
        view! { <a href=format!("/decisions/{}", item.id)>{ui::prose(&item.what)}</a> }.into_any()
    } else {
        ui::prose(&item.what)
    };
    let link = item.link.clone().map(|link| view! { " · "<a class="link" href=link>"where"</a> });
    view! {
        <li id=id class=if item.decision { "decision" } else { "fact" }>
            <span>{proposal}{what}</span>
            <small>{item.who.clone()}" · "{when}{link}</small>
        </li>
    }
    .into_any()
}
