//! The lines of a Markdown file that a reader sees: HTML comments taken out, code blocks marked, numbers kept.
//!
//! Comments go first, because templates carry example headings, targets and boxes inside them (FORMATS 2). What looks
//! like a comment inside a code block or a code span is text. This is a scanner of lines, not a Markdown parser: one
//! pass, no nesting, so that no input can make it slow. Blank lines are not kept; a line knows whether one precedes it.

use std::borrow::Cow;

use domain::{Diagnostic, diagnostic::codes};

use super::{line_shape::{Fence, columns, fence_of, item_of}, text::line_number};

/// A line that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Line in the file, counted from 1.
    pub number: u32,
    /// The text without comments and without trailing blanks.
    pub text: Cow<'a, str>,
    /// Whether it belongs to a code block, fences included: content, but nothing is read from it.
    pub code: bool,
    /// Whether a blank line (or the start of the file) precedes it.
    pub after_blank: bool,
}

/// Takes the comments out of `text`, whose first line is line `first` of the file.
pub fn visible_lines<'a>(text: &'a str, first: u32, diagnostics: &mut Vec<Diagnostic>) -> Vec<Line<'a>> {
    let mut scan = Scan {
        text,
        last_close: text.rfind("-->"),
        comment: false,
        fence: None,
        item: None,
        lines: Vec::new(),
        after_blank: true,
    };
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let number = line_number(index).saturating_add(first.saturating_sub(1));
        scan.line(number, start, line, diagnostics);
        start += line.len() + 1;
    }
    if let Some((_, opened)) = scan.fence {
        diagnostics.push(Diagnostic::warning(
            opened,
            codes::UNTERMINATED_FENCE,
            "The code block that begins here is never closed, so nothing after it is read.",
            "Close it with a line of the same backticks or tildes.",
        ));
    }
    scan.lines
}

struct Scan<'a> {
    text: &'a str,
    /// Where the last `-->` of the file starts; a comment opened behind it never ends.
    last_close: Option<usize>,
    comment: bool,
    fence: Option<(Fence, u32)>,
    /// Column at which the content of the current list item starts.
    item: Option<usize>,
    lines: Vec<Line<'a>>,
    after_blank: bool,
}

impl<'a> Scan<'a> {
    fn line(&mut self, number: u32, start: usize, line: &'a str, diagnostics: &mut Vec<Diagnostic>) {
        if self.stays_code(line) {
            self.push(number, Cow::Borrowed(line), true);
            return;
        }
        let had_comment = self.comment;
        let text = self.without_comments(number, start, line, diagnostics);
        if text.trim().is_empty() {
            // A line that only a comment filled is no paragraph break by itself, but nothing that follows continues
            // the text before it in a way that matters here.
            self.after_blank = true;
            return;
        }
        if !had_comment && let Some(fence) = fence_of(&text) {
            self.fence = Some((fence, number));
            self.push(number, text, true);
            return;
        }
        let indented_code = self.after_blank_or_code() && self.item.is_none() && columns(&text) >= 4;
        if !indented_code {
            self.track_item(&text);
        }
        self.push(number, text, indented_code);
    }

    /// Within a fenced block: whether this line still belongs to it. Its closing line does, a line that leaves the
    /// list item around the block does not.
    fn stays_code(&mut self, line: &str) -> bool {
        let Some((fence, _)) = &self.fence else { return false };
        if fence.closed_by(line) {
            self.fence = None;
            return true;
        }
        if fence.column >= 2 && self.item.is_some_and(|item| fence.column >= item && !line.trim().is_empty() && columns(line) < item) {
            self.fence = None;
            return false;
        }
        true
    }

    fn after_blank_or_code(&self) -> bool {
        self.after_blank || self.lines.last().is_none_or(|line| line.code)
    }

    fn track_item(&mut self, text: &str) {
        if let Some(item) = item_of(text) {
            if self.item.is_none_or(|outer| columns(text) < outer) {
                self.item = Some(item.content_column);
            }
        } else if self.after_blank && self.item.is_some_and(|outer| columns(text) < outer) || text.starts_with('#') {
            self.item = None;
        }
    }

    fn push(&mut self, number: u32, text: Cow<'a, str>, code: bool) {
        if text.trim().is_empty() {
            self.after_blank = true;
            return;
        }
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end()),
            Cow::Owned(text) => Cow::Owned(text.trim_end().to_owned()),
        };
        self.lines.push(Line { number, text, code, after_blank: self.after_blank });
        self.after_blank = false;
    }

    fn without_comments(&mut self, number: u32, start: usize, line: &'a str, diagnostics: &mut Vec<Diagnostic>) -> Cow<'a, str> {
        if !self.comment && !line.contains("<!--") {
            return Cow::Borrowed(line);
        }
        let mut kept = String::new();
        let mut rest = line;
        loop {
            if self.comment {
                let Some(end) = rest.find("-->") else { return Cow::Owned(kept) };
                rest = rest.get(end + 3..).unwrap_or_default();
                self.comment = false;
            }
            let Some(open) = comment_start(rest) else {
                kept.push_str(rest);
                return Cow::Owned(kept);
            };
            let (before, comment) = rest.split_at_checked(open).unwrap_or((rest, ""));
            kept.push_str(before);
            let at = start + line.len() - comment.len();
            if self.last_close.is_none_or(|last| last < at + 2) {
                diagnostics.push(unterminated(number));
                let opens_line = before.trim().is_empty() && kept.trim().is_empty();
                if !opens_line {
                    kept.push_str(comment);
                }
                self.comment = opens_line;
                return Cow::Owned(kept);
            }
            // `<!-->` is a whole comment, so the end may share the dashes of the start.
            rest = comment.get(2..).unwrap_or_default();
            self.comment = true;
        }
    }
}

fn unterminated(line: u32) -> Diagnostic {
    Diagnostic::warning(
        line,
        codes::UNTERMINATED_COMMENT,
        "The comment that begins here is never closed; where it begins a line, nothing after it is read.",
        "Close it with -->.",
    )
}

/// Where the first comment of `line` starts that is not inside a code span.
fn comment_start(line: &str) -> Option<usize> {
    let first = line.find("<!--")?;
    let bytes = line.as_bytes();
    let run_at = |from: usize| bytes.iter().skip(from).take_while(|b| **b == b'`').count();
    // The last place of each run length, so that a run without a partner is found out at once.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes.iter().skip(at).position(|b| *b == b'`') {
        let from = at + found;
        let length = run_at(from);
        runs.push((from, length));
        at = from + length;
    }
    let mut last = std::collections::HashMap::new();
    for (from, length) in &runs {
        last.insert(*length, *from);
    }
    let mut open = first;
    let mut covered = 0;
    let mut pairs = runs.iter();
    while let Some((from, length)) = pairs.next() {
        if *from > open {
            break;
        }
        if *from < covered || last.get(length).is_none_or(|l| l == from) {
            continue;
        }
        let Some((close, _)) = pairs.find(|(_, other)| other == length) else { break };
        covered = close + length;
        if open < covered {
            open = covered + line.get(covered..)?.find("<!--")?;
        }
    }
    Some(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(u32, String)> {
        visible_lines(text, 1, &mut Vec::new()).into_iter().filter(|l| !l.code).map(|l| (l.number, l.text.into_owned())).collect()
    }

    fn one(number: u32, text: &str) -> Vec<(u32, String)> {
        vec![(number, text.to_owned())]
    }

    #[test]
    fn comments_go_and_line_numbers_stay() {
        assert_eq!(seen("<!--\n# a\n-->\n\n# b"), one(5, "# b"));
        assert_eq!(seen("x <!-- one --> y <!-- two\nthree --> z"), vec![(1, "x  y".to_owned()), (2, " z".to_owned())]);
        assert_eq!(seen("<!--> a"), one(1, " a"));
        assert_eq!(seen("<!-- a <!-- b --> c"), one(1, " c"));
    }

    #[test]
    fn what_looks_like_a_comment_in_code_is_text() {
        assert_eq!(seen("```html\n<!--\n```\ntext"), one(4, "text"));
        assert_eq!(seen("use `<!--` here\nnext"), vec![(1, "use `<!--` here".to_owned()), (2, "next".to_owned())]);
        assert_eq!(seen("a `b <!-- c\n--> d"), vec![(1, "a `b".to_owned()), (2, " d".to_owned())]);
    }

    #[test]
    fn a_fence_inside_a_comment_is_no_fence() {
        assert_eq!(seen("<!--\n```\n-->\ntext"), one(4, "text"));
    }

    #[test]
    fn an_unterminated_comment_hides_the_rest_only_when_it_begins_a_line() {
        let mut diagnostics = Vec::new();
        assert!(visible_lines("<!-- a\n# b", 1, &mut diagnostics).is_empty());
        assert_eq!(diagnostics[0].code, "unterminated-comment");
        assert_eq!(seen("a <!-- b\nc"), vec![(1, "a <!-- b".to_owned()), (2, "c".to_owned())]);
    }

    #[test]
    fn a_code_block_in_a_list_ends_with_its_item() {
        assert_eq!(seen("- a\n  ```\n  x\ntext").last(), Some(&(4, "text".to_owned())));
        assert_eq!(seen("````\n```\n````\ntext"), one(4, "text"));
        assert_eq!(seen("text\n\n    # code\n\ntext").len(), 2);
    }

    #[test]
    fn lines_of_one_megabyte_take_no_time() {
        for unit in ["`", "<!--", "`<!--", "`` ` <!--", "<!-- -->", "-->", "> ", "- ", "[", "~"] {
            let line = unit.repeat(1_000_000 / unit.len());
            visible_lines(&line, 1, &mut Vec::new());
        }
    }
}
