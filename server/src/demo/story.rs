//! A proposal told as a story: who it is about and how it is told.
//!
//! Document and tracking issue are in [`super::story_document`], pull requests and bugs are in [`super::story_facts`], decisions in [`super::story_decisions`], exceptions in
//! [`super::story_exceptions`].

use chrono::{DateTime, Utc};
use domain::{Event, Pull, ReleaseVersion, Stage};

use super::{
    DemoEvent, DemoFile,
    calendar::{Calendar, When},
    documents::{Boxes, Heading, Paper},
    people::{GITHUB, members, pick},
    phrases::Kind,
    story_facts::{ENHANCEMENTS, INFRA},
};

/// An event on its way into the world.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The event.
    pub event: DemoEvent,
    /// Its place within the story.
    place: usize,
    /// Place of the event that it undoes.
    undoes: Option<usize>,
}

/// What a story comes down to.
#[derive(Debug)]
pub struct Told {
    /// Versions of its documents.
    pub files: Vec<DemoFile>,
    /// What happened.
    pub entries: Vec<Entry>,
}

/// Entries in the order of time become events; what an undoing refers to is looked up among them.
pub fn in_order(entries: Vec<Entry>) -> Vec<DemoEvent> {
    let places: Vec<_> = entries.iter().map(|entry| (entry.event.source, entry.event.number, entry.place)).collect();
    let events = entries.into_iter().map(|Entry { mut event, undoes, .. }| {
        let undone = undoes.and_then(|place| places.iter().position(|p| *p == (event.source, event.number, place)));
        if let (Event::Undone { event: id }, Some(position)) = (&mut event.event, undone) {
            *id = i64::try_from(position).unwrap_or_default() + 1;
        }
        event
    });
    events.collect()
}

/// A version of the document: from when on, and what it states.
#[derive(Debug, Clone)]
pub struct Version {
    /// When it was merged.
    pub at: DateTime<Utc>,
    /// Stages, and what stands behind their colons.
    pub targets: Vec<(Stage, String)>,
}

/// The story of one proposal.
#[derive(Debug, Clone)]
pub struct Story<'c> {
    pub(super) calendar: &'c Calendar,
    pub(super) source: &'static str,
    pub(super) number: u32,
    pub(super) sig: &'static str,
    pub(super) owner: &'static str,
    /// The owner before any handover, whom document and issue name.
    pub(super) first_owner: &'static str,
    pub(super) request: u32,
    pub(super) slug: &'static str,
    pub(super) title: &'static str,
    pub(super) reviewers: &'static [&'static str],
    pub(super) approvers: &'static [&'static str],
    pub(super) people_lines: Option<&'static [&'static str]>,
    pub(super) issue_title: Option<&'static str>,
    pub(super) issue_labels: Option<&'static [&'static str]>,
    pub(super) issue_links: Option<&'static str>,
    pub(super) issue_targets: Option<(Stage, ReleaseVersion)>,
    pub(super) issue_seen: bool,
    pub(super) read: bool,
    pub(super) targets: Vec<(Stage, ReleaseVersion)>,
    pub(super) raw_targets: &'static [(Stage, &'static str)],
    pub(super) paper: Paper,
    pub(super) versions: Vec<Version>,
    pub(super) further: Vec<DemoFile>,
    pub(super) pulls: Vec<(DateTime<Utc>, Pull)>,
    pub(super) entries: Vec<Entry>,
}

/// A CEP.
pub fn cep<'c>(calendar: &'c Calendar, number: u32, slug: &'static str, title: &'static str) -> Story<'c> {
    Story::new(calendar, "cep", "sig-ci", number, slug, title)
}

/// A VEP of a SIG.
pub fn vep<'c>(
    calendar: &'c Calendar,
    sig: &'static str,
    number: u32,
    slug: &'static str,
    title: &'static str,
) -> Story<'c> {
    Story::new(calendar, "vep", sig, number, slug, title)
}

impl<'c> Story<'c> {
    fn new(
        calendar: &'c Calendar,
        source: &'static str,
        sig: &'static str,
        number: u32,
        slug: &'static str,
        title: &'static str,
    ) -> Self {
        let (noun, repository) = if source == "cep" { ("CEP", INFRA) } else { ("VEP", ENHANCEMENTS) };
        let paper = Paper {
            noun,
            repository,
            number,
            title,
            heading: Heading::Hash,
            boxes: Boxes::Agreeing,
            front_matter: "",
            people: Vec::new(),
            targets: Vec::new(),
            struck: &[],
            text: String::new(),
            kind: Kind::Prow,
            repositories: vec![repository],
            history: Vec::new(),
            left_out: &[],
            unfilled: &[],
        };
        Self {
            calendar,
            source,
            number,
            sig,
            owner: "",
            first_owner: "",
            request: 0,
            slug,
            title,
            reviewers: &[],
            approvers: &[],
            people_lines: None,
            issue_title: None,
            issue_labels: None,
            issue_links: None,
            issue_targets: None,
            issue_seen: true,
            read: true,
            targets: Vec::new(),
            raw_targets: &[],
            paper,
            versions: Vec::new(),
            further: Vec::new(),
            pulls: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// The sections that are its own, and what it is about.
    pub fn text(mut self, kind: Kind, text: impl Into<String>) -> Self {
        (self.paper.kind, self.paper.text) = (kind, text.into());
        self
    }

    /// The form of its document, where it differs from the usual.
    pub fn paper(mut self, change: impl FnOnce(&mut Paper)) -> Self {
        change(&mut self.paper);
        self
    }

    /// Its people, named in the document.
    pub fn people(
        mut self,
        owner: &'static str,
        reviewers: &'static [&'static str],
        approvers: &'static [&'static str],
    ) -> Self {
        (self.owner, self.reviewers, self.approvers) = (owner, reviewers, approvers);
        self.first_owner = owner;
        self
    }

    /// What the document says of its people instead; an empty list for nothing.
    pub fn people_lines(mut self, lines: &'static [&'static str]) -> Self {
        self.people_lines = Some(lines);
        self
    }

    /// Targets as written, where they are not written `v1.10`.
    pub fn written(mut self, targets: &'static [(Stage, &'static str)]) -> Self {
        self.raw_targets = targets;
        self
    }

    /// The tracking issue is called something else.
    pub fn issue_called(mut self, title: &'static str) -> Self {
        self.issue_title = Some(title);
        self
    }

    /// The tracking issue carries only these labels.
    pub fn issue_labelled(mut self, labels: &'static [&'static str]) -> Self {
        self.issue_labels = Some(labels);
        self
    }

    /// The tracking issue links another path; an empty one for none.
    pub fn issue_links(mut self, path: &'static str) -> Self {
        self.issue_links = Some(path);
        self
    }

    /// The tracking issue states one target only, and this one.
    pub fn issue_says(mut self, stage: Stage, release: ReleaseVersion) -> Self {
        self.issue_targets = Some((stage, release));
        self
    }

    /// The tracking issue was never read.
    pub fn issue_unread(mut self) -> Self {
        self.issue_seen = false;
        self
    }

    /// The repositories of its pull requests were never read.
    pub fn unread(mut self) -> Self {
        self.read = false;
        self
    }

    /// A fact from GitHub.
    pub(super) fn seen(&mut self, when: When, event: Event) -> DateTime<Utc> {
        self.push(when, GITHUB, event)
    }

    pub(super) fn instant(&self, when: When) -> DateTime<Utc> {
        self.calendar.at(when, self.number * 31 + u32::try_from(self.entries.len()).unwrap_or_default())
    }

    pub(super) fn push(&mut self, when: When, actor: &str, event: Event) -> DateTime<Utc> {
        let mut occurred_at = self.instant(when);
        if let Some(last) = self.entries.last() {
            occurred_at = self.calendar.not_before(last.event.occurred_at, occurred_at);
        }
        self.push_at(occurred_at, actor, event);
        occurred_at
    }

    pub(super) fn push_at(&mut self, occurred_at: DateTime<Utc>, actor: &str, event: Event) {
        let event = DemoEvent {
            source: self.source,
            number: self.number,
            occurred_at,
            actor: actor.to_owned(),
            on_behalf_of: None,
            link: None,
            event,
        };
        self.entries.push(Entry { event, place: self.entries.len(), undoes: None });
    }

    /// The last event was undone some minutes later by the one who decided it.
    pub fn undone(mut self) -> Self {
        if let Some(Entry { event, place, .. }) = self.entries.last().cloned() {
            self.push_at(event.occurred_at + chrono::TimeDelta::minutes(4), &event.actor, Event::Undone { event: 0 });
            if let Some(last) = self.entries.last_mut() {
                last.undoes = Some(place);
            }
        }
        self
    }

    /// A member of the owning SIG, a different one for each proposal.
    pub(super) fn member(&self) -> &'static str {
        pick(members(self.sig), self.number)
    }

    /// An approver, else a member of the owning SIG.
    pub(super) fn approver(&self) -> &'static str {
        self.approvers.first().copied().unwrap_or(self.member())
    }

    /// Address of the tracking issue.
    pub(super) fn issue_address(&self) -> String {
        format!("https://github.com/{}/issues/{}", self.paper.repository, self.number)
    }
}
