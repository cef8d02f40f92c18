//! When SIGs and the release team meet (P-31).

mod form;
mod page;
pub mod port;

use chrono::{DateTime, Utc};
use domain::{meeting::Meeting, representation::Seat};
use leptos::prelude::*;

pub use page::MeetingsPage;

use crate::{ui, words};

/// Who meets, in words.
fn who(of: &Seat) -> String {
    of.sig().map_or_else(|| "release team".to_owned(), str::to_owned)
}

/// "Mon 7 Dec, 10:00 Europe/Berlin", with the reader's own time.
fn moment(meeting: &Meeting, at: DateTime<Utc>) -> AnyView {
    let there = at.with_timezone(&meeting.zone);
    let day = words::short_day(there.date_naive());
    let text = format!("{} {day}, {} {}", there.format("%a"), there.format("%H:%M"), meeting.zone);
    view! { {text}" "<small>{ui::local_time(at)}</small> }.into_any()
}

/// A line that names the next meeting, for a page that is about what is talked about there.
pub fn next_meeting(meeting: &Meeting, at: DateTime<Utc>) -> AnyView {
    view! {
        <p class="muted">
            "Next: "<a class="link" href="/meetings">{meeting.title.clone()}</a>", "{moment(meeting, at)}
        </p>
    }
    .into_any()
}
