//! What is known about a proposal at an instant: the latest word on each matter, nothing computed.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::{DocumentVersion, Unread, stated, unread};
use crate::{
    DocumentReading, Event, LinkedPull, Pull, PullKind, PullState, Reading, Recorded, ReleaseVersion, Stage, Stated,
    TargetReading,
};

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
    /// Pull requests and bugs that it links.
    pub links: &'a [LinkedPull],
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

/// What a release board shows of the proposal, as last observed.
#[derive(Debug, Clone, Copy)]
pub struct Board<'a> {
    /// The release of the board.
    pub release: ReleaseVersion,
    /// Status as written.
    pub status: &'a str,
    /// Login of the reviewer.
    pub reviewer: Option<&'a str>,
    /// Phase of the exception, as written.
    pub exception: Option<&'a str>,
    /// When it was so.
    pub observed: Option<DateTime<Utc>>,
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
    /// Pull requests, latest observation each, as people classified them.
    pub pulls: Vec<Cow<'a, Pull>>,
    /// Landings, latest observation each.
    pub landings: Vec<Landing<'a>>,
    /// Bugs, latest observation each.
    pub bugs: Vec<Bug<'a>>,
    /// When the repositories were last read completely.
    pub repositories_read: Option<DateTime<Utc>>,
    /// What could not be read since then.
    pub unread: Vec<Unread<'a>>,
    /// Release boards, latest observation each.
    pub boards: Vec<Board<'a>>,
    /// The latest assignment of reviewers and approvers.
    pub assigned: Option<(&'a [String], &'a [String])>,
    /// Who took over last.
    pub handed_over_to: Option<&'a str>,
    /// SIGs that signed off.
    pub signed_off: Vec<&'a str>,
    /// Whether support by the community is on record (R002-21).
    pub supported: bool,
    /// The decision that put it on the agenda, while it is on it.
    pub on_agenda: Option<&'a Recorded>,
    /// Since when the main document states its present status; `None` is always so.
    pub status_since: Option<DateTime<Utc>>,
    /// Events that count, undone ones left out, in the order in which they happened.
    pub events: Vec<&'a Recorded>,
    /// Versions of the documents, in the order in which they came to be.
    pub versions: Vec<&'a DocumentVersion>,
}

impl<'a> Known<'a> {
    /// Folds what happened, oldest first; `said` holds what people say that pull requests are
    /// for, where that is more than happened by then.
    pub(super) fn fold(
        events: Vec<&'a Recorded>,
        versions: Vec<&'a DocumentVersion>,
        said: Option<&[&'a Recorded]>,
    ) -> Self {
        let mut known = Self::default();
        for recorded in &events {
            known.learn(recorded);
        }
        for recorded in said.unwrap_or(&events) {
            known.classify(recorded);
        }
        let mut mains = Vec::new();
        for version in &versions {
            if version.main {
                known.read_main(&mut mains, version);
            } else {
                replace_by_path(&mut known.further, version);
            }
        }
        known.further.retain(|version| version.present());
        (known.events, known.versions) = (events, versions);
        known
    }

    /// What of this had happened by an earlier `instant`; `None` when that is all of it.
    ///
    /// What has been undone since stays left out: a decision that was taken back has no effect at any instant. What a
    /// pull request is for is evidence, which counts whenever it is learned (P-11).
    pub(crate) fn earlier(&self, instant: DateTime<Utc>) -> Option<Self> {
        let at = Some(instant);
        let events = self.events.partition_point(|recorded| recorded.occurred_at <= at);
        let versions = self.versions.partition_point(|version| version.occurred_at <= at);
        if (events, versions) == (self.events.len(), self.versions.len()) {
            return None;
        }
        let (events, versions) = (self.events.get(..events)?, self.versions.get(..versions)?);
        Some(Self::fold(events.to_vec(), versions.to_vec(), Some(&self.events)))
    }

    /// The instants after `from` and before `to` at which something happened, in order.
    pub(crate) fn instants_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let events = self.events.iter().filter_map(|recorded| recorded.occurred_at);
        let versions = self.versions.iter().filter_map(|version| version.occurred_at);
        let mut all: Vec<_> = events.chain(versions).filter(|at| *at > from && *at < to).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn learn(&mut self, recorded: &'a Recorded) {
        unread::learn(&mut self.unread, recorded);
        match &recorded.event {
            Event::IssueObserved { title, open, labels, assignees, linked_document, targets, links } => {
                let linked_document = linked_document.as_deref();
                let observed = recorded.occurred_at;
                self.issue =
                    Some(Issue { title, open: *open, labels, assignees, linked_document, targets, links, observed });
            }
            Event::IssueGone { .. } => self.issue = None,
            Event::PullObserved(pull) => {
                self.pulls.retain(|p| (&p.repository, p.number) != (&pull.repository, pull.number));
                self.pulls.push(Cow::Borrowed(pull));
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
            Event::BoardObserved { release, status, reviewer, exception } => {
                let (reviewer, exception) = (reviewer.as_deref(), exception.as_deref());
                let board = Board { release: *release, status, reviewer, exception, observed: recorded.occurred_at };
                self.boards.retain(|b| b.release != *release);
                self.boards.push(board);
            }
            Event::Assigned { reviewers, approvers } => self.assigned = Some((reviewers, approvers)),
            Event::HandedOver { to } => self.handed_over_to = Some(to),
            Event::SignedOff { sig } => self.signed_off.push(sig),
            Event::SupportRecorded { .. } => self.supported = true,
            Event::PutOnAgenda { .. } => self.on_agenda = Some(recorded),
            Event::TakenOffAgenda { .. } => self.on_agenda = None,
            _ => {}
        }
    }

    /// What people say a pull request is for wins over what was observed, however often that is observed anew.
    fn classify(&mut self, recorded: &Recorded) {
        let Event::PullClassified { repository, number, kind, release } = &recorded.event else { return };
        let named = |pull: &&mut Cow<'_, Pull>| (&pull.repository, pull.number) == (repository, *number);
        if let Some(pull) = self.pulls.iter_mut().find(named) {
            let pull = pull.to_mut();
            (pull.kind, pull.release) = (*kind, *release);
        }
    }

    fn read_main(&mut self, mains: &mut Vec<&'a DocumentVersion>, version: &'a DocumentVersion) {
        let status = |version: Option<&DocumentVersion>| version?.reading.status.as_ref().map(|stated| stated.value);
        let before = status(self.document);
        replace_by_path(mains, version);
        self.document = mains.iter().rev().find(|version| version.present()).copied();
        if status(self.document) != before {
            self.status_since = version.occurred_at;
        }
    }

    /// A pull request or bug that the tracking issue links for a stage of a release, or for none, and that could not be
    /// read by itself: nothing may pass without it (P-8).
    pub fn unread_link(&self, kind: PullKind, release: ReleaseVersion) -> Option<Unread<'a>> {
        let stages = self.stages(release);
        let concerns = |link: &&LinkedPull| {
            let of_stage = link.stage.as_ref().is_none_or(|stage| stages.is_empty() || stages.contains(stage));
            link.kind == Some(kind) && of_stage
        };
        let links = self.issue.map(|issue| issue.links).unwrap_or_default().iter().filter(concerns);
        let name = |link: &LinkedPull| format!("{}#{}", link.repository, link.number);
        links.map(name).find_map(|name| self.unread.iter().find(|unread| unread.repository == name).copied())
    }

    /// What of a kind could not be read by an instant, the longest first; of one repository, or of any.
    pub fn unread_by(&self, at: DateTime<Utc>, what: Reading, repository: Option<&str>) -> Option<Unread<'a>> {
        let of_it = |unread: &&Unread<'_>| {
            let there = repository.is_none_or(|repository| repository.eq_ignore_ascii_case(unread.repository));
            there && !unread.is_link() && unread.what == what && unread.since <= at
        };
        self.unread.iter().filter(of_it).min_by_key(|unread| (unread.since, unread.repository)).copied()
    }

    /// The owner: whoever took over last, else the document's, else the issue's assignee (PROCESS "owner", P-9).
    pub fn owners(&self) -> Vec<&'a str> {
        if let Some(login) = self.handed_over_to {
            return vec![login];
        }
        self.first_stated(|reading| &reading.owners)
            .or_else(|| self.issue.map(|issue| issue.assignees.iter().map(String::as_str).collect()))
            .unwrap_or_default()
    }

    /// Reviewers: the document's, else the latest assignment (P-9).
    pub fn reviewers(&self) -> Vec<&'a str> {
        self.first_stated(|reading| &reading.reviewers)
            .or_else(|| self.assigned.map(|(reviewers, _)| reviewers.iter().map(String::as_str).collect()))
            .unwrap_or_default()
    }

    /// Approvers: the document's, else the latest assignment (P-9).
    pub fn approvers(&self) -> Vec<&'a str> {
        self.first_stated(|reading| &reading.approvers)
            .or_else(|| self.assigned.map(|(_, approvers)| approvers.iter().map(String::as_str).collect()))
            .unwrap_or_default()
    }

    /// Open pull requests of a participation, as people classified them: only these have a review that can lag.
    pub fn open_pulls(&self, release: ReleaseVersion) -> impl Iterator<Item = &Pull> {
        self.pulls.iter().map(AsRef::as_ref).filter(move |pull: &&Pull| {
            pull.release == release && pull.state == PullState::Open && pull.kind != PullKind::Unrelated
        })
    }

    fn first_stated(&self, field: impl Fn(&'a DocumentReading) -> &'a Vec<Stated<String>>) -> Option<Vec<&'a str>> {
        let stated = field(&self.document?.reading);
        (!stated.is_empty()).then(|| stated.iter().map(|s| s.value.as_str()).collect())
    }

    /// Stages that document, else issue, state for a release (P-9): where the document speaks about a stage, the
    /// issue's word on that stage does not count.
    pub fn stages(&self, release: ReleaseVersion) -> Vec<Stage> {
        let in_document = self.document.into_iter().flat_map(|version| stated(&version.reading));
        let in_issue = self.issue.into_iter().flat_map(|issue| issue.targets);
        let in_issue = in_issue.filter(|(stage, _)| !self.document_speaks_of(stage)).map(|(stage, r)| (stage, *r));
        let mut stages: Vec<Stage> = Vec::new();
        for (stage, _) in in_document.chain(in_issue).filter(|(_, r)| *r == release) {
            if !stages.contains(stage) {
                stages.push(stage.clone());
            }
        }
        stages
    }

    /// A version, "not applicable" and a struck-out line settle a stage; nothing, TBD and the unreadable do not.
    fn document_speaks_of(&self, stage: &Stage) -> bool {
        let settles = |reading| {
            matches!(reading, TargetReading::Version(_) | TargetReading::NotApplicable | TargetReading::Struck)
        };
        self.document.is_some_and(|version| {
            version.reading.targets.iter().any(|target| target.stage == *stage && settles(target.reading))
        })
    }
}

fn replace_by_path<'a>(versions: &mut Vec<&'a DocumentVersion>, version: &'a DocumentVersion) {
    versions.retain(|other| other.path != version.path);
    versions.push(version);
}
