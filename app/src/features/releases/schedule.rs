//! The rows of a schedule file, as stated, and what was really tagged and branched (P-4).

use domain::{
    ScheduleRow,
    actual::{Actual, Made, MarkKind, late_words},
};
use leptos::prelude::*;

use super::port::ReleaseView;
use crate::{
    features::frame::Context,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// The panel.
pub(super) fn schedule(view: &ReleaseView, context: &Context) -> AnyView {
    let source = view.schedule_url.clone().map(|url| view! { <a class="link" href=url>"Source"</a> }.into_any());
    let remarks: Vec<_> = view
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let place = if diagnostic.line > 0 { format!("line {}: ", diagnostic.line) } else { String::new() };
            view! { <li><span>{place}{ui::prose(&diagnostic.message)}</span><small>{ui::prose(&diagnostic.mend)}</small></li> }
        })
        .collect();
    let remarks = (!remarks.is_empty()).then(|| view! { <div class="pad"><ul class="remarks">{remarks}</ul></div> });
    let inside = if view.schedule.is_empty() {
        view! {
            <Empty what="No schedule was read for this release.">
                <p>"Its dates appear once its "<code>"schedule.yaml"</code>" is merged and imported."</p>
            </Empty>
        }
        .into_any()
    } else {
        table(view, context)
    };
    let unplanned = unplanned(view);
    view! {
        <Panel title="Schedule" id="schedule" note="as the file states it" end=source.unwrap_or_else(|| ().into_any())>
            {inside}
            {unplanned}
            {remarks}
        </Panel>
    }
    .into_any()
}

fn table(view: &ReleaseView, context: &Context) -> AnyView {
    let known = view.built_in.is_some();
    let lines: Vec<_> = view
        .schedule
        .iter()
        .map(|(row, actual)| {
            let named = !actual.made.is_empty() || !actual.missing.is_empty();
            let class = if named { "actual" } else { "actual nothing" };
            view! {
                <tr>
                    <th scope="row" class="num">{ui::day_time(row.when, words::long_day(row.when))}</th>
                    {known.then(|| view! { <td data-label="Actual" class=class>{came(row, actual, view, context)}</td> })}
                    <td data-label="Milestone"><b>{row.milestone.clone()}</b></td>
                    <td data-label="Who">{row.who.clone()}</td>
                    <td data-label="What">{row.what.clone()}</td>
                    <td data-label="Notes" class="notes">{row.notes.clone()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="cards schedule">
            <caption class="hidden">"Rows of the schedule"</caption>
            <thead>
                <tr>
                    <th scope="col">{if known { "Planned" } else { "Day" }}</th>
                    {known.then(|| view! { <th scope="col">"Actual"</th> })}
                    <th scope="col">"Milestone"</th>
                    <th scope="col">"Who"</th>
                    <th scope="col">"What"</th>
                    <th scope="col">"Notes"</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

/// What came of a row: each tag and branch with its day, and what is not there although its day is over.
fn came(row: &ScheduleRow, actual: &Actual, view: &ReleaseView, context: &Context) -> AnyView {
    let several = actual.made.len() + actual.missing.len() > 1;
    let made = actual.made.iter().map(|made| made_line(made, several));
    let over = view.cycle.dates.zone.end_of(row.when) <= context.now();
    let missing = actual.missing.iter().filter(|_| over).map(|name| {
        let words = if several { format!("no {name} yet") } else { "not yet".to_owned() };
        view! { <span class="made">{ui::badge(Tone::Warn, Icon::Clock, words)}</span> }.into_any()
    });
    made.chain(missing).collect::<Vec<_>>().into_any()
}

fn made_line(made: &Made, named: bool) -> AnyView {
    let name = named.then(|| format!("{}, ", made.mark.name));
    let late = made.late.map(|late| {
        let class = if late > 0 { "late" } else { "in-time" };
        view! { <small class=class>{name}{late_words(late)}</small> }
    });
    view! { <span class="made">{ui::day_time(made.day, words::long_day(made.day))}{late}</span> }.into_any()
}

/// What no row names, and how dates of branches are known.
fn unplanned(view: &ReleaseView) -> Option<AnyView> {
    let repository = view.built_in.clone()?;
    let others: Vec<_> = view
        .unplanned
        .iter()
        .map(|made| {
            let name = made.mark.name.clone();
            view! { <li><span>{name}</span>{ui::day_time(made.day, words::long_day(made.day))}</li> }
        })
        .collect();
    let made = view.schedule.iter().flat_map(|(_, actual)| &actual.made).chain(&view.unplanned);
    let branched = made.into_iter().any(|made| made.mark.kind == MarkKind::Branch);
    let branched = branched.then_some(
        " GitHub does not tell when a branch was cut: its day is that of the last commit that it shares with the main \
         branch, before which it was not cut.",
    );
    let others = (!others.is_empty()).then(|| {
        view! { <h3 class="group">"Not in the schedule"</h3><ul class="plain unplanned">{others}</ul> }
    });
    Some(
        view! {
            {others}
            <p class="remark actual-note"><small>{format!("Actual days are those of tags and branches of {repository}.")}{branched}</small></p>
        }
        .into_any(),
    )
}
