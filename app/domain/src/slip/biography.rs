//! The biography of a proposal: how it moved from release to release, each move told once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    Departure, DocumentReading, DocumentVersion, Event, Freeze, Known, Recorded, ReleaseDates, ReleaseVersion,
    RetargetReason, Stage, Status, history::stated,
};

/// The proposal in one release, as judged.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// The release.
    pub release: ReleaseVersion,
    /// Its status there.
    pub status: Status,
    /// The dates of the release.
    pub dates: ReleaseDates,
}

/// Why a proposal left a release.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cause {
    /// The owning SIG moved it (P-15).
    Retargeted {
        /// Kind of reason.
        reason: RetargetReason,
        /// The reason in a sentence; may be empty where the kind tells it.
        sentence: String,
    },
    /// Its document states another target; no decision says so.
    TargetChanged {
        /// Path of the document.
        document: String,
    },
    /// The release team removed it.
    Removed {
        /// Why.
        reason: String,
    },
    /// A freeze passed unmet.
    Missed {
        /// Which.
        freeze: Freeze,
    },
    /// Complete, but not in the branch that the release was built from.
    NotLanded,
}

impl Cause {
    /// The cause in words: "new blocker: The pool is gone.", "missed EF".
    pub fn words(&self) -> String {
        match self {
            Self::Retargeted { reason: RetargetReason::Other, sentence } if !sentence.is_empty() => sentence.clone(),
            Self::Retargeted { reason, sentence } if sentence.is_empty() => reason.words().to_owned(),
            Self::Retargeted { reason, sentence } => format!("{}: {sentence}", reason.words()),
            Self::TargetChanged { .. } => "target changed in the document".to_owned(),
            Self::Removed { reason } => format!("removed: {reason}"),
            Self::Missed { freeze } => format!("missed {}", freeze.short()),
            Self::NotLanded => "not in the release branch at GA".to_owned(),
        }
    }
}

/// One move from a release to another.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The release that it left.
    pub from: ReleaseVersion,
    /// Where it went; none while no other release has it.
    pub to: Option<ReleaseVersion>,
    /// Why.
    pub cause: Cause,
    /// When; for a freeze or GA its instant, where there is one.
    pub at: Option<DateTime<Utc>>,
    /// Whose word it is, where somebody decided it.
    pub who: Option<String>,
    /// Place of that decision in the log.
    pub decision: Option<i64>,
    /// Where it was said.
    pub link: Option<String>,
}

impl Move {
    /// Whether the proposal came later than planned; the other way round it was brought forward.
    pub fn is_slip(&self) -> bool {
        self.to.is_none_or(|to| to > self.from)
    }

    /// "v1.9 → v1.10"; "v1.9 → nowhere yet".
    pub fn way(&self) -> String {
        match self.to {
            Some(to) => format!("{} → {to}", self.from),
            None => format!("{} → nowhere yet", self.from),
        }
    }
}

/// How the proposal moved, oldest move first. `standings` are its releases in order, as judged at the same instant.
///
/// A move that several sources show is told once, by the strongest: a decision before the document's changed target,
/// either before a freeze that passed unmet.
pub fn biography(known: &Known<'_>, standings: &[Standing]) -> Vec<Move> {
    let mut teller = Teller { standings, told: Vec::new(), left: BTreeMap::new() };
    for step in steps(known) {
        match step {
            Step::Decided(recorded) => teller.decided(recorded),
            Step::Stated { version, before } => teller.stated(version, before),
        }
    }
    for standing in standings {
        teller.judged(known, standing);
    }
    let mut told = teller.told;
    told.sort_by_key(|told| told.at);
    told
}

/// What can move a proposal.
enum Step<'a> {
    Decided(&'a Recorded),
    Stated { version: &'a DocumentVersion, before: &'a DocumentReading },
}

impl Step<'_> {
    fn at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Decided(recorded) => recorded.occurred_at,
            Self::Stated { version, .. } => version.occurred_at,
        }
    }
}

/// Decisions and versions of the main document, in the order in which they happened.
fn steps<'a>(known: &Known<'a>) -> Vec<Step<'a>> {
    let mains: Vec<&'a DocumentVersion> =
        known.versions.iter().copied().filter(|version| version.main && version.present()).collect();
    let changes = mains.windows(2).filter_map(|pair| match pair {
        [before, after] => Some(Step::Stated { version: after, before: &before.reading }),
        _ => None,
    });
    let decided = known.events.iter().filter(|recorded| recorded.event.is_decision()).map(|r| Step::Decided(r));
    let mut steps: Vec<_> = changes.chain(decided).collect();
    steps.sort_by_key(Step::at);
    steps
}

struct Teller<'s> {
    standings: &'s [Standing],
    told: Vec<Move>,
    /// Releases that it has left for a later one, and which. Chains end, because each leads to a later one.
    left: BTreeMap<ReleaseVersion, ReleaseVersion>,
}

impl Teller<'_> {
    fn decided(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::Retargeted { from, to, reason, sentence } if from != to => {
                let cause = Cause::Retargeted { reason: *reason, sentence: sentence.clone() };
                let mut told = decision((*from, Some(*to)), cause, recorded);
                let by_document = |known: &&mut Move| {
                    (known.from, known.to) == (*from, Some(*to)) && matches!(known.cause, Cause::TargetChanged { .. })
                };
                let still = self.left.get(from) == Some(to);
                match self.told.iter_mut().rev().find(by_document).filter(|_| still) {
                    Some(known) => std::mem::swap(known, &mut told),
                    None => self.told.push(told),
                }
                self.gone(*from, *to);
            }
            Event::Accepted { release, .. } | Event::Readmitted { release, .. } => {
                self.left.remove(release);
            }
            _ => {}
        }
    }

    fn gone(&mut self, from: ReleaseVersion, to: ReleaseVersion) {
        self.left.remove(&to);
        if to > from {
            self.left.insert(from, to);
        } else {
            self.left.remove(&from);
        }
    }

    /// The document states other targets than before. A release that it names no more was left, unless that was out by
    /// then or is known to have been left already.
    fn stated(&mut self, version: &DocumentVersion, before: &DocumentReading) {
        let was: Vec<(&Stage, ReleaseVersion)> = stated(before).collect();
        let is: Vec<(&Stage, ReleaseVersion)> = stated(&version.reading).collect();
        let names = |all: &[(&Stage, ReleaseVersion)], release| all.iter().any(|(_, named)| *named == release);
        let mut gone: Vec<_> = was.iter().map(|(_, release)| *release).filter(|from| !names(&is, *from)).collect();
        gone.sort_unstable();
        gone.dedup();
        for (_, back) in is.iter().filter(|(_, release)| !names(&was, *release)) {
            self.left.remove(back);
        }
        for from in gone {
            let was_for = |stage: &Stage| was.contains(&(stage, from));
            let later = is.iter().filter(|(stage, to)| *to > from && was_for(stage)).map(|(_, to)| *to);
            let Some(to) = later.min() else { continue };
            let here = self.present(from);
            if here >= to || self.was_out(here, version.occurred_at) {
                continue;
            }
            let cause = Cause::TargetChanged { document: version.path.clone() };
            let at = version.occurred_at;
            self.told.push(Move { from: here, to: Some(to), cause, at, who: None, decision: None, link: None });
            self.gone(here, to);
        }
    }

    /// Where it is by now, when it was for `release`.
    fn present(&self, release: ReleaseVersion) -> ReleaseVersion {
        std::iter::successors(Some(release), |here| self.left.get(here).copied()).last().unwrap_or(release)
    }

    fn was_out(&self, release: ReleaseVersion, at: Option<DateTime<Utc>>) -> bool {
        let dates = self.standings.iter().find(|standing| standing.release == release).map(|standing| standing.dates);
        dates.zip(at).is_some_and(|(dates, at)| dates.released(at))
    }

    /// A release that it did not make although nothing says that it left.
    fn judged(&mut self, known: &Known<'_>, standing: &Standing) {
        let release = standing.release;
        if self.left.contains_key(&release) {
            return;
        }
        let to = accepted_later(known, release);
        let missed = |cause, at| Move { from: release, to, cause, at, who: None, decision: None, link: None };
        let told = match standing.status {
            Status::Departed { departure: Departure::Removed } => removal(known, release, to),
            Status::Missed { freeze } => {
                Some(missed(Cause::Missed { freeze }, standing.dates.freeze(freeze).or(standing.dates.ga)))
            }
            Status::ExceptionRequired { freeze } | Status::ExceptionDenied { freeze } if to.is_some() => {
                Some(missed(Cause::Missed { freeze }, standing.dates.freeze(freeze)))
            }
            Status::CompleteNotLanded => Some(missed(Cause::NotLanded, standing.dates.ga)),
            _ => None,
        };
        self.told.extend(told);
    }
}

fn decision((from, to): (ReleaseVersion, Option<ReleaseVersion>), cause: Cause, recorded: &Recorded) -> Move {
    Move {
        from,
        to,
        cause,
        at: recorded.occurred_at,
        who: Some(recorded.person().to_owned()),
        decision: Some(recorded.id),
        link: recorded.link.clone(),
    }
}

fn removal(known: &Known<'_>, release: ReleaseVersion, to: Option<ReleaseVersion>) -> Option<Move> {
    known.events.iter().rev().find_map(|recorded| match &recorded.event {
        Event::Removed { release: from, reason } if *from == release => {
            Some(decision((release, to), Cause::Removed { reason: reason.clone() }, recorded))
        }
        _ => None,
    })
}

/// The earliest later release for which it was accepted.
fn accepted_later(known: &Known<'_>, release: ReleaseVersion) -> Option<ReleaseVersion> {
    let accepted = known.events.iter().filter_map(|recorded| match recorded.event {
        Event::Accepted { release: later, .. } if later > release => Some(later),
        _ => None,
    });
    accepted.min()
}
