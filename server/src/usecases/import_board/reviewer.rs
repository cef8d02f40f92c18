//! Who reviews, as a row says it.

use domain::{Diagnostic, decision::assign, diagnostic::codes};

use super::desk::Desk;
use crate::documents::is_login;

/// The logins in a text: those with an `@`, else what stands between commas. None where that is no login; empty where
/// nobody is named yet.
pub(super) fn logins(text: &str) -> Option<Vec<String>> {
    let words = |text: &str| {
        let apart = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '/' | '&'));
        apart.filter_map(|word| word.strip_prefix('@')).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut named = words(text);
    if named.is_empty() {
        let parts = text.split([',', ';']).map(str::trim);
        named = parts.filter(|part| !is_nobody(part)).map(str::to_owned).collect();
    }
    named.iter().all(|login| is_login(login)).then_some(named)
}

fn is_nobody(part: &str) -> bool {
    ["", "tbd", "tba", "none", "n/a", "-", "?"].iter().any(|word| part.eq_ignore_ascii_case(word))
}

impl Desk<'_> {
    /// Takes the reviewer where neither document nor log names one (P-9).
    pub(super) fn reviewer(&mut self) {
        let Some(text) = self.row.reviewer.clone() else { return };
        let Some(logins) = logins(&text) else {
            let message = format!("{}: “{text}” is no GitHub login.", self.key);
            let mend = "Name the reviewer by login.";
            return self.remark(Diagnostic::warning(self.row.line, codes::BAD_LOGIN, message, mend));
        };
        let named: Vec<_> = self.known.reviewers().into_iter().chain(self.known.approvers()).collect();
        let is_named = |login: &String| named.iter().any(|known| known.eq_ignore_ascii_case(login));
        if logins.is_empty() {
            return;
        }
        if logins.iter().all(is_named) {
            return self.is_known();
        }
        let board = format!("that {} reviews", handles(logins.iter().map(String::as_str)));
        let reviewers = self.known.reviewers();
        if !reviewers.is_empty() {
            let whose = handles(reviewers.into_iter());
            return self.otherwise(&board, &format!("that it is {whose}"));
        }
        match assign(self.known, &logins, &[]) {
            Ok(event) => self.take(Some(self.after_all()), event),
            Err(rule) => self.not_taken(format!("{rule}."), "Name the reviewer by login."),
        }
    }
}

fn handles<'a>(logins: impl Iterator<Item = &'a str>) -> String {
    logins.map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ")
}
