//! The five facts, side by side, never merged (P-7).

use domain::{Freeze, Outcome, Request, Share, Verdict};
use leptos::prelude::*;

use super::port::ProposalView;
use crate::{
    features::frame::Context,
    ui::{self, Icon},
    words,
};

/// One fact as drawn.
struct Fact {
    label: String,
    words: String,
    outcome: Option<Outcome>,
}

/// The strip.
pub(super) fn five_facts(verdict: &Verdict, view: &ProposalView, context: &Context) -> AnyView {
    let facts =
        [accepted(verdict, context), ready(verdict), exception(verdict, view), merged(verdict), landed(verdict)];
    let cells: Vec<_> = facts
        .into_iter()
        .map(|fact| {
            let (class, which) = match fact.outcome {
                Some(Outcome::Pass) => ("pass", Some(Icon::Check)),
                Some(Outcome::Fail) => ("fail", Some(Icon::Cross)),
                Some(Outcome::Unknown) => ("unknown", Some(Icon::Unknown)),
                None => ("none", None),
            };
            view! { <div class=class><dt>{fact.label}</dt><dd>{which.map(ui::icon)}{fact.words}</dd></div> }
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="facts">
            <h2 id="facts" class="hidden">"Five facts"</h2>
            <dl class="facts">{cells}</dl>
        </section>
    }
    .into_any()
}

fn accepted(verdict: &Verdict, context: &Context) -> Fact {
    let label = "Accepted".to_owned();
    match &verdict.facts.accepted {
        None => Fact { label, words: "no".to_owned(), outcome: Some(Outcome::Fail) },
        Some(acceptance) => {
            let when =
                acceptance.at.map_or_else(|| "yes".to_owned(), |at| words::day_near(at.date_naive(), context.now()));
            let rank = acceptance.rank.map(|rank| format!(", rank {rank}")).unwrap_or_default();
            Fact { label, words: when + &rank, outcome: Some(Outcome::Pass) }
        }
    }
}

fn ready(verdict: &Verdict) -> Fact {
    match verdict.facts.ready {
        None => Fact { label: "Ready".to_owned(), words: "both freezes met".to_owned(), outcome: Some(Outcome::Pass) },
        Some((freeze, outcome)) => {
            let open = verdict.judgement(freeze).open();
            let words = match (outcome, open.is_empty()) {
                (Outcome::Pass, _) => "yes".to_owned(),
                (Outcome::Fail, true) => "no".to_owned(),
                (Outcome::Fail, false) => format!("no, {open}"),
                (Outcome::Unknown, true) => "not verified".to_owned(),
                (Outcome::Unknown, false) => format!("not verified, {open}"),
            };
            Fact { label: format!("Ready for {}", freeze.short()), words, outcome: Some(outcome) }
        }
    }
}

fn exception(verdict: &Verdict, view: &ProposalView) -> Fact {
    let told: Vec<_> = verdict
        .facts
        .exceptions
        .iter()
        .filter_map(|(freeze, request): &(Freeze, Request)| {
            let state = match request {
                Request::None => return None,
                Request::Undecided => "undecided".to_owned(),
                Request::Granted(until) => {
                    format!("until {}", words::short_day(words::day_in(*until, view.dates.zone)))
                }
                Request::Denied => "denied".to_owned(),
            };
            Some(format!("{} {state}", freeze.short()))
        })
        .collect();
    let words = if told.is_empty() { "none".to_owned() } else { told.join(", ") };
    Fact { label: "Exception".to_owned(), words, outcome: None }
}

fn share(share: Share) -> (String, Outcome) {
    let outcome = if share.done >= share.all { Outcome::Pass } else { Outcome::Fail };
    (format!("{} of {}", share.done, share.all), outcome)
}

fn merged(verdict: &Verdict) -> Fact {
    let label = "PRs merged".to_owned();
    match verdict.facts.merged.map(share) {
        Some((words, outcome)) => Fact { label, words, outcome: (outcome == Outcome::Pass).then_some(outcome) },
        None => Fact { label, words: "no PR known".to_owned(), outcome: Some(Outcome::Unknown) },
    }
}

fn landed(verdict: &Verdict) -> Fact {
    let label = match &verdict.facts.branch {
        Some(branch) => format!("In {branch}"),
        None => "In release branch".to_owned(),
    };
    let (outcome, known) = verdict.facts.landed;
    let words = match (outcome, known) {
        (_, Some(known)) => share(known).0,
        (Outcome::Unknown, None) => "not verified".to_owned(),
        (Outcome::Pass, None) => "yes".to_owned(),
        (Outcome::Fail, None) => "no".to_owned(),
    };
    Fact { label, words, outcome: Some(outcome) }
}
