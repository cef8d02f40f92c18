//! The history of one proposal, and what it says at any instant.
//!
//! A [`History`] is what the log and the documents hold about a proposal. [`History::at`] folds the part of it that had
//! happened by an instant into a [`Known`]: nothing is computed there, only the latest word on each matter is kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{DocumentReading, Event, Origin, Recorded, ReleaseVersion, Stage, TargetReading};

mod known;
mod participation;
mod unread;

pub use known::{Board, Bug, Issue, Known, Landing};
pub use participation::{Acceptance, Participation};
pub(crate) use participation::{decided_ending, ending_of, is_final};
pub use unread::Unread;

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

impl History {
    /// The same with what was recorded since.
    #[must_use]
    pub fn with(&self, recorded: &Recorded) -> Self {
        let mut history = self.clone();
        history.events.push(recorded.clone());
        history
    }

    /// What had happened by `instant`.
    ///
    /// An event that was undone by then is left out as if it had never been.
    pub fn at(&self, instant: DateTime<Utc>) -> Known<'_> {
        let undone = self.undone_by(instant);
        let mut events: Vec<_> =
            self.events.iter().filter(|r| r.happened_by(instant) && !undone.contains(&r.id)).collect();
        events.sort_by_key(|recorded| recorded.occurred_at);
        let mut versions: Vec<_> =
            self.documents.iter().filter(|v| v.occurred_at.is_none_or(|at| at <= instant)).collect();
        versions.sort_by_key(|version| version.occurred_at);
        Known::fold(events, versions, None)
    }

    /// Places in the log of what had been undone by `instant`. Undoing an undo brings the decision back.
    fn undone_by(&self, instant: DateTime<Utc>) -> Vec<i64> {
        let mut undos: Vec<_> = self
            .events
            .iter()
            .filter_map(|recorded| match recorded.event {
                Event::Undone { event } if recorded.happened_by(instant) => Some((recorded.id, event)),
                _ => None,
            })
            .collect();
        undos.sort_unstable();
        let mut undone = Vec::new();
        for (undo, event) in undos.into_iter().rev() {
            if !undone.contains(&undo) {
                undone.push(event);
            }
        }
        undone
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

/// Stages and releases that a document's targets state: the front matter's, else the text's own lines (P-9).
pub fn stated(reading: &DocumentReading) -> impl Iterator<Item = (&Stage, ReleaseVersion)> {
    let version_of = |target: &crate::Target| match target.reading {
        TargetReading::Version(release) => Some(release),
        _ => None,
    };
    let in_front_matter = move |stage: &Stage| {
        let mut all = reading.targets.iter();
        all.any(|t| t.from == Origin::FrontMatter && t.stage == *stage && version_of(t).is_some())
    };
    reading
        .targets
        .iter()
        .filter(move |target| target.from == Origin::FrontMatter || !in_front_matter(&target.stage))
        .filter_map(move |target| version_of(target).map(|release| (&target.stage, release)))
}
