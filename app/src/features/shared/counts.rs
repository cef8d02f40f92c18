//! A status as a badge, and counts by status as a bar with its legend.

use domain::Status;
use leptos::prelude::*;

use super::StatusCount;
use crate::{
    query::ListQuery,
    status::{self, StatusInfo},
    ui::{self, Slice},
};

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
    let legend: Vec<_> = counts
        .iter()
        .filter(|count| count.count > 0)
        .map(|count| {
            let info = of(count);
            let href = ListQuery { status: vec![info.slug], ..base.clone() }.href();
            view! {
                <li><a href=href><b>{count.count}</b>" "{ui::badge(info.tone, info.icon, info.label)}</a></li>
            }
        })
        .collect();
    view! {
        {ui::stacked_bar(&slices)}
        <ul class="legend">{legend}</ul>
    }
    .into_any()
}
