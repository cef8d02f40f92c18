//! Disagreements that documents show: within themselves, with their place, and with what was decided.

use chrono::{DateTime, Utc};

use super::{
    Matter, Mismatch,
    fix::{Change, Fix},
};
use crate::{
    ChecklistLine, Ending, Event, Known, ReleaseVersion, Stage, Stated,
    history::{decided_ending, ending_of, is_final, stated},
};

pub(super) fn all(matter: &Matter<'_>) -> Vec<Mismatch> {
    let mut all = Vec::new();
    all.extend(number(matter));
    all.extend(still_says(matter));
    all.extend(checkboxes(matter));
    all.extend(status(matter));
    all.extend(owner(matter));
    all.extend(further_documents(matter.known));
    all
}

pub(super) fn line<T>(stated: &Stated<T>) -> String {
    format!("document, line {}", stated.line)
}

fn number(matter: &Matter<'_>) -> Option<Mismatch> {
    let (noun, own) = (&matter.source.noun, matter.number());
    let document = matter.known.document?;
    let stated = document.reading.number.as_ref().filter(|stated| stated.value != own)?;
    let title = document.reading.title.as_ref().map_or("", |title| title.value.as_str());
    let (old, new) = (stated.value.to_string(), own.to_string());
    let change = Change { line: stated.line, old: &old, new: &new };
    let fix = Fix::patch(matter, &change, || format!("# {noun} #{own}: {title}"));
    let text = format!("The title says {noun} {old}, the tracking issue is {own}.");
    let sides = (line(stated), format!("path {}", document.path));
    Some(Mismatch::new("number-differs", (&sides.0, &sides.1), document.occurred_at, text, fix))
}

/// After a retarget the document has to follow (P-15, R002-42).
fn still_says(matter: &Matter<'_>) -> Option<Mismatch> {
    let known = matter.known;
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
    let new = to.to_string();
    let change = Change { line: target.line, old: &target.raw, new: &new };
    let fix = Fix::patch(matter, &change, || format!("Line {}: replace {} by {to}", target.line, target.raw));
    let text = format!("Document still says {from}, the decision is {to}.");
    let left = format!("document, line {}", target.line);
    Some(Mismatch::new("document-still-says", (&left, "decision"), at, text, fix).in_way_of(vec![from, to]))
}

/// A ticked "target version" box without a version, or a version without the tick (R002T-3).
fn checkboxes(matter: &Matter<'_>) -> Vec<Mismatch> {
    let Some(document) = matter.known.document else { return Vec::new() };
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
            let left = format!("checklist, line {}", line.line);
            let found = Mismatch::new(
                "checkbox-disagrees",
                (&left, "target lines"),
                document.occurred_at,
                text,
                tick(matter, line),
            );
            Some(found.in_way_of(releases))
        })
        .collect()
}

/// The box the other way round.
fn tick(matter: &Matter<'_>, line: &ChecklistLine) -> Fix {
    let mark = if line.checked { ' ' } else { 'x' };
    let written =
        matter.document_text.and_then(|text| text.lines().nth(usize::try_from(line.line).ok()?.checked_sub(1)?));
    let old = written.and_then(|written| written.get(written.find('[')?..=written.find(']')?)).unwrap_or_default();
    let change = Change { line: line.line, old, new: &format!("[{mark}]") };
    Fix::patch(matter, &change, || format!("Line {}: - [{mark}] {}", line.line, line.text))
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
fn status(matter: &Matter<'_>) -> Option<Mismatch> {
    let known = matter.known;
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
    (!agrees).then(|| {
        let change = Change { line: stated.line, old: said, new: decided };
        let fix = Fix::patch(matter, &change, || format!("status: {decided}"));
        let text = format!("Document says {said}, the decision is {decided}.");
        Mismatch::new("status-differs", (&line(stated), "decision"), at, text, fix)
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
fn owner(matter: &Matter<'_>) -> Option<Mismatch> {
    let known = matter.known;
    let owner = known.handed_over_to?;
    let document = known.document?;
    let first = document.reading.owners.first()?;
    if document.reading.owners.iter().any(|stated| stated.value.eq_ignore_ascii_case(owner)) {
        return None;
    }
    let since = known.events.iter().rev().find(|r| matches!(r.event, Event::HandedOver { .. }))?.occurred_at;
    let change = Change { line: first.line, old: &first.value, new: owner };
    let fix = Fix::patch(matter, &change, || format!("Line {}: replace @{} by @{owner}", first.line, first.value));
    let text = format!("Document names @{} as owner, @{owner} took over.", first.value);
    Some(Mismatch::new("owner-differs", (&line(first), "decision"), since, text, fix))
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
            let text = format!("{} says {release} for {}, the main document {other}.", further.path, stage.name());
            let stage = stage.name().to_lowercase();
            let fix = Fix::further(format!("- This proposal targets {stage} for version: {other}"));
            let since = further.occurred_at.max(document.occurred_at);
            let found = Mismatch::new("documents-disagree", (&further.path, &document.path), since, text, fix);
            Some(found.in_way_of(vec![release, *other]))
        })
        .collect()
}
