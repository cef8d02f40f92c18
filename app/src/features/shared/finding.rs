//! A requirement as a finding: its result, what it rests on, who can act (P-8).

use domain::{Evidence, Outcome, Requirement, Who};
use leptos::prelude::*;

use super::handles;
use crate::{
    features::frame::Context,
    ui::{self, Icon},
};

/// The class and the icon of a result.
pub const fn mark(outcome: Outcome) -> (&'static str, Icon) {
    match outcome {
        Outcome::Pass => ("pass", Icon::Check),
        Outcome::Fail => ("fail", Icon::Cross),
        Outcome::Unknown => ("unknown", Icon::Unknown),
    }
}

/// A requirement in a list of findings; `mends` is what can be done about it.
pub fn finding(requirement: &Requirement, mends: Option<AnyView>, context: &Context) -> AnyView {
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
                {mends}
            </div>
            <div class="who">{who}<small class="rule">{requirement.rule.source()}</small></div>
        </li>
    }
    .into_any()
}

/// What was seen, where and when.
pub fn evidence(evidence: &Evidence, context: &Context) -> AnyView {
    let link = evidence.link.clone().map(|link| view! { " "<a class="link" href=link>"Show"</a> });
    let seen = evidence.observed.filter(|at| *at <= context.now());
    let seen = seen.map(|at| view! { " · "{ui::age(at, context.now())} });
    view! { {ui::prose(&evidence.text)}{link}{seen} }.into_any()
}
