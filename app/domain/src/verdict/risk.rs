//! What is no status but worth a flag: "at risk" (P-12, P-24), and warnings (P-10, R002-21, R002-22).

use chrono::{DateTime, TimeDelta, Utc};

use super::{Verdict, court::Court};
use crate::{
    CheckInOutcome, Event, Evidence, Freeze, Outcome, Pull, PullKind, PullState, Status, Timing,
    belonging::unlinked,
    check_in::check_ins,
    requirement::{implementation_pulls, pull_url},
};

/// Days that a pull request may wait on its reviewers before the review lags (P-24).
pub const REVIEW_LAG_DAYS: i64 = 7;

/// Days before its gate within which a participation that is not ready is at risk (P-12).
pub const RISK_DAYS: i64 = 7;

/// Days until a deadline, a begun one counted whole; none once it has passed.
pub fn days_left(deadline: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    let left = (deadline - now).max(TimeDelta::zero());
    left.num_days() + i64::from(left > TimeDelta::days(left.num_days()))
}

/// A review lags when it has waited for more than its days: from this long on.
pub(super) fn lag() -> TimeDelta {
    TimeDelta::days(REVIEW_LAG_DAYS) + TimeDelta::microseconds(1)
}

impl Court<'_, '_> {
    /// "At risk" is a flag with a reason, no status (P-12).
    pub fn at_risk(&self, verdict: &Verdict) -> Option<String> {
        let over = self.subject.dates.released(self.now) || verdict.status == Status::Complete;
        if !verdict.tracked || over {
            return None;
        }
        self.latest_check_in_warns().or_else(|| self.review_lags()).or_else(|| self.gate_is_near(verdict))
    }

    fn latest_check_in_warns(&self) -> Option<String> {
        let latest = check_ins(self.today, self.subject.release).into_values().next_back()?;
        let said = latest.outcome()?;
        let word = match said.outcome {
            CheckInOutcome::AtRisk => "at risk",
            CheckInOutcome::Blocked => "blocked",
            _ => return None,
        };
        Some(format!("Check-in {}: {word}. {}", latest.week, said.sentence))
    }

    /// Open pull requests of the participation.
    pub(super) fn open_pulls(&self) -> impl Iterator<Item = &Pull> {
        self.today.open_pulls(self.subject.release)
    }

    fn review_lags(&self) -> Option<String> {
        let waited = |pull: &Pull| pull.waiting_since.filter(|_| pull.waiting_on_review).map(|since| self.now - since);
        let (pull, waited) = self
            .open_pulls()
            .filter_map(|pull| waited(pull).map(|waited| (pull, waited)))
            .find(|(_, waited)| *waited >= lag())?;
        let days = waited.num_days();
        Some(format!("#{} has waited {days} days for a review (limit {REVIEW_LAG_DAYS}).", pull.number))
    }

    /// Only what fails is not ready: an unknown is shown as such by the status (P-8).
    fn gate_is_near(&self, verdict: &Verdict) -> Option<String> {
        let gate = verdict.gate().filter(|gate| gate.result == Outcome::Fail)?;
        let until = match gate.timing {
            Timing::Ahead => self.subject.dates.freeze(gate.freeze),
            Timing::Passed | Timing::NoDate => gate.deadline,
        };
        let days = until.map(|until| days_left(until, self.now)).filter(|days| *days > 0)?;
        let what = if gate.timing == Timing::Ahead { gate.freeze.name() } else { "end of its exception" };
        let unit = if days == 1 { "day" } else { "days" };
        (days <= RISK_DAYS).then(|| format!("Not ready, and the {what} is {days} {unit} away."))
    }

    /// Warnings, not requirements (P-10).
    pub fn warnings(&self, verdict: &Verdict) -> Vec<Evidence> {
        let changes = self.open_pulls().filter(|pull| pull.kind == PullKind::Proposal).map(|pull| Evidence {
            text: format!("#{} {} is open and changes the document.", pull.number, pull.title),
            link: Some(pull_url(&pull.repository, pull.number)),
            observed: pull.waiting_since,
        });
        let missing = unlinked(self.today).into_iter().filter(|pull| pull.release == self.subject.release);
        let missing = missing.map(|pull| Evidence {
            text: format!("#{} {} names the proposal but is not in its issue.", pull.number, pull.title),
            link: Some(pull_url(&pull.repository, pull.number)),
            observed: None,
        });
        let told = [self.no_support(verdict), self.no_commitment(verdict)].into_iter().flatten();
        let told = told.map(|text| Evidence { text, link: None, observed: None });
        changes.chain(missing).chain(self.document_is_behind()).chain(told).collect()
    }

    /// Acceptance rests on support by the community (R002-21).
    fn no_support(&self, verdict: &Verdict) -> Option<String> {
        if self.today.supported || self.subject.dates.released(self.now) {
            return None;
        }
        let text = match verdict.status {
            _ if verdict.tracked => "It was accepted, but no support by the community is on record.",
            Status::Proposed => "No support by the community is on record.",
            _ => return None,
        };
        Some(text.to_owned())
    }

    /// Tracking without commitment (R002-22). While the Enhancement Freeze is not met, its requirement says so.
    fn no_commitment(&self, verdict: &Verdict) -> Option<String> {
        let kept = self.participation.committed.is_some() || !verdict.judgement(Freeze::Enhancement).met();
        if kept || !verdict.tracked || self.subject.dates.released(self.now) {
            return None;
        }
        let owners = self.today.owners();
        let names = owners.iter().map(|owner| format!("@{owner}")).collect::<Vec<_>>().join(", ");
        let by = if names.is_empty() { names } else { format!(" by {names}") };
        Some(format!("It is tracked without a commitment to {}{by}.", self.subject.release))
    }

    /// The document is older than its merged implementation (R002-27).
    fn document_is_behind(&self) -> Option<Evidence> {
        let changed = self.today.document?.occurred_at?;
        let merged = implementation_pulls(self.today, self.subject.release).filter(|p| p.state == PullState::Merged);
        let merged: Vec<_> = merged.collect();
        let last = self.today.events.iter().rev().find_map(|recorded| match &recorded.event {
            Event::PullObserved(pull) if merged.contains(&pull) => recorded.occurred_at.map(|at| (pull, at)),
            _ => None,
        });
        let (pull, at) = last.filter(|(_, at)| *at > changed)?;
        Some(Evidence {
            text: format!("The document is older than #{} {}, which is merged.", pull.number, pull.title),
            link: Some(pull_url(&pull.repository, pull.number)),
            observed: Some(at),
        })
    }
}
