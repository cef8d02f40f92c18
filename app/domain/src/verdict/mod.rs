//! The verdict: facts, schedule, decisions and an instant in; five facts, status, requirements with evidence and who it
//! waits on out. Pages, comments, mails, feeds and checks print it; nobody computes it a second way.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Evidence, Freeze, FreezeSituation, History, Outcome, ReleaseDates, ReleaseVersion, Request, Requirement, Situation,
    Source, Stage, Status, Timing,
    history::{Acceptance, Known},
    status::status,
    waiting::{Waiting, waiting},
};

mod clock;
mod court;
mod landed;
mod risk;

use court::Court;
pub(crate) use landed::landing_of;
pub use risk::{REVIEW_LAG_DAYS, RISK_DAYS, days_left};

/// One freeze as judged for one participation (P-11).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Judgement {
    /// Which freeze.
    pub freeze: Freeze,
    /// Ahead, passed or undated.
    pub timing: Timing,
    /// Its instant, or the end of a grant where that is later, at most GA; none without a date.
    pub deadline: Option<DateTime<Utc>>,
    /// The instant at which facts were judged.
    pub judged_at: DateTime<Utc>,
    /// Under a grant: the first instant after the freeze at which the requirements passed.
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

    /// What is open, in few words: "2 PRs", "no reviewer +2". Only what fails, since an unknown is no fail (P-8);
    /// where nothing fails, what nobody knows.
    pub fn open(&self) -> String {
        let of = |outcome| self.requirements.iter().filter(move |r| r.outcome == outcome).map(|r| r.open.as_str());
        let few = |mut open: Box<dyn Iterator<Item = &str> + '_>| {
            open.next().map(|first| match open.count() {
                0 => first.to_owned(),
                more => format!("{first} +{more}"),
            })
        };
        few(Box::new(of(Outcome::Fail))).or_else(|| few(Box::new(of(Outcome::Unknown)))).unwrap_or_default()
    }
}

/// How many of something, e.g. merged pull requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Share {
    /// Those that are.
    pub done: usize,
    /// All of them.
    pub all: usize,
}

/// Five facts, side by side, never merged into one (P-7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
    /// What looks wrong without failing a requirement (P-10).
    #[serde(default)]
    pub warnings: Vec<Evidence>,
    /// The next instant at which the verdict, the ages in its sentences included, can change without any new event.
    pub valid_until: Option<DateTime<Utc>>,
}

impl Verdict {
    /// The gate: the freeze that the status names, else the first passed unmet, else the first not passed; none when
    /// both are met.
    pub fn gate(&self) -> Option<&Judgement> {
        if let Some(freeze) = self.status.freeze() {
            return Some(self.judgement(freeze));
        }
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
    let Subject { release, dates, .. } = subject;
    let participation = today.participation(release, dates);
    let court = Court { subject, today, participation: &participation, now };
    let judgements = Freeze::BOTH.map(|freeze| court.judge(freeze));
    let landed = court.landed();
    let [enhancement, code] = &judgements;
    let status = status(&Situation {
        ending: participation.ending,
        linked: participation.targeted || participation.linked,
        departure: participation.departure,
        accepted: participation.accepted.is_some(),
        released: dates.released(now),
        enhancement: situation_of(enhancement),
        code: situation_of(code),
        landed: landed.outcome,
    });
    let facts = Facts {
        accepted: participation.accepted,
        ready: None,
        exceptions: [(Freeze::Enhancement, enhancement.request), (Freeze::Code, code.request)],
        merged: landed.merged,
        landed: (landed.outcome, landed.share),
        branch: landed.branch,
    };
    let mut verdict = Verdict {
        release,
        stages: today.stages(release),
        now,
        status,
        words: status.words(dates.zone),
        at_risk: None,
        tracked: participation.tracked(),
        facts,
        judgements,
        waiting: Vec::new(),
        warnings: Vec::new(),
        valid_until: court.valid_until(),
    };
    verdict.facts.ready = verdict.gate().map(|gate| (gate.freeze, gate.result));
    if let (Status::NotReady { .. }, Some(gate)) = (status, verdict.gate()) {
        verdict.words = format!("{}: {}", verdict.words, gate.open());
    }
    verdict.at_risk = court.at_risk(&verdict);
    verdict.warnings = court.warnings(&verdict);
    verdict.waiting = waiting(&verdict, subject, &participation, today, court.sig());
    verdict
}

fn situation_of(judgement: &Judgement) -> FreezeSituation {
    FreezeSituation { timing: judgement.timing, result: judgement.result, request: judgement.request }
}

/// The owning SIG: the source's, else the document's, else that of its place in the repository.
pub fn owning_sig<'a>(source: &'a Source, history: &'a History, known: &Known<'a>) -> &'a str {
    source
        .owning_sig
        .as_deref()
        .or_else(|| known.document.and_then(|d| d.reading.owning_sig.as_ref()).map(|stated| stated.value.as_str()))
        .or(history.directory_sig.as_deref())
        .unwrap_or(NO_SIG)
}

/// What stands in the place of an owning SIG that nothing names.
pub const NO_SIG: &str = "no SIG";
