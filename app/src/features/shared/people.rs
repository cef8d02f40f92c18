//! People by handle.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Waiting, Who};
use leptos::prelude::*;

use crate::words;

/// Whether it can be a login; anything else is shown and not linked.
pub(super) fn is_login(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// `@login`, linked to the profile.
pub fn handle(login: &str) -> AnyView {
    let words = format!("@{login}");
    if is_login(login) {
        view! { <a class="handle" href=format!("https://github.com/{login}")>{words}</a> }.into_any()
    } else {
        words.into_any()
    }
}

/// Several, with commas.
pub fn handles(logins: &[String]) -> AnyView {
    logins
        .iter()
        .enumerate()
        .map(|(i, login)| view! { {(i > 0).then_some(", ")}{handle(login)} })
        .collect::<Vec<_>>()
        .into_any()
}

/// Whom something waits on, and how long: "2 reviewers, 9 d". Less than an hour is no wait, and nobody does not wait.
pub fn who_waits(waiting: &Waiting, now: DateTime<Utc>) -> String {
    let age = waiting.since.map(|since| now - since).filter(|age| *age >= TimeDelta::hours(1));
    match age {
        Some(age) if waiting.who != Who::Nobody => format!("{}, {}", waiting.who.words(), words::length(age)),
        _ => waiting.who.words(),
    }
}
