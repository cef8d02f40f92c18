//! Disagreements of the document's targets with acceptance and schedule.

use super::{
    Judged, Matter, Mismatch,
    fix::{Change, Fix},
};
use crate::{ReleaseVersion, Status, Target, TargetReading, history::stated};

pub(super) fn all(matter: &Matter<'_>) -> Vec<Mismatch> {
    matter
        .ahead()
        .filter_map(|judged| accepted_elsewhere(matter, judged).or_else(|| too_late(matter, judged)))
        .collect()
}

/// It was accepted for a release that neither document nor issue states, while the document states another. What was
/// retargeted is told as such.
fn accepted_elsewhere(matter: &Matter<'_>, judged: Judged<'_>) -> Option<Mismatch> {
    let release = judged.verdict.release;
    let document = matter.known.document?;
    let retargeted = matter.known.participation(release, judged.dates).came_from.is_some();
    if !judged.verdict.tracked || retargeted || !matter.known.stages(release).is_empty() {
        return None;
    }
    let mut others: Vec<_> = stated(&document.reading).map(|(_, release)| release).collect();
    others.sort_unstable();
    others.dedup();
    // Accepted anew for a later release that the document states: it follows the latest decision already.
    let taken_anew = |other: &ReleaseVersion| {
        *other > release && matter.ahead().any(|judged| judged.verdict.tracked && judged.verdict.release == *other)
    };
    if others.iter().any(taken_anew) {
        return None;
    }
    let (latest, all) = (*others.last()?, names(&others));
    let text = format!("It is accepted for {release}, the document says {all}.");
    let line = line_of(matter, latest)?;
    let fix = replace(matter, line, release);
    let left = format!("document, line {}", line.line);
    let found = Mismatch::new("target-differs", (&left, "decision"), judged.verdict.facts.accepted?.at, text, fix);
    Some(found.in_way_of(vec![release, latest]))
}

/// The document targets a release whose Enhancement Freeze passed without acceptance.
fn too_late(matter: &Matter<'_>, judged: Judged<'_>) -> Option<Mismatch> {
    let release = judged.verdict.release;
    if judged.verdict.status != Status::NotAccepted {
        return None;
    }
    let line = line_of(matter, release)?;
    let next = matter.ahead().map(|judged| judged.verdict.release).filter(|other| *other > release).min();
    let next = next.unwrap_or(release.next());
    let text = format!("Document says {release}, whose Enhancement Freeze passed without acceptance.");
    let fix = replace(matter, line, next);
    let left = format!("document, line {}", line.line);
    let since = judged.dates.enhancement_freeze;
    Some(Mismatch::new("freeze-passed", (&left, "schedule"), since, text, fix).in_way_of(vec![release]))
}

/// The fix that puts another release into a target line of the document.
pub(super) fn replace(matter: &Matter<'_>, line: &Target, release: ReleaseVersion) -> Fix {
    let new = release.to_string();
    let change = Change { line: line.line, old: &line.raw, new: &new };
    Fix::patch(matter, &change, || format!("Line {}: replace {} by {release}", line.line, line.raw))
}

fn line_of<'m>(matter: &Matter<'m>, release: ReleaseVersion) -> Option<&'m Target> {
    let targets = &matter.known.document?.reading.targets;
    targets.iter().find(|target| matches!(target.reading, TargetReading::Version(stated) if stated == release))
}

fn names(releases: &[ReleaseVersion]) -> String {
    releases.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
