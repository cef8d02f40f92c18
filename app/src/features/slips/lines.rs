//! Moves in words: from where to where, why, whose word it is, when.

use leptos::prelude::*;

use super::port::MoveView;
use crate::{
    features::{frame::Context, shared::handle},
    ui, words,
};

/// The moves of one proposal, oldest first.
pub fn moves(all: &[MoveView], context: &Context) -> AnyView {
    let lines: Vec<_> = all
        .iter()
        .map(|moved| {
            let forward = (!moved.slip).then(|| ui::chip("brought forward"));
            view! {
                <li>
                    <span><b>{way(moved)}</b>" "{forward}</span>
                    <span>{ui::prose(&moved.why)}</span>
                    <small>{evidence(moved, context)}</small>
                </li>
            }
        })
        .collect();
    view! { <ol class="moved">{lines}</ol> }.into_any()
}

/// "v1.9 → v1.10".
pub(super) fn way(moved: &MoveView) -> String {
    format!("{} → {}", moved.from, goal(moved))
}

/// "v1.10", "nowhere yet".
pub(super) fn goal(moved: &MoveView) -> String {
    moved.to.map_or_else(|| "nowhere yet".to_owned(), |to| to.to_string())
}

/// Whose word it is, when, and where to read on.
pub(super) fn evidence(moved: &MoveView, context: &Context) -> AnyView {
    let who = moved.who.as_ref().map(|who| view! { {handle(who)}" · " });
    let when = moved.at.map_or_else(
        || "time not known".into_any(),
        |at| {
            let day = words::long_day(at.date_naive());
            view! { <time datetime=words::machine(at) title=words::utc(at)>{day}</time> }.into_any()
        },
    );
    let decision = moved.decision.map(|id| {
        let href = context.href(&format!("/decisions/{id}"));
        view! { " · "<a class="link" href=href>"decision"</a> }
    });
    let link = moved.link.clone().map(|link| view! { " · "<a class="link" href=link>"where"</a> });
    view! { {who}{when}{decision}{link} }.into_any()
}
