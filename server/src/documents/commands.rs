//! The slash commands of a comment or of a text, as far as the bots of the field act on them.
//!
//! They act on a line that begins with the command, without a blank before it, and with nothing glued to it. What is
//! quoted, in code or in an HTML comment speaks of a command and is none. Left out on purpose: whether the author may
//! give it, and whether what it names exists; the labels tell what came of it.

use domain::{Diagnostic, diagnostic::codes};

use super::{text::quoted, visible::visible_lines};

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

/// Lines of `text` that look like a command although the bots do not act on them, with why. What is quoted or in code is
/// only worth a note: it may well be meant so.
pub fn ignored_commands(text: &str) -> Vec<Diagnostic> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = visible_lines(&text, 1, &mut Vec::new());
    lines.iter().filter_map(|line| ignored(&line.text, line.code, line.number)).collect()
}

fn ignored(line: &str, code: bool, number: u32) -> Option<Diagnostic> {
    let (before, rest) = line.split_at_checked(line.find('/')?)?;
    if before.chars().any(char::is_alphanumeric) || !code && command_of(line).is_some() {
        return None;
    }
    let word = rest.get(1..)?.split(char::is_whitespace).next()?.trim_end_matches(['`', '.', ',', ';', ':', '!']);
    let word = word.to_ascii_lowercase();
    let bare = word.strip_prefix("remove-").unwrap_or(&word);
    KNOWN.iter().find(|(known, _)| *known == bare)?;
    let alone = "Put the command at the beginning of a line of its own.";
    let meant = "Nothing, unless it was meant as a command; then put it on a line of its own.";
    let (why, mend, spoken_of) = match before {
        _ if code => ("it stands in a block of code", meant, true),
        _ if before.contains('>') => ("it is quoted", meant, true),
        _ if before.contains('`') => ("it is set as code", meant, true),
        "" => ("what stands behind it spoils it", "Put only what the command takes behind it.", false),
        _ if before.trim().is_empty() => ("there is a blank before it", alone, false),
        _ => ("something stands before it", alone, false),
    };
    let message = format!("{} looks like a command, but the bots pass it over: {why}.", quoted(line.trim()));
    Some(if spoken_of {
        Diagnostic::note(number, codes::COMMAND_IGNORED, message, mend)
    } else {
        Diagnostic::warning(number, codes::COMMAND_IGNORED, message, mend)
    })
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
    fn what_only_looks_like_a_command_is_told_with_its_line_and_why() {
        let told = |text: &str| -> Vec<(u32, domain::Severity, String)> {
            let all = ignored_commands(text).into_iter();
            all.map(|found| (found.line, found.severity, found.message)).collect()
        };
        for (text, warns, why) in [
            ("> /unhold", false, "it is quoted"),
            ("Use\n```\n/milestone v1.9\n```", false, "it stands in a block of code"),
            ("`/milestone v1.9`", false, "it is set as code"),
            ("./sig compute", true, "something stands before it"),
            (" /hold", true, "there is a blank before it"),
            ("- /sig compute", true, "something stands before it"),
            ("/assign @ada.", true, "what stands behind it spoils it"),
            ("/lgtm...", true, "what stands behind it spoils it"),
        ] {
            let told = told(text);
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert_eq!(told[0].1 == domain::Severity::Warning, warns, "{text}");
            assert!(told[0].2.ends_with(&format!("{why}.")), "{text}: {}", told[0].2);
        }
        assert_eq!(told("Use\n\n```\n/hold\n```")[0].0, 4);
        for text in ["/hold", "/usr/bin/env", "and/or", "see /hold", "// /hold <!--\n/hold\n-->", "/assign @ada", "/"] {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn a_full_stop_behind_a_login_spoils_the_command() {
        assert!(given("/assign @ada.").is_empty());
        assert_eq!(given("/milestone v1.9.").len(), 1);
    }
}
