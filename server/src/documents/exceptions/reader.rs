//! From a file to records.

use domain::{Diagnostic, ReleaseVersion, Severity, diagnostic::codes};

use super::{
    super::{
        text::{decode, line_number, quoted},
        yaml::{self, Node, Value},
    },
    keys::Key,
    lines,
    phase::{Comments, Phase},
    record::{ExceptionRecord, ExceptionsReading},
    release_of_path, repair,
};

mod fields;
mod remarks;

use remarks::{no_part, no_release, same_twice};

/// Largest file that is read, in bytes. The real ones have at most 10 KiB; exports state more.
pub const MAX_EXCEPTIONS_BYTES: usize = 4 * 1024 * 1024;

/// Remarks kept of one file.
const MAX_REMARKS: usize = 1_000;

/// Reads one `exceptions.yaml`. `path` names the release by its directory (`releases/v1.10/exceptions.yaml`).
///
/// Never fails: what cannot be read is in the diagnostics, and the rest is read.
pub fn read_exceptions(path: &str, bytes: &[u8]) -> ExceptionsReading {
    let mut reading = ExceptionsReading { release: release_of_path(path), ..ExceptionsReading::default() };
    match decode(bytes, MAX_EXCEPTIONS_BYTES, &mut reading.diagnostics) {
        Ok(text) => {
            for (lines_before, part) in documents(&text) {
                read_document(&part, lines_before, &mut reading);
            }
        }
        Err(refusal) => reading.diagnostics.push(refusal),
    }
    same_twice(&mut reading);
    reading.diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    if reading.diagnostics.len() > MAX_REMARKS {
        reading.diagnostics.truncate(MAX_REMARKS);
        reading.diagnostics.push(Diagnostic::warning(
            0,
            codes::TOO_LARGE,
            format!("There is more to remark; only the first {MAX_REMARKS} remarks are kept."),
            "Correct those first.",
        ));
    }
    reading
}

/// The YAML documents of a file, each with the number of lines before it.
fn documents(text: &str) -> Vec<(u32, String)> {
    let mut parts = vec![(0, String::new())];
    for (at, line) in text.lines().enumerate() {
        if line.trim_end() == "---" {
            parts.push((line_number(at), String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}

fn read_document(text: &str, lines_before: u32, reading: &mut ExceptionsReading) {
    let mut document = Document { comments: Comments::of(text, lines_before), release: None, reading };
    match yaml::parse(text, lines_before, &mut document.reading.diagnostics) {
        Ok(root) => document.take(root),
        Err(error) if error.code == codes::YAML_BROKEN => {
            // What cannot be read in spite of it is an error of its own.
            document.reading.diagnostics.push(Diagnostic { severity: Severity::Warning, ..error });
            let (mended, found) = repair::mend(text, lines_before);
            document.reading.diagnostics.extend(found);
            match yaml::parse(&mended, lines_before, &mut Vec::new()) {
                Ok(root) => document.take(root),
                Err(_) => document.take_lines(&mended, lines_before),
            }
        }
        // Many records are more than the reader of YAML takes at once; each of them is not.
        Err(error) if error.code == codes::TOO_LARGE => document.take_lines(text, lines_before),
        Err(error) => document.reading.diagnostics.push(error),
    }
}

/// One YAML document while it is read.
struct Document<'a> {
    comments: Comments,
    release: Option<ReleaseVersion>,
    reading: &'a mut ExceptionsReading,
}

impl Document<'_> {
    fn take(&mut self, root: Option<Node>) {
        let Some(root) = root else { return };
        match root.value {
            Value::Null => {}
            Value::List(items) => self.take_items(None, &items),
            Value::Map(pairs) => self.take_parts(&pairs),
            Value::Text(text) => self.reading.diagnostics.push(Diagnostic::error(
                root.line,
                codes::NOT_AN_EXCEPTION_LIST,
                format!("{} is no list of exceptions.", quoted(&text)),
                "Write lists under enhancementFreeze and codeFreeze.",
            )),
        }
    }

    fn take_lines(&mut self, text: &str, lines_before: u32) {
        let found = lines::read_lines(text, lines_before, &mut self.reading.diagnostics);
        self.release = found.release;
        for (phase, item) in found.records {
            self.take_items(phase, std::slice::from_ref(&item));
        }
    }

    fn take_parts(&mut self, pairs: &[(Node, Node)]) {
        let named = pairs.iter().find(|(key, _)| key.text() == Some("release"));
        self.release = named.and_then(|(_, value)| value.text()?.parse().ok());
        for (key, value) in pairs {
            let name = key.text().unwrap_or_default();
            let phase = Phase::named(name);
            match &value.value {
                _ if name == "release" => {
                    if self.release.is_none() {
                        self.reading.diagnostics.push(no_release(value.line, value.text().unwrap_or_default()));
                    }
                }
                Value::List(items) if phase.is_some() || items.iter().any(|i| matches!(i.value, Value::Map(_))) => {
                    if phase.is_none() {
                        self.reading.diagnostics.push(no_part(key.line, name));
                    }
                    self.take_items(Some(phase.unwrap_or(Phase::Other)), items);
                }
                Value::Null if phase.is_some() => {}
                _ => self.reading.diagnostics.push(Diagnostic::warning(
                    key.line,
                    codes::UNKNOWN_KEY,
                    format!("No list of exceptions stands under {}; it was left out.", quoted(name)),
                    "Write records under enhancementFreeze, codeFreeze or other.",
                )),
            }
        }
    }

    /// Reads records. Without a part that holds for all, the comment above each tells.
    fn take_items(&mut self, part: Option<Phase>, items: &[Node]) {
        for item in items {
            let phase = part.unwrap_or_else(|| self.comments.above(item.line));
            match fields::read_record(item, phase, &mut self.reading.diagnostics) {
                Ok(record) => {
                    let release = record.release.or(self.release);
                    self.reading.records.push(ExceptionRecord { release, ..record });
                }
                Err(fields::NoRecord::Empty) => self.reading.diagnostics.push(Diagnostic::note(
                    item.line,
                    codes::RECORD_EMPTY,
                    "This record states nothing and was left out.",
                    "Remove it.",
                )),
                Err(fields::NoRecord::Lost(why)) => {
                    self.reading.lost += 1;
                    self.reading.diagnostics.push(Diagnostic::error(
                        item.line,
                        codes::RECORD_LOST,
                        format!("{why}; the record was left out."),
                        "Write it as keys and values, with the number of its tracking issue.",
                    ));
                }
            }
        }
    }
}

/// PostgreSQL keeps no NUL, which YAML can write as `\0`.
pub fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// The key that a name means (for the fields of a record).
fn key_of(node: &Node) -> Option<Key> {
    Key::named(node.text()?)
}
