//! The slash commands of a comment or of a text, as far as the bots of the field act on them.
//!
//! They act on a line that begins with the command, without a blank before it, and with nothing glued to it. What is
//! quoted, in code or in an HTML comment speaks of a command and is none. Left out on purpose: whether the author may
//! give it, and whether what it names exists; the labels tell what came of it.

use super::visible::visible_lines;

/// A command that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Its name in lower case, without the slash.
    pub name: String,
    /// What stands behind it on its line, trimmed.
    pub arguments: String,
    /// Line of the text, counted from 1.
    pub line: u32,
}

/// What may stand behind a command so that the bots take it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Anything: words are read, prose is passed over.
    Anything,
    /// Logins or teams only; a full stop behind one spoils the line.
    Logins,
    /// Only these words, or nothing.
    Only(&'static [&'static str]),
}

/// The commands in use. A line that begins with a slash and another word is a path or prose.
const KNOWN: &[(&str, Takes)] = &[
    ("approve", Takes::Anything),
    ("approved-vep", Takes::Anything),
    ("area", Takes::Anything),
    ("assign", Takes::Logins),
    ("cc", Takes::Logins),
    ("cherrypick", Takes::Anything),
    ("cherry-pick", Takes::Anything),
    ("close", Takes::Anything),
    ("committee", Takes::Anything),
    ("good-first-issue", Takes::Anything),
    ("help", Takes::Anything),
    ("hold", Takes::Anything),
    ("kind", Takes::Anything),
    ("label", Takes::Anything),
    ("lgtm", Takes::Only(&["cancel", "no-issue"])),
    ("lifecycle", Takes::Anything),
    ("milestone", Takes::Anything),
    ("ok-to-test", Takes::Anything),
    ("override", Takes::Anything),
    ("priority", Takes::Anything),
    ("release-note", Takes::Anything),
    ("release-note-none", Takes::Anything),
    ("reopen", Takes::Anything),
    ("retest", Takes::Anything),
    ("retest-required", Takes::Anything),
    ("retitle", Takes::Anything),
    ("sig", Takes::Anything),
    ("skip", Takes::Anything),
    ("test", Takes::Anything),
    ("transfer-issue", Takes::Anything),
    ("triage", Takes::Anything),
    ("unassign", Takes::Logins),
    ("uncc", Takes::Logins),
    ("unhold", Takes::Anything),
    ("wg", Takes::Anything),
];

/// The commands of `text` that count, in order.
pub fn commands(text: &str) -> Vec<Command> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = visible_lines(&text, 1, &mut Vec::new());
    let given = lines.iter().filter(|line| !line.code).filter_map(|line| {
        let (name, arguments) = command_of(&line.text)?;
        Some(Command { name, arguments: arguments.to_owned(), line: line.number })
    });
    given.collect()
}

/// Name and arguments, when the bots take `line` as a command.
pub(super) fn command_of(line: &str) -> Option<(String, &str)> {
    let rest = line.strip_prefix('/')?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (name, arguments) = rest.split_at_checked(end)?;
    if name.len() > 40 {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let bare = name.strip_prefix("remove-").unwrap_or(&name);
    let (_, takes) = KNOWN.iter().find(|(known, _)| *known == bare)?;
    let arguments = arguments.trim();
    // `$SIG` and `$ASSIGNEE` are what the template puts there.
    let fits = !arguments.starts_with('$')
        && match takes {
            Takes::Anything => true,
            Takes::Logins => arguments.bytes().all(|b| b.is_ascii_alphanumeric() || b" @-_/".contains(&b)),
            Takes::Only(words) => arguments.is_empty() || words.iter().any(|word| arguments.eq_ignore_ascii_case(word)),
        };
    fits.then_some((name, arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> Vec<(String, String, u32)> {
        commands(text).into_iter().map(|command| (command.name, command.arguments, command.line)).collect()
    }

    #[test]
    fn several_commands_keep_their_lines_and_arguments() {
        let expected = [("lgtm".to_owned(), String::new(), 3), ("assign".to_owned(), "@ada @bob-1".to_owned(), 4)];
        assert_eq!(given("Nice.\r\n\r\n/lgtm\r\n/assign @ada @bob-1 \r\n"), expected);
    }

    #[test]
    fn a_command_in_a_fenced_block_with_windows_line_ends_does_not_count() {
        assert_eq!(given("```\r\n/hold\r\n```\r\n/unhold"), [("unhold".to_owned(), String::new(), 4)]);
    }

    #[test]
    fn a_full_stop_behind_a_login_spoils_the_command() {
        assert!(given("/assign @ada.").is_empty());
        assert_eq!(given("/milestone v1.9.").len(), 1);
    }
}
