//! Markdown within a line, reduced to the words that a reader sees.
//!
//! No nesting, and never more than [`super::text::MAX_VALUE_CHARS`] of one line. Left out on purpose: entities,
//! reference links, raw HTML.

use super::text::{MAX_VALUE_CHARS, clip};

/// `text` without emphasis, code marks, escapes and link targets: `[**issue**](https://…)` becomes `issue`.
pub fn plain(text: &str) -> String {
    let text = &clip(text);
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    // A `](` behind the last `)` is no link, and need not be searched for an end.
    let last_paren = text.rfind(')').unwrap_or(0);
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['*', '_', '`', '\\', '[', ']', '~', '!']) {
        out.push_str(rest.get(..at).unwrap_or_default());
        let special = rest.get(at..).unwrap_or_default();
        let position = text.len() - special.len();
        let mark = special.chars().next().unwrap_or(' ');
        let next = special.chars().nth(1);
        let mut skip = mark.len_utf8();
        match mark {
            '\\' if next.is_some_and(|c| c.is_ascii_punctuation()) => {
                out.extend(next);
                skip += 1;
            }
            // An underscore or star between two word characters belongs to the word (`snake_case`).
            '_' | '*' | '~' if inside_word(bytes, position) => out.push(mark),
            '*' | '_' | '`' | '~' => {}
            '!' if next == Some('[') => {}
            ']' if next == Some('(') && position < last_paren => {
                skip += special.get(1..).and_then(|target| target.find(')')).map_or(0, |end| end + 1);
                if !out.ends_with(']') {
                    unbracket(&mut out);
                }
            }
            _ => out.push(mark),
        }
        rest = special.get(skip..).unwrap_or_default();
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// Adds a continuation line to a text that was made by [`plain`]. Beyond the longest value nothing is added, so that a
/// million continuation lines cost no more than their reading.
pub fn append(text: &mut String, line: &str) {
    if text.len() >= MAX_VALUE_CHARS {
        return;
    }
    let more = plain(line);
    if !more.is_empty() {
        text.push(' ');
        text.push_str(&more);
    }
}

fn inside_word(bytes: &[u8], at: usize) -> bool {
    let word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    at > 0 && word(bytes.get(at - 1)) && word(bytes.get(at + 1))
}

/// Drops the `[` that opened the link text which ends here.
fn unbracket(out: &mut String) {
    if let Some(open) = out.rfind('[') {
        out.remove(open);
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn marks_go_and_words_stay() {
        assert_eq!(plain("**Title** of `code` and ~old~"), "Title of code and old");
        assert_eq!(plain("Enhancement [issue](https://x.org/1) created"), "Enhancement issue created");
        assert_eq!(
            plain("links to dir in [kubevirt/enhancements] (not the PR)"),
            "links to dir in [kubevirt/enhancements] (not the PR)"
        );
        assert_eq!(plain(r"snake_case \# 2 * 3"), "snake_case # 2  3");
        assert_eq!(plain("[unfinished](link"), "[unfinished](link");
        assert_eq!(plain("![shot](a.png)"), "shot");
    }

    #[test]
    fn thousands_of_brackets_take_no_time() {
        plain(&"[".repeat(1_000_000));
        plain(&"](x)".repeat(250_000));
    }
}
