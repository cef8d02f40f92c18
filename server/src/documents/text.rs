//! From bytes to text: what every reader does first, so that all of them refuse and repair the same things.
//!
//! Nothing is known here about Markdown or YAML.

use std::borrow::Cow;

use domain::{Diagnostic, diagnostic::codes};

/// Longest single value that a reading keeps, in characters. Longer ones are cut and end in "…": nobody reads a title
/// of a megabyte, and every value ends up in a database row and on a page.
pub const MAX_VALUE_CHARS: usize = 2_000;

/// Decodes `bytes` leniently: a byte-order mark is skipped, line ends become `\n`, bytes that are not UTF-8 and NULs
/// become U+FFFD, each with a diagnostic.
///
/// # Errors
/// A single diagnostic when the file is larger than `limit` bytes or has nothing in it.
pub fn decode(bytes: &[u8], limit: usize, diagnostics: &mut Vec<Diagnostic>) -> Result<String, Diagnostic> {
    if bytes.len() > limit {
        return Err(Diagnostic::error(
            0,
            codes::TOO_LARGE,
            format!("The file has {} bytes; a reader takes at most {limit}.", bytes.len()),
            "Keep large attachments in files of their own and link them.",
        ));
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").map_or(bytes, |rest| {
        diagnostics.push(Diagnostic::note(
            1,
            codes::BYTE_ORDER_MARK,
            "The file begins with a byte-order mark.",
            "Save the file as UTF-8 without a byte-order mark.",
        ));
        rest
    });
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => {
            let line = line_at(body, error.valid_up_to());
            diagnostics.push(Diagnostic::error(
                line,
                codes::INVALID_UTF8,
                "The file holds bytes that are not UTF-8; they were replaced.",
                "Save the file as UTF-8.",
            ));
            String::from_utf8_lossy(body)
        }
    };
    let text = without_nul(text, diagnostics);
    if text.trim().is_empty() {
        return Err(Diagnostic::error(0, codes::EMPTY_FILE, "There is nothing in the file.", "Add its content."));
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() })
}

fn without_nul<'a>(text: Cow<'a, str>, diagnostics: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    let Some(at) = text.find('\0') else { return text };
    diagnostics.push(Diagnostic::error(
        line_at(text.as_bytes(), at),
        codes::NUL_BYTE,
        "The file holds NUL bytes; they were replaced.",
        "Save the file as plain UTF-8 text.",
    ));
    Cow::Owned(text.replace('\0', "\u{FFFD}"))
}

/// The line, counted from 1, on which the byte at `offset` stands.
fn line_at(bytes: &[u8], offset: usize) -> u32 {
    let before = bytes.get(..offset).unwrap_or(bytes);
    line_number(before.split(|b| *b == b'\n').count().saturating_sub(1))
}

/// A line number from a count of lines before it. Saturates; a file within the limits never gets there.
pub fn line_number(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// `text` without outer blanks, cut to [`MAX_VALUE_CHARS`].
pub fn clip(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(MAX_VALUE_CHARS) {
        Some((end, _)) => text.get(..end).map_or_else(String::new, |cut| format!("{cut}…")),
        None => text.to_owned(),
    }
}

/// A value as it may be quoted in a message: one line, short.
pub fn quoted(text: &str) -> String {
    let mut short: String = text.trim().chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.trim().chars().nth(60).is_some() {
        short.push('…');
    }
    format!("“{short}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_marks_and_broken_bytes_are_repaired_and_reported() {
        let mut diagnostics = Vec::new();
        let text = decode(b"\xEF\xBB\xBFa\r\nb\rc\xFF\0", 100, &mut diagnostics);
        assert_eq!(text.as_deref(), Ok("a\nb\nc\u{FFFD}\u{FFFD}"));
        let found: Vec<(&str, u32)> = diagnostics.iter().map(|d| (d.code.as_str(), d.line)).collect();
        assert_eq!(found, [("byte-order-mark", 1), ("invalid-utf8", 2), ("nul-byte", 2)]);
    }

    #[test]
    fn a_file_over_the_limit_is_refused_and_an_empty_one_too() {
        let code = |bytes: &[u8]| decode(bytes, 4, &mut Vec::new()).err().map(|d| d.code);
        assert_eq!(code(b"12345").as_deref(), Some("too-large"));
        assert_eq!(code(b" \n\t").as_deref(), Some("empty-file"));
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        let long = "ä".repeat(MAX_VALUE_CHARS + 5);
        assert_eq!(clip(&long).chars().count(), MAX_VALUE_CHARS + 1);
    }
}
