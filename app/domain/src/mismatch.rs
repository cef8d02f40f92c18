//! Where sources of truth disagree, with both sides and a ready fix (P-13).
//!
//! Here are the disagreements inside documents, and between document, issue, path, schedule and tracker. Those that only
//! GitHub can show (labels against the board, bodies against comments) join when GitHub is read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ChecklistLine, Ending, Event, ReleaseVersion, Stage, Stated,
    history::{History, Known, decided_ending, ending_of, is_final, stated},
};

/// One disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Text or command that mends it.
    pub fix: String,
    /// Releases in whose way it stands; empty when it only looks wrong.
    pub releases: Vec<ReleaseVersion>,
}

/// All disagreements about a proposal; `noun` is what the source calls one ("CEP").
pub fn mismatches(noun: &str, history: &History, known: &Known<'_>) -> Vec<Mismatch> {
    let mut all = Vec::new();
    all.extend(number(noun, history, known));
    all.extend(title(noun, history, known));
    all.extend(still_says(known));
    all.extend(issue_targets(known));
    all.extend(checkboxes(known));
    all.extend(status(known));
    all.extend(owner(known));
    all.extend(further_documents(known));
    all
}

fn line<T>(stated: &Stated<T>) -> String {
    format!("document, line {}", stated.line)
}

fn number(noun: &str, history: &History, known: &Known<'_>) -> Option<Mismatch> {
    let document = known.document?;
    let stated = document.reading.number.as_ref().filter(|stated| stated.value != history.number)?;
    let title = document.reading.title.as_ref().map_or("", |title| title.value.as_str());
    Some(Mismatch {
        code: "number-differs".to_owned(),
        text: format!("The title says {noun} {}, the tracking issue is {}.", stated.value, history.number),
        left: line(stated),
        right: format!("path {}", document.path),
        since: document.occurred_at,
        fix: format!("# {noun} #{}: {title}", history.number),
        releases: Vec::new(),
    })
}

fn title(noun: &str, history: &History, known: &Known<'_>) -> Option<Mismatch> {
    let issue = known.issue?;
    let stated = known.document?.reading.title.as_ref()?;
    // "CEP 4711: Title" on the issue; a title may hold a colon of its own.
    let bare = issue.title.split_once(':').map_or(issue.title, |(_, rest)| rest).trim();
    if [bare, issue.title.trim()].iter().any(|said| said.eq_ignore_ascii_case(stated.value.trim())) {
        return None;
    }
    Some(Mismatch {
        code: "title-differs".to_owned(),
        text: format!("The issue is called “{bare}”, the document “{}”.", stated.value),
        left: line(stated),
        right: format!("issue #{}", history.number),
        since: issue.observed,
        fix: format!("{noun} {}: {}", history.number, stated.value),
        releases: Vec::new(),
    })
}

/// After a retarget the document has to follow (P-15, R002-42).
fn still_says(known: &Known<'_>) -> Option<Mismatch> {
    let (moved, from, to) = known.events.iter().rev().find_map(|recorded| match &recorded.event {
        Event::Retargeted { from, to, .. } => Some((recorded, *from, *to)),
        _ => None,
    })?;
    let at = moved.occurred_at;
    let taken_back = known.events.iter().skip_while(|recorded| recorded.id != moved.id).any(|recorded| {
        matches!(&recorded.event, Event::Accepted { release, .. } | Event::Readmitted { release, .. } if *release == from)
    });
    if taken_back {
        return None;
    }
    let document = known.document?;
    let states = |release| stated(&document.reading).any(|(_, r)| r == release);
    if !states(from) || states(to) || from == to {
        return None;
    }
    let target = document
        .reading
        .targets
        .iter()
        .find(|target| matches!(target.reading, crate::TargetReading::Version(release) if release == from))?;
    Some(Mismatch {
        code: "document-still-says".to_owned(),
        text: format!("Document still says {from}, the decision is {to}."),
        left: format!("document, line {}", target.line),
        right: "decision".to_owned(),
        since: at,
        fix: format!("Line {}: replace {} by {to}", target.line, target.raw),
        releases: vec![from, to],
    })
}

fn issue_targets(known: &Known<'_>) -> Vec<Mismatch> {
    let (Some(issue), Some(document)) = (known.issue, known.document) else { return Vec::new() };
    let said = |stage: &Stage| stated(&document.reading).filter(|(s, _)| *s == stage).map(|(_, r)| r).last();
    issue
        .targets
        .iter()
        .filter_map(|(stage, in_issue)| {
            let in_document = said(stage).filter(|release| release != in_issue)?;
            Some(Mismatch {
                code: "issue-target-differs".to_owned(),
                text: format!("Issue says {in_issue} for {}, document says {in_document}.", stage.name()),
                left: "document".to_owned(),
                right: "issue".to_owned(),
                since: issue.observed,
                fix: format!("{} release target (x.y): {in_document}", stage.name()),
                releases: vec![*in_issue, in_document],
            })
        })
        .collect()
}

/// A ticked "target version" box without a version, or a version without the tick (R002T-3).
fn checkboxes(known: &Known<'_>) -> Vec<Mismatch> {
    let Some(document) = known.document else { return Vec::new() };
    let reading = &document.reading;
    let boxes = reading.checklist.iter().filter(|line| !line.struck && line.text.contains("arget version"));
    boxes
        .filter_map(|line| {
            let releases = targets_of_box(line, &mut stated(reading));
            if line.checked != releases.is_empty() {
                return None;
            }
            let text = if line.checked {
                format!("“{}” is ticked, but no version is stated.", line.text)
            } else {
                let versions = releases.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                format!("{versions} is stated, but “{}” is not ticked.", line.text)
            };
            let tick = if line.checked { ' ' } else { 'x' };
            Some(Mismatch {
                code: "checkbox-disagrees".to_owned(),
                text,
                left: format!("checklist, line {}", line.line),
                right: "target lines".to_owned(),
                since: document.occurred_at,
                fix: format!("Line {}: - [{tick}] {}", line.line, line.text),
                releases,
            })
        })
        .collect()
}

/// Releases that the target lines state for the stage a box names; for a box without a stage, all.
fn targets_of_box(
    line: &ChecklistLine,
    targets: &mut dyn Iterator<Item = (&Stage, ReleaseVersion)>,
) -> Vec<ReleaseVersion> {
    let text = line.text.to_lowercase();
    let named = [("alpha", Stage::Alpha), ("beta", Stage::Beta), ("ga ", Stage::Ga)]
        .into_iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, stage)| stage);
    targets.filter(|(stage, _)| named.as_ref().is_none_or(|named| named == *stage)).map(|(_, r)| r).collect()
}

/// A decision wins over the document; the difference is a mismatch (P-6).
fn status(known: &Known<'_>) -> Option<Mismatch> {
    let stated = known.document?.reading.status.as_ref()?;
    let (decided, at) = decided_status(known)?;
    let said = stated.value.word();
    let in_document = ending_of(stated.value, None);
    let agrees = match decided {
        // To take a proposal into a release lifts what was said before, in the document too, not what is said after.
        None => in_document.is_none() || known.status_since > at,
        Some(ending) => word_of(ending) == said,
    };
    let decided = decided.map_or("implementable", word_of);
    (!agrees).then(|| Mismatch {
        code: "status-differs".to_owned(),
        text: format!("Document says {said}, the decision is {decided}."),
        left: line(stated),
        right: "decision".to_owned(),
        since: at,
        fix: format!("status: {decided}"),
        releases: Vec::new(),
    })
}

/// The latest decision on the proposal with its time; the inner none is one that lifted what was decided before.
fn decided_status(known: &Known<'_>) -> Option<(Option<Ending>, Option<DateTime<Utc>>)> {
    known.events.iter().fold(None, |decided, recorded| {
        let is_settled = matches!(decided, Some((Some(ending), _)) if is_final(ending));
        match (&recorded.event, decided_ending(&recorded.event)) {
            _ if is_settled => decided,
            (_, Some(ending)) => Some((Some(ending), recorded.occurred_at)),
            (Event::Accepted { .. } | Event::Readmitted { .. } | Event::Retargeted { .. }, None) => {
                Some((None, recorded.occurred_at))
            }
            _ => decided,
        }
    })
}

fn word_of(ending: Ending) -> &'static str {
    match ending {
        Ending::Rejected => "rejected",
        Ending::Withdrawn => "withdrawn",
        Ending::Replaced(_) => "replaced",
        Ending::Deprecated => "deprecated",
        Ending::Deferred => "deferred",
    }
}

/// After a handover the document has to name the new owner (P-13).
fn owner(known: &Known<'_>) -> Option<Mismatch> {
    let owner = known.handed_over_to?;
    let document = known.document?;
    let first = document.reading.owners.first()?;
    if document.reading.owners.iter().any(|stated| stated.value.eq_ignore_ascii_case(owner)) {
        return None;
    }
    let since = known.events.iter().rev().find(|r| matches!(r.event, Event::HandedOver { .. }))?.occurred_at;
    Some(Mismatch {
        code: "owner-differs".to_owned(),
        text: format!("Document names @{} as owner, @{owner} took over.", first.value),
        left: line(first),
        right: "decision".to_owned(),
        since,
        fix: format!("Line {}: replace @{} by @{owner}", first.line, first.value),
        releases: Vec::new(),
    })
}

/// Several documents of one proposal that state different targets for one stage.
fn further_documents(known: &Known<'_>) -> Vec<Mismatch> {
    let Some(document) = known.document else { return Vec::new() };
    let main: Vec<_> = stated(&document.reading).collect();
    known
        .further
        .iter()
        .flat_map(|further| stated(&further.reading).map(move |(stage, release)| (further, stage, release)))
        .filter_map(|(further, stage, release)| {
            let (_, other) = main.iter().find(|(s, _)| *s == stage).filter(|(_, r)| *r != release)?;
            Some(Mismatch {
                code: "documents-disagree".to_owned(),
                text: format!("{} says {release} for {}, the main document {other}.", further.path, stage.name()),
                left: further.path.clone(),
                right: document.path.clone(),
                since: further.occurred_at.max(document.occurred_at),
                fix: format!("- This proposal targets {} for version: {other}", stage.name().to_lowercase()),
                releases: vec![release, *other],
            })
        })
        .collect()
}
