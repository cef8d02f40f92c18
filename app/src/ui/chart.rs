//! Counts over time as stacked areas, readable without script: the picture has a description, and the page shows the
//! same numbers as a table on demand.

use std::fmt::Write;

use leptos::prelude::*;

use super::Tone;

/// The x axis: one point per day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Shown at the ends of the axis.
    pub label: String,
}

/// One area, with one count per day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its colour.
    pub tone: Tone,
    /// Its counts.
    pub counts: Vec<u32>,
}

/// A vertical line across the areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What it marks.
    pub label: String,
    /// Where, as a fraction of the x axis.
    pub at: f64,
}

/// The chart. Series are stacked from the ground in the order given; `description` tells it in words.
pub fn area_chart(days: &[Day], series: &[Series], marks: &[Mark], description: String) -> AnyView {
    let totals: Vec<u32> = (0..days.len())
        .map(|day| series.iter().map(|s| s.counts.get(day).copied().unwrap_or_default()).sum())
        .collect();
    let top = totals.iter().copied().max().unwrap_or_default().max(1);
    let mut ground = vec![0; days.len()];
    let areas: Vec<_> = series
        .iter()
        .filter(|s| s.counts.iter().any(|count| *count > 0))
        .map(|s| {
            let path = area(&mut ground, &s.counts, top);
            view! { <path class=s.tone.class() d=path></path> }
        })
        .collect();
    let marks: Vec<_> = marks
        .iter()
        .map(|mark| {
            let x = format!("{:.2}%", mark.at * 100.0);
            let anchor = if mark.at > 0.9 { "end" } else { "start" };
            view! {
                <line class="mark" x1=x.clone() x2=x.clone() y1="14" y2="140"></line>
                <text x=x y="10" text-anchor=anchor>{mark.label.clone()}</text>
            }
        })
        .collect();
    let first = days.first().map(|day| day.label.clone());
    let last = days.last().map(|day| day.label.clone());
    view! {
        <svg class="chart" width="100%" height="160" role="img" aria-label=description>
            <svg x="0" y="16" width="100%" height="124" viewBox="0 0 1000 1000" preserveAspectRatio="none">{areas}</svg>
            {marks}
            <text x="0" y="156">{first}</text>
            <text x="100%" y="156" text-anchor="end">{last}</text>
        </svg>
    }
    .into_any()
}

/// The outline of one area above `ground`, which it raises.
fn area(ground: &mut [u32], counts: &[u32], top: u32) -> String {
    let width = f64::from(u32::try_from(ground.len().saturating_sub(1)).unwrap_or(u32::MAX).max(1));
    let x = |i: usize| f64::from(u32::try_from(i).unwrap_or(u32::MAX)) * 1000.0 / width;
    let y = |n: u32| 1000.0 - f64::from(n) * 1000.0 / f64::from(top);
    let mut path = String::new();
    let mut back = String::new();
    for i in (0..ground.len()).rev() {
        // Writing to a String cannot fail.
        let _ = write!(back, "L{:.0} {:.0}", x(i), y(ground[i]));
    }
    for (i, level) in ground.iter_mut().enumerate() {
        *level += counts.get(i).copied().unwrap_or_default();
        let pen = if i == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{pen}{:.0} {:.0}", x(i), y(*level));
    }
    path + &back + "Z"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_stand_on_each_other() {
        let mut ground = vec![0, 0, 0];
        assert_eq!(area(&mut ground, &[1, 2, 2], 4), "M0 750L500 500L1000 500L1000 1000L500 1000L0 1000Z");
        assert_eq!(area(&mut ground, &[3, 2], 4), "M0 0L500 0L1000 500L1000 500L500 500L0 750Z");
    }

    #[test]
    fn a_single_day_draws_something_and_divides_by_nothing() {
        assert_eq!(area(&mut [0], &[1], 1), "M0 0L0 1000Z");
    }
}
