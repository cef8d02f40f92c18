//! Reads `schedule.yaml` of a release (P-1): rows, and the deadlines that follow from them.
//!
//! A row that cannot be read is left out and named; the others are kept, also when the YAML breaks half-way. Which row
//! is which deadline is decided in [`super::deadlines`]. Left out on purpose: `schedule.md`, which is drawn from the
//! YAML or, in old releases, made by hand.

use domain::{Diagnostic, ReleaseVersion, ScheduleReading, ScheduleRow, diagnostic::codes};

use super::{
    dates::read_date,
    deadlines,
    text::{clip, decode, line_number, quoted},
    yaml::{self, Node, Value},
};

/// Largest `schedule.yaml` that is read, in bytes. The real ones have about 2 KiB.
pub const MAX_SCHEDULE_BYTES: usize = 256 * 1024;

const KEYS: [&str; 5] = ["when", "milestone", "who", "what", "notes"];

/// Reads one `schedule.yaml`. `path` names the release by its directory (`releases/v1.10/schedule.yaml`).
///
/// Never fails: what cannot be read is in the diagnostics, and a deadline that the file does not state has no date.
pub fn read_schedule(path: &str, bytes: &[u8]) -> ScheduleReading {
    let mut diagnostics = Vec::new();
    let version = version_of(path);
    let rows = match decode(bytes, MAX_SCHEDULE_BYTES, &mut diagnostics) {
        Ok(text) => read_rows(&text, &mut diagnostics),
        Err(refusal) => {
            diagnostics.push(refusal);
            None
        }
    };
    if version.is_none() {
        diagnostics.push(Diagnostic::warning(
            0,
            codes::NO_VERSION,
            format!("The path {} names no release.", quoted(path)),
            "Keep the file as releases/vX.Y/schedule.yaml.",
        ));
    }
    let mut reading = ScheduleReading { version, diagnostics, ..ScheduleReading::default() };
    if let Some(rows) = rows {
        deadlines::find(&mut reading, rows);
    }
    reading.diagnostics.sort_by_key(|d| d.line);
    reading
}

/// The release that a path speaks of: its last directory of the form `vX.Y`.
fn version_of(path: &str) -> Option<ReleaseVersion> {
    path.rsplit('/').find_map(|part| part.strip_prefix(['v', 'V'])?.parse().ok())
}

/// `None` when the file is no schedule at all, so that missing deadlines need not be reported on top.
fn read_rows(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<ScheduleRow>> {
    match yaml::parse(text, 0, diagnostics) {
        Ok(Some(Node { value: Value::List(items), .. })) => {
            Some(items.iter().filter_map(|item| read_row(item, diagnostics)).collect())
        }
        Ok(root) => {
            diagnostics.push(not_a_schedule(text, root.as_ref()));
            None
        }
        Err(error) if error.code == codes::YAML_BROKEN => {
            diagnostics.push(error);
            let rows = rows_one_by_one(text, diagnostics);
            if rows.is_empty() { None } else { Some(rows) }
        }
        Err(error) => {
            diagnostics.push(error);
            None
        }
    }
}

fn not_a_schedule(text: &str, root: Option<&Node>) -> Diagnostic {
    let line = root.map_or(0, |node| node.line);
    let target = text.trim();
    let is_path = !target.contains(char::is_whitespace) && (target.contains('/') || target.contains(".yaml"));
    if is_path && root.is_some_and(|node| node.text().is_some()) {
        return Diagnostic::error(
            line,
            codes::SYMLINK_TEXT,
            format!("The file is a symbolic link to {}, not a schedule.", quoted(target)),
            "Read the file that the link points to.",
        );
    }
    Diagnostic::error(
        line,
        codes::NOT_A_SCHEDULE,
        "The file is not a list of rows.",
        "Write a list whose rows have the keys when, milestone, who, what, notes.",
    )
}

/// Reads each row as a YAML of its own, so that one broken row does not cost the others.
fn rows_one_by_one(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<ScheduleRow> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_item = |line: &str| line.trim_start_matches(' ').starts_with("- ") || line.trim() == "-";
    let Some(outer) = text.lines().find(|line| is_item(line)).map(indent) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut start = 0;
    let mut chunk = String::new();
    let mut flush = |chunk: &str, start: usize, diagnostics: &mut Vec<Diagnostic>| {
        let lines_before = line_number(start).saturating_sub(1);
        match yaml::parse(chunk, lines_before, &mut Vec::new()) {
            Ok(Some(Node { value: Value::List(items), .. })) => {
                rows.extend(items.iter().filter_map(|item| read_row(item, diagnostics)));
            }
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => diagnostics.push(Diagnostic::error(
                lines_before.saturating_add(1),
                codes::ROW_LOST,
                "This row could not be read and was left out.",
                "Correct its YAML.",
            )),
        }
    };
    for (number, line) in text.lines().enumerate() {
        if is_item(line) && indent(line) == outer && !chunk.is_empty() {
            flush(&chunk, start, diagnostics);
            chunk.clear();
            start = number;
        }
        chunk.push_str(line);
        chunk.push('\n');
    }
    flush(&chunk, start, diagnostics);
    rows
}

fn read_row(item: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<ScheduleRow> {
    let Value::Map(pairs) = &item.value else {
        diagnostics.push(Diagnostic::error(
            item.line,
            codes::ROW_LOST,
            "This entry of the list is not a row of keys and values; it was left out.",
            "Write it as keys when, milestone, who, what, notes, or remove it.",
        ));
        return None;
    };
    let mut values: [Option<&Node>; KEYS.len()] = [None; KEYS.len()];
    for (key, value) in pairs {
        let name = key.text().unwrap_or_default();
        let slot = KEYS.iter().zip(values.iter_mut()).find(|(known, _)| **known == name).map(|(_, slot)| slot);
        match slot {
            Some(slot) if slot.is_none() => *slot = Some(value),
            Some(_) => diagnostics.push(duplicate_key(key.line, name)),
            None => diagnostics.push(Diagnostic::warning(
                key.line,
                codes::UNKNOWN_KEY,
                format!("The key {} means nothing in a schedule.", quoted(name)),
                "Use only when, milestone, who, what, notes.",
            )),
        }
    }
    let [when, milestone, who, what, notes] =
        values.map(|value| value.map_or(String::new(), |v| scalar(v, diagnostics)));
    let line = pairs.first().map_or(item.line, |(key, _)| key.line);
    let when = match read_date(&when) {
        Ok(day) => day,
        Err(reason) => {
            diagnostics.push(undated(line, &when, &reason, if milestone.is_empty() { &what } else { &milestone }));
            return None;
        }
    };
    Some(ScheduleRow { when, milestone: plain_milestone(&milestone), who, what, notes, line })
}

fn undated(line: u32, when: &str, reason: &str, name: &str) -> Diagnostic {
    let mend = "Give the row a day such as when: 2026/06/24.";
    if when.is_empty() {
        let message = format!("The row {} states no day and was left out.", quoted(name));
        return Diagnostic::error(line, codes::ROW_WITHOUT_DATE, message, mend);
    }
    let message =
        format!("The day {} of the row {} cannot be read: {reason}. The row was left out.", quoted(when), quoted(name));
    Diagnostic::error(line, codes::BAD_DATE, message, mend)
}

/// The remark that a map states `name` twice.
pub(super) fn duplicate_key(line: u32, name: &str) -> Diagnostic {
    Diagnostic::warning(
        line,
        codes::DUPLICATE_KEY,
        format!("The key {} is stated twice; the first value counts.", quoted(name)),
        "Remove one of the two.",
    )
}

fn scalar(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> String {
    node.text().map_or_else(
        || {
            diagnostics.push(Diagnostic::warning(
                node.line,
                codes::ODD_VALUE,
                "A list or map stands where a text is expected; it was left out.",
                "Write a single text.",
            ));
            String::new()
        },
        clip,
    )
}

fn plain_milestone(text: &str) -> String {
    text.trim_matches(|c: char| c == '*' || c == '_' || c == '`' || c.is_whitespace()).to_owned()
}
