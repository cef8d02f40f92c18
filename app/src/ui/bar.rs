//! One bar, cut into slices by count.

use leptos::prelude::*;

use super::Tone;

/// A slice of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// What it counts.
    pub label: String,
    /// How many.
    pub count: u32,
    /// Its colour.
    pub tone: Tone,
}

/// The bar. Neighbours of one tone differ in strength; the legend beside it carries words and numbers, so the picture
/// itself is hidden from screen readers.
pub fn stacked_bar(slices: &[Slice]) -> AnyView {
    let total: u32 = slices.iter().map(|slice| slice.count).sum();
    let mut done = 0;
    let mut before = None;
    let mut light = false;
    let rects: Vec<_> = slices
        .iter()
        .filter(|slice| slice.count > 0)
        .map(|slice| {
            light = before == Some(slice.tone) && !light;
            before = Some(slice.tone);
            let x = percent(done, total);
            done += slice.count;
            let class = format!("{}{}", slice.tone.class(), if light { " light" } else { "" });
            let title = format!("{}: {}", slice.label, slice.count);
            view! {
                <rect class=class x=x width=percent(slice.count, total) height="100%"><title>{title}</title></rect>
            }
        })
        .collect();
    view! { <svg class="bar" width="100%" height="10" aria-hidden="true">{rects}</svg> }.into_any()
}

fn percent(part: u32, total: u32) -> String {
    format!("{:.2}%", f64::from(part) * 100.0 / f64::from(total.max(1)))
}
