//! Reads a list that is no YAML: record by record, and where a record is none either, line by line.

use domain::{Diagnostic, ReleaseVersion, diagnostic::codes};

use super::{
    super::{
        text::{line_number, quoted},
        yaml::{self, Node, Value},
    },
    keys::Key,
    phase::Phase,
    repair::repaired,
};

/// What was found in the lines.
#[derive(Debug, Default)]
pub struct Found {
    /// The release that a line of its own names.
    pub release: Option<ReleaseVersion>,
    /// Records, each with the part whose key stands above it.
    pub records: Vec<(Option<Phase>, Node)>,
}

/// The records of a text. A record begins with an item such as `- name:`; what stands before the first is nothing.
pub fn read_lines(text: &str, lines_before: u32, diagnostics: &mut Vec<Diagnostic>) -> Found {
    let mut found = Found::default();
    let mut phase = None;
    let mut chunk: Option<(u32, String)> = None;
    for (at, line) in text.lines().enumerate() {
        let number = line_number(at).saturating_add(lines_before);
        if let Some(named) = part(line) {
            close(&mut chunk, phase, &mut found, diagnostics);
            phase = Some(named);
        } else if begins_record(line) {
            close(&mut chunk, phase, &mut found, diagnostics);
            chunk = Some((number, format!("{line}\n")));
        } else if let Some((_, lines)) = &mut chunk {
            lines.push_str(line);
            lines.push('\n');
        } else if let Some(version) = line.strip_prefix("release:").and_then(|value| value.trim().parse().ok()) {
            found.release = Some(version);
        } else if !is_nothing(line) {
            diagnostics.push(left_out(number, line));
        }
    }
    close(&mut chunk, phase, &mut found, diagnostics);
    found
}

fn close(
    chunk: &mut Option<(u32, String)>,
    phase: Option<Phase>,
    found: &mut Found,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some((line, lines)) = chunk.take() else { return };
    if let Ok(Some(Node { value: Value::List(items), .. })) =
        yaml::parse(&lines, line.saturating_sub(1), &mut Vec::new())
        && items.iter().all(|item| matches!(item.value, Value::Map(_)))
    {
        found.records.extend(items.into_iter().map(|item| (phase, item)));
        return;
    }
    diagnostics.push(repaired(line, "This record is no YAML; it was read line by line"));
    found.records.push((phase, by_lines(&lines, line, diagnostics)));
}

/// A line such as `codeFreeze:`.
fn part(line: &str) -> Option<Phase> {
    let (name, rest) = line.split_once(':')?;
    let rest = rest.trim();
    let bare = !name.starts_with([' ', '-', '#']) && (rest.is_empty() || rest.starts_with('#') || rest == "null");
    if bare { Phase::named(name) } else { None }
}

fn begins_record(line: &str) -> bool {
    let body = line.trim_start();
    let Some(item) = body.strip_prefix('-') else { return false };
    pair(item.trim_start()).and_then(|(name, _)| Key::named(name)).is_some_and(Key::begins)
}

fn is_nothing(line: &str) -> bool {
    let body = line.trim();
    body.is_empty() || body == "-" || body.starts_with('#')
}

/// A record as a map from what its lines say. An item belongs to the key above it.
fn by_lines(lines: &str, first: u32, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let mut pairs: Vec<(Node, Node)> = Vec::new();
    for (at, line) in lines.lines().enumerate() {
        let number = first.saturating_add(line_number(at)).saturating_sub(1);
        let text = |text: &str| Node { line: number, value: Value::Text(text.to_owned()) };
        let body = line.trim();
        let item = body.strip_prefix('-').map(str::trim);
        let body = if at == 0 { item.unwrap_or(body) } else { body };
        if is_nothing(line) {
            continue;
        }
        if let Some(item) = item.filter(|_| at > 0) {
            let Some((_, value)) = pairs.last_mut() else { continue };
            let before = std::mem::replace(&mut value.value, Value::Null);
            let mut items = match before {
                Value::List(items) => items,
                Value::Text(_) => vec![Node { line: value.line, value: before }],
                Value::Null | Value::Map(_) => Vec::new(),
            };
            items.push(text(&unquoted(item)));
            value.value = Value::List(items);
        } else if let Some((name, value)) = pair(body) {
            let value = unquoted(value);
            let value = if value.is_empty() { Value::Null } else { Value::Text(value) };
            pairs.push((text(name), Node { line: number, value }));
        } else {
            diagnostics.push(left_out(number, line));
        }
    }
    Node { line: first, value: Value::Map(pairs) }
}

/// Name and value of `status: denied`; the space may be missing behind a name that is known.
fn pair(body: &str) -> Option<(&str, &str)> {
    let (name, value) = body.split_once(':')?;
    let spaced = value.is_empty() || value.starts_with([' ', '\t']);
    let word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let known = Key::named(name).is_some();
    (known || (spaced && word)).then(|| (name.trim(), value.trim()))
}

fn unquoted(text: &str) -> String {
    let bare = text.trim().trim_end_matches(',').trim_end();
    let between = |quote: char| bare.strip_prefix(quote)?.strip_suffix(quote);
    match (between('"'), between('\'')) {
        (Some(inside), _) => inside.replace("\\\"", "\""),
        (_, Some(inside)) => inside.replace("''", "'"),
        _ => bare.split(" #").next().unwrap_or(bare).trim_end().to_owned(),
    }
}

fn left_out(line: u32, text: &str) -> Diagnostic {
    Diagnostic::warning(
        line,
        codes::ODD_VALUE,
        format!("The line {} could not be read and was left out.", quoted(text)),
        "Write it as a key of the record.",
    )
}
