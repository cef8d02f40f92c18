//! The YAML block at the top of a document, as proposed by VEP 282.
//!
//! Every field is optional, because the process asks for none of them (P-6). What is there is read; what is there and
//! cannot be read is reported.

use domain::{Diagnostic, DocumentReading, DocumentStatus, Origin, Stage, Stated, Target, diagnostic::codes};

use super::{
    people::{self, Role},
    schedule::duplicate_key,
    targets,
    template::SourceTemplate,
    text::{clip, line_number, quoted},
    yaml::{self, Node, Value},
};

/// Largest front matter that is read, in bytes.
pub const MAX_FRONT_MATTER_BYTES: usize = 64 * 1024;

/// Keys that mean something to people or other tools, and nothing to the tracker.
const SILENT: &[&str] = &["creation-date", "last-updated", "replaces", "stage", "see-also"];

/// A document taken apart into front matter and text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Split<'a> {
    /// The front matter as a map.
    pub front: Option<Node>,
    /// The text behind it.
    pub body: &'a str,
    /// Line of the file on which `body` begins, counted from 1.
    pub first_line: u32,
}

/// Takes the front matter off `text`. A rule at the top that opens no map stays part of the text.
pub fn split<'a>(text: &'a str, found: &mut Vec<Diagnostic>) -> Split<'a> {
    let whole = Split { front: None, body: text, first_line: 1 };
    let blank = text.len() - text.trim_start_matches('\n').len();
    let lines_before = text.get(..blank).map_or(0, |blank| blank.matches('\n').count());
    let Some(rest) = text.get(blank..).and_then(|text| text.strip_prefix("---")) else { return whole };
    let Some((tail, rest)) = rest.split_once('\n') else { return whole };
    if !tail.trim().is_empty() {
        return whole;
    }
    let mut length = 0;
    let looks_like_keys =
        rest.lines().next().is_some_and(|line| line.contains(':') && !line.starts_with([' ', '#', '-']));
    for (lines, line) in rest.split_inclusive('\n').enumerate() {
        if length > MAX_FRONT_MATTER_BYTES {
            break;
        }
        if matches!(line.trim_end(), "---" | "...") {
            let first_line = line_number(lines_before + lines + 2);
            let body = rest.get(length + line.len()..).unwrap_or_default();
            let block = rest.get(..length).unwrap_or_default();
            return match yaml::parse(block, line_number(lines_before), found) {
                Ok(Some(front @ Node { value: Value::Map(_), .. })) => Split { front: Some(front), body, first_line },
                Ok(None) if block.trim().is_empty() => Split { front: None, body, first_line },
                Err(error) if looks_like_keys => {
                    found.push(error);
                    Split { front: None, body, first_line }
                }
                Ok(_) | Err(_) => whole,
            };
        }
        length += line.len();
    }
    if looks_like_keys {
        found.push(Diagnostic::error(
            line_number(lines_before),
            if length > MAX_FRONT_MATTER_BYTES { codes::TOO_LARGE } else { codes::YAML_BROKEN },
            "The front matter that begins here has no end that could be found.",
            "Close it with a line of three hyphens.",
        ));
    }
    whole
}

/// Puts what the front matter states into `reading`.
pub fn read(source: &SourceTemplate, front: &Node, reading: &mut DocumentReading, found: &mut Vec<Diagnostic>) {
    let Value::Map(pairs) = &front.value else { return };
    let number_key = format!("{}-number", source.id);
    let stage = pairs.iter().find(|(key, _)| key.text() == Some("stage")).and_then(|(_, value)| value.text());
    let mut seen = std::collections::BTreeSet::new();
    for (key, value) in pairs {
        let Some(name) = key.text() else { continue };
        let name = name.trim().to_ascii_lowercase().replace('_', "-");
        if !seen.insert(name.clone()) {
            found.push(duplicate_key(key.line, &name));
            continue;
        }
        let mut reader = Reader { source, reading, found };
        match name.as_str() {
            "title" => reader.reading.title = reader.text(value),
            "number" => reader.reading.number = reader.number(value),
            key if key == number_key => reader.reading.number = reader.number(value),
            "status" => reader.status(value),
            "owning-sig" => reader.reading.owning_sig = reader.text(value),
            "participating-sigs" => reader.reading.participating_sigs = reader.texts(value),
            "feature-gate" => reader.reading.feature_gate = reader.text(value),
            "superseded-by" | "replaced-by" => reader.reading.replaced_by = reader.number(value),
            "milestone" | "milestones" => reader.milestones(value, stage.unwrap_or_default()),
            _ => match Role::of(&name) {
                Some(role) => reader.people(role, value),
                None if SILENT.contains(&name.as_str()) => {}
                None => {
                    let message = format!("The key {} is not known in front matter.", quoted(&name));
                    reader.found.push(Diagnostic::note(key.line, codes::UNKNOWN_KEY, message, "Correct or remove it."));
                }
            },
        }
    }
}

struct Reader<'a> {
    source: &'a SourceTemplate,
    reading: &'a mut DocumentReading,
    found: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn text(&mut self, node: &Node) -> Option<Stated<String>> {
        let Some(text) = node.text() else {
            self.odd(node.line, "a single text");
            return None;
        };
        let value = clip(text);
        (!value.is_empty()).then_some(Stated { value, line: node.line, from: Origin::FrontMatter })
    }

    fn texts(&mut self, node: &Node) -> Vec<Stated<String>> {
        match &node.value {
            Value::List(items) => items.iter().filter_map(|item| self.text(item)).collect(),
            _ => self.text(node).into_iter().collect(),
        }
    }

    fn number(&mut self, node: &Node) -> Option<Stated<u32>> {
        let stated = self.text(node)?;
        let noun = self.source.noun;
        let bare =
            stated.value.trim_start_matches(|c: char| c == '#' || c == '-' || c == ' ' || c.is_ascii_alphabetic());
        match bare.parse() {
            Ok(value) if value > 0 => Some(Stated { value, line: stated.line, from: stated.from }),
            _ => {
                let message = format!("{} is not the number of a {noun}.", quoted(&stated.value));
                let mend = "Write the number of the tracking issue.";
                self.found.push(Diagnostic::warning(stated.line, codes::NUMBER_UNREADABLE, message, mend));
                None
            }
        }
    }

    fn status(&mut self, node: &Node) {
        let Some(stated) = self.text(node) else { return };
        match status_of(&stated.value) {
            Some(value) => self.reading.status = Some(Stated { value, line: stated.line, from: stated.from }),
            None => self.found.push(Diagnostic::error(
                stated.line,
                codes::STATUS_UNKNOWN,
                format!("{} is not a document status.", quoted(&stated.value)),
                "Write provisional, implementable, implemented, deferred, rejected, withdrawn, replaced or deprecated.",
            )),
        }
    }

    fn milestones(&mut self, node: &Node, stage: &str) {
        match &node.value {
            Value::Map(pairs) => {
                for (key, value) in pairs {
                    self.milestone(key.text().unwrap_or_default(), value);
                }
            }
            Value::Null => {}
            Value::Text(_) => self.milestone(stage, node),
            Value::List(_) => self.odd(node.line, "a map from stage to version"),
        }
    }

    fn milestone(&mut self, stage: &str, value: &Node) {
        let Some(raw) = value.text().map(clip) else { return self.odd(value.line, "a version") };
        let reading = targets::reading_of(&raw);
        let stage_text = clip(stage);
        let target =
            Target { stage: Stage::of(stage), stage_text, raw, reading, line: value.line, from: Origin::FrontMatter };
        targets::remark(&target, self.found);
        self.reading.targets.push(target);
    }

    fn people(&mut self, role: Role, node: &Node) {
        for name in self.texts(node) {
            people::take(role, &name.value, name.line, Origin::FrontMatter, self.reading, self.found);
        }
    }

    fn odd(&mut self, line: u32, expected: &str) {
        let message = format!("Another kind of value stands where {expected} is expected.");
        self.found.push(Diagnostic::warning(line, codes::ODD_VALUE, message, format!("Write {expected}.")));
    }
}

fn status_of(text: &str) -> Option<DocumentStatus> {
    Some(match text.trim().to_ascii_lowercase().as_str() {
        "provisional" => DocumentStatus::Provisional,
        "implementable" => DocumentStatus::Implementable,
        "implemented" => DocumentStatus::Implemented,
        "deferred" => DocumentStatus::Deferred,
        "rejected" => DocumentStatus::Rejected,
        "withdrawn" => DocumentStatus::Withdrawn,
        "replaced" => DocumentStatus::Replaced,
        "deprecated" => DocumentStatus::Deprecated,
        _ => return None,
    })
}
