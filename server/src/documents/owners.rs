//! Reads OWNERS and `OWNERS_ALIASES` (FORMATS 6): who may review and approve, and who is behind an alias.
//!
//! Logins are compared without regard to case and kept as written. Left out on purpose: resolving aliases across files
//! and the inheritance between directories, which Prow does and the tracker does not need.

use domain::{Diagnostic, diagnostic::codes};
use serde::{Deserialize, Serialize};

use super::{
    people::is_login,
    schedule::duplicate_key,
    text::{clip, decode, quoted},
    yaml::{self, Node, Value},
};

/// Largest OWNERS or `OWNERS_ALIASES` that is read, in bytes.
pub const MAX_OWNERS_BYTES: usize = 256 * 1024;

/// The pattern of a flat OWNERS file: everything in the directory.
pub const EVERYTHING: &str = ".*";

/// A login or alias in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// As written.
    pub name: String,
    /// In lower case, for comparison.
    pub key: String,
    /// Line in the file, counted from 1.
    pub line: u32,
}

/// The lists that hold for the files matching one pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnersFilter {
    /// Regular expression over paths; [`EVERYTHING`] for a file without filters.
    pub pattern: String,
    /// Who may approve.
    pub approvers: Vec<Entry>,
    /// Who may review.
    pub reviewers: Vec<Entry>,
    /// Former approvers.
    pub emeritus_approvers: Vec<Entry>,
    /// Labels put on pull requests.
    pub labels: Vec<String>,
}

/// Everything an OWNERS file states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnersReading {
    /// One entry per pattern; top-level lists stand under [`EVERYTHING`].
    pub filters: Vec<OwnersFilter>,
    /// What could not be read or looks wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// One alias and its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// Its name, as written.
    pub name: String,
    /// Its members without repetitions, in the order of the file.
    pub members: Vec<Entry>,
    /// Line in the file, counted from 1.
    pub line: u32,
}

/// Everything an `OWNERS_ALIASES` file states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AliasesReading {
    /// The aliases, in the order of the file.
    pub aliases: Vec<Alias>,
    /// What could not be read or looks wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl AliasesReading {
    /// The members of an alias; `None` when the file does not define it.
    pub fn members(&self, alias: &str) -> Option<&[Entry]> {
        self.aliases.iter().find(|a| a.name.eq_ignore_ascii_case(alias)).map(|a| a.members.as_slice())
    }

    /// Whether `login` is behind `alias`, whatever the case of either.
    pub fn is_member(&self, alias: &str, login: &str) -> bool {
        self.members(alias).is_some_and(|members| members.iter().any(|m| m.name.eq_ignore_ascii_case(login)))
    }
}

/// Reads an OWNERS file, flat or with filters.
pub fn read_owners(bytes: &[u8]) -> OwnersReading {
    let mut diagnostics = Vec::new();
    let mut filters = Vec::new();
    let mut flat = OwnersFilter { pattern: EVERYTHING.to_owned(), ..OwnersFilter::default() };
    for (key, value) in read_map(bytes, &mut diagnostics) {
        match (key.text(), &value.value) {
            (Some("filters"), Value::Map(patterns)) => {
                for (pattern, lists) in patterns {
                    let name = clip(pattern.text().unwrap_or_default());
                    let mut filter = OwnersFilter { pattern: name, ..OwnersFilter::default() };
                    match &lists.value {
                        Value::Map(pairs) => {
                            for (key, value) in pairs {
                                fill(&mut filter, key, value, &mut diagnostics);
                            }
                        }
                        Value::Null => {}
                        Value::Text(_) | Value::List(_) => diagnostics.push(odd(lists.line, "a map of lists")),
                    }
                    filters.push(filter);
                }
            }
            (Some("filters"), Value::Null) => {}
            (Some("filters"), _) => diagnostics.push(odd(value.line, "a map from pattern to lists")),
            _ => fill(&mut flat, &key, &value, &mut diagnostics),
        }
    }
    let is_empty = flat == OwnersFilter { pattern: EVERYTHING.to_owned(), ..OwnersFilter::default() };
    if !is_empty {
        filters.insert(0, flat);
    }
    diagnostics.sort_by_key(|d| d.line);
    OwnersReading { filters, diagnostics }
}

/// Reads an `OWNERS_ALIASES` file.
pub fn read_aliases(bytes: &[u8]) -> AliasesReading {
    let mut diagnostics = Vec::new();
    let mut aliases: Vec<Alias> = Vec::new();
    for (key, value) in read_map(bytes, &mut diagnostics) {
        match (key.text(), &value.value) {
            (Some("aliases"), Value::Map(pairs)) => {
                for (key, members) in pairs {
                    let name = clip(key.text().unwrap_or_default());
                    if aliases.iter().any(|known| known.name.eq_ignore_ascii_case(&name)) {
                        diagnostics.push(duplicate_key(key.line, &name));
                        continue;
                    }
                    let members = entries(members, &mut diagnostics);
                    for odd in members.iter().filter(|member| !is_login(&member.name)) {
                        let message = format!("{} is not a GitHub login.", quoted(&odd.name));
                        diagnostics.push(Diagnostic::warning(
                            odd.line,
                            codes::BAD_LOGIN,
                            message,
                            "Write the login alone.",
                        ));
                    }
                    aliases.push(Alias { name, members, line: key.line });
                }
            }
            (Some("aliases"), Value::Null) => {}
            (Some("aliases"), _) => diagnostics.push(odd(value.line, "a map from alias to logins")),
            (name, _) => diagnostics.push(unknown_key(key.line, name.unwrap_or_default())),
        }
    }
    diagnostics.sort_by_key(|d| d.line);
    AliasesReading { aliases, diagnostics }
}

fn read_map(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Vec<(Node, Node)> {
    let text = match decode(bytes, MAX_OWNERS_BYTES, diagnostics) {
        Ok(text) => text,
        Err(refusal) => {
            diagnostics.push(refusal);
            return Vec::new();
        }
    };
    match yaml::parse(&text, 0, diagnostics) {
        Ok(Some(Node { value: Value::Map(pairs), .. })) => pairs,
        Ok(Some(node)) => {
            diagnostics.push(odd(node.line, "a map"));
            Vec::new()
        }
        Ok(None) => Vec::new(),
        Err(error) => {
            diagnostics.push(error);
            Vec::new()
        }
    }
}

fn fill(filter: &mut OwnersFilter, key: &Node, value: &Node, diagnostics: &mut Vec<Diagnostic>) {
    match key.text().unwrap_or_default() {
        "approvers" => filter.approvers = entries(value, diagnostics),
        "reviewers" => filter.reviewers = entries(value, diagnostics),
        "emeritus_approvers" => filter.emeritus_approvers = entries(value, diagnostics),
        "labels" => filter.labels = entries(value, diagnostics).into_iter().map(|entry| entry.name).collect(),
        "options" | "required_reviewers" | "emeritus_reviewers" | "security_contacts" => {}
        name => diagnostics.push(unknown_key(key.line, name)),
    }
}

/// The names of a list without repetitions; a list that is not there has none.
fn entries(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        Value::Null => &[],
        Value::Text(_) | Value::Map(_) => {
            diagnostics.push(odd(node.line, "a list"));
            &[]
        }
    };
    let mut seen = std::collections::BTreeMap::new();
    let mut entries = Vec::new();
    for item in items {
        let Some(text) = item.text().filter(|text| !text.trim().is_empty()) else {
            diagnostics.push(odd(item.line, "a login or alias"));
            continue;
        };
        let name = clip(text.trim().trim_start_matches('@'));
        let key = name.to_lowercase();
        if let Some(line) = seen.insert(key.clone(), item.line) {
            let message = format!("{} stands in this list already, on line {line}.", quoted(&name));
            diagnostics.push(Diagnostic::note(item.line, codes::LOGIN_TWICE, message, "Remove one of the two."));
        } else {
            entries.push(Entry { name, key, line: item.line });
        }
    }
    entries
}

fn odd(line: u32, expected: &str) -> Diagnostic {
    let message = format!("Another kind of value stands where {expected} is expected.");
    Diagnostic::warning(line, codes::ODD_VALUE, message, format!("Write {expected}."))
}

fn unknown_key(line: u32, name: &str) -> Diagnostic {
    let message = format!("The key {} is not known here.", quoted(name));
    Diagnostic::note(line, codes::UNKNOWN_KEY, message, "Correct or remove it.")
}
