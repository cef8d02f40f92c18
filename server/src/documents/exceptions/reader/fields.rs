//! From a map of keys and values to a record.

mod composed;

use std::collections::BTreeMap;

use domain::{Diagnostic, ReleaseVersion, diagnostic::codes};

use super::{
    super::{
        super::{
            people::is_login,
            schedule::duplicate_key,
            text::{clip, quoted},
            yaml::{Node, Value},
        },
        keys::Key,
        phase::Phase,
        record::{ExceptionRecord, On},
        steps::read_steps,
        values::{read_number, read_on},
    },
    key_of, without_nul,
};

/// Why an item is no record.
#[derive(Debug, PartialEq, Eq)]
pub enum NoRecord {
    /// It states nothing: an empty item, or the template.
    Empty,
    /// It cannot be read, for this reason, which is a sentence without its end.
    Lost(String),
}

/// Reads an item of a list.
///
/// # Errors
/// When it states nothing, or names no issue that can be read.
pub fn read_record(item: &Node, phase: Phase, diagnostics: &mut Vec<Diagnostic>) -> Result<ExceptionRecord, NoRecord> {
    let pairs = match &item.value {
        Value::Map(pairs) => pairs,
        Value::Null => return Err(NoRecord::Empty),
        Value::Text(text) => return Err(NoRecord::Lost(format!("{} is no record of keys and values", quoted(text)))),
        Value::List(_) => return Err(NoRecord::Lost("A list stands where a record is expected".to_owned())),
    };
    if pairs.iter().all(|(_, value)| says_nothing(value)) {
        return Err(NoRecord::Empty);
    }
    let line = pairs.first().map_or(item.line, |(key, _)| key.line);
    let mut fields = Fields { line, values: BTreeMap::new(), notes: Vec::new(), found: diagnostics };
    for (key, value) in pairs {
        fields.sort_in(key, value);
    }
    fields.record(phase)
}

fn says_nothing(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.iter().all(says_nothing),
        Value::Map(_) => false,
    }
}

struct Fields<'a> {
    line: u32,
    values: BTreeMap<Key, &'a Node>,
    notes: Vec<String>,
    found: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    fn sort_in(&mut self, key: &Node, value: &'a Node) {
        let name = key.text().unwrap_or_default();
        match key_of(key) {
            Some(known) if !self.values.contains_key(&known) => _ = self.values.insert(known, value),
            Some(_) => {
                self.found.push(duplicate_key(key.line, name));
                self.keep(name, value);
            }
            None => {
                self.found.push(Diagnostic::note(
                    key.line,
                    codes::UNKNOWN_KEY,
                    format!("The key {} means nothing in an exception; it was kept as a note.", quoted(name)),
                    "Nothing, if the note is enough.",
                ));
                self.keep(name, value);
            }
        }
    }

    /// Keeps what cannot be used as a note.
    fn keep(&mut self, name: &str, value: &Node) {
        let words = flat(value);
        if !words.is_empty() {
            self.notes.push(format!("{name}: {words}"));
        }
    }

    fn warn(&mut self, line: u32, code: &str, message: String, mend: &str) {
        self.found.push(Diagnostic::warning(line, code, message, mend));
    }

    /// The text of a key, trimmed; none when it is empty or not there.
    fn short(&mut self, key: Key, name: &str) -> Option<(u32, String)> {
        let node = *self.values.get(&key)?;
        if let Some(text) = node.text() {
            return Some((node.line, clip(&without_nul(text)))).filter(|(_, text)| !text.is_empty());
        }
        self.keep(name, node);
        self.warn(node.line, codes::ODD_VALUE, format!("{name} is no text; it was kept as a note."), "Write one text.");
        None
    }

    /// A text of people's own, as it was written.
    fn words(&self, key: Key) -> Option<String> {
        let node = *self.values.get(&key)?;
        match &node.value {
            Value::Null => None,
            Value::Text(text) => Some(without_nul(text)),
            Value::List(_) | Value::Map(_) => Some(flat(node)),
        }
    }

    /// A value that `read` understands; anything else is named and kept as a note.
    fn read<T>(
        &mut self,
        (key, name, code): (Key, &str, &str),
        mend: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (line, text) = self.short(key, name)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(why) => {
                let message = format!("{name} {} cannot be read: {why}; it was kept as a note.", quoted(&text));
                self.warn(line, code, message, mend);
                self.notes.push(format!("{name}: {text}"));
                None
            }
        }
    }

    fn day(&mut self, key: Key, name: &str) -> Option<On> {
        self.read((key, name, codes::BAD_DATE), "Write it as 2026-10-27.", read_on)
    }

    fn login(&mut self, key: Key, name: &str) -> Option<String> {
        let (line, text) = self.short(key, name)?;
        let login = text.trim_start_matches('@').to_owned();
        // What an import wrote in place of a login stands in files with steps.
        if !is_login(&login) && !self.values.contains_key(&Key::Steps) {
            self.warn(line, codes::BAD_LOGIN, format!("{} is not a GitHub login.", quoted(&text)), "Write the login.");
        }
        Some(login)
    }

    fn record(mut self, phase: Phase) -> Result<ExceptionRecord, NoRecord> {
        let (issue, proposal) = self.issue()?;
        let release = |text: &str| text.parse::<ReleaseVersion>().map_err(|_| "it is no release".to_owned());
        let number = |text: &str| read_number(text).ok_or_else(|| "it is no number from 1".to_owned());
        let request = self.read((Key::Request, "request", codes::NUMBER_UNREADABLE), "Write a number.", number);
        Ok(ExceptionRecord {
            line: self.line,
            release: self.read((Key::Release, "release", codes::NO_VERSION), "Write it as v1.10.", release),
            phase: self.phase(phase),
            name: self.short(Key::Name, "name").map(|(_, name)| name).unwrap_or_default(),
            issue,
            proposal,
            request,
            requester: self.login(Key::Requester, "requester"),
            requested: self.day(Key::Requested, "date_requested"),
            reviewed: self.day(Key::Reviewed, "date_reviewed"),
            decided_by: self.login(Key::DecidedBy, "decided_by"),
            thread: self.thread(),
            pulls: self.pulls(),
            status: self.status(),
            additional_time: self.short(Key::AdditionalTime, "additional_time").map(|(_, text)| text),
            asked_until: self.day(Key::AskedUntil, "asked_until"),
            granted_until: self.day(Key::GrantedUntil, "granted_until"),
            reason: self.words(Key::Reason),
            justification: self.words(Key::Justification),
            impact: self.words(Key::Impact),
            steps: self.values.get(&Key::Steps).map(|node| read_steps(node, self.found)).unwrap_or_default(),
            notes: self.all_notes(),
        })
    }
}

/// Any value as one text.
fn flat(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Text(text) => without_nul(text),
        Value::List(items) => items.iter().map(flat).collect::<Vec<_>>().join(", "),
        Value::Map(pairs) => {
            pairs.iter().map(|(key, value)| format!("{}: {}", flat(key), flat(value))).collect::<Vec<_>>().join("; ")
        }
    }
}
