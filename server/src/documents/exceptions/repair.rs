//! Mends lines that are no YAML, in the ways in which lists written by hand break (FORMATS 5). Every line that is changed
//! is named. Lines of block texts are people's words and are left alone.

use domain::{Diagnostic, diagnostic::codes};

use super::{super::text::line_number, keys::Key, quote::quoted_scalar};

/// The text with its lines mended, and what was mended.
pub fn mend(text: &str, lines_before: u32) -> (String, Vec<Diagnostic>) {
    let lines: Vec<&str> = text.lines().collect();
    let mut mended = String::with_capacity(text.len() + 16);
    let mut found = Vec::new();
    let mut block: Option<usize> = None;
    let mut next_indents = next_indents(&lines).into_iter();
    for (at, line) in lines.iter().enumerate() {
        let next = next_indents.next().unwrap_or_default();
        let indent = indent(line);
        if block.is_some_and(|outer| indent > outer || line.trim().is_empty()) {
            push(&mut mended, line);
            continue;
        }
        block = begins_block(line).then_some(indent);
        match mend_line(line, next) {
            Some((better, what)) => {
                found.push(repaired(line_number(at).saturating_add(lines_before), what));
                push(&mut mended, &better);
            }
            None => push(&mut mended, line),
        }
    }
    (mended, found)
}

/// The remark that something was read as it was meant.
pub fn repaired(line: u32, what: &str) -> Diagnostic {
    Diagnostic::warning(line, codes::YAML_REPAIRED, format!("{what}."), "Correct the line, so that others can read it.")
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn mend_line(line: &str, next_indent: usize) -> Option<(String, &'static str)> {
    let invisible = |c: char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    if line.contains(invisible) && line.chars().all(|c| c.is_whitespace() || invisible(c)) {
        return Some((String::new(), "A blank line holds characters that nobody sees; it was read as blank"));
    }
    let body = line.trim_start();
    let start = line.get(..line.len() - body.len())?;
    if start.contains(|c: char| c != ' ') {
        return Some((
            format!("{}{body}", "  ".repeat(start.chars().count())),
            "The line is indented by other characters than spaces; they were read as spaces",
        ));
    }
    let body = body.trim_end();
    if body == "-" {
        let stray = next_indent <= start.len();
        return stray.then(|| (String::new(), "A list item without anything in it was left out"));
    }
    if body.starts_with('-') && (body.ends_with("\",") || body.ends_with("',")) {
        let bare = body.trim_end_matches(',');
        return Some((format!("{start}{bare}"), "A comma behind a list item was left out"));
    }
    mend_pair(start, body)
}

/// `status:Approved`, `name: Taint: force`.
fn mend_pair(start: &str, body: &str) -> Option<(String, &'static str)> {
    let item = if body.starts_with("- ") { body.len() - body.trim_start_matches(['-', ' ']).len() } else { 0 };
    let (dash, pair) = body.split_at_checked(item)?;
    let (name, value) = pair.split_once(':')?;
    let key = Key::named(name)?;
    let bare = value.trim();
    if key == Key::Name && !bare.starts_with(['"', '\'']) && (bare.contains(": ") || bare.ends_with(':')) {
        let line = format!("{start}{dash}{name}: {}", quoted_scalar(bare));
        return Some((line, "The name holds a colon without quotes; it was read as one text"));
    }
    let joined = !value.is_empty() && !value.starts_with([' ', '\t']);
    joined.then(|| {
        (format!("{start}{dash}{name}: {value}"), "There is no space behind the colon; it was read as if there were")
    })
}

fn begins_block(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or_default();
    let style = last.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    matches!(style, "|" | ">") && line.contains(':')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// For each line the indent of the next one that holds something; 0 at the end.
fn next_indents(lines: &[&str]) -> Vec<usize> {
    let mut next = 0;
    let mut indents: Vec<usize> = lines
        .iter()
        .rev()
        .map(|line| {
            let mine = next;
            if !line.trim().is_empty() {
                next = indent(line);
            }
            mine
        })
        .collect();
    indents.reverse();
    indents
}
