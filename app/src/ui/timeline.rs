//! One line of time: segments for phases, posts for dates, and today as the only filled edge.
//!
//! Positions are percentages in SVG attributes, so that the picture stretches while its letters stay as they are. On a
//! narrow screen the letters are left out; the page shows the posts as a list there.

use leptos::prelude::*;

/// A stretch of the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its name.
    pub label: String,
    /// Where it begins, 0 to 100.
    pub from: f64,
    /// Where it ends, 0 to 100.
    pub to: f64,
}

/// A date on the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// What and when: "CF · 21 Oct".
    pub label: String,
    /// Where, 0 to 100.
    pub at: f64,
    /// Where it stood before it moved.
    pub moved_from: Option<f64>,
}

/// Half the room that a label takes, in percent of a line about 800 px wide.
const HALF_LABEL: f64 = 6.5;

/// The line. `now` is where today stands, 0 to 100; `description` tells the whole in words.
pub fn timeline(segments: &[Segment], posts: &[Post], now: f64, description: String) -> AnyView {
    let now = now.clamp(0.0, 100.0);
    let segments: Vec<_> = segments.iter().map(|segment| draw_segment(segment, now)).collect();
    let mut taken = [f64::MIN; 2];
    let posts: Vec<_> = posts
        .iter()
        .map(|post| {
            let level = usize::from(post.at - HALF_LABEL < taken[0]);
            taken[level] = post.at + HALF_LABEL;
            draw_post(post, level)
        })
        .collect();
    let today = (now > 0.0 && now < 100.0).then(|| {
        let x = at(now);
        view! { <line class="today" x1=x.clone() x2=x y1="38" y2="58"></line> }
    });
    view! {
        <svg class="timeline" width="100%" height="78" role="img" aria-label=description>
            {segments}{posts}{today}
        </svg>
    }
    .into_any()
}

fn draw_segment(segment: &Segment, now: f64) -> AnyView {
    let width = (segment.to - segment.from).max(0.0);
    let filled = (now.min(segment.to) - segment.from).max(0.0);
    let current = now >= segment.from && now < segment.to;
    let class = if current { "current" } else { "done" };
    // A label needs room: about a percent per letter.
    #[allow(clippy::cast_precision_loss, reason = "labels are short")]
    let fits = width > segment.label.len() as f64;
    view! {
        <rect class="ground" x=at(segment.from) y="44" width=at(width) height="8"></rect>
        {(filled > 0.0).then(|| view! {
            <rect class=class x=at(segment.from) y="44" width=at(filled) height="8"></rect>
        })}
        {fits.then(|| view! {
            <text class=if current { "phase now" } else { "phase" } x=at(segment.from) y="70">{segment.label.clone()}</text>
        })}
    }
    .into_any()
}

fn draw_post(post: &Post, level: usize) -> AnyView {
    let anchor = match post.at {
        x if x < HALF_LABEL => "start",
        x if x > 100.0 - HALF_LABEL => "end",
        _ => "middle",
    };
    let (y, top) = if level == 0 { ("32", "37") } else { ("13", "18") };
    let x = at(post.at);
    view! {
        {post.moved_from.map(|from| view! {
            <line class="moved" x1=at(from) x2=at(post.at) y1="41" y2="41"></line>
            <line class="moved" x1=at(from) x2=at(from) y1="38" y2="52"></line>
        })}
        <line class="post" x1=x.clone() x2=x.clone() y1=top y2="52"></line>
        <text class="post" x=x y=y text-anchor=anchor>{post.label.clone()}</text>
    }
    .into_any()
}

fn at(percent: f64) -> String {
    format!("{percent:.2}%")
}
