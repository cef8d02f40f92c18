//! The panels beside the document: people, targets, mismatches, history.

use domain::{Mismatch, Target, TargetReading};
use leptos::prelude::*;

use super::port::{Person, ProposalView};
use crate::{
    features::{
        frame::Context,
        shared::{handle, history_list, mismatch},
    },
    ui::{self, Icon, Panel, Tone},
};

/// Who takes part, by handle.
pub(super) fn people(view: &ProposalView) -> AnyView {
    let people = &view.people;
    let sig = people.sig.clone().unwrap_or_else(|| "not stated".to_owned());
    let others: Vec<_> = people
        .other_sigs
        .iter()
        .map(|sig| view! { " "<small>{sig.login.clone()}" "{sig.note.clone()}</small> })
        .collect();
    let (owners, reviewers) = (persons(&people.owners), persons(&people.reviewers));
    let approvers = persons(&people.approvers);
    view! {
        <Panel title="People" id="people">
            <dl class="kv">
                <dt>"Owner"</dt><dd>{owners}</dd>
                <dt>"Reviewers"</dt><dd>{reviewers}</dd>
                <dt>"Approvers"</dt><dd>{approvers}</dd>
                <dt>"SIGs"</dt><dd>{sig}{others}</dd>
            </dl>
        </Panel>
    }
    .into_any()
}

fn persons(persons: &[Person]) -> AnyView {
    if persons.is_empty() {
        return view! { <span class="muted">"nobody named"</span> }.into_any();
    }
    persons
        .iter()
        .map(|person| {
            view! { <span class="person">{handle(&person.login)}" "<small>{person.note.clone()}</small></span> }
        })
        .collect::<Vec<_>>()
        .into_any()
}

/// The target lines as the document states them.
pub(super) fn targets(view: &ProposalView) -> Option<AnyView> {
    let url = view.document.as_ref().map(|document| document.url.clone())?;
    let lines: Vec<_> = view.targets.iter().map(|target| target_line(target, &url)).collect();
    Some(
        view! {
            <Panel title="Targets" id="targets" note="as the document states them">
                {if lines.is_empty() {
                    view! { <ui::Empty what="The document has no target line."/> }.into_any()
                } else {
                    view! { <dl class="kv">{lines}</dl> }.into_any()
                }}
            </Panel>
        }
        .into_any(),
    )
}

fn target_line(target: &Target, url: &str) -> AnyView {
    let stage = target.stage.name();
    let value = match &target.reading {
        TargetReading::Version(version) => view! { <b>{version.to_string()}</b> }.into_any(),
        TargetReading::Empty => view! { <span class="muted">"empty"</span> }.into_any(),
        TargetReading::Tbd => view! { <span class="muted">"TBD"</span> }.into_any(),
        TargetReading::NotApplicable => view! { <span class="muted">"not applicable"</span> }.into_any(),
        TargetReading::Struck => view! { <s class="muted">{target.raw.clone()}</s> }.into_any(),
        TargetReading::Unreadable => {
            view! { <code>{target.raw.clone()}</code>" "{ui::badge(Tone::Warn, Icon::Warning, "not readable")} }
                .into_any()
        }
    };
    let line = (target.line > 0).then(|| {
        let href = format!("{url}?plain=1#L{}", target.line);
        view! { " "<small><a class="link" href=href>{format!("line {}", target.line)}</a></small> }
    });
    view! { <dt>{stage}</dt><dd>{value}{line}</dd> }.into_any()
}

/// Where sources disagree, with a text that mends it. What stands in the way of the release shown comes first.
pub(super) fn mismatches(view: &ProposalView, context: &Context) -> Option<AnyView> {
    if view.mismatches.is_empty() {
        return None;
    }
    let shown = view.verdict.as_ref().map(|verdict| verdict.release);
    let in_the_way = |mismatch: &&Mismatch| shown.is_some_and(|release| mismatch.releases.contains(&release));
    let first: Vec<_> = view.mismatches.iter().filter(in_the_way).map(|m| mismatch(m, None, context.now())).collect();
    let rest: Vec<_> =
        view.mismatches.iter().filter(|m| !in_the_way(m)).map(|m| mismatch(m, None, context.now())).collect();
    let (some, more) = (!first.is_empty(), rest.len());
    let rest = (more > 0).then(|| {
        let words = if some { format!("{more} more") } else { format!("{more} not in the way of this release") };
        view! { <details><summary>{words}</summary><ul class="mismatches">{rest}</ul></details> }
    });
    let badge = ui::badge(Tone::Warn, Icon::Warning, view.mismatches.len().to_string());
    Some(
        view! {
            <Panel title="Mismatches" id="mismatches" end=badge.into_any()>
                {some.then(|| view! { <ul class="mismatches">{first}</ul> })}
                {rest}
            </Panel>
        }
        .into_any(),
    )
}

/// What happened, newest first.
pub(super) fn history(view: &ProposalView, context: &Context) -> AnyView {
    let cut = (view.history_total as usize > view.history.len()).then(|| {
        let words = format!("The latest {} of {}", view.history.len(), view.history_total);
        view! { <p class="remark"><small>{words}</small></p> }
    });
    let inside = if view.history.is_empty() {
        view! { <ui::Empty what="Nothing is known to have happened."/> }.into_any()
    } else {
        history_list(&view.history, context.now(), context.at).into_any()
    };
    let feed = format!("{}/feed.atom", view.proposal.href());
    let link = view! { <a class="link" href=feed>"Atom"</a> };
    view! { <Panel title="History" id="history" end=link.into_any()>{inside}{cut}</Panel> }.into_any()
}
