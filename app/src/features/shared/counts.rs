//! A status as a badge, and counts by status as a bar with its legend.

use domain::Status;
use leptos::prelude::*;

use super::StatusCount;
use crate::{
    query::ListQuery,
    status::{self, StatusInfo},
    ui::{self, Slice, Tone},
};

/// How many counts a phone shows before the rest is folded.
const FIRST: usize = 4;

/// By colour, as in the bar: where only some are shown, what is missed comes first, then what is not known.
const fn pressing(tone: Tone) -> u8 {
    match tone {
        Tone::Bad | Tone::Warn => 0,
        Tone::Unknown => 1,
        Tone::Exception => 2,
        Tone::Busy => 3,
        Tone::Good => 4,
        Tone::Quiet => 5,
    }
}

/// The status with its icon, in the words of the verdict.
pub fn status_badge(status: &Status, words: &str) -> AnyView {
    let info = status::info(status);
    ui::badge(info.tone, info.icon, words.to_owned()).into_any()
}

/// The bar and, below it, each count with a link to the list it counts. `base` is the list without a status.
pub fn counts(counts: &[StatusCount], base: &ListQuery) -> AnyView {
    let of = |count: &StatusCount| -> &'static StatusInfo { status::of_slug(&count.slug) };
    let slices: Vec<_> = counts
        .iter()
        .map(|count| Slice { label: of(count).label.to_owned(), count: count.count, tone: of(count).tone })
        .collect();
    let counted: Vec<_> = counts.iter().filter(|count| count.count > 0).collect();
    let mut first = counted.clone();
    first.sort_by_key(|count| pressing(of(count).tone));
    first.truncate(FIRST);
    let legend: Vec<_> = counted
        .into_iter()
        .map(|count| {
            let info = of(count);
            let href = ListQuery { status: vec![info.slug], ..base.clone() }.href();
            let folded = !first.iter().any(|one| one.slug == count.slug);
            view! {
                <li class:folded=folded><a href=href><b>{count.count}</b>" "{ui::badge(info.tone, info.icon, info.label)}</a></li>
            }
        })
        .collect();
    // On a phone the most pressing are shown; a tick unfolds the rest, without script.
    let all = (legend.len() > FIRST).then(|| {
        let words = format!("Show all {} statuses", legend.len());
        view! { <label class="legend-all"><input type="checkbox"/>{words}</label> }
    });
    view! {
        {ui::stacked_bar(&slices)}
        {all}
        <ul class="legend">{legend}</ul>
    }
    .into_any()
}
