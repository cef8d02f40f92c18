//! The requirements of both freezes as sentences with evidence under them (P-8 to P-10).

use domain::{Evidence, Judgement, Outcome, Requirement, Timing, Verdict, Who};
use leptos::prelude::*;

use super::{actions::mends, port::ProposalView};
use crate::{
    features::{frame::Context, shared::handles},
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
    let items: Vec<_> = judgement.requirements.iter().map(|r| requirement(r, view, context)).collect();
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

const fn mark(outcome: Outcome) -> (&'static str, Icon) {
    match outcome {
        Outcome::Pass => ("pass", Icon::Check),
        Outcome::Fail => ("fail", Icon::Cross),
        Outcome::Unknown => ("unknown", Icon::Unknown),
    }
}

fn requirement(requirement: &Requirement, view: &ProposalView, context: &Context) -> AnyView {
    let (class, which) = mark(requirement.outcome);
    let state = match requirement.outcome {
        Outcome::Pass => "Met",
        Outcome::Fail => "Open",
        Outcome::Unknown => "Not verified",
    };
    let waived = requirement.waived.is_some().then(|| ui::chip("waived"));
    let open = (!requirement.open.is_empty()).then(|| format!(": {}", requirement.open));
    let seen: Vec<_> = requirement.evidence.iter().map(|e| view! { <small>{evidence(e, context)}</small> }).collect();
    let who = match &requirement.who {
        Who::Nobody => ().into_any(),
        Who::Reviewers(logins) if !logins.is_empty() => view! { <small>{handles(logins)}</small> }.into_any(),
        who => ui::chip(who.words()).into_any(),
    };
    view! {
        <li class=class>
            <span class="state">{ui::icon(which)}<span class="hidden">{state}</span></span>
            <div>
                <b>{requirement.rule.title()}{open}</b>" "{waived}
                {seen}
                {mends(view, requirement.rule)}
            </div>
            <div class="who">{who}<small class="rule">{requirement.rule.source()}</small></div>
        </li>
    }
    .into_any()
}

fn evidence(evidence: &Evidence, context: &Context) -> AnyView {
    let link = evidence.link.clone().map(|link| view! { " "<a class="link" href=link>"Show"</a> });
    let seen = evidence.observed.filter(|at| *at <= context.now());
    let seen = seen.map(|at| view! { " · "{ui::age(at, context.now())} });
    view! { {ui::prose(&evidence.text)}{link}{seen} }.into_any()
}
