//! Words and badges about pull requests that list and page share.

use chrono::{DateTime, Utc};
use domain::{Outcome, PullState};

use super::port::PullRow;
use crate::{
    ui::{Icon, Tone},
    words,
};

/// "project-infra #4711": its repository without the owner.
pub(super) fn short_name(repository: &str, number: u32) -> String {
    let name = repository.rsplit('/').next().unwrap_or_default();
    format!("{name} #{number}")
}

/// Colour, icon and word of a state.
pub(super) const fn state(state: PullState, draft: bool) -> (Tone, Icon, &'static str) {
    match (state, draft) {
        (PullState::Open, true) => (Tone::Quiet, Icon::Circle, "draft"),
        (PullState::Open, false) => (Tone::Busy, Icon::Branch, "open"),
        (PullState::Merged, _) => (Tone::Good, Icon::Check, "merged"),
        (PullState::Closed, _) => (Tone::Quiet, Icon::Slash, "closed"),
    }
}

/// What its labels say about its review: colour, icon, word.
pub(super) fn votes(row: &PullRow) -> Vec<(Tone, Icon, &'static str)> {
    let all = [
        (row.votes.lgtm, (Tone::Good, Icon::Check, "lgtm")),
        (row.votes.approved, (Tone::Good, Icon::Checks, "approved")),
        (row.votes.held, (Tone::Warn, Icon::Pause, "hold")),
        (row.pull.draft, (Tone::Quiet, Icon::Circle, "draft")),
    ];
    all.into_iter().filter_map(|(shown, vote)| shown.then_some(vote)).collect()
}

/// The freeze and how far it is: "CF", "in 12 days"; "CF", "passed".
pub(super) fn freeze(row: &PullRow, now: DateTime<Utc>) -> Option<(&'static str, String)> {
    let short = row.freeze?.short();
    let far = match (row.frozen, row.deadline) {
        (_, Some(deadline)) if deadline > now && row.frozen => format!("passed, exception for {}", left(deadline, now)),
        (true, _) => "passed".to_owned(),
        (false, Some(deadline)) => format!("in {}", left(deadline, now)),
        (false, None) => "no date".to_owned(),
    };
    Some((short, far))
}

fn left(deadline: DateTime<Utc>, now: DateTime<Utc>) -> String {
    words::countdown(deadline - now)
}

/// How long it has waited on whom it waits on: "9 d".
pub(super) fn waited(row: &PullRow, now: DateTime<Utc>) -> Option<String> {
    let since = row.pull.waiting_since.filter(|since| *since <= now)?;
    Some(words::length(now - since))
}

/// Where a label stands: whether it should be there and is.
pub(super) const fn label(should: Outcome, carries: bool) -> (Tone, Icon, &'static str) {
    match (should, carries) {
        (Outcome::Pass, true) => (Tone::Good, Icon::Check, "carries it"),
        (Outcome::Pass, false) => (Tone::Warn, Icon::Plus, "is missing it"),
        (Outcome::Fail, true) => (Tone::Bad, Icon::Cross, "should lose it"),
        (Outcome::Fail, false) => (Tone::Quiet, Icon::Minus, "rightly without it"),
        (Outcome::Unknown, true) => (Tone::Unknown, Icon::Unknown, "carries it, not verified"),
        (Outcome::Unknown, false) => (Tone::Unknown, Icon::Unknown, "not verified"),
    }
}
