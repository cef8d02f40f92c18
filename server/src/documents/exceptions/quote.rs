//! Texts as YAML, so that any reader gets back exactly what was written.

use std::fmt::Write;

/// Whether a character may stand in a file as it is: it is seen, and no reader takes it for a line end.
fn plain(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{7f}'..='\u{a0}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{ffff}'
    );
    c >= ' ' && !unseen
}

/// A text between double quotes, on one line.
pub fn quoted_scalar(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            // Every such character is within the first plane.
            _ if !plain(c) => _ = write!(quoted, "\\u{:04x}", u32::from(c)),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A text as the value of a key that is indented by `indent`: several lines as a block, else between quotes.
pub fn text_scalar(text: &str, indent: usize) -> String {
    let fits = |line: &str| line.chars().all(plain) && !line.ends_with(' ');
    let first = text.lines().next().unwrap_or_default();
    let block = text.contains('\n')
        && !text.ends_with('\n')
        && !first.is_empty()
        && !first.starts_with(' ')
        && text.split('\n').all(fits);
    if !block {
        return quoted_scalar(text);
    }
    let margin = " ".repeat(indent + 2);
    let lines: Vec<_> =
        text.split('\n').map(|line| if line.is_empty() { String::new() } else { format!("{margin}{line}") }).collect();
    format!("|-\n{}", lines.join("\n"))
}
