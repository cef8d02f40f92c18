//! What a document still lacks: the readers' remarks, and what its template asks for beyond them.
//!
//! A stage that the document does not target may stay empty, as the templates say; so may the history of a proposal
//! that has none yet. Those become notes.

use domain::{Diagnostic, DocumentReading, Section, SectionState, Stage, Target, TargetReading, diagnostic::codes};

use super::releases::Releases;
use crate::documents::{GRADUATION, Located, SourceTemplate};

/// All findings on one document, by line.
pub fn of(
    source: &SourceTemplate,
    located: Option<&Located>,
    reading: &DocumentReading,
    releases: Option<&Releases>,
) -> Vec<Diagnostic> {
    let mut found = reading.diagnostics.clone();
    // Further documents of a proposal owe nothing to the template.
    if located.is_none_or(|located| located.main) {
        for section in &reading.sections {
            found.extend(section_finding(source, section, reading));
        }
        checklist_findings(source, reading, &mut found);
    }
    if let Some(releases) = releases {
        found.retain(|diagnostic| diagnostic.code != codes::ADVANCE_TARGET);
        releases.judge(&reading.targets, &mut found);
    }
    found.sort_by_key(|diagnostic| diagnostic.line);
    found
}

fn section_finding(source: &SourceTemplate, section: &Section, reading: &DocumentReading) -> Option<Diagnostic> {
    let name = &section.name;
    let (code, message) = match section.state {
        SectionState::Filled => return None,
        SectionState::Template => {
            (codes::SECTION_EMPTY, format!("The section {name} holds nothing beyond the template."))
        }
        SectionState::Missing => (codes::SECTION_MISSING, format!("The section {name} is missing.")),
    };
    let mend = match section.state {
        SectionState::Missing => format!("Add a heading {name} and write the section."),
        _ => "Write the section; where it does not apply, say why.".to_owned(),
    };
    let urgent = match stage_of(source, name) {
        Some(stage) => {
            let targets: Vec<&Target> = reading.targets.iter().filter(|target| target.stage == stage).collect();
            let dropped = |t: &&Target| matches!(t.reading, TargetReading::NotApplicable | TargetReading::Struck);
            if !targets.is_empty() && targets.iter().all(dropped) {
                return None;
            }
            targets.iter().any(|target| target.reading.version().is_some())
        }
        None => name != "Implementation History",
    };
    Some(if urgent {
        Diagnostic::warning(section.line, code, message, mend)
    } else {
        Diagnostic::note(section.line, code, message, mend)
    })
}

/// The stage to which a section belongs that stands within the graduation criteria.
fn stage_of(source: &SourceTemplate, name: &str) -> Option<Stage> {
    let section = source.sections.iter().find(|section| section.name == name)?;
    match section.parent? {
        GRADUATION => Some(Stage::of(name)),
        parent => stage_of(source, parent),
    }
}

/// Boxes that are required before a release is targeted, and boxes that the document dropped. Boxes about the target
/// itself are compared with it by the reader.
fn checklist_findings(source: &SourceTemplate, reading: &DocumentReading, found: &mut Vec<Diagnostic>) {
    let targeted = reading.targets.iter().any(|target| target.reading.version().is_some());
    let about_target = |text: &str| text.to_lowercase().contains("target version");
    for line in reading.checklist.iter().filter(|line| line.required && !line.checked && !line.struck) {
        if about_target(&line.text) {
            continue;
        }
        let message = format!("The box “{}” is open; it is required before a release is targeted.", line.text);
        let mend = "Do what it says, then tick it.";
        found.push(if targeted {
            Diagnostic::warning(line.line, codes::BOX_OPEN, message, mend)
        } else {
            Diagnostic::note(line.line, codes::BOX_OPEN, message, mend)
        });
    }
    let start = |text: &str| text.split(',').next().unwrap_or(text).to_lowercase();
    for asked in source.checklist {
        let there = reading.checklist.iter().any(|line| start(&line.text) == start(asked));
        if !there && !about_target(asked) {
            let message = format!("The checklist lacks the line “{asked}”.");
            found.push(Diagnostic::note(0, codes::BOX_MISSING, message, "Copy the line from the template."));
        }
    }
}
