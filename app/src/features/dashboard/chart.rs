//! Counts by status over the days of the cycle.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::port::DayCounts;
use crate::{
    features::shared::Cycle,
    status,
    ui::{self, Day, Mark, Panel, Series, Tone},
    words,
};

/// What each colour of the chart stands for.
const NAMES: [(Tone, &str); 6] = [
    (Tone::Good, "ready or done"),
    (Tone::Busy, "in work"),
    (Tone::Exception, "under exception"),
    (Tone::Bad, "missed"),
    (Tone::Unknown, "not verified"),
    (Tone::Quiet, "proposed or out"),
];

/// The chart; nothing before there are two days to compare.
pub(super) fn counts_over_time(days: &[DayCounts], cycle: &Cycle, now: DateTime<Utc>) -> Option<AnyView> {
    let (first, last) = (days.first()?.day, days.last()?.day);
    if first == last {
        return None;
    }
    let count = |day: &DayCounts, tone: Tone| -> u32 {
        day.counts.iter().filter(|c| status::of_slug(&c.slug).tone == tone).map(|c| c.count).sum()
    };
    let series: Vec<_> = NAMES
        .iter()
        .map(|(tone, _)| Series { tone: *tone, counts: days.iter().map(|day| count(day, *tone)).collect() })
        .collect();
    let axis: Vec<_> = days.iter().map(|day| Day { label: words::day_near(day.day, now) }).collect();
    let marks = marks(days, cycle);
    let used: Vec<_> = NAMES
        .iter()
        .zip(&series)
        .filter(|(_, s)| s.counts.iter().any(|count| *count > 0))
        .map(|(name, _)| *name)
        .collect();
    let latest: Vec<_> = days
        .last()
        .into_iter()
        .flat_map(|day| used.iter().map(move |(tone, name)| format!("{} {name}", count(day, *tone))))
        .collect();
    let description = format!(
        "Proposals by status from {} to {}; at the end {}.",
        words::long_day(first),
        words::long_day(last),
        latest.join(", ")
    );
    let legend: Vec<_> = used.iter().map(|(tone, name)| view! { <li>{ui::dot(*tone)}{*name}</li> }).collect();
    let heads: Vec<_> = used.iter().map(|(_, name)| view! { <th scope="col">{*name}</th> }).collect();
    // About a dozen lines tell the course; the areas above have every day.
    let step = (days.len() / 12).max(1);
    let lines: Vec<_> = days
        .iter()
        .rev()
        .step_by(step)
        .map(|day| {
            let cells: Vec<_> = used.iter().map(|(tone, _)| view! { <td>{count(day, *tone)}</td> }).collect();
            view! { <tr><th scope="row">{words::short_day(day.day)}</th>{cells}</tr> }
        })
        .collect();
    Some(
        view! {
            <Panel title="Over time" id="over-time">
                <div class="pad">
                    {ui::area_chart(&axis, &series, &marks, description)}
                    <ul class="key">{legend}</ul>
                    <details>
                        <summary>"As a table"</summary>
                        <div class="scroll" tabindex="0" role="region" aria-label="Counts by day">
                            <table class="small">
                                <caption class="hidden">"Proposals by status and day"</caption>
                                <thead><tr><th scope="col">"Day"</th>{heads}</tr></thead>
                                <tbody>{lines}</tbody>
                            </table>
                        </div>
                    </details>
                </div>
            </Panel>
        }
        .into_any(),
    )
}

/// The freezes within the days shown.
fn marks(days: &[DayCounts], cycle: &Cycle) -> Vec<Mark> {
    let dates = &cycle.dates;
    let all = [("EF", dates.enhancement_freeze), ("CF", dates.code_freeze), ("GA", dates.ga)];
    let steps = f64::from(u32::try_from(days.len().saturating_sub(1)).unwrap_or(u32::MAX).max(1));
    all.into_iter()
        .filter_map(|(name, at)| {
            let day = words::day_in(at?, dates.zone);
            let index = days.iter().position(|d| d.day >= day).filter(|index| *index > 0)?;
            Some(Mark { label: name.to_owned(), at: f64::from(u32::try_from(index).ok()?) / steps })
        })
        .collect()
}
