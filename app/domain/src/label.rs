//! Whether a pull request should carry the label of approved work now, and why (P-28).
//!
//! The label's name is data of the source. Setting it is the outbox's business.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Freeze, Outcome, Pull, PullKind, PullState, ReleaseDates, Request, RequestView, Requests, Source, Status, Timing,
    Verdict, requirement::sum_of, words::day_of,
};

/// A participation as the label is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Entitled<'a> {
    /// Its source.
    pub source: &'a Source,
    /// Its verdict; its instant is the one that is judged.
    pub verdict: &'a Verdict,
    /// Dates of its release.
    pub dates: &'a ReleaseDates,
    /// Its requests for an exception.
    pub requests: &'a Requests<'a>,
}

/// One thing that the label depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Condition {
    /// What was found, as a sentence.
    pub text: String,
    /// Whether it speaks for the label.
    pub outcome: Outcome,
}

/// Whether a pull request should carry the label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelVerdict {
    /// The label.
    pub label: String,
    /// Whether it should carry it: unknown where that cannot be told.
    pub should: Outcome,
    /// Whether it carries it.
    pub carries: bool,
    /// Why, condition by condition.
    pub conditions: Vec<Condition>,
    /// Until when time alone leaves a yes standing; none for a no, and where no date says.
    pub until: Option<DateTime<Utc>>,
}

impl LabelVerdict {
    /// Whether it carries the label just when it should; what cannot be told is no reason to change anything.
    pub fn agrees(&self) -> bool {
        match self.should {
            Outcome::Pass => self.carries,
            Outcome::Fail => !self.carries,
            Outcome::Unknown => true,
        }
    }

    /// The answer in a sentence.
    pub fn words(&self) -> String {
        let label = &self.label;
        match self.should {
            Outcome::Pass => format!("It should carry `{label}`."),
            Outcome::Fail => format!("It should not carry `{label}`."),
            Outcome::Unknown => format!("Whether it should carry `{label}` cannot be told."),
        }
    }
}

/// Whether a pull request should carry `label`; `participations` are those of the proposal that it belongs to.
///
/// Two ways lead there: as work on a tracked participation of its release, or as work that a running grant covers.
pub fn label_verdict(pull: &Pull, label: &str, participations: &[Entitled<'_>]) -> LabelVerdict {
    let open = is_open(pull);
    let granted = participations.iter().filter_map(|p| p.covering_grant(pull)).max();
    let tracked = participations.iter().find(|p| p.verdict.release == pull.release);
    let work = tracked.map_or_else(|| vec![no("It belongs to no participation in its release.")], |p| p.work_on(pull));
    let work_goes_on = sum_of(work.iter().map(|condition| condition.outcome));
    let until = tracked.filter(|_| work_goes_on == Outcome::Pass).map(Entitled::work_ends);
    let (should, until) = match (open.outcome, granted, work_goes_on) {
        (Outcome::Pass, Some(end), Outcome::Pass) => (Outcome::Pass, until.flatten().map(|until| until.max(end))),
        (Outcome::Pass, Some(end), _) => (Outcome::Pass, Some(end)),
        (Outcome::Pass, None, outcome) => (outcome, until.flatten()),
        _ => (Outcome::Fail, None),
    };
    let carries = pull.labels.iter().any(|carried| carried == label);
    let zone = participations.first().map(|p| p.dates.zone).unwrap_or_default();
    let grant = match granted {
        Some(end) => yes(format!("An exception that names it runs until {}.", day_of(end, zone))),
        None => no("No running exception names it."),
    };
    let conditions = std::iter::once(open).chain(work).chain([grant]).collect();
    LabelVerdict { label: label.to_owned(), should, carries, conditions, until }
}

fn yes(text: impl Into<String>) -> Condition {
    Condition { text: text.into(), outcome: Outcome::Pass }
}

fn no(text: impl Into<String>) -> Condition {
    Condition { text: text.into(), outcome: Outcome::Fail }
}

fn is_open(pull: &Pull) -> Condition {
    match pull.state {
        PullState::Open => yes("It is open."),
        PullState::Merged => no("It is merged."),
        PullState::Closed => no("It is closed."),
    }
}

impl Entitled<'_> {
    /// What work on a tracked participation has to meet.
    fn work_on(&self, pull: &Pull) -> Vec<Condition> {
        let kind = match pull.kind {
            PullKind::Implementation => yes("It is an implementation PR."),
            kind => no(format!("It is no implementation PR but {}.", kind.words())),
        };
        let release = self.verdict.release;
        let tracked = if self.verdict.tracked {
            yes(format!("Its proposal is tracked for {release}."))
        } else {
            no(format!("Its proposal is not tracked for {release}: {}.", self.verdict.words))
        };
        vec![kind, tracked, self.enhancement_freeze(), self.code_freeze()]
    }

    /// Not missed, or excused.
    fn enhancement_freeze(&self) -> Condition {
        let judgement = self.verdict.judgement(Freeze::Enhancement);
        let granted = match judgement.request {
            Request::Granted(end) => Some(end),
            _ => None,
        };
        match (judgement.timing, judgement.result, granted) {
            (Timing::NoDate, ..) => yes("The Enhancement Freeze has no date."),
            (Timing::Ahead, ..) => yes("The Enhancement Freeze is ahead."),
            (Timing::Passed, Outcome::Pass, _) => yes("The Enhancement Freeze was met."),
            (Timing::Passed, _, Some(end)) => {
                yes(format!("Its exception for the Enhancement Freeze runs until {}.", day_of(end, self.dates.zone)))
            }
            (Timing::Passed, Outcome::Fail, None) => {
                no(format!("The Enhancement Freeze was missed: {}.", judgement.open()))
            }
            (Timing::Passed, Outcome::Unknown, None) => Condition {
                text: format!("Whether the Enhancement Freeze was met is not verified: {}.", judgement.open()),
                outcome: Outcome::Unknown,
            },
        }
    }

    /// Until the Code Freeze, and on to the thaw where the source lets approved work go on.
    fn code_freeze(&self) -> Condition {
        let now = self.verdict.now;
        if self.dates.released(now) {
            return no(format!("{} is out.", self.verdict.release));
        }
        if !self.dates.passed(Freeze::Code, now) {
            let ahead = self.dates.code_freeze.is_some();
            return yes(if ahead { "The Code Freeze is ahead." } else { "The Code Freeze has no date." });
        }
        let thawed = self.dates.thaw.is_some_and(|thaw| thaw <= now);
        match (self.source.work_after_code_freeze, thawed) {
            (true, false) => yes("The Code Freeze has passed, and approved work goes on until the thaw."),
            (true, true) => no("The freeze is over, and main is open for all."),
            (false, _) => no("The Code Freeze has passed."),
        }
    }

    /// When work on it ends by the calendar, as things stand: what would miss the Enhancement Freeze loses the label then.
    fn work_ends(&self) -> Option<DateTime<Utc>> {
        let enhancement = self.verdict.judgement(Freeze::Enhancement);
        let excuse = match (enhancement.timing, enhancement.result, enhancement.request) {
            (_, Outcome::Pass, _) | (Timing::NoDate, ..) => None,
            (_, _, Request::Granted(end)) => Some(end),
            _ => self.dates.enhancement_freeze,
        };
        let goes_on = self.source.work_after_code_freeze;
        let end = if goes_on { self.dates.thaw.or(self.dates.ga) } else { self.dates.code_freeze.or(self.dates.ga) };
        [excuse, end].into_iter().flatten().min()
    }

    /// The end of a running grant that covers it. What left the release has no grant, and after GA none counts (P-12).
    fn covering_grant(&self, pull: &Pull) -> Option<DateTime<Utc>> {
        let now = self.verdict.now;
        let left = matches!(self.verdict.status, Status::Ended { .. } | Status::Departed { .. });
        if left || self.dates.released(now) {
            return None;
        }
        let name = format!("{}#{}", pull.repository, pull.number);
        let covers = |covered: &String| covered.trim().eq_ignore_ascii_case(&name);
        let covering = self.requests.all.iter().filter(|request| request.covers.iter().any(covers));
        covering.filter_map(RequestView::granted_until).filter(|end| *end > now).max()
    }
}
