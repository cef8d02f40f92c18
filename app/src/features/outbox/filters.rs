//! States to choose from, and the form of the other filters.

use leptos::prelude::*;

use super::{Kind, OutboxQuery, Stand, port::OutboxView};
use crate::ui::{self, Pick};

/// A link for each state that any row is in, with how many there are.
pub(super) fn states(view: &OutboxView, query: &OutboxQuery) -> Option<AnyView> {
    let all: u32 = view.counts.iter().map(|(_, count)| count).sum();
    let choice = |state: Option<Stand>, words: &'static str, count: u32| {
        let here = (query.state == state).then_some("page");
        view! { <li><a href=query.in_state(state).href() aria-current=here><b>{words}</b><small>{count}</small></a></li> }
    };
    let links: Vec<_> = view.counts.iter().map(|(state, count)| choice(Some(*state), state.words(), *count)).collect();
    view.any.then(|| {
        view! { <nav class="choose" aria-label="States"><ul>{choice(None, "All", all)}{links}</ul></nav> }.into_any()
    })
}

/// One form, sent by GET: what it says is the address of what it shows.
pub(super) fn filter_form(query: &OutboxQuery) -> AnyView {
    let kinds = Kind::ALL
        .into_iter()
        .map(|kind| Pick {
            value: kind.slug().to_owned(),
            label: kind.words().to_owned(),
            chosen: query.kind == Some(kind),
        })
        .collect();
    let state = query.state.map(|state| ui::hidden_field("state".to_owned(), state.slug().to_owned()));
    view! {
        <form class="filters" role="search" aria-label="Find what goes out" action="/outbox" method="get">
            <div class="fields">
                {state}
                {ui::select_field("kind", "Kind", "any", kinds)}
                {ui::text_field("proposal", "Proposal", "4702", query.proposal.clone().unwrap_or_default())}
                <button class="btn primary">"Apply"</button>
            </div>
        </form>
    }
    .into_any()
}
