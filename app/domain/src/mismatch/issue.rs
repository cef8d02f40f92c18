//! Disagreements of the tracking issue with the document, its place, and what was decided.

use super::{Judged, Matter, Mismatch, fix::Fix, target::replace};
use crate::{
    NO_SIG, ReleaseVersion, Source, Stage, Status, Target, TargetReading, history::stated, requirement::is_within,
};

pub(super) fn all(matter: &Matter<'_>) -> Vec<Mismatch> {
    let single = [number, title, link, stage, sig, assignee, closed];
    single.iter().filter_map(|find| find(matter)).chain(targets(matter)).collect()
}

fn name(matter: &Matter<'_>) -> String {
    format!("issue #{}", matter.number())
}

/// The number in the issue's title is the issue's own.
fn number(matter: &Matter<'_>) -> Option<Mismatch> {
    let (issue, reading) = (matter.known.issue?, matter.issue_text?);
    let said = reading.number.filter(|said| *said != matter.number())?;
    let in_document = matter.known.document.and_then(|version| version.reading.title.as_ref());
    let title = in_document.map(|title| &title.value).or(reading.title.as_ref())?;
    let text = format!("The issue's title says {} {said}, its number is {}.", matter.source.noun, matter.number());
    let fix = Fix::command(format!("/retitle {}", matter.issue_title(title)));
    let sides = (name(matter), format!("title “{}”", issue.title));
    Some(Mismatch::new("issue-number-differs", (&sides.0, &sides.1), issue.observed, text, fix))
}

fn title(matter: &Matter<'_>) -> Option<Mismatch> {
    let issue = matter.known.issue?;
    let stated = matter.known.document?.reading.title.as_ref()?;
    // "CEP 4711: Title" on the issue; a title may hold a colon of its own.
    let bare = issue.title.split_once(':').map_or(issue.title, |(_, rest)| rest).trim();
    let read = matter.issue_text.and_then(|reading| reading.title.as_deref()).unwrap_or(bare);
    if [read, bare, issue.title.trim()].iter().any(|said| said.eq_ignore_ascii_case(stated.value.trim())) {
        return None;
    }
    let text = format!("The issue is called “{read}”, the document “{}”.", stated.value);
    let fix = Fix::command(format!("/retitle {}", matter.issue_title(&stated.value)));
    let left = super::document::line(stated);
    Some(Mismatch::new("title-differs", (&left, &name(matter)), issue.observed, text, fix))
}

/// The issue links the directory in which the document is (P-9 a).
fn link(matter: &Matter<'_>) -> Option<Mismatch> {
    let issue = matter.known.issue?;
    let linked = issue.linked_document?;
    let (directory, _) = matter.known.document?.path.rsplit_once('/')?;
    if is_within(linked, directory) {
        return None;
    }
    let text = format!("The issue links `{linked}`, the document is in `{directory}`.");
    let fix = Fix::issue(format!("https://github.com/{}/tree/main/{directory}", matter.source.repository));
    let right = format!("path {directory}");
    let found = Mismatch::new("link-differs", (&name(matter), &right), issue.observed, text, fix);
    Some(found.in_way_of(matter.wanted()))
}

fn targets(matter: &Matter<'_>) -> Vec<Mismatch> {
    let (Some(issue), Some(document)) = (matter.known.issue, matter.known.document) else { return Vec::new() };
    let said = |stage: &Stage| stated(&document.reading).filter(|(s, _)| *s == stage).map(|(_, r)| r).last();
    issue
        .targets
        .iter()
        .filter_map(|(stage, in_issue)| {
            let in_document = said(stage).filter(|release| release != in_issue)?;
            let text = format!("Issue says {in_issue} for {}, document says {in_document}.", stage.name());
            let right = decided(matter, *in_issue, in_document);
            let fix = match document_line(matter, stage, in_document) {
                Some(line) if right == *in_issue => replace(matter, line, right),
                _ => {
                    // The template calls the stage "Stable" in this line.
                    let stage = if *stage == Stage::Ga { "Stable".to_owned() } else { stage.name() };
                    Fix::issue(format!("{stage} release target (x.y): {right}"))
                }
            };
            let found = Mismatch::new("issue-target-differs", ("document", "issue"), issue.observed, text, fix);
            Some(found.in_way_of(vec![*in_issue, in_document]))
        })
        .collect()
}

/// The target that both should state: what was decided wins over both (P-6), else the document over the issue. A decision
/// is about a release, not a stage; it speaks for this stage only where the document states its release for no other.
fn decided(matter: &Matter<'_>, in_issue: ReleaseVersion, in_document: ReleaseVersion) -> ReleaseVersion {
    let states = |release| {
        let reading = matter.known.document.map(|document| &document.reading);
        reading.is_some_and(|reading| stated(reading).any(|(_, other)| other == release))
    };
    let taken = |judged: &Judged<'_>| {
        let moved_here = || matter.known.participation(judged.verdict.release, judged.dates).came_from.is_some();
        judged.verdict.tracked || moved_here()
    };
    let accepted: Vec<_> = matter.ahead().filter(taken).map(|judged| judged.verdict.release).collect();
    if accepted.contains(&in_document) || accepted.iter().any(|release| states(*release)) {
        return in_document;
    }
    let latest = matter.known.document.and_then(|document| stated(&document.reading).map(|(_, release)| release).max());
    let of_issue = accepted.iter().find(|release| **release == in_issue);
    let of_none = accepted.last().filter(|_| latest == Some(in_document));
    of_issue.or(of_none).copied().unwrap_or(in_document)
}

/// The line of the document with the target of a stage.
fn document_line<'m>(matter: &Matter<'m>, stage: &Stage, release: ReleaseVersion) -> Option<&'m Target> {
    let targets = &matter.known.document?.reading.targets;
    targets
        .iter()
        .find(|line| line.stage == *stage && matches!(line.reading, TargetReading::Version(v) if v == release))
}

/// The current stage that the issue names is not behind what shipped, nor ahead of all that the document plans.
fn stage(matter: &Matter<'_>) -> Option<Mismatch> {
    let (issue, reading) = (matter.known.issue?, matter.issue_text?);
    let document = matter.known.document?;
    let shipped = matter.judged.iter().filter(|judged| judged.verdict.status == Status::Shipped);
    let shipped = shipped.flat_map(|judged| judged.verdict.stages.iter().map(|stage| (stage, judged.verdict.release)));
    let reached = shipped.filter(|(stage, _)| step(stage).is_some()).max_by_key(|(stage, _)| step(stage));
    let planned = stated(&document.reading).map(|(stage, _)| stage).max_by_key(|stage| step(stage));
    let said = reading.stage.as_ref().and_then(step);
    let (text, right, should) = match (reached, planned) {
        (Some((reached, release)), _) if said.is_none_or(|said| Some(said) < step(reached)) => {
            let words = if reading.stage_text.is_empty() { "nothing" } else { reading.stage_text.as_str() };
            let text = format!("The issue's current stage says {words}, {} shipped in {release}.", reached.name());
            (text, format!("verdict of {release}"), reached)
        }
        (_, Some(planned)) if said.is_some() && step(planned).is_some() && said > step(planned) => {
            let text = format!(
                "The issue's current stage says {}, the document plans no further than {}.",
                reading.stage_text,
                planned.name()
            );
            (text, "document".to_owned(), planned)
        }
        _ => return None,
    };
    let fix = Fix::issue(format!("**Current Feature Stage**: {}", should.name()));
    Some(Mismatch::new("stage-differs", (&name(matter), &right), issue.observed, text, fix))
}

/// The place of a stage on the way to GA; none for what is no step on it.
fn step(stage: &Stage) -> Option<u8> {
    match stage {
        Stage::Alpha => Some(1),
        Stage::Beta => Some(2),
        Stage::Ga => Some(3),
        Stage::Single | Stage::Other(_) => None,
    }
}

/// The primary SIG that the issue names is the owning one.
fn sig(matter: &Matter<'_>) -> Option<Mismatch> {
    let issue = matter.known.issue?;
    let said = matter.issue_text?.primary_sig.as_ref()?;
    let owning = matter.sig();
    if owning == NO_SIG || said.value.eq_ignore_ascii_case(owning) {
        return None;
    }
    let text = format!("The issue names {} as primary SIG, {owning} owns it.", said.value);
    let label = Source::sig_label(owning);
    let fix = Fix::issue(format!("Primary SIG:\n/sig {}", label.strip_prefix("sig/").unwrap_or(&label)));
    let left = format!("issue, line {}", said.line);
    Some(Mismatch::new("issue-sig-differs", (&left, "owning SIG"), issue.observed, text, fix))
}

/// Somebody is assigned, but not the owner. Nobody assigned is an omission, no disagreement.
fn assignee(matter: &Matter<'_>) -> Option<Mismatch> {
    let issue = matter.known.issue?;
    let owners = matter.known.owners();
    let is_owner = |login: &String| owners.iter().any(|owner| owner.eq_ignore_ascii_case(login));
    if owners.is_empty() || issue.assignees.is_empty() || issue.assignees.iter().any(is_owner) {
        return None;
    }
    let handles = |logins: &[&str]| logins.iter().map(|l| format!("@{l}")).collect::<Vec<_>>().join(" ");
    let assigned: Vec<&str> = issue.assignees.iter().map(String::as_str).collect();
    let text = format!("The issue is assigned to {}, the owner is {}.", handles(&assigned), handles(&owners));
    let fix = Fix::command(format!("/unassign {}\n/assign {}", handles(&assigned), handles(&owners)));
    let right = if matter.known.handed_over_to.is_some() { "decision" } else { "document" };
    Some(Mismatch::new("assignee-differs", (&name(matter), right), issue.observed, text, fix))
}

/// A tracked proposal is worked on in the open until its release is out.
fn closed(matter: &Matter<'_>) -> Option<Mismatch> {
    let issue = matter.known.issue.filter(|issue| !issue.open)?;
    let tracked = matter.ahead().filter(|judged| judged.verdict.tracked);
    let releases: Vec<_> = tracked.map(|judged| judged.verdict.release).collect();
    let first = releases.first()?;
    let text = format!("The issue is closed, the proposal is tracked for {first}.");
    let fix = Fix::command("/reopen");
    let found = Mismatch::new("issue-closed", (&name(matter), "decision"), issue.observed, text, fix);
    Some(found.in_way_of(releases))
}
