//! Whether it should carry the label of approved work, condition by condition (P-28).

use domain::{LabelVerdict, Outcome};
use leptos::prelude::*;

use super::{parts::label, port::HeldView};
use crate::{
    features::frame::Context,
    ui::{self, Icon, Panel},
    words,
};

/// The panel; where the source has no such label, it says so.
pub(super) fn explain(view: &HeldView, context: &Context) -> AnyView {
    let Some(verdict) = &view.row.label else {
        let what = format!("The source {} has no such label.", view.row.proposal.source);
        return view! {
            <Panel title="Label of approved work" id="label">
                <ui::Empty what=what/>
            </Panel>
        }
        .into_any();
    };
    let (tone, icon, word) = label(verdict.should, verdict.carries);
    let badge = ui::badge(tone, icon, word);
    let title = format!("Label {}", verdict.label);
    let (answer, until, conditions) = (ui::prose(&verdict.words()), until(verdict, context), conditions(verdict));
    view! {
        <Panel title id="label" end=badge.into_any()>
            <p class="answer"><b>{answer}</b>" "{until}</p>
            <ul class="findings">{conditions}</ul>
            <p class="remark"><small>
                "It needs to be open, and then either all that work on a tracked proposal needs, or an exception that names it."
            </small></p>
        </Panel>
    }
    .into_any()
}

fn until(verdict: &LabelVerdict, context: &Context) -> Option<String> {
    let until = verdict.until.filter(|until| *until < domain::words::UNKNOWN_END && *until > context.now())?;
    Some(format!("As things stand until {}.", words::utc(until)))
}

fn conditions(verdict: &LabelVerdict) -> Vec<AnyView> {
    verdict
        .conditions
        .iter()
        .map(|condition| {
            let (class, icon, word) = match condition.outcome {
                Outcome::Pass => ("pass", Icon::Check, "speaks for it"),
                // One of the two ways is enough.
                Outcome::Fail if verdict.should == Outcome::Pass => ("beside", Icon::Minus, "not needed"),
                Outcome::Fail => ("fail", Icon::Cross, "speaks against it"),
                Outcome::Unknown => ("unknown", Icon::Unknown, "not known"),
            };
            view! {
                <li class=class>
                    <span class="state">{ui::icon(icon)}</span>
                    <span>{condition.text.clone()}</span>
                    <small class="who">{word}</small>
                </li>
            }
            .into_any()
        })
        .collect()
}
