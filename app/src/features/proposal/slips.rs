//! How the proposal moved from release to release, with reasons (P-15).

use leptos::prelude::*;

use super::port::ProposalView;
use crate::{
    features::{frame::Context, slips},
    ui::{self, Icon, Panel, Tone},
    words,
};

/// The panel; nothing for a proposal that stayed where it was planned.
pub(super) fn biography(view: &ProposalView, context: &Context) -> Option<AnyView> {
    if view.moves.is_empty() && view.stays.is_empty() {
        return None;
    }
    let slips = view.moves.iter().filter(|moved| moved.slip).count();
    let note = if slips > 0 { words::count(slips, "slip") } else { String::new() };
    let stays: Vec<_> = view
        .stays
        .iter()
        .map(|stay| view! { <li>{ui::badge(Tone::Warn, Icon::Warning, "long in one stage")}" "<small>{stay.clone()}</small></li> })
        .collect();
    let stays = (!stays.is_empty()).then(|| view! { <ul class="stays">{stays}</ul> });
    let moves = (!view.moves.is_empty()).then(|| slips::moves(&view.moves, context));
    Some(
        view! {
            <Panel title="From release to release" id="slips" note>
                {moves}
                {stays}
            </Panel>
        }
        .into_any(),
    )
}
