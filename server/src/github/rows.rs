//! What GitHub answers, row by row: few fields, read leniently.
//!
//! A deleted account, a label that is a string, a state nobody has heard of: each costs its own field and a remark, never
//! the row, and an unreadable row never the page. Left out on purpose: everything the process does not ask for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

mod item;
mod other;
pub mod timeline;

pub use item::{Item, ItemState, item};
pub use other::{Comment, Review, comment, review};

/// Something odd in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Odd {
    /// Which row, e.g. `kubevirt/enhancements#421`.
    pub row: String,
    /// What is odd and what was made of it, as a sentence.
    pub what: String,
}

/// An account; none for one that was deleted.
pub type Account = Option<String>;

/// Reads the fields of one row and collects what is odd.
struct Reader<'v> {
    row: String,
    value: &'v Value,
    odd: Vec<Odd>,
}

impl<'v> Reader<'v> {
    fn new(row: String, value: &'v Value) -> Self {
        Self { row, value, odd: Vec::new() }
    }

    fn remark(&mut self, what: impl Into<String>) {
        self.odd.push(Odd { row: self.row.clone(), what: what.into() });
    }

    fn text(&self, name: &str) -> Option<&'v str> {
        self.value[name].as_str()
    }

    fn instant(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let text = self.text(name)?;
        let instant = text.parse().ok();
        if instant.is_none() {
            self.remark(format!("`{name}` is `{text}`, which is no time; it was left out."));
        }
        instant
    }

    /// The login of an account.
    fn account(&mut self, name: &str) -> Account {
        let account = &self.value[name];
        if account.is_null() {
            self.remark(format!("`{name}` is nobody: the account was deleted."));
        }
        account["login"].as_str().map(str::to_owned)
    }

    fn logins(&self, name: &str) -> Vec<String> {
        let accounts = self.value[name].as_array().into_iter().flatten();
        accounts.filter_map(|account| account["login"].as_str()).map(str::to_owned).collect()
    }

    /// Names of labels, which GitHub describes as objects or strings.
    fn labels(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        for label in self.value["labels"].as_array().into_iter().flatten() {
            match (label, label["name"].as_str()) {
                (Value::String(name), _) => {
                    self.remark(format!("The label `{name}` is given as a string."));
                    names.push(name.clone());
                }
                (_, Some(name)) => {
                    if label["color"].is_null() {
                        self.remark(format!("The label `{name}` has no colour."));
                    }
                    names.push(name.to_owned());
                }
                _ => self.remark("A label has no name; it was left out."),
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// A row that cannot be read, because it has no number or no time.
fn unreadable(row: String, what: &str) -> Odd {
    Odd { row, what: format!("{what}; the row was left out.") }
}

fn number_of(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0)
}
