//! Where sources of truth disagree, with both sides and a ready fix (P-13).
//!
//! Document, tracking issue with its labels and boxes, pull requests, release board, schedule and tracker are held
//! against each other. Nothing is mended here: a fix is a text for people, who are told what to do with it.

use std::borrow::Borrow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{History, IssueReading, Known, ReleaseDates, ReleaseVersion, Source, Status, Verdict, owning_sig};

mod board;
mod document;
mod fix;
mod issue;
mod label;
mod pulls;
mod target;

use fix::Fix;
pub use fix::FixKind;

/// One disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mismatch {
    /// Stable name of the kind.
    pub code: String,
    /// What disagrees, as a sentence with both values.
    pub text: String,
    /// One side, e.g. "document, line 12".
    pub left: String,
    /// The other.
    pub right: String,
    /// Since when, where known.
    pub since: Option<DateTime<Utc>>,
    /// Text, command or patch that mends it.
    pub fix: String,
    /// What to do with the fix.
    #[serde(default)]
    pub fix_kind: FixKind,
    /// Releases in whose way it stands; empty when it only looks wrong.
    pub releases: Vec<ReleaseVersion>,
}

impl Mismatch {
    /// A disagreement between two sides since an instant, in the way of no release.
    fn new(code: &str, (left, right): (&str, &str), since: Option<DateTime<Utc>>, text: String, fix: Fix) -> Self {
        Self {
            code: code.to_owned(),
            text,
            left: left.to_owned(),
            right: right.to_owned(),
            since,
            fix: fix.text,
            fix_kind: fix.kind,
            releases: Vec::new(),
        }
    }

    /// The same, standing in the way of releases.
    fn in_way_of(self, releases: Vec<ReleaseVersion>) -> Self {
        Self { releases, ..self }
    }

    /// Whether it stands in the way of a release.
    pub fn stands_in_the_way_of(&self, release: ReleaseVersion) -> bool {
        self.releases.contains(&release)
    }
}

/// A participation as judged, with the dates of its release.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The verdict.
    pub verdict: &'a Verdict,
    /// Dates of its release.
    pub dates: &'a ReleaseDates,
}

/// All that is held against each other. What is not at hand is left empty, and nothing is said about it.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    /// The source.
    pub source: &'a Source,
    /// The proposal.
    pub history: &'a History,
    /// What is known of it at the instant.
    pub known: &'a Known<'a>,
    /// Its participations at that instant.
    pub judged: &'a [Judged<'a>],
    /// What the tracking issue's text states.
    pub issue_text: Option<&'a IssueReading>,
    /// The text of the main document as known; with it, fixes of the document are patches.
    pub document_text: Option<&'a str>,
}

/// All disagreements about a proposal.
pub fn mismatches(matter: &Matter<'_>) -> Vec<Mismatch> {
    let mut all = document::all(matter);
    all.extend(target::all(matter));
    all.extend(issue::all(matter));
    all.extend(label::all(matter));
    all.extend(pulls::all(matter));
    all.extend(board::all(matter));
    one_fix_each(all)
}

/// What one and the same change of the document mends is one matter: told together, with one fix.
fn one_fix_each(all: Vec<Mismatch>) -> Vec<Mismatch> {
    let mut kept: Vec<Mismatch> = Vec::with_capacity(all.len());
    for found in all {
        let of_document = matches!(found.fix_kind, FixKind::Document | FixKind::Patch);
        match kept
            .iter_mut()
            .find(|earlier| of_document && earlier.fix_kind == found.fix_kind && earlier.fix == found.fix)
        {
            Some(earlier) => {
                earlier.text = format!("{} {}", earlier.text, found.text);
                let more = found.releases.into_iter().filter(|release| !earlier.releases.contains(release));
                let more: Vec<_> = more.collect();
                earlier.releases.extend(more);
            }
            None => kept.push(found),
        }
    }
    kept
}

/// Those that stand in the way of a release, oldest first, then the rest in the same order; where nobody knows since
/// when, last.
pub fn in_the_way_first<M: Borrow<Mismatch>>(mismatches: Vec<M>, release: Option<ReleaseVersion>) -> (Vec<M>, Vec<M>) {
    let in_the_way = |mismatch: &M| release.is_some_and(|release| mismatch.borrow().stands_in_the_way_of(release));
    let (mut first, mut rest): (Vec<_>, Vec<_>) = mismatches.into_iter().partition(in_the_way);
    for part in [&mut first, &mut rest] {
        part.sort_by(|one, other| {
            let (one, other): (&Mismatch, &Mismatch) = (one.borrow(), other.borrow());
            let key = |mismatch: &Mismatch| (mismatch.since.is_none(), mismatch.since);
            key(one).cmp(&key(other)).then_with(|| one.code.cmp(&other.code))
        });
    }
    (first, rest)
}

impl<'a> Matter<'a> {
    /// A proposal of which nothing besides its history is at hand.
    pub fn new(source: &'a Source, history: &'a History, known: &'a Known<'a>) -> Self {
        Self { source, history, known, judged: &[], issue_text: None, document_text: None }
    }

    fn number(&self) -> u32 {
        self.history.number
    }

    fn sig(&self) -> &'a str {
        owning_sig(self.source, self.history, self.known)
    }

    /// Participations in releases that are not out yet.
    fn ahead(&self) -> impl Iterator<Item = Judged<'a>> + use<'a> {
        self.judged.iter().copied().filter(|judged| !judged.dates.released(judged.verdict.now))
    }

    /// Releases that are not out yet and that it is still in, or wants to be in.
    fn wanted(&self) -> Vec<ReleaseVersion> {
        let left = |status| matches!(status, Status::Ended { .. } | Status::Departed { .. } | Status::NotTargeted);
        self.ahead().filter(|judged| !left(judged.verdict.status)).map(|judged| judged.verdict.release).collect()
    }

    /// What the issue would be called.
    fn issue_title(&self, title: &str) -> String {
        format!("{} {}: {title}", self.source.noun, self.number())
    }
}
