//! The rows of a schedule file, as stated.

use domain::ScheduleRow;
use leptos::prelude::*;

use super::port::ReleaseView;
use crate::{
    ui::{self, Empty, Panel},
    words,
};

/// The panel.
pub(super) fn schedule(view: &ReleaseView) -> AnyView {
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
        table(&view.schedule).into_any()
    };
    view! {
        <Panel title="Schedule" id="schedule" note="as the file states it" end=source.unwrap_or_else(|| ().into_any())>
            {inside}
            {remarks}
        </Panel>
    }
    .into_any()
}

fn table(rows: &[ScheduleRow]) -> AnyView {
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row" class="num">{ui::day_time(row.when, words::long_day(row.when))}</th>
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
                    <th scope="col">"Day"</th>
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
