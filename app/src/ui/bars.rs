//! Bars below each other, each cut by count, with their numbers in them: to be read from the back of a room, and on
//! paper without colour. The page shows the same numbers as a table.

use leptos::prelude::*;

use super::{Slice, Tone};

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is about, at its left end.
    pub label: String,
    /// What it adds up to, at its right end: "14 planned".
    pub total: String,
    /// Its slices from left to right.
    pub slices: Vec<Slice>,
}

/// Heights in lines: a bar with its words, and the bar alone.
const ROW: f64 = 3.4;
const THICK: f64 = 1.5;

/// A slice narrower than this part of the chart shows no number; its table does.
const NARROW: f64 = 0.03;

/// The bars on one scale: the one that counts most has the full width. `id` is unique within the page, `description`
/// tells the chart in words.
pub fn bar_chart(id: &'static str, bars: &[Bar], description: String) -> AnyView {
    let longest = bars.iter().map(|bar| sum(&bar.slices)).max().unwrap_or_default().max(1);
    let mut top = 0.0;
    let rows: Vec<_> = bars
        .iter()
        .map(|bar| {
            let row = row(id, bar, top, longest);
            top += ROW;
            row
        })
        .collect();
    let hatch = format!("{id}-hatch");
    view! {
        <svg class="bars" width="100%" height=em(top) role="img" aria-label=description>
            <defs>
                <pattern id=hatch width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect width="2" height="7"></rect>
                </pattern>
            </defs>
            {rows}
        </svg>
    }
    .into_any()
}

fn row(id: &'static str, bar: &Bar, top: f64, longest: u32) -> AnyView {
    let mut done = 0;
    let slices: Vec<_> = bar
        .slices
        .iter()
        .filter(|slice| slice.count > 0)
        .map(|slice| {
            let drawn = drawn(id, slice, (done, longest), top + 1.45);
            done += slice.count;
            drawn
        })
        .collect();
    view! {
        <text x="0" y=em(top + 1.0)>{bar.label.clone()}</text>
        <text class="total" x="100%" y=em(top + 1.0) text-anchor="end">{bar.total.clone()}</text>
        <rect class="ground" x="0" y=em(top + 1.45) width="100%" height=em(THICK)></rect>
        {slices}
    }
    .into_any()
}

/// A slice. What went wrong is hatched, so that it can be told without colour.
fn drawn(id: &'static str, slice: &Slice, (done, longest): (u32, u32), y: f64) -> AnyView {
    let part = f64::from(slice.count) / f64::from(longest);
    let from = f64::from(done) / f64::from(longest);
    let (x, width) = (percent(from), percent(part));
    let fill = (slice.tone == Tone::Bad).then(|| {
        let pattern = format!("url(#{id}-hatch)");
        view! { <rect class="hatch" x=x.clone() y=em(y) width=width.clone() height=em(THICK) fill=pattern></rect> }
    });
    let number = (part >= NARROW).then(|| {
        let x = percent(from + part / 2.0);
        view! { <text class="number" x=x y=em(y + THICK * 0.7) text-anchor="middle">{slice.count}</text> }
    });
    let title = format!("{}: {}", slice.label, slice.count);
    view! {
        <g class=slice.tone.class()>
            <rect x=x.clone() y=em(y) width=width.clone() height=em(THICK)><title>{title}</title></rect>
            {fill}
            {number}
        </g>
    }
    .into_any()
}

fn sum(slices: &[Slice]) -> u32 {
    slices.iter().map(|slice| slice.count).sum()
}

fn em(lines: f64) -> String {
    format!("{lines:.2}em")
}

fn percent(part: f64) -> String {
    format!("{:.2}%", part * 100.0)
}
