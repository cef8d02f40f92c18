//! What a candidate lacks to become a proposal, and what its document already has.

use leptos::prelude::*;

use super::port::{CandidateRow, CandidateView};
use crate::{
    features::start::port::IssueText,
    ui::{self, Icon, Panel},
};

/// The steps that are left, the first with the text of the issue.
pub(super) fn missing(view: &CandidateView) -> Option<AnyView> {
    let issue = view.issue.as_ref()?;
    let row = &view.row;
    let (opened, numbered) = numbers(row);
    let pull = format!("https://github.com/{}/pull/{}", row.repository, row.pull);
    let merge = view! {
        <p>"Once "<a class="link" href=pull>{row.reference()}</a>" is merged, the document is on main and this page ends."</p>
    };
    let issue = view! { <p>{opened}</p>{text_of_issue(issue, &view.labels, &row.repository)} };
    Some(
        view! {
            <Panel title="What is missing" id="missing" note=format!("to become a {}", row.noun)>
                <ol class="findings">
                    {step("A tracking issue", issue.into_any())}
                    {step("The number of the issue in path and title", view! { <p>{numbered}</p> }.into_any())}
                    {step("The merge", merge.into_any())}
                </ol>
            </Panel>
        }
        .into_any(),
    )
}

fn step(title: &'static str, inside: AnyView) -> AnyView {
    view! {
        <li class="todo">
            <span class="state">{ui::icon(Icon::Circle)}<span class="hidden">"Open"</span></span>
            <div class="to-do"><b>{title}</b>{inside}</div>
        </li>
    }
    .into_any()
}

/// What is told about the issue, and about the numbers.
fn numbers(row: &CandidateRow) -> (String, String) {
    let repository = &row.repository;
    let opened = match row.number_in_path.or(row.number_in_title) {
        Some(number) => format!("No tracking issue #{number} is known in {repository}."),
        None => format!("Neither path nor title names one in {repository}."),
    };
    let place = match (row.number_in_path, row.number_in_title) {
        (Some(path), Some(title)) if path == title => format!("Both say {path}."),
        (Some(path), Some(title)) => format!("The path says {path}, the document {title}."),
        (Some(path), None) => format!("The path says {path}, the title has no number."),
        (None, Some(title)) => format!("The title says {title}, the directory begins with no number."),
        (None, None) => "Neither has a number.".to_owned(),
    };
    let numbered = format!("{place} GitHub gives the issue its number; directory and title take that one over.");
    (opened, numbered)
}

/// The issue, ready to be opened.
fn text_of_issue(issue: &IssueText, labels: &[String], repository: &str) -> AnyView {
    let form = issue.form.clone().unwrap_or_else(|| issue.empty_form.clone());
    let words = if issue.form.is_some() { "Open it at GitHub, filled in" } else { "Open an empty issue at GitHub" };
    let labels = labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ");
    view! {
        <div class="submit"><a class="btn primary" href=form>{words}{ui::icon(Icon::External)}</a></div>
        <details class="issue-text">
            <summary>{format!("Text of the issue in {repository}")}</summary>
            {ui::copyable("Title of the issue", issue.title.clone())}
            {ui::copyable("Body of the issue", issue.body.clone())}
            <p>"Labels: "{ui::prose(&labels)}</p>
        </details>
    }
    .into_any()
}

/// The requirements of the Enhancement Freeze that the document tells of.
pub(super) fn readiness(row: &CandidateRow) -> AnyView {
    let lines: Vec<_> = row
        .readiness
        .iter()
        .map(|line| {
            let (class, which, state) =
                if line.holds { ("pass", Icon::Check, "There") } else { ("todo", Icon::Circle, "Open") };
            view! {
                <li class=class>
                    <span class="state">{ui::icon(which)}<span class="hidden">{state}</span></span>
                    <div>
                        <b>{line.title()}</b>
                        <small>{ui::prose(&line.text)}</small>
                        {line.later().map(|later| view! { <small>{later}</small> })}
                    </div>
                    <div class="who"><small class="rule">{line.rule.source()}</small></div>
                </li>
            }
        })
        .collect();
    let note = format!("{} of {} parts there", row.held(), row.readiness.len());
    view! {
        <Panel title="Enhancement Freeze" id="readiness" note>
            <p class="remark lead"><small>"The requirements that a document alone can tell of; nothing is judged yet."</small></p>
            <ul class="findings">{lines}</ul>
        </Panel>
    }
    .into_any()
}
