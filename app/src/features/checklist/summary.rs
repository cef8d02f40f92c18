//! The checklist as a part of another page: how far it is, line by line, with the way to it.

use leptos::prelude::*;

use super::{lines, port::ChecklistSummary};
use crate::{
    features::frame::Context,
    ui::{self, Panel},
    words,
};

/// The panel; nothing for a participation that is not tracked.
pub fn checklist_summary(summary: &ChecklistSummary, context: &Context) -> Option<AnyView> {
    if !summary.tracked {
        return None;
    }
    let lines: Vec<_> = summary
        .lines
        .iter()
        .map(|line| {
            let (class, icon, word) = lines::state(line);
            view! {
                <li class=class>
                    <span class="state">{ui::icon(icon)}</span>
                    <span>{lines::short(&line.key, &line.text)}</span>
                    <small>{word}</small>
                </li>
            }
        })
        .collect();
    let href = context.href(&summary.href());
    let words = if summary.due { "Open the checklist" } else { "See what is known" };
    let note = format!("{} of {} done", summary.done(), summary.lines.len());
    let end = view! { <a class="link" href=href>{words}</a> }.into_any();
    let remark = starts(summary, context).map(|words| view! { <p class="remark"><small>{words}</small></p> });
    Some(
        view! {
            <Panel title="Post-freeze checklist" id="checklist" note end>
                <ul class="check-lines">{lines}</ul>
                {remark}
            </Panel>
        }
        .into_any(),
    )
}

/// When it begins, as long as it has not.
pub(super) fn starts(summary: &ChecklistSummary, context: &Context) -> Option<String> {
    starting(summary.freeze, summary.zone, context)
}

/// The same for a release.
pub(super) fn starting(
    freeze: Option<chrono::DateTime<chrono::Utc>>,
    zone: domain::FreezeZone,
    context: &Context,
) -> Option<String> {
    match freeze {
        Some(at) if at <= context.now() => None,
        Some(at) => {
            let day = words::long_day(words::day_in(at, zone));
            Some(format!("The checklist starts with the Code Freeze, at the end of {day} ({}).", zone.label()))
        }
        None => Some("The checklist starts with the Code Freeze, which has no date yet.".to_owned()),
    }
}
