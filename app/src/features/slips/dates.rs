//! Dates of the schedules: planned, and as they stand (P-4).

use domain::slip::PostMove;
use leptos::prelude::*;

use super::port::PostOver;
use crate::{
    ui::{self, Panel},
    words,
};

/// The dates of one release; nothing without a schedule.
pub(super) fn posts(posts: &[PostMove]) -> Option<AnyView> {
    let lines: Vec<_> = posts
        .iter()
        .map(|post| {
            let now = match post.now {
                Some(day) => ui::day_time(day, words::long_day(day)).into_any(),
                None => view! { <span class="muted">"no date"</span> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{post.name()}</th>
                    <td data-label="Planned" class="num">{ui::day_time(post.planned, words::long_day(post.planned))}</td>
                    <td data-label="Now" class="num">{now}</td>
                    <td data-label="Moved" class="num">{moved(post.days())}</td>
                </tr>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Panel title="Dates" id="dates" note="as first stated, and as they stand">
                <table class="cards">
                    <caption class="hidden">"Planned and present dates"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Post"</th>
                            <th scope="col">"Planned"</th>
                            <th scope="col">"Now"</th>
                            <th scope="col">"Moved"</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </Panel>
        }
        .into_any()
    })
}

/// "7 days later", "stayed".
pub(super) fn moved(days: Option<i64>) -> String {
    let Some(days) = days else { return "taken off".to_owned() };
    let count = words::count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day");
    match days {
        0 => "stayed".to_owned(),
        1.. => format!("{count} later"),
        _ => format!("{count} earlier"),
    }
}

/// How far the posts moved over all releases.
pub(super) fn over(posts: &[PostOver]) -> Option<AnyView> {
    let lines: Vec<_> = posts
        .iter()
        .map(|post| {
            view! {
                <tr>
                    <th scope="row">{post.name.clone()}</th>
                    <td data-label="Moved" class="num">{format!("{} of {}", post.moved, post.dated)}</td>
                    <td data-label="Median" class="num">{median(post.median)}</td>
                </tr>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Panel title="Dates that moved" id="dates" note="of all releases with a schedule">
                <table class="cards">
                    <caption class="hidden">"How far freezes and GA moved"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Post"</th>
                            <th scope="col">"Releases in which it moved"</th>
                            <th scope="col">"Median slip"</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </Panel>
        }
        .into_any()
    })
}

/// "3.5 days later", "none".
fn median(days: Option<f64>) -> String {
    match days {
        None => "not known".to_owned(),
        Some(days) => {
            let number = format!("{:.1}", days.abs());
            let number = number.strip_suffix(".0").unwrap_or(&number);
            let unit = if number == "1" { "day" } else { "days" };
            match days {
                0.0 => "none".to_owned(),
                days if days > 0.0 => format!("{number} {unit} later"),
                _ => format!("{number} {unit} earlier"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_are_told_by_how_far_and_which_way() {
        for (days, words) in
            [(Some(7), "7 days later"), (Some(-1), "1 day earlier"), (Some(0), "stayed"), (None, "taken off")]
        {
            assert_eq!(moved(days), words);
        }
        for (days, words) in
            [(Some(3.5), "3.5 days later"), (Some(-1.0), "1 day earlier"), (Some(0.0), "none"), (None, "not known")]
        {
            assert_eq!(median(days), words);
        }
    }
}
