//! Reads the text of a tracking issue: contact, stage, gate, SIGs, document, release targets, boxes, linked pull
//! requests.
//!
//! The text is a form that people fill in by hand, in one of the several templates that were in use. Each value is read
//! wherever it may stand, or a diagnostic says why not. Left out on purpose: assignees and labels, which GitHub tells
//! itself, and whether issue, document and labels agree.

mod contacts;
mod document;
mod parts;
mod pulls;
mod sigs;
mod stage;
mod targets;
mod timeline;
mod values;

use domain::{Diagnostic, IssueReading, diagnostic::codes};

use super::{
    limits::{keep, keep_diagnostics},
    template::SourceTemplate,
    text::decode,
    title::read_issue_title,
    visible::visible_lines,
};
use parts::{Part, Parts, parts};

/// Largest text of an issue that is read, in bytes. GitHub takes 65,536 characters.
pub const MAX_ISSUE_BYTES: usize = 1024 * 1024;

/// Where an issue lies: what its text is read against.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    template: &'a SourceTemplate,
    /// `owner/name`.
    repository: &'a str,
    number: u32,
}

/// Reads the tracking issue `number` of `repository` (`owner/name`), whose proposals follow `template`.
///
/// Never fails: what cannot be read is left out and named by a diagnostic. Diagnostics of the title, and of what is
/// missing as a whole, stand on line 0.
pub fn read_issue(template: &SourceTemplate, repository: &str, number: u32, title: &str, body: &str) -> IssueReading {
    let place = Place { template, repository, number };
    let mut reading = IssueReading::default();
    let mut found = Vec::new();
    read_title(place, title, &mut reading, &mut found);
    match decode(body.as_bytes(), MAX_ISSUE_BYTES, &mut found) {
        Ok(text) => read_body(place, &text, &mut reading, &mut found),
        Err(refusal) => found.push(refusal),
    }
    keep(&mut reading.targets, "issue", "release targets", &mut found);
    keep(&mut reading.boxes, "issue", "boxes", &mut found);
    keep(&mut reading.pulls, "issue", "linked pull requests", &mut found);
    found.sort_by_key(|diagnostic| diagnostic.line);
    keep_diagnostics(&mut found, "issue");
    reading.diagnostics = found;
    reading
}

fn read_title(place: Place<'_>, title: &str, reading: &mut IssueReading, found: &mut Vec<Diagnostic>) {
    let title = read_issue_title(place.template, title, found);
    reading.number = title.number.map(|number| number.value);
    reading.title = title.title.map(|title| title.value);
    if let Some(number) = reading.number.filter(|number| *number != place.number) {
        let message = format!("The title says {number}, the issue is {}.", place.number);
        let mend = format!("Write {} in the title.", place.number);
        found.push(Diagnostic::warning(0, codes::NUMBER_DIFFERS, message, mend));
    }
}

fn read_body(place: Place<'_>, text: &str, reading: &mut IssueReading, found: &mut Vec<Diagnostic>) {
    let lines = visible_lines(text, 1, found);
    let parts = parts(&lines, found);
    reading.contacts = contacts::read_contacts(&parts, found);
    stage::read_stage(&parts, reading, found);
    reading.feature_gate = stage::read_gate(&parts, found);
    sigs::read_sigs(&parts, reading, found);
    document::read_document(place, &parts, reading, found);
    timeline::read_timeline(place, &parts, reading, found);
    remark_on_missing(&parts, reading, found);
}

/// The fields that the requirements of the Enhancement Freeze rest on (P-9).
fn remark_on_missing(parts: &Parts<'_>, reading: &IssueReading, found: &mut Vec<Diagnostic>) {
    let linked = reading.document.is_some() || reading.document_pull.is_some();
    let fields = [
        (Part::Contact, !reading.contacts.is_empty(), "primary contact", "Write /assign @login under Primary contact."),
        (Part::Sigs, reading.primary_sig.is_some(), "primary SIG", "Write /sig name under Responsible SIGs."),
        (Part::Link, linked, "link to the document", "Link the document's directory under Enhancement link."),
    ];
    for (part, _, what, mend) in fields.into_iter().filter(|(_, stated, _, _)| !stated) {
        let message = format!("The issue states no {what}.");
        found.push(Diagnostic::warning(parts.heading(part), codes::FIELD_MISSING, message, mend));
    }
}
