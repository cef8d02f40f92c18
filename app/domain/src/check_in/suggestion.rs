//! What one would expect to be said in a check-in, from the verdict alone. A person decides; this only saves a key.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    CheckInOutcome, Freeze, Outcome, Pull, Status, Verdict,
    verdict::{RISK_DAYS, days_left},
};

/// A suggested outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// The outcome.
    pub outcome: CheckInOutcome,
    /// Why, as a clause after "because".
    pub reason: String,
}

/// What the state of a participation suggests, from its verdict and its open pull requests. Earlier check-ins do not
/// count: they would suggest themselves. A verdict holds for a while, so `now` may be later than the instant it was made for.
pub fn suggest(verdict: &Verdict, open: &[Pull], now: DateTime<Utc>) -> Suggestion {
    let (outcome, reason) = by_status(verdict).unwrap_or_else(|| by_progress(verdict, open, now));
    Suggestion { outcome, reason }
}

/// Where the status says it all.
fn by_status(verdict: &Verdict) -> Option<(CheckInOutcome, String)> {
    use CheckInOutcome::{AtRisk, Blocked, Done, OnTrack, RetargetOrReject};
    let (outcome, reason) = match verdict.status {
        Status::ExceptionDenied { freeze } => {
            (RetargetOrReject, format!("its exception from {} was denied", freeze.short()))
        }
        Status::ExceptionRequired { freeze } => {
            (Blocked, format!("it missed {} and nobody has asked for an exception", freeze.short()))
        }
        Status::ExceptionPending { freeze } => (AtRisk, format!("its exception from {} is undecided", freeze.short())),
        Status::NotVerifiedDue { freeze } => {
            (AtRisk, format!("{} has passed and it could not be verified", freeze.short()))
        }
        Status::Ready { freeze: Freeze::Code } => (Done, "it is ready for CF".to_owned()),
        Status::Ready { freeze: Freeze::Enhancement } => (OnTrack, "it is ready for EF".to_owned()),
        _ if verdict.gate().is_none() => (Done, "both freezes are met".to_owned()),
        _ => return None,
    };
    Some((outcome, reason))
}

/// Where it depends on how far the work is and how much time is left.
fn by_progress(verdict: &Verdict, open: &[Pull], now: DateTime<Utc>) -> (CheckInOutcome, String) {
    let work = match open.len() {
        0 => String::new(),
        1 => ", one pull request is open".to_owned(),
        open => format!(", {open} pull requests are open"),
    };
    if let Some((pull, days)) = lagging(open, now) {
        return (CheckInOutcome::AtRisk, format!("the review of #{} has lagged for {days} days{work}", pull.number));
    }
    let left = verdict.gate().and_then(|gate| gate.deadline.map(|deadline| (gate, days_left(deadline, now))));
    match left {
        Some((gate, days)) if gate.result == Outcome::Fail && days <= RISK_DAYS => {
            let left = left_words(gate.deadline, now);
            (CheckInOutcome::AtRisk, format!("{left} and “{}” is open{work}", gate.open()))
        }
        Some((gate, _)) => {
            let left = left_words(gate.deadline, now);
            (CheckInOutcome::OnTrack, format!("{left} until {}{work}", gate.freeze.short()))
        }
        None => (CheckInOutcome::OnTrack, format!("no deadline is near{work}")),
    }
}

/// The review that lags longest, with its days (P-24).
fn lagging(open: &[Pull], now: DateTime<Utc>) -> Option<(&Pull, i64)> {
    let lagging = open.iter().filter(|pull| pull.lags(now));
    let lagging = lagging.filter_map(|pull| pull.waiting_since.map(|since| (pull, now - since)));
    lagging.max_by_key(|(_, waited)| *waited).map(|(pull, waited)| (pull, waited.num_days()))
}

/// Whole days until a deadline, in words.
fn left_words(deadline: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    match deadline.map(|deadline| (deadline - now).num_days()).unwrap_or_default() {
        ..1 => "less than a day is left".to_owned(),
        1 => "1 day is left".to_owned(),
        days => format!("{days} days are left"),
    }
}
