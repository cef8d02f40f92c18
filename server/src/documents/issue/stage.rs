//! The current stage of the feature, and its gate.

use domain::{Diagnostic, IssueReading, Origin, Stage, Stated, diagnostic::codes};

use super::{
    super::{
        inline::plain,
        line_shape::item_of,
        outline::words,
        text::{MAX_VALUE_CHARS, clip, quoted},
    },
    parts::{Part, Parts},
    values::is_unstated,
};

/// Reads the stage: as written, and as understood when it begins with a stage and names no other.
pub fn read_stage(parts: &Parts<'_>, reading: &mut IssueReading, found: &mut Vec<Diagnostic>) {
    let mut whole = String::new();
    let mut line = 0;
    for said in parts.of(Part::Stage).take_while(|said| !said.text.trim_start().starts_with('/')) {
        if whole.is_empty() {
            line = said.line;
        } else if whole.len() > MAX_VALUE_CHARS {
            break;
        } else {
            whole.push(' ');
        }
        whole.push_str(&clip(said.text));
    }
    reading.stage_text = clip(&whole);
    if reading.stage_text.is_empty() {
        return;
    }
    let text: Vec<&str> = reading.stage_text.split_whitespace().filter(|word| !word.contains("://")).collect();
    let text = plain(&text.join(" "));
    match understood(&text) {
        Some(Understood::New) => {}
        Some(Understood::Stage(stage)) => reading.stage = Some(stage),
        None if !text.is_empty() && is_unstated(&text) => {}
        None => {
            let message = format!("{} is not one stage.", quoted(&reading.stage_text));
            let mend = "Write New, Alpha, Beta, GA or Deprecated.";
            found.push(Diagnostic::warning(line, codes::STAGE_UNREADABLE, message, mend));
        }
    }
}

/// What a text says about the stage.
enum Understood {
    /// Nothing is there yet.
    New,
    /// A stage.
    Stage(Stage),
}

/// The stage that a text begins with; none when it names two or begins otherwise.
fn understood(text: &str) -> Option<Understood> {
    let words = words(text);
    let mut named: Vec<&str> = Vec::new();
    for (at, word) in words.split(' ').enumerate() {
        let known = match word.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "general" if words.get(..20) == Some("general availability") => Some("ga"),
            "stable" => Some("ga"),
            stage @ ("new" | "alpha" | "beta" | "ga" | "deprecated") => Some(stage),
            _ => None,
        };
        match known {
            None if at == 0 => return None,
            Some(stage) if !named.contains(&stage) => named.push(stage),
            _ => {}
        }
    }
    match named.as_slice() {
        ["new"] => Some(Understood::New),
        [stage] => Some(Understood::Stage(Stage::of(stage))),
        _ => None,
    }
}

/// Reads the feature gate: the first name in backticks, else a line that is a name, perhaps with a remark behind it.
pub fn read_gate(parts: &Parts<'_>, found: &mut Vec<Diagnostic>) -> Option<Stated<String>> {
    let mut gate: Option<Stated<String>> = None;
    let mut unreadable = None;
    for said in parts.of(Part::Gate) {
        let text = clip(item_of(said.text).map_or(said.text, |item| item.text));
        let named = names_in_backticks(&text);
        if let (Some(first), Some(other)) = (&gate, named.iter().find(|name| differs(gate.as_ref(), name))) {
            let message = format!("{} and {} are both named; the first counts.", quoted(&first.value), quoted(other));
            let mend = "Name the gate of this proposal alone.";
            found.push(Diagnostic::note(said.line, codes::GATE_UNCLEAR, message, mend));
            break;
        }
        if gate.is_some() {
            continue;
        }
        let shown = plain(&text);
        // A bullet alone is the "-" with which people say that there is none.
        if text.is_empty() || (is_unstated(&shown) && !shown.is_empty()) {
            break;
        }
        gate = named.first().map(|name| (*name).to_owned()).or_else(|| leading_name(&shown)).map(|value| Stated {
            value,
            line: said.line,
            from: Origin::Line,
        });
        if gate.is_none() && unreadable.is_none() {
            unreadable = Some((said.line, text));
        }
    }
    if let Some((line, text)) = unreadable {
        let message = format!("{} is not the name of a feature gate.", quoted(&text));
        let mend = "Write the gate's full name, or N/A.";
        found.push(Diagnostic::warning(line, codes::GATE_UNREADABLE, message, mend));
    }
    gate
}

fn differs(gate: Option<&Stated<String>>, name: &str) -> bool {
    gate.is_some_and(|gate| gate.value != name)
}

fn names_in_backticks(text: &str) -> Vec<&str> {
    let all: Vec<&str> = text.split('`').collect();
    // With an odd number of backticks nobody can tell what is inside.
    if all.len().is_multiple_of(2) { Vec::new() } else { all.into_iter().filter(|name| is_gate(name)).collect() }
}

/// `VMExport`, `VSOCK (since v0.59)`, `GPUWithDRA - see below`.
fn leading_name(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let remark = rest.trim_start();
    let fits = remark.is_empty() || remark.starts_with(['(', '-', '–', '—', ',', '.', ';']);
    (fits && is_gate(name)).then(|| name.to_owned())
}

/// Whether `name` can be a feature gate: one word with a capital letter in it, and no stage.
fn is_gate(name: &str) -> bool {
    let word = name.bytes().all(|b| b.is_ascii_alphanumeric()) && (3..=100).contains(&name.len());
    word && name.bytes().any(|b| b.is_ascii_uppercase()) && understood(name).is_none() && !is_unstated(name)
}
