//! The headings of a document, and the lines between them.

use super::{
    inline::plain,
    line_shape::{heading_of, is_quote, item_of, underline_of},
    visible::Line,
};

/// A heading and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: usize,
    /// Its text without Markdown.
    pub text: String,
    /// Line in the file.
    pub line: u32,
    /// Index of its line among the visible lines.
    pub at: usize,
    /// Index of the first visible line behind it.
    pub body: usize,
}

/// All headings of `lines`, in order; those in code blocks and quotes are none.
pub fn outline(lines: &[Line<'_>]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut paragraph = 0;
    for (at, line) in lines.iter().enumerate() {
        if line.code || is_quote(&line.text) {
            paragraph = 0;
            continue;
        }
        if let Some((level, text)) = heading_of(&line.text) {
            headings.push(Heading { level, text: plain(text), line: line.number, at, body: at + 1 });
            paragraph = 0;
            continue;
        }
        if line.after_blank {
            paragraph = 0;
        }
        if let (1, Some(level), Some(above)) = (paragraph, underline_of(&line.text), at.checked_sub(1)) {
            if let Some(text) = lines.get(above).filter(|text| item_of(&text.text).is_none()) {
                headings.push(Heading { level, text: plain(&text.text), line: text.number, at: above, body: at + 1 });
            }
            paragraph = 0;
            continue;
        }
        paragraph += 1;
    }
    headings
}

/// Lower-case words with single blanks, so that headings and sentences can be compared whatever their punctuation.
pub fn words(text: &str) -> String {
    let mut out = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// The words of a heading without numbering before it, and without brackets or a version behind it:
/// `3. Alpha (v1.9)` is `alpha`.
pub fn heading_words(text: &str) -> String {
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let bare = bare.split(['(', '[']).next().unwrap_or(bare);
    let all = words(bare);
    let versionlike = |word: &str| {
        let digits = word.strip_prefix('v').unwrap_or(word);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let kept: Vec<&str> = all.split(' ').take_while(|word| !versionlike(word)).collect();
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{super::visible::visible_lines, *};

    fn found(text: &str) -> Vec<(usize, String, u32)> {
        let lines = visible_lines(text, 1, &mut Vec::new());
        outline(&lines).into_iter().map(|h| (h.level, h.text, h.line)).collect()
    }

    #[test]
    fn both_kinds_of_heading_are_found() {
        assert_eq!(
            found("Title\n=====\n\n## **Goals** ##\ntext"),
            [(1, "Title".to_owned(), 1), (2, "Goals".to_owned(), 4)]
        );
    }

    #[test]
    fn rules_lists_quotes_and_code_make_no_heading() {
        assert!(found("a\nb\n---\n\n- item\n---\n\n> # quoted\n\n```\n# code\n```\n\ntext\n\n---").is_empty());
    }

    #[test]
    fn headings_compare_by_their_words() {
        assert_eq!(heading_words("3. Alpha (v1.9)"), "alpha");
        assert_eq!(heading_words("Beta - v1.10:"), "beta");
        assert_eq!(heading_words("Non-Goals:"), "non goals");
        assert_eq!(heading_words("Update / Rollback Compatibility"), "update rollback compatibility");
    }
}
