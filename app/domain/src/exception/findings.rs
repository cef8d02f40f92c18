//! What strikes one about a request, for those who decide it: pointed out, never refused (P-17, P-18).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{RequestState, RequestView, Requests};
use crate::{Freeze, Outcome, ReleaseDates, Timing, Verdict, words::day_of};

/// Something about a request that its deciders should see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Speaks for it; `false` is to be weighed, `None` merely told.
    pub good: Option<bool>,
    /// In words, without a full stop.
    pub words: String,
}

impl Finding {
    fn good(words: impl Into<String>) -> Self {
        Self { good: Some(true), words: words.into() }
    }

    fn weigh(words: impl Into<String>) -> Self {
        Self { good: Some(false), words: words.into() }
    }

    fn told(words: impl Into<String>) -> Self {
        Self { good: None, words: words.into() }
    }
}

/// What strikes one about a request, first when it came, then which it is, how long, and what stands against it.
///
/// `all` are the requests of its participation, `verdict` is the one on it, and more than `long_days` days are pointed
/// out ([`crate::Source::long_exception_days`]).
pub fn findings(
    request: &RequestView<'_>,
    all: &Requests<'_>,
    verdict: &Verdict,
    dates: &ReleaseDates,
    long_days: u32,
) -> Vec<Finding> {
    let until = request.granted_until().unwrap_or(request.asked_until);
    let freeze = request.freeze.and_then(|freeze| dates.freeze(freeze));
    let mut found = Vec::new();
    found.extend(timeliness(request, freeze));
    found.extend(place(request, all, dates));
    found.extend(end(until, freeze.or(request.sent_at), dates));
    found.extend(length(until, freeze.or(request.sent_at), long_days));
    found.extend(enhancement_missed(request, verdict));
    found.extend(no_link(request));
    found.extend(open(request, verdict));
    found
}

/// "1 day", "2 days", "less than a day".
fn days(span: TimeDelta) -> String {
    match span.num_days() {
        0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// Late or in time (P-18); one for a freeze without a date cannot be granted.
fn timeliness(request: &RequestView<'_>, instant: Option<DateTime<Utc>>) -> Option<Finding> {
    let freeze = request.freeze?;
    let Some(instant) = instant else {
        return Some(Finding::weigh(format!("The {} has no date; nothing can be granted beyond it", freeze.name())));
    };
    let sent = request.sent_at?;
    Some(if sent < instant {
        Finding::good(format!("Filed {} before the freeze", days(instant - sent)))
    } else {
        Finding::weigh(format!("Late: sent {} after the freeze", days(sent - instant)))
    })
}

/// The first for its freeze, or what became of those before.
fn place(request: &RequestView<'_>, all: &Requests<'_>, dates: &ReleaseDates) -> Option<Finding> {
    let same = all.all.iter().filter(|other| other.freeze == request.freeze);
    let before: Vec<_> = same.take_while(|other| other.number != request.number).collect();
    let what = if request.freeze.is_some() { "this freeze" } else { "an edge case" };
    let Some(last) = before.last() else {
        return request.freeze.map(|_| Finding::good(format!("First request for {what}")));
    };
    let which = if before.len() == 1 { "the first" } else { "the one before" };
    let on = |at: Option<DateTime<Utc>>| at.map_or_else(String::new, |at| format!(" on {}", day_of(at, dates.zone)));
    let fate = match &last.state {
        RequestState::Granted { until } => format!("was granted until {}", day_of(*until, dates.zone)),
        RequestState::Denied { .. } => format!("was denied{}", on(last.decided_at)),
        RequestState::Withdrawn => "was withdrawn".to_owned(),
        _ => "is undecided".to_owned(),
    };
    let words = format!("{} request for {what}; {which} {fate}", ordinal(before.len() + 1));
    let all_withdrawn = before.iter().all(|other| other.state == RequestState::Withdrawn);
    Some(if all_withdrawn { Finding::told(words) } else { Finding::weigh(words) })
}

/// "Second", "Third"; numbers from the tenth on.
fn ordinal(place: usize) -> String {
    const WORDS: [&str; 8] = ["Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth"];
    place.checked_sub(2).and_then(|place| WORDS.get(place)).map_or_else(|| format!("{place}th"), |w| (*w).to_owned())
}

/// Where its end lies between the posts of the release, and what GA leaves.
fn end(until: DateTime<Utc>, from: Option<DateTime<Utc>>, dates: &ReleaseDates) -> Option<Finding> {
    if from.is_some_and(|from| until <= from) {
        return Some(Finding::weigh("Ends before the freeze, which has been moved since"));
    }
    let to_ga = dates.ga.map(|ga| ga - until);
    if to_ga.is_some_and(|left| left < TimeDelta::zero()) {
        return Some(Finding::weigh("Ends after GA; a grant reaches until GA at most"));
    }
    let thaw = dates.thaw.map(|thaw| match thaw - until {
        span if span.is_zero() => "with the thaw".to_owned(),
        span if span < TimeDelta::zero() => format!("{} after the thaw", days(-span)),
        span => format!("{} before the thaw", days(span)),
    });
    let ga = to_ga.map(|left| match (left.num_days(), &thaw) {
        (0, _) if left.is_zero() => "with GA".to_owned(),
        (more @ 1.., Some(thaw)) if thaw.starts_with(char::is_numeric) => format!("{more} before GA"),
        _ => format!("{} before GA", days(left)),
    });
    let words: Vec<_> = thaw.into_iter().chain(ga).collect();
    (!words.is_empty()).then(|| Finding::told(format!("Ends {}", words.join(", "))))
}

fn length(until: DateTime<Utc>, from: Option<DateTime<Utc>>, long_days: u32) -> Option<Finding> {
    let long = until - from? > TimeDelta::days(i64::from(long_days));
    let unit = if long_days == 1 { "day that is" } else { "days that are" };
    long.then(|| Finding::weigh(format!("Longer than the {long_days} {unit} usual")))
}

/// A request for the Code Freeze covers that one only (P-18).
fn enhancement_missed(request: &RequestView<'_>, verdict: &Verdict) -> Option<Finding> {
    let judgement = verdict.judgement(Freeze::Enhancement);
    if request.freeze != Some(Freeze::Code) || judgement.timing != Timing::Passed {
        return None;
    }
    let release = verdict.release;
    match judgement.result {
        Outcome::Pass => None,
        Outcome::Fail => Some(Finding::weigh(format!("EF of {release} is missed; this covers CF only"))),
        Outcome::Unknown => Some(Finding::told(format!("EF of {release} is not verified; this covers CF only"))),
    }
}

/// The mail's link is missing until it is recorded (P-17); what was withdrawn needs none any more.
fn no_link(request: &RequestView<'_>) -> Option<Finding> {
    let missing = request.thread.is_none() && request.state != RequestState::Withdrawn;
    missing.then(|| Finding::weigh("The mail's archive link is missing"))
}

/// What is left to do for the freeze.
fn open(request: &RequestView<'_>, verdict: &Verdict) -> Option<Finding> {
    let freeze = request.freeze?;
    let share = verdict.facts.merged.filter(|share| freeze == Freeze::Code && share.done < share.all);
    if let Some(share) = share {
        let unit = if share.all == 1 { "PR" } else { "PRs" };
        return Some(Finding::told(format!("Open: {} of {} {unit}", share.all - share.done, share.all)));
    }
    let judgement = verdict.judgement(freeze);
    Some(match judgement.result {
        Outcome::Pass => Finding::good(format!("Nothing is open for {}", freeze.short())),
        Outcome::Fail => Finding::told(format!("Open: {}", judgement.open())),
        Outcome::Unknown => Finding::told(format!("Not verified: {}", judgement.open())),
    })
}
