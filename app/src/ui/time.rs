//! Instants as `<time>` elements.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use crate::words;

/// "4 min ago", with the instant for machines and on hovering.
pub fn age(then: DateTime<Utc>, now: DateTime<Utc>) -> impl IntoView {
    view! { <time datetime=words::machine(then) title=words::utc(then)>{words::ago(then, now)}</time> }
}

/// A day in the words given.
pub fn day_time(day: NaiveDate, shown: impl Into<String>) -> impl IntoView {
    view! { <time datetime=day.to_string()>{shown.into()}</time> }
}

/// A place where the browser writes the reader's own time of an instant; empty without script.
pub fn local_time(instant: DateTime<Utc>) -> impl IntoView {
    view! { <span class="local" data-local=words::machine(instant)></span> }
}
