//! The requirements of both freezes as sentences with evidence under them (P-8 to P-10).

use domain::{Judgement, Outcome, Timing, Verdict};
use leptos::prelude::*;

use super::{actions::mends, port::ProposalView};
use crate::{
    features::{
        frame::Context,
        shared::{evidence, finding, mark},
    },
    ui::{self, Icon, Panel},
    words,
};

/// A panel with a part per freeze; the gate's is open, and warnings come last.
pub(super) fn requirements(verdict: &Verdict, view: &ProposalView, context: &Context) -> AnyView {
    let gate = verdict.gate().map(|gate| gate.freeze);
    let parts: Vec<_> = verdict
        .judgements
        .iter()
        .map(|judgement| freeze(judgement, gate == Some(judgement.freeze), view, context))
        .collect();
    let warnings: Vec<_> = verdict
        .warnings
        .iter()
        .map(|warning| {
            view! {
                <li class="warn">
                    <span class="state">{ui::icon(Icon::Warning)}<span class="hidden">"Warning"</span></span>
                    <div>{evidence(warning, context)}</div>
                </li>
            }
        })
        .collect();
    let warnings = (!warnings.is_empty()).then(|| view! { <ul class="findings">{warnings}</ul> });
    let note = format!("for {}", verdict.release);
    view! { <Panel title="Requirements" id="requirements" note>{parts}{warnings}</Panel> }.into_any()
}

fn freeze(judgement: &Judgement, open: bool, view: &ProposalView, context: &Context) -> AnyView {
    let passed = judgement.requirements.iter().filter(|r| r.outcome == Outcome::Pass).count();
    let count = format!("{passed} of {} met", judgement.requirements.len());
    let zone = view.dates.zone;
    let day = view
        .dates
        .freeze(judgement.freeze)
        .map(|at| words::day_near(words::day_in(at, zone), context.now()) + " " + &zone.label());
    let when = match (judgement.timing, day) {
        (Timing::Passed, Some(day)) => format!("{} on {day}", if judgement.met() { "met" } else { "passed unmet" }),
        (Timing::Ahead, Some(day)) => format!("on {day}"),
        _ => "no date".to_owned(),
    };
    let in_time = judgement.done_in_time.map(|at| format!(", done {} under an exception", words::utc(at)));
    let (class, which) = mark(judgement.result);
    let items: Vec<_> = judgement.requirements.iter().map(|r| finding(r, mends(view, r.rule), context)).collect();
    view! {
        <details class="freeze" open=open>
            <summary>
                <span class=format!("state {class}")>{ui::icon(which)}</span>
                <h3>{judgement.freeze.name()}</h3>
                <small>{count}" · "{when}{in_time}</small>
                {ui::icon(Icon::Chevron)}
            </summary>
            <ul class="findings">{items}</ul>
        </details>
    }
    .into_any()
}
