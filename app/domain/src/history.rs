//! The history of one proposal, and what it says at any instant.
//!
//! A [`History`] is what the log and the documents hold about a proposal. [`History::at`] folds the part of it that had
//! happened by an instant into a [`Known`]: nothing is computed there, only the latest word on each matter is kept.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Departure, DocumentReading, DocumentStatus, Ending, Event, Pull, Recorded, ReleaseDates, ReleaseVersion, Stage,
    exception::Requests,
};

/// One version of one document of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentVersion {
    /// Path in the repository.
    pub path: String,
    /// Whether it is the proposal's main document rather than a further one in its directory.
    pub main: bool,
    /// SHA-256 of the text, hexadecimal; empty when the document is gone from then on.
    pub blob: String,
    /// From when on it is the text; `None` counts as always so.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When it was read.
    pub recorded_at: DateTime<Utc>,
    /// What it states.
    pub reading: DocumentReading,
}

impl DocumentVersion {
    /// Whether the document is there in this version, rather than gone.
    pub fn present(&self) -> bool {
        !self.blob.is_empty()
    }
}

/// Everything ever learned about a proposal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Number of the proposal: that of its tracking issue.
    pub number: u32,
    /// SIG by the document's place, where the source is laid out by SIG.
    pub directory_sig: Option<String>,
    /// Events in the order of the log.
    pub events: Vec<Recorded>,
    /// Versions of its documents in the order they were read.
    pub documents: Vec<DocumentVersion>,
}

/// The tracking issue as last observed.
#[derive(Debug, Clone, Copy)]
pub struct Issue<'a> {
    /// Its title.
    pub title: &'a str,
    /// Whether it is open.
    pub open: bool,
    /// Its labels.
    pub labels: &'a [String],
    /// Logins of its assignees.
    pub assignees: &'a [String],
    /// Path that it links.
    pub linked_document: Option<&'a str>,
    /// Releases it states per stage.
    pub targets: &'a [(Stage, ReleaseVersion)],
    /// When it was so.
    pub observed: Option<DateTime<Utc>>,
}

/// A linked bug as last observed.
#[derive(Debug, Clone, Copy)]
pub struct Bug<'a> {
    /// `owner/name`.
    pub repository: &'a str,
    /// Number of the issue.
    pub number: u32,
    /// Its title.
    pub title: &'a str,
    /// Whether it is open.
    pub open: bool,
    /// Its labels.
    pub labels: &'a [String],
}

/// Whether a merged pull request is in a branch, as last observed.
#[derive(Debug, Clone, Copy)]
pub struct Landing<'a> {
    /// `owner/name`.
    pub repository: &'a str,
    /// Number of the pull request.
    pub number: u32,
    /// The branch.
    pub branch: &'a str,
    /// Whether it is in it.
    pub contained: bool,
}

/// What was known about a proposal at an instant.
#[derive(Debug, Clone, Default)]
pub struct Known<'a> {
    /// The main document, when there is one.
    pub document: Option<&'a DocumentVersion>,
    /// Further documents, one version each.
    pub further: Vec<&'a DocumentVersion>,
    /// The tracking issue, when it was read.
    pub issue: Option<Issue<'a>>,
    /// Pull requests, latest observation each.
    pub pulls: Vec<&'a Pull>,
    /// Landings, latest observation each.
    pub landings: Vec<Landing<'a>>,
    /// Bugs, latest observation each.
    pub bugs: Vec<Bug<'a>>,
    /// When the repositories were last read completely.
    pub repositories_read: Option<DateTime<Utc>>,
    /// The latest assignment of reviewers and approvers.
    pub assigned: Option<(&'a [String], &'a [String])>,
    /// Who took over last.
    pub handed_over_to: Option<&'a str>,
    /// SIGs that signed off.
    pub signed_off: Vec<&'a str>,
    /// Since when the main document states its present status; `None` is always so.
    pub status_since: Option<DateTime<Utc>>,
    /// Events that count, undone ones left out, in order.
    pub events: Vec<&'a Recorded>,
}

impl History {
    /// What had happened by `instant`.
    pub fn at(&self, instant: DateTime<Utc>) -> Known<'_> {
        let mut known = Known::default();
        let happened = || self.events.iter().filter(|recorded| recorded.happened_by(instant));
        let undone: Vec<i64> = happened()
            .filter_map(|recorded| match recorded.event {
                Event::Undone { event } => Some(event),
                _ => None,
            })
            .collect();
        known.events = happened().filter(|r| !undone.contains(&r.id)).collect();
        known.events.sort_by_key(|recorded| recorded.occurred_at);
        for recorded in known.events.clone() {
            known.learn(recorded);
        }
        let mut versions: Vec<_> =
            self.documents.iter().filter(|v| v.occurred_at.is_none_or(|at| at <= instant)).collect();
        versions.sort_by_key(|version| version.occurred_at);
        let mut mains = Vec::new();
        for version in versions {
            if version.main {
                known.read_main(&mut mains, version);
            } else {
                replace_by_path(&mut known.further, version);
            }
        }
        known.further.retain(|version| version.present());
        known
    }

    /// Every release that a document, the issue or an event has ever named for this proposal, in order.
    pub fn releases(&self) -> Vec<ReleaseVersion> {
        let in_documents =
            self.documents.iter().flat_map(|version| stated(&version.reading)).map(|(_, release)| release);
        let in_events = self.events.iter().flat_map(|recorded| match &recorded.event {
            Event::Retargeted { from, to, .. } => vec![*from, *to],
            Event::IssueObserved { targets, .. } => targets.iter().map(|(_, release)| *release).collect(),
            event => event.release().into_iter().collect(),
        });
        let mut all: Vec<_> = in_documents.chain(in_events).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Stages and releases that a document's target lines state.
pub fn stated(reading: &DocumentReading) -> impl Iterator<Item = (&Stage, ReleaseVersion)> {
    reading.targets.iter().filter_map(|target| match target.reading {
        crate::TargetReading::Version(release) => Some((&target.stage, release)),
        _ => None,
    })
}

fn replace_by_path<'a>(versions: &mut Vec<&'a DocumentVersion>, version: &'a DocumentVersion) {
    versions.retain(|other| other.path != version.path);
    versions.push(version);
}

impl<'a> Known<'a> {
    fn learn(&mut self, recorded: &'a Recorded) {
        match &recorded.event {
            Event::IssueObserved { title, open, labels, assignees, linked_document, targets } => {
                let linked_document = linked_document.as_deref();
                let observed = recorded.occurred_at;
                self.issue = Some(Issue { title, open: *open, labels, assignees, linked_document, targets, observed });
            }
            Event::PullObserved(pull) => {
                self.pulls.retain(|p| (&p.repository, p.number) != (&pull.repository, pull.number));
                self.pulls.push(pull);
            }
            Event::LandingObserved { repository, number, branch, contained } => {
                let landing = Landing { repository, number: *number, branch, contained: *contained };
                self.landings.retain(|l| (l.repository, l.number, l.branch) != (repository, *number, branch));
                self.landings.push(landing);
            }
            Event::BugObserved { repository, number, title, open, labels } => {
                self.bugs.retain(|b| (b.repository, b.number) != (repository, *number));
                self.bugs.push(Bug { repository, number: *number, title, open: *open, labels });
            }
            Event::RepositoriesRead => {
                self.repositories_read = Some(recorded.occurred_at.unwrap_or(recorded.recorded_at));
            }
            Event::Assigned { reviewers, approvers } => self.assigned = Some((reviewers, approvers)),
            Event::HandedOver { to } => self.handed_over_to = Some(to),
            Event::SignedOff { sig } => self.signed_off.push(sig),
            _ => {}
        }
    }

    fn read_main(&mut self, mains: &mut Vec<&'a DocumentVersion>, version: &'a DocumentVersion) {
        let status = |version: Option<&DocumentVersion>| version?.reading.status.as_ref().map(|stated| stated.value);
        if status(self.document) != status(Some(version)) {
            self.status_since = version.occurred_at;
        }
        replace_by_path(mains, version);
        self.document = mains.iter().rev().find(|version| version.present()).copied();
    }

    /// The owner: whoever took over last, else the document's, else the issue's assignee (P-9).
    pub fn owners(&self) -> Vec<&'a str> {
        if let Some(login) = self.handed_over_to {
            return vec![login];
        }
        self.first_stated(|reading| &reading.owners)
            .or_else(|| self.issue.map(|issue| issue.assignees.iter().map(String::as_str).collect()))
            .unwrap_or_default()
    }

    /// Reviewers: the document's, else the latest assignment.
    pub fn reviewers(&self) -> Vec<&'a str> {
        self.first_stated(|reading| &reading.reviewers)
            .or_else(|| self.assigned.map(|(reviewers, _)| reviewers.iter().map(String::as_str).collect()))
            .unwrap_or_default()
    }

    /// Approvers: the document's, else the latest assignment.
    pub fn approvers(&self) -> Vec<&'a str> {
        self.first_stated(|reading| &reading.approvers)
            .or_else(|| self.assigned.map(|(_, approvers)| approvers.iter().map(String::as_str).collect()))
            .unwrap_or_default()
    }

    fn first_stated(
        &self,
        field: impl Fn(&'a DocumentReading) -> &'a Vec<crate::Stated<String>>,
    ) -> Option<Vec<&'a str>> {
        let stated = field(&self.document?.reading);
        (!stated.is_empty()).then(|| stated.iter().map(|s| s.value.as_str()).collect())
    }

    /// Stages that document, else issue, state for a release.
    pub fn stages(&self, release: ReleaseVersion) -> Vec<Stage> {
        let from_document = self.document.map(|version| {
            stated(&version.reading).filter(|(_, r)| *r == release).map(|(stage, _)| stage.clone()).collect::<Vec<_>>()
        });
        match from_document {
            Some(stages) if !stages.is_empty() => stages,
            _ => self.issue.map_or_else(Vec::new, |issue| {
                issue.targets.iter().filter(|(_, r)| *r == release).map(|(stage, _)| stage.clone()).collect()
            }),
        }
    }

    /// What people decided about one release, and about the proposal as far as it touches that release.
    pub fn participation(&self, release: ReleaseVersion, dates: &ReleaseDates) -> Participation<'a> {
        let mut participation = Participation::default();
        for recorded in &self.events {
            participation.apply(recorded, release, dates);
        }
        if !participation.tracker_decided {
            participation.ending = self.document_ending(dates).filter(|ending| {
                is_final(*ending) || participation.lifted_at.is_none_or(|lifted| self.status_since > Some(lifted))
            });
        }
        participation.targeted = !self.stages(release).is_empty();
        participation.requests = Requests::collect(&self.events, release, dates);
        participation
    }

    /// Where the tracker has no decision, an ending status in the merged document counts as one (P-6).
    fn document_ending(&self, dates: &ReleaseDates) -> Option<Ending> {
        let reading = &self.document?.reading;
        let replaced_by = reading.replaced_by.as_ref().map(|stated| stated.value);
        let ending = ending_of(reading.status.as_ref()?.value, replaced_by)?;
        self.status_since.is_none_or(|at| !dates.released(at)).then_some(ending)
    }
}

/// The ending that a document status stands for, if it is one (P-6).
pub fn ending_of(status: DocumentStatus, replaced_by: Option<u32>) -> Option<Ending> {
    match status {
        DocumentStatus::Deferred => Some(Ending::Deferred),
        DocumentStatus::Rejected => Some(Ending::Rejected),
        DocumentStatus::Withdrawn => Some(Ending::Withdrawn),
        DocumentStatus::Replaced => Some(Ending::Replaced(replaced_by)),
        DocumentStatus::Deprecated => Some(Ending::Deprecated),
        DocumentStatus::Provisional | DocumentStatus::Implementable | DocumentStatus::Implemented => None,
    }
}

/// Nothing lifts these (undo apart).
const fn is_final(ending: Ending) -> bool {
    matches!(ending, Ending::Rejected | Ending::Withdrawn | Ending::Replaced(_))
}

/// Acceptance of a participation by the owning SIG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Place in the SIG's order, from 1.
    pub rank: Option<u32>,
}

/// What people decided about one proposal in one release.
#[derive(Debug, Clone, Default)]
pub struct Participation<'a> {
    /// An ending of the proposal in force for this release.
    pub ending: Option<Ending>,
    /// A target states the release.
    pub targeted: bool,
    /// A decision links proposal and release.
    pub linked: bool,
    /// Ended by itself.
    pub departure: Option<Departure>,
    /// Accepted by the owning SIG.
    pub accepted: Option<Acceptance>,
    /// Who committed, and the day they gave their word.
    pub committed: Option<(&'a str, NaiveDate)>,
    /// Where it came from by a retarget.
    pub came_from: Option<ReleaseVersion>,
    /// Requests for an exception.
    pub requests: Requests<'a>,
    asked: Vec<u32>,
    tracker_decided: bool,
    lifted_at: Option<DateTime<Utc>>,
}

impl<'a> Participation<'a> {
    fn apply(&mut self, recorded: &'a Recorded, release: ReleaseVersion, dates: &ReleaseDates) {
        let ends_here = recorded.occurred_at.is_none_or(|at| !dates.released(at));
        match &recorded.event {
            Event::Deferred { .. } => self.end(Ending::Deferred, ends_here),
            Event::Rejected { .. } => self.end(Ending::Rejected, ends_here),
            Event::Withdrawn { .. } => self.end(Ending::Withdrawn, ends_here),
            Event::Replaced { by, .. } => self.end(Ending::Replaced(Some(*by)), ends_here),
            Event::Deprecated { .. } => self.end(Ending::Deprecated, ends_here),
            Event::Accepted { release: r, rank } if *r == release => {
                self.accepted = Some(Acceptance { at: recorded.occurred_at, rank: *rank });
                self.lift(recorded.occurred_at);
            }
            Event::Committed { release: r, on } if *r == release => {
                self.committed = Some((recorded.person(), *on));
                self.linked = true;
            }
            Event::Retargeted { from, to, .. } if *from == release => {
                (self.accepted, self.committed) = (None, None);
                self.departure = Some(Departure::Retargeted(*to));
                self.linked = true;
            }
            Event::Retargeted { from, to, .. } if *to == release => {
                self.came_from = Some(*from);
                self.lift(recorded.occurred_at);
            }
            Event::Removed { release: r, .. } if *r == release => {
                self.departure = Some(Departure::Removed);
                self.linked = true;
            }
            Event::Readmitted { release: r, .. } if *r == release => self.lift(recorded.occurred_at),
            Event::ExceptionSent { request, release: r, .. } if *r == release => {
                self.asked.push(*request);
                self.linked = true;
            }
            // A grant re-admits what was removed (P-18).
            Event::ExceptionGranted { request, .. }
                if self.departure == Some(Departure::Removed) && self.asked.contains(request) =>
            {
                self.departure = None;
            }
            event if event.release() == Some(release) && event.is_decision() => self.linked = true,
            _ => {}
        }
    }

    fn end(&mut self, ending: Ending, ends_here: bool) {
        self.tracker_decided = true;
        if ends_here && !self.ending.is_some_and(is_final) {
            self.ending = Some(ending);
        }
    }

    /// Accepting, re-admitting or retargeting to the release lifts what can be lifted (P-6).
    fn lift(&mut self, at: Option<DateTime<Utc>>) {
        self.linked = true;
        self.lifted_at = Some(at.unwrap_or(DateTime::<Utc>::MIN_UTC));
        self.departure = None;
        if !self.ending.is_some_and(is_final) {
            self.ending = None;
        }
    }

    /// Accepted and not ended: tracked (PROCESS "tracked").
    pub fn tracked(&self) -> bool {
        self.accepted.is_some() && self.ending.is_none() && self.departure.is_none()
    }
}
