//! The cycle of a release: its line, its posts as a list, the one number that matters, and dates that moved.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Phase, ReleaseDates};
use leptos::prelude::*;

use super::{Cycle, DateMove};
use crate::{
    features::frame::Context,
    ui::{self, Icon, Post, Segment, Tone},
    words,
};

/// The posts of a release in the order of the cycle, with short and long name.
fn posts(dates: &ReleaseDates) -> [(&'static str, &'static str, Option<DateTime<Utc>>); 4] {
    [
        ("EF", "Enhancement Freeze", dates.enhancement_freeze),
        ("CF", "Code Freeze", dates.code_freeze),
        ("thaw", "Thaw", dates.thaw),
        ("GA", "General availability", dates.ga),
    ]
}

/// The phase as a badge.
pub fn phase_badge(dates: &ReleaseDates, now: DateTime<Utc>) -> AnyView {
    let phase = dates.phase(now);
    let (tone, icon) = if phase == Phase::Released { (Tone::Good, Icon::Flag) } else { (Tone::Busy, Icon::Circle) };
    ui::badge(tone, icon, phase.name()).into_any()
}

/// The line of the cycle; nothing for a release without dates.
pub fn cycle_line(cycle: &Cycle, now: DateTime<Utc>) -> Option<AnyView> {
    let dates = &cycle.dates;
    let dated: Vec<_> = posts(dates).into_iter().filter_map(|(short, long, at)| Some((short, long, at?))).collect();
    let first = dated.iter().map(|(_, _, at)| *at).min()?;
    let last = dated.iter().map(|(_, _, at)| *at).max()?;
    let begin = cycle.began.filter(|began| *began < first).unwrap_or(first - TimeDelta::days(28));
    let span = (last - begin).num_minutes().max(1);
    #[allow(clippy::cast_precision_loss, reason = "minutes of some months")]
    let place = move |at: DateTime<Utc>| (at - begin).num_minutes() as f64 * 100.0 / span as f64;
    let drawn: Vec<_> = dated
        .iter()
        .map(|(short, long, at)| {
            let moved = cycle.moves.iter().rfind(|moved| moved.post == *long).and_then(|moved| moved.from);
            let moved_from = moved.map(|day| place(dates.zone.end_of(day)).clamp(0.0, 100.0));
            let day = words::short_day(words::day_in(*at, dates.zone));
            Post { label: format!("{short} · {day}"), at: place(*at), moved_from }
        })
        .collect();
    let description = {
        let list: Vec<_> = dated
            .iter()
            .map(|(_, long, at)| format!("{long} {}", words::long_day(words::day_in(*at, dates.zone))))
            .collect();
        format!("The cycle of {}: {}. Phase: {}.", cycle.version, list.join(", "), dates.phase(now).name())
    };
    Some(ui::timeline(&segments(dates, begin, last, place), &drawn, place(now), description))
}

/// The phases that have a length, from one dated post to the next (P-3).
fn segments(
    dates: &ReleaseDates,
    begin: DateTime<Utc>,
    end: DateTime<Utc>,
    place: impl Fn(DateTime<Utc>) -> f64,
) -> Vec<Segment> {
    let ends = [dates.enhancement_freeze, dates.code_freeze, dates.thaw, dates.ga];
    let mut from = begin;
    let mut found = Vec::new();
    for to in ends.into_iter().flatten().chain([end]) {
        if to > from {
            let label = dates.phase(from).name().to_owned();
            found.push(Segment { label, from: place(from), to: place(to) });
            from = to;
        }
    }
    found
}

/// The posts as a list: for a phone, for screen readers, and where there is no line.
pub fn post_list(dates: &ReleaseDates, now: DateTime<Utc>) -> AnyView {
    let lines: Vec<_> = posts(dates)
        .into_iter()
        .map(|(_, long, at)| {
            let value = match at {
                None => view! { <dd class="muted">"no date"</dd> }.into_any(),
                Some(at) => {
                    let day = words::day_in(at, dates.zone);
                    let left =
                        if now >= at { "passed".to_owned() } else { format!("in {}", words::countdown(at - now)) };
                    view! { <dd>{ui::day_time(day, words::long_day(day))}" "<small>{left}</small></dd> }.into_any()
                }
            };
            view! { <dt>{long}</dt>{value} }
        })
        .collect();
    view! { <dl class="kv posts">{lines}</dl> }.into_any()
}

/// The one number that matters: time left to the next post, with its zone and the reader's own time.
pub fn next_freeze(dates: &ReleaseDates, now: DateTime<Utc>) -> AnyView {
    let zone = dates.zone.label();
    match (dates.next_post(now), dates.ga) {
        (Some((name, at)), _) => {
            let day = words::short_day(words::day_in(at, dates.zone));
            view! {
                <div class="count">
                    <b>{words::countdown(at - now)}</b>
                    <span>{format!("to {name}")}</span>
                    <small>{format!("{day}, end of day {zone}")}" "{ui::local_time(at)}</small>
                </div>
            }
            .into_any()
        }
        (None, Some(ga)) => {
            let day = words::long_day(words::day_in(ga, dates.zone));
            view! { <div class="count"><b>"Released"</b><small>{day}</small></div> }.into_any()
        }
        (None, None) => view! {
            <div class="count"><b>"No date"</b><small>"The schedule states none that is ahead."</small></div>
        }
        .into_any(),
    }
}

/// Dates that moved, old and new, with the proposals they touch (P-4).
pub fn moves(moves: &[DateMove], context: &Context) -> AnyView {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "no date".to_owned(), words::long_day);
    let lines: Vec<_> = moves
        .iter()
        .rev()
        .map(|moved| {
            let by = moved.from.zip(moved.to).map(|(from, to)| (to - from).num_days()).map(|days| {
                let way = if days < 0 { "earlier" } else { "later" };
                let days = u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX);
                format!("{} {way}", words::count(days as usize, "day"))
            });
            let touched: Vec<_> = moved
                .touches
                .iter()
                .map(|proposal| {
                    let href = context.href(&proposal.href());
                    view! { <li><a class="link" href=href>{proposal.name()}</a>" "{proposal.title.clone()}</li> }
                })
                .collect();
            let touches = if touched.is_empty() {
                view! { <small>"touches no tracked proposal"</small> }.into_any()
            } else {
                let summary = format!("touches {}", words::count(touched.len(), "proposal"));
                let few = touched.len() <= 8;
                view! { <details open=few><summary>{summary}</summary><ul>{touched}</ul></details> }.into_any()
            };
            view! {
                <li>
                    <p>
                        <b>{moved.post.clone()}</b>" moved from "<s>{day(moved.from)}</s>" to "<b>{day(moved.to)}</b>
                        {by.map(|by| format!(", {by}"))}
                    </p>
                    <small>"learned "{ui::age(moved.learned, context.now())}</small>
                    {touches}
                </li>
            }
        })
        .collect();
    view! { <ul class="moves">{lines}</ul> }.into_any()
}
