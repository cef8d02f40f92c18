//! The button that undoes one's own last decision.

use leptos::prelude::*;

use super::port::Undoable;
use crate::{features::frame::viewer, ui, words};

/// A form of one button, with the minutes left. `proposal` is the address of the proposal, `seen` the place in the log of
/// the latest decision on it.
pub fn undo_button(proposal: &str, undo: &Undoable, seen: i64) -> AnyView {
    let Some(viewer) = viewer() else { return ().into_any() };
    let left = words::count(usize::try_from(undo.minutes).unwrap_or_default(), "minute");
    view! {
        <form method="post" action=format!("{proposal}/decide/undo") class="undo">
            <span>"You decided: "{undo.what.clone()}</span>
            {ui::hidden_field("event".to_owned(), undo.event.to_string())}
            {ui::hidden_field("seen".to_owned(), seen.to_string())}
            {ui::csrf_field(&viewer.csrf)}
            <button class="btn">"Undo"</button>
            <small>{format!("{left} left")}</small>
        </form>
    }
    .into_any()
}
