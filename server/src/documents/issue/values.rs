//! What the fields of the form have in common: values that state nothing, and what the template left behind.

use domain::{Diagnostic, TargetReading, diagnostic::codes};

use super::{super::text::quoted, parts::Said};

/// Whether a value says that there is none, or none yet: "N/A", "None", "TBD", "-", "No gate is needed".
pub fn is_unstated(text: &str) -> bool {
    let states = matches!(TargetReading::of(text), TargetReading::Version(_) | TargetReading::Unreadable);
    let head: String = text.trim().chars().take(12).collect::<String>().to_ascii_lowercase();
    !states || head.starts_with("no ") || head.starts_with("not ") || head == "no"
}

/// Reports a placeholder of the template such as `$SIG`.
pub fn remark_on_placeholder(text: &str, line: u32, found: &mut Vec<Diagnostic>) {
    let message = format!("{} is what the template puts here.", quoted(text));
    let mend = "Replace it, or delete the line.";
    found.push(Diagnostic::note(line, codes::PLACEHOLDER_LEFT, message, mend));
}

/// Reports a line that was read, but that the bots do not take as a command.
pub fn remark_on_ignored(said: &Said<'_>, found: &mut Vec<Diagnostic>) {
    let message = format!("{} was read, but the bots do not take it as a command.", quoted(said.text));
    let mend = "Put the command on a line of its own, without anything before it or glued to it.";
    found.push(Diagnostic::note(said.line, codes::COMMAND_IGNORED, message, mend));
}
