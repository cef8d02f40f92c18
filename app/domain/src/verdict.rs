//! The verdict: facts, schedule, decisions and an instant in; five facts, status, requirements with evidence and who it
//! waits on out. Pages, comments, mails, feeds and checks print it; nobody computes it a second way.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    CheckInOutcome, Event, Freeze, FreezeSituation, History, Outcome, PullKind, PullState, ReleaseDates,
    ReleaseVersion, Request, Requirement, Situation, Source, Stage, Status, Timing,
    history::{Acceptance, Known, Participation},
    requirement::{Case, sum},
    status::status,
    waiting::{Waiting, waiting},
};

/// Days that a pull request may wait on its reviewers before the review lags (P-24).
pub const REVIEW_LAG_DAYS: i64 = 7;

/// Days before its gate within which a participation that is not ready is at risk (P-12).
pub const RISK_DAYS: i64 = 7;

/// One freeze as judged for one participation (P-11).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Which freeze.
    pub freeze: Freeze,
    /// Ahead, passed or undated.
    pub timing: Timing,
    /// Its instant, or the end of a grant where that is later, at most GA; none without a date.
    pub deadline: Option<DateTime<Utc>>,
    /// The instant at which facts were judged.
    pub judged_at: DateTime<Utc>,
    /// Under a grant: when it passed after the freeze.
    pub done_in_time: Option<DateTime<Utc>>,
    /// Sum of the requirements.
    pub result: Outcome,
    /// The requirements as judged.
    pub requirements: Vec<Requirement>,
    /// Where requests for this freeze stand.
    pub request: Request,
}

impl Judgement {
    /// Whether the freeze has passed with its requirements met.
    pub fn met(&self) -> bool {
        self.timing == Timing::Passed && self.result == Outcome::Pass
    }

    /// What is open, in few words: "2 PRs", "no reviewer +2"; failing ones first.
    pub fn open(&self) -> String {
        let of = |outcome| self.requirements.iter().filter(move |r| r.outcome == outcome).map(|r| r.open.as_str());
        let mut open = of(Outcome::Fail).chain(of(Outcome::Unknown));
        match (open.next(), open.count()) {
            (None, _) => String::new(),
            (Some(first), 0) => first.to_owned(),
            (Some(first), more) => format!("{first} +{more}"),
        }
    }
}

/// How many of something, e.g. merged pull requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Those that are.
    pub done: usize,
    /// All of them.
    pub all: usize,
}

/// Five facts, side by side, never merged into one (P-7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Accepted by the owning SIG.
    pub accepted: Option<Acceptance>,
    /// The gate, and whether its requirements are met; none once both freezes are.
    pub ready: Option<(Freeze, Outcome)>,
    /// Requests per freeze.
    pub exceptions: [(Freeze, Request); 2],
    /// Implementation pull requests merged; none when no one knows of any.
    pub merged: Option<Share>,
    /// Merged ones that are in the branch the release is built from, and the result.
    pub landed: (Outcome, Option<Share>),
    /// That branch, when observed.
    pub branch: Option<String>,
}

/// The verdict on one participation at one instant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The release.
    pub release: ReleaseVersion,
    /// Its stages in this release.
    pub stages: Vec<Stage>,
    /// The instant.
    pub now: DateTime<Utc>,
    /// The status (P-12).
    pub status: Status,
    /// The status in words with what is open, as shown ("Not ready for CF: 2 PRs").
    pub words: String,
    /// Why it is at risk, if it is.
    pub at_risk: Option<String>,
    /// Accepted and not ended.
    pub tracked: bool,
    /// Five facts.
    pub facts: Facts,
    /// Enhancement Freeze and Code Freeze as judged.
    pub judgements: [Judgement; 2],
    /// Whom it waits on, first what can be done now.
    pub waiting: Vec<Waiting>,
    /// The next instant at which the verdict can change without any event.
    pub valid_until: Option<DateTime<Utc>>,
}

impl Verdict {
    /// The gate: the first freeze passed unmet, else the first not passed; none when both are met.
    pub fn gate(&self) -> Option<&Judgement> {
        let unmet = self.judgements.iter().find(|j| j.timing == Timing::Passed && !j.met());
        unmet.or_else(|| self.judgements.iter().find(|j| j.timing != Timing::Passed))
    }

    /// The judgement of one freeze.
    pub fn judgement(&self, freeze: Freeze) -> &Judgement {
        let [enhancement, code] = &self.judgements;
        match freeze {
            Freeze::Enhancement => enhancement,
            Freeze::Code => code,
        }
    }
}

/// A proposal in a release, with all that a verdict depends on.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Where it comes from.
    pub source: &'a Source,
    /// Everything ever learned about it.
    pub history: &'a History,
    /// The release.
    pub release: ReleaseVersion,
    /// The dates of that release.
    pub dates: &'a ReleaseDates,
}

/// The verdict at `now`.
pub fn verdict(subject: Subject<'_>, now: DateTime<Utc>) -> Verdict {
    verdict_on(subject, &subject.history.at(now), now)
}

/// The verdict at `now`, when what was known then is at hand already.
pub fn verdict_on<'a>(subject: Subject<'a>, today: &Known<'a>, now: DateTime<Utc>) -> Verdict {
    let Subject { source, release, dates, history } = subject;
    let participation = today.participation(release, dates);
    let court = Court { subject, today, participation: &participation, now };
    let judgements = Freeze::BOTH.map(|freeze| court.judge(freeze));
    let landed = court.landed();
    let [enhancement, code] = &judgements;
    let situation = Situation {
        ending: participation.ending,
        linked: participation.targeted || participation.linked,
        departure: participation.departure,
        accepted: participation.accepted.is_some(),
        released: dates.released(now),
        enhancement: situation_of(enhancement),
        code: situation_of(code),
        landed: landed.outcome,
    };
    let status = status(&situation);
    let facts = Facts {
        accepted: participation.accepted,
        ready: None,
        exceptions: [(Freeze::Enhancement, enhancement.request), (Freeze::Code, code.request)],
        merged: landed.merged,
        landed: (landed.outcome, landed.share),
        branch: landed.branch.clone(),
    };
    let mut verdict = Verdict {
        release,
        stages: today.stages(release),
        now,
        status,
        words: String::new(),
        at_risk: None,
        tracked: participation.tracked(),
        facts,
        judgements,
        waiting: Vec::new(),
        valid_until: court.valid_until(),
    };
    verdict.facts.ready = verdict.gate().map(|gate| (gate.freeze, gate.result));
    verdict.words = match (status, verdict.gate()) {
        (Status::NotReady { .. }, Some(gate)) => format!("{}: {}", status.words(dates.zone), gate.open()),
        _ => status.words(dates.zone),
    };
    verdict.at_risk = court.at_risk(&verdict);
    verdict.waiting = waiting(&verdict, &participation, today, court.sig(), source, history.number);
    verdict
}

fn situation_of(judgement: &Judgement) -> FreezeSituation {
    FreezeSituation { timing: judgement.timing, result: judgement.result, request: judgement.request }
}

/// Whether the work is in the release.
struct Landed {
    outcome: Outcome,
    merged: Option<Share>,
    share: Option<Share>,
    branch: Option<String>,
}

/// Where one participation is judged.
struct Court<'a, 'k> {
    subject: Subject<'a>,
    today: &'k Known<'a>,
    participation: &'k Participation<'a>,
    now: DateTime<Utc>,
}

impl<'a> Court<'a, '_> {
    /// The owning SIG: the source's, else the document's, else that of its place in the repository.
    fn sig(&self) -> &'a str {
        owning_sig(self.subject.source, self.subject.history, self.today)
    }

    fn case<'k>(&'k self, known: &'k Known<'a>, participation: &'k Participation<'a>) -> Case<'a, 'k>
    where
        'a: 'k,
    {
        Case {
            source: self.subject.source,
            number: self.subject.history.number,
            sig: self.sig(),
            release: self.subject.release,
            dates: self.subject.dates,
            known,
            participation,
            today: self.today,
            now: self.now,
        }
    }

    fn judge(&self, freeze: Freeze) -> Judgement {
        let Subject { dates, .. } = self.subject;
        let instant = dates.freeze(freeze);
        let grant_end = self.participation.requests.grant_end(freeze);
        let deadline = instant.map(|instant| grant_end.map_or(instant, |end| end.max(instant)));
        let timing = match instant {
            None => Timing::NoDate,
            Some(instant) if instant <= self.now => Timing::Passed,
            Some(_) => Timing::Ahead,
        };
        let judged_at = deadline.filter(|deadline| *deadline <= self.now).unwrap_or(self.now);
        let requirements = self.requirements_at(freeze, judged_at);
        let mut judgement = Judgement {
            freeze,
            timing,
            deadline,
            judged_at,
            done_in_time: None,
            result: sum(&requirements),
            requirements,
            request: self.participation.requests.standing_at(freeze, self.now),
        };
        if let (Some(instant), Some(_)) = (instant, grant_end)
            && timing == Timing::Passed
            && judgement.result != Outcome::Pass
        {
            self.look_for_a_pass(&mut judgement, instant);
        }
        judgement
    }

    fn requirements_at(&self, freeze: Freeze, instant: DateTime<Utc>) -> Vec<Requirement> {
        if instant == self.now {
            return self.case(self.today, self.participation).requirements(freeze);
        }
        let known = self.subject.history.at(instant);
        let participation = known.participation(self.subject.release, self.subject.dates);
        self.case(&known, &participation).requirements(freeze)
    }

    /// Under a grant a pass at any instant since the freeze counts (P-11): only events change a result.
    fn look_for_a_pass(&self, judgement: &mut Judgement, freeze: DateTime<Utc>) {
        let history = self.subject.history;
        let times = history.events.iter().map(|e| e.occurred_at).chain(history.documents.iter().map(|d| d.occurred_at));
        let mut instants: Vec<_> =
            times.flatten().filter(|at| *at > freeze && *at < judgement.judged_at).chain([freeze]).collect();
        instants.sort_unstable();
        instants.dedup();
        let passed = instants.into_iter().find_map(|at| {
            let requirements = self.requirements_at(judgement.freeze, at);
            (sum(&requirements) == Outcome::Pass).then_some((at, requirements))
        });
        if let Some((at, requirements)) = passed {
            judgement.done_in_time = Some(at);
            judgement.judged_at = at;
            judgement.result = Outcome::Pass;
            judgement.requirements = requirements;
        }
    }

    fn landed(&self) -> Landed {
        let release = self.subject.release;
        let pulls: Vec<_> = self
            .today
            .pulls
            .iter()
            .filter(|pull| pull.release == release && pull.kind == PullKind::Implementation)
            .filter(|pull| pull.state != PullState::Closed)
            .collect();
        if pulls.is_empty() {
            let signed =
                self.today.events.iter().any(
                    |recorded| matches!(&recorded.event, Event::NothingToMerge { release: r, .. } if *r == release),
                );
            let outcome = if signed { Outcome::Pass } else { Outcome::Unknown };
            return Landed { outcome, merged: None, share: None, branch: None };
        }
        let merged = pulls.iter().filter(|pull| pull.state == PullState::Merged).count();
        let landings: Vec<_> = pulls
            .iter()
            .map(|pull| {
                self.today
                    .landings
                    .iter()
                    .rev()
                    .find(|landing| (landing.repository, landing.number) == (pull.repository.as_str(), pull.number))
            })
            .collect();
        let contained = landings.iter().flatten().filter(|landing| landing.contained).count();
        let outcome = if merged < pulls.len() || landings.iter().flatten().any(|landing| !landing.contained) {
            Outcome::Fail
        } else if contained == pulls.len() {
            Outcome::Pass
        } else {
            Outcome::Unknown
        };
        Landed {
            outcome,
            merged: Some(Share { done: merged, all: pulls.len() }),
            share: landings.iter().any(Option::is_some).then_some(Share { done: contained, all: pulls.len() }),
            branch: landings.iter().flatten().next().map(|landing| landing.branch.to_owned()),
        }
    }

    /// "At risk" is a flag with a reason, no status (P-12).
    fn at_risk(&self, verdict: &Verdict) -> Option<String> {
        let over = matches!(
            verdict.status,
            Status::Complete | Status::Shipped | Status::CompleteNotLanded | Status::CompleteLandingNotVerified
        );
        if !verdict.tracked || over || self.subject.dates.released(self.now) {
            return None;
        }
        self.latest_check_in_warns().or_else(|| self.review_lags()).or_else(|| self.gate_is_near(verdict))
    }

    fn latest_check_in_warns(&self) -> Option<String> {
        let latest = self.today.events.iter().rev().find_map(|recorded| match &recorded.event {
            Event::CheckedIn { release, outcome, week, sentence, .. } if *release == self.subject.release => {
                Some((outcome, week, sentence))
            }
            _ => None,
        });
        match latest? {
            (CheckInOutcome::AtRisk, week, sentence) => Some(format!("Check-in {week}: at risk. {sentence}")),
            (CheckInOutcome::Blocked, week, sentence) => Some(format!("Check-in {week}: blocked. {sentence}")),
            _ => None,
        }
    }

    fn review_lags(&self) -> Option<String> {
        let limit = TimeDelta::days(REVIEW_LAG_DAYS);
        let pull = self.today.pulls.iter().find(|pull| {
            pull.release == self.subject.release
                && pull.state == PullState::Open
                && pull.kind != PullKind::Unrelated
                && pull.waiting_on_review
                && pull.waiting_since.is_some_and(|since| self.now - since > limit)
        })?;
        let days = pull.waiting_since.map_or(0, |since| (self.now - since).num_days());
        Some(format!("#{} has waited {days} days for a review (limit {REVIEW_LAG_DAYS}).", pull.number))
    }

    fn gate_is_near(&self, verdict: &Verdict) -> Option<String> {
        let gate = verdict.gate().filter(|gate| gate.timing == Timing::Ahead && gate.result != Outcome::Pass)?;
        let left = self.subject.dates.freeze(gate.freeze)? - self.now;
        (left <= TimeDelta::days(RISK_DAYS))
            .then(|| format!("Not ready and the {} is {} days away.", gate.freeze.name(), left.num_days()))
    }

    /// The next instant at which time alone can change the verdict.
    fn valid_until(&self) -> Option<DateTime<Utc>> {
        let dates = self.subject.dates;
        let risk = TimeDelta::days(RISK_DAYS);
        let lag = TimeDelta::days(REVIEW_LAG_DAYS);
        let posts = [dates.enhancement_freeze, dates.code_freeze, dates.thaw, dates.ga];
        let near = [dates.enhancement_freeze, dates.code_freeze].map(|instant| instant.map(|i| i - risk));
        let grants = Freeze::BOTH.map(|freeze| self.participation.requests.grant_end(freeze));
        let lags = self.today.pulls.iter().map(|pull| pull.waiting_since.map(|since| since + lag));
        let events = self.subject.history.events.iter().map(|recorded| recorded.occurred_at);
        let versions = self.subject.history.documents.iter().map(|version| version.occurred_at);
        posts
            .into_iter()
            .chain(near)
            .chain(grants)
            .chain(lags)
            .chain(events)
            .chain(versions)
            .flatten()
            .filter(|instant| *instant > self.now)
            .min()
    }
}

/// The owning SIG: the source's, else the document's, else that of its place in the repository.
pub fn owning_sig<'a>(source: &'a Source, history: &'a History, known: &Known<'a>) -> &'a str {
    source
        .owning_sig
        .as_deref()
        .or_else(|| known.document.and_then(|d| d.reading.owning_sig.as_ref()).map(|stated| stated.value.as_str()))
        .or(history.directory_sig.as_deref())
        .unwrap_or("no SIG")
}
