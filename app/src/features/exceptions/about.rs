//! Beside the form: the dates it is about, what is known already, and what happens next.

use leptos::prelude::*;

use super::port::NewView;
use crate::{
    features::{frame::Context, shared::status_badge},
    ui::{self, Icon, Panel},
};

/// The dates of the release, and where the proposal stands in it.
pub(super) fn dates(view: &NewView, context: &Context) -> Option<AnyView> {
    let release = view.release?;
    let freezes: Vec<_> = view
        .freezes
        .iter()
        .map(|(freeze, day)| {
            let day = day.clone().unwrap_or_else(|| "no date yet".to_owned());
            view! { <dt>{freeze.short()}</dt><dd>{day}</dd> }
        })
        .collect();
    let ga = view.ga.clone().unwrap_or_else(|| "no date yet".to_owned());
    let status = view.status.as_ref().zip(view.proposal.as_ref()).map(|((status, words), proposal)| {
        let href = context.href(&format!("{}?release={release}", proposal.href()));
        view! { <dt>{proposal.name()}</dt><dd><a href=href>{status_badge(status, words)}</a></dd> }
    });
    Some(
        view! {
            <Panel title=format!("{release}") id="dates" note="days end Anywhere on Earth">
                <dl class="kv">{freezes}<dt>"GA"</dt><dd>{ga}</dd>{status}</dl>
            </Panel>
        }
        .into_any(),
    )
}

/// What should be known before asking.
pub(super) fn remarks(view: &NewView) -> Option<AnyView> {
    let lines: Vec<_> = view
        .remarks
        .iter()
        .map(|words| {
            view! { <li class="warn"><span class="state">{ui::icon(Icon::Warning)}</span><span>{words.clone()}</span></li> }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! { <Panel title="Good to know" id="remarks"><ul class="findings">{lines}</ul></Panel> }.into_any()
    })
}

/// What happens after sending.
pub(super) fn steps() -> AnyView {
    view! {
        <Panel title="What happens next" id="next">
            <ol class="next-steps">
                <li>"You get the mail for kubevirt-dev, ready to send."</li>
                <li>"You record its archive link here."</li>
                <li>"The release team reviews it, may ask for more, and decides with a reason."</li>
                <li>"The decision answers in the thread; the proposal's status follows by itself."</li>
            </ol>
        </Panel>
    }
    .into_any()
}
