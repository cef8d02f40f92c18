//! The lines of a Markdown file that a reader sees: HTML comments taken out, code blocks marked, numbers kept.
//!
//! Comments go first, because templates carry example headings, targets and boxes inside them (FORMATS 2). What looks
//! like a comment inside a code block or a code span is text. This is a scanner of lines, not a Markdown parser: one
//! pass, no nesting, so that no input can make it slow. Blank lines are not kept; a line knows whether one precedes it.

use std::{borrow::Cow, collections::HashMap};

use domain::{Diagnostic, diagnostic::codes};

use super::{
    line_shape::{Fence, columns, fence_of, item_of},
    text::line_number,
};

/// A line that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Line in the file, counted from 1.
    pub number: u32,
    /// The text without comments and without trailing blanks.
    pub text: Cow<'a, str>,
    /// Whether it belongs to a code block, fences included: content, but nothing is read from it.
    pub code: bool,
    /// Whether that block is fenced; one that is not is code by its indentation alone.
    pub fenced: bool,
    /// Whether a blank line (or the start of the file) precedes it.
    pub after_blank: bool,
}

/// Takes the comments out of `text`, whose first line is line `first` of the file.
pub fn visible_lines<'a>(text: &'a str, first: u32, diagnostics: &mut Vec<Diagnostic>) -> Vec<Line<'a>> {
    let mut scan = Scan {
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

/// Whether a line is code, and by what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    No,
    Indented,
    Fenced,
}

struct Scan<'a> {
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
            self.push(number, Cow::Borrowed(line), Code::Fenced);
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
            self.push(number, text, Code::Fenced);
            return;
        }
        let indented_code = self.after_blank_or_code() && self.item.is_none() && columns(&text) >= 4;
        if !indented_code {
            self.track_item(&text);
        }
        self.push(number, text, if indented_code { Code::Indented } else { Code::No });
    }

    /// Within a fenced block: whether this line still belongs to it. Its closing line does, a line that leaves the
    /// list item around the block does not.
    fn stays_code(&mut self, line: &str) -> bool {
        let Some((fence, _)) = &self.fence else { return false };
        if fence.closed_by(line) {
            self.fence = None;
            return true;
        }
        if fence.column >= 2
            && self.item.is_some_and(|item| fence.column >= item && !line.trim().is_empty() && columns(line) < item)
        {
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

    fn push(&mut self, number: u32, text: Cow<'a, str>, code: Code) {
        if text.trim().is_empty() {
            self.after_blank = true;
            return;
        }
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end()),
            Cow::Owned(text) => Cow::Owned(text.trim_end().to_owned()),
        };
        self.lines.push(Line {
            number,
            text,
            code: code != Code::No,
            fenced: code == Code::Fenced,
            after_blank: self.after_blank,
        });
        self.after_blank = false;
    }

    fn without_comments(
        &mut self,
        number: u32,
        start: usize,
        line: &'a str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Cow<'a, str> {
        if !self.comment && !line.contains("<!--") {
            return Cow::Borrowed(line);
        }
        let mut spans = CodeSpans::of(line);
        let mut kept = String::new();
        let mut at = 0;
        loop {
            let rest = line.get(at..).unwrap_or_default();
            if self.comment {
                let Some(end) = rest.find("-->") else { break };
                at += end + 3;
                self.comment = false;
                continue;
            }
            let Some(next) = rest.find(['`', '<']) else {
                kept.push_str(rest);
                break;
            };
            let (plain, special) = rest.split_at_checked(next).unwrap_or((rest, ""));
            kept.push_str(plain);
            at += next;
            if !special.starts_with("<!--") {
                let end = if special.starts_with('`') { spans.end_of(at) } else { at + 1 };
                kept.push_str(line.get(at..end).unwrap_or_default());
                at = end;
            } else if self.last_close.is_none_or(|last| last < start + at + 2) {
                diagnostics.push(unterminated(number));
                self.comment = kept.trim().is_empty();
                if !self.comment {
                    kept.push_str(special);
                }
                break;
            } else {
                // `<!-->` is a whole comment, so the end may share the dashes of the start.
                at += 2;
                self.comment = true;
            }
        }
        Cow::Owned(kept)
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

/// `line` with blanks in place of its code spans.
pub fn outside_code(line: &str) -> Cow<'_, str> {
    if !line.contains('`') {
        return Cow::Borrowed(line);
    }
    let mut spans = CodeSpans::of(line);
    let mut kept = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(next) = line.get(at..).and_then(|rest| rest.find('`')) {
        kept.push_str(line.get(at..at + next).unwrap_or_default());
        kept.push(' ');
        at = spans.end_of(at + next);
    }
    kept.push_str(line.get(at..).unwrap_or_default());
    Cow::Owned(kept)
}

/// The runs of backticks of one line, to tell code spans from lone backticks in one pass.
struct CodeSpans {
    /// Start and length of each run, in reverse, so that the next one is popped.
    runs: Vec<(usize, usize)>,
    /// The last run of each length: a run behind which no equal one follows opens nothing.
    last: HashMap<usize, usize>,
}

impl CodeSpans {
    fn of(line: &str) -> Self {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, _) in line.bytes().enumerate().filter(|(_, b)| *b == b'`') {
            match runs.last_mut() {
                Some((from, length)) if *from + *length == at => *length += 1,
                _ => runs.push((at, 1)),
            }
        }
        let last = runs.iter().map(|(from, length)| (*length, *from)).collect();
        runs.reverse();
        Self { runs, last }
    }

    /// Where the code span ends that the run at `at` opens, or the run itself when it opens none.
    fn end_of(&mut self, at: usize) -> usize {
        while self.runs.last().is_some_and(|(from, _)| *from < at) {
            self.runs.pop();
        }
        let Some((from, length)) = self.runs.pop() else { return at + 1 };
        if self.last.get(&length).is_some_and(|last| *last > from) {
            while let Some((close, other)) = self.runs.pop() {
                if other == length {
                    return close + length;
                }
            }
        }
        from + length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(u32, String)> {
        visible_lines(text, 1, &mut Vec::new())
            .into_iter()
            .filter(|l| !l.code)
            .map(|l| (l.number, l.text.into_owned()))
            .collect()
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
