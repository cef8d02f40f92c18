//! Reads a proposal document: everything it states, and what in it cannot be read or contradicts itself.
//!
//! The order is the order of trust: bytes, front matter, visible lines, headings, then each kind of statement for
//! itself. Judged here is only the document by itself; comparing it with issue, labels and schedule is for others.

use domain::{Diagnostic, DocumentReading, Origin, Severity, diagnostic::codes};

use super::{
    checklist, front_matter, history,
    limits::{keep, keep_diagnostics},
    location::{Located, locate},
    outline::outline,
    people, sections, targets,
    template::SourceTemplate,
    text::{decode, quoted},
    title,
    visible::visible_lines,
};

/// Largest document that is read, in bytes. The longest real one has about 60 KiB.
pub const MAX_DOCUMENT_BYTES: usize = 4 * 1024 * 1024;

/// Reads one document of `source`. `path` is its path in the repository; any prefix before the source's root is fine.
///
/// Never fails: a file that cannot be read at all gives an empty reading with a diagnostic.
pub fn read_proposal(source: &SourceTemplate, path: &str, bytes: &[u8]) -> DocumentReading {
    let mut reading = DocumentReading::default();
    let mut found = Vec::new();
    let located = locate(source, path);
    match decode(bytes, MAX_DOCUMENT_BYTES, &mut found) {
        Ok(text) => read_text(source, located.as_ref(), &text, &mut reading, &mut found),
        Err(refusal) => {
            if refusal.code == codes::EMPTY_FILE {
                reading.sections = sections::all_missing(source);
            }
            found.push(refusal);
        }
    }
    keep(&mut reading.targets, "document", "target lines", &mut found);
    keep(&mut reading.checklist, "document", "boxes", &mut found);
    keep(&mut reading.history, "document", "entries of the history", &mut found);
    if located.is_none() {
        found.push(misplaced(source, path));
    }
    found.sort_by_key(|diagnostic| diagnostic.line);
    keep_diagnostics(&mut found, "document");
    reading.diagnostics = found;
    reading
}

fn read_text(
    source: &SourceTemplate,
    located: Option<&Located>,
    text: &str,
    reading: &mut DocumentReading,
    found: &mut Vec<Diagnostic>,
) {
    let main = located.is_none_or(|located| located.main);
    let split = front_matter::split(text, found);
    if let Some(front) = &split.front {
        front_matter::read(source, front, reading, found);
    }
    let lines = visible_lines(split.body, split.first_line, found);
    let headings = outline(&lines);
    let title = title::read_title(source, &headings, main, found);
    compare_numbers(reading, &title, located, found);
    reading.number = title.number.or(reading.number.take());
    reading.title = title.title.or(reading.title.take());

    reading.targets.extend(targets::read_targets(source, &lines, found));
    reading.checklist = checklist::read_checklist(&lines, &headings, found);
    let unapproved = checklist::compare_with_targets(source, &reading.checklist, &reading.targets, found);
    targets::compare_targets(&reading.targets, &unapproved, found);
    remark_on_missing_target(source, reading, main, found);

    let map = sections::find_sections(source, &headings, lines.len(), found);
    reading.sections = sections::judge_sections(source, &map, &lines, &headings);
    checklist::compare_with_graduation(&reading.checklist, &reading.sections, found);
    if let Some(extent) = map.get(history::SECTION) {
        reading.history = history::read_history(&lines, extent);
    }
    let header = map.first_line_index().unwrap_or(lines.len());
    people::read_people(&lines, &headings, header, reading, found);
    compare_sigs(reading, located, found);
}

fn misplaced(source: &SourceTemplate, path: &str) -> Diagnostic {
    let sig = if source.by_sig { "<sig>/" } else { "" };
    Diagnostic::warning(
        0,
        codes::MISPLACED,
        format!("{} is not where documents of {}s lie.", quoted(path), source.noun),
        format!("Put it into {}/{sig}NNNN-slug/{}.", source.root.join("/"), source.main_file),
    )
}

/// Title line, front matter and path each may state the number; they must agree (P-13).
fn compare_numbers(
    reading: &DocumentReading,
    title: &title::Title,
    located: Option<&Located>,
    found: &mut Vec<Diagnostic>,
) {
    let in_title = title.number.as_ref().map(|n| ("title", n.value, n.line));
    let in_front = reading.number.as_ref().map(|n| ("front matter", n.value, n.line));
    let in_path = located.and_then(|located| located.number).map(|number| ("path", number, 0));
    let stated: Vec<(&str, u32, u32)> = [in_title, in_front, in_path].into_iter().flatten().collect();
    let Some((place, number, line)) = stated.first() else { return };
    if let Some((other, differs, _)) = stated.iter().find(|(_, other, _)| other != number) {
        found.push(Diagnostic::warning(
            *line,
            codes::NUMBER_DIFFERS,
            format!("The {place} says {number}, the {other} says {differs}."),
            "Use the number of the tracking issue everywhere.",
        ));
    }
}

/// A document without a target line, unless its front matter names a release. A further document of a proposal may
/// well have none.
fn remark_on_missing_target(
    source: &SourceTemplate,
    reading: &DocumentReading,
    main: bool,
    found: &mut Vec<Diagnostic>,
) {
    let states = |target: &domain::Target| target.from == Origin::Line || target.reading.version().is_some();
    if reading.targets.iter().any(states) {
        return;
    }
    let mut remark = Diagnostic::warning(
        0,
        codes::NO_TARGET,
        "The document has no line that states a target release.",
        format!("Add - This {} targets alpha for version: v1.9, with your stage and release.", source.noun),
    );
    if !main {
        remark.severity = Severity::Note;
    }
    found.push(remark);
}

/// The directory of a SIG and the front matter must name the same owner; directories such as `meta-VEPs` are no SIG.
fn compare_sigs(reading: &DocumentReading, located: Option<&Located>, found: &mut Vec<Diagnostic>) {
    let (Some(stated), Some(sig)) = (&reading.owning_sig, located.and_then(|located| located.sig.as_deref())) else {
        return;
    };
    if sig.starts_with("sig-") && !stated.value.eq_ignore_ascii_case(sig) {
        found.push(Diagnostic::warning(
            stated.line,
            codes::SIG_DIFFERS,
            format!("The document says that {} owns it, but lies in the directory of {sig}.", quoted(&stated.value)),
            "Move the document, or correct its owning SIG.",
        ));
    }
}
