//! What a single line of Markdown is: heading, list item, box, fence, quote.
//!
//! Each question is answered from the line alone, in one pass over it.

/// Columns of blanks before the text, tabs counting to the next multiple of four.
pub fn columns(line: &str) -> usize {
    let mut column = 0;
    for c in line.chars() {
        match c {
            ' ' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => break,
        }
    }
    column
}

/// `## Design ##` as level and text; at most three blanks before the hashes.
pub fn heading_of(line: &str) -> Option<(usize, &str)> {
    if columns(line) > 3 {
        return None;
    }
    let text = line.trim();
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let title = rest.trim();
    let bare = title.trim_end_matches('#');
    let closed = bare.is_empty() || bare.ends_with([' ', '\t']);
    Some((level, if closed { bare.trim_end() } else { title }))
}

/// The level of a heading drawn by underlining: 1 for `===`, 2 for `---`.
pub fn underline_of(line: &str) -> Option<usize> {
    let text = line.trim();
    if columns(line) > 3 || text.len() < 2 {
        return None;
    }
    if text.bytes().all(|b| b == b'=') {
        Some(1)
    } else if text.bytes().all(|b| b == b'-') {
        Some(2)
    } else {
        None
    }
}

/// A line that begins a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'a> {
    /// The text behind the bullet or number.
    pub text: &'a str,
    /// Column at which that text starts.
    pub content_column: usize,
}

/// Recognises `- a`, `* a`, `+ a`, `1. a` and `1) a` at any indentation.
pub fn item_of(line: &str) -> Option<Item<'_>> {
    let body = line.trim_start();
    let marker = match body.bytes().next()? {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = body.bytes().take(10).take_while(u8::is_ascii_digit).count();
            let ends = matches!(body.as_bytes().get(digits), Some(b'.' | b')'));
            if ends && digits < 10 { digits + 1 } else { return None }
        }
        _ => return None,
    };
    let rest = body.get(marker..)?;
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let blanks = columns(rest);
    let gap = if rest.trim().is_empty() || blanks > 4 { 1 } else { blanks };
    Some(Item { text: rest.trim(), content_column: columns(line) + marker + gap })
}

/// Whether the line quotes somebody (`> …`).
pub fn is_quote(line: &str) -> bool {
    columns(line) <= 3 && line.trim_start().starts_with('>')
}

/// Whether the line is a rule across the page (`---`, `* * *`).
pub fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first @ ('-' | '*' | '_')) = marks.next() else { return false };
    let mut more = 0;
    for mark in marks {
        if mark != first {
            return false;
        }
        more += 1;
    }
    more >= 2
}

/// The opening line of a fenced code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    mark: char,
    length: usize,
    /// Column at which the fence starts.
    pub column: usize,
}

impl Fence {
    /// Whether `line` closes the block: the same mark, at least as often, and nothing else.
    pub fn closed_by(&self, line: &str) -> bool {
        let text = line.trim_matches([' ', '\t', '>']);
        text.chars().all(|c| c == self.mark) && text.len() >= self.length
    }
}

/// The fence that `line` opens, also behind a bullet or in a quote.
pub fn fence_of(line: &str) -> Option<Fence> {
    let quoted = line.trim_start_matches([' ', '\t', '>']);
    let (text, column) = match item_of(quoted) {
        Some(item) => (item.text, item.content_column + columns(line)),
        None => (quoted, columns(line)),
    };
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = text.trim_start_matches(mark);
    let length = text.len() - rest.len();
    let fits = length >= 3 && !(mark == '`' && rest.contains('`'));
    fits.then_some(Fence { mark, length, column })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_need_hashes_and_a_blank() {
        assert_eq!(heading_of("  ### Non-Goals ##"), Some((3, "Non-Goals")));
        assert_eq!(heading_of("# C#"), Some((1, "C#")));
        assert_eq!(heading_of("##"), Some((2, "")));
        assert_eq!(heading_of("#5 is done"), None);
        assert_eq!(heading_of("    # code"), None);
        assert_eq!(heading_of("####### seven"), None);
    }

    #[test]
    fn list_items_are_known_by_bullet_or_number() {
        assert_eq!(item_of("  - a").map(|i| (i.text, i.content_column)), Some(("a", 4)));
        assert_eq!(item_of("12) b").map(|i| i.content_column), Some(4));
        assert_eq!(item_of("-a"), None);
        assert_eq!(item_of("2024-05-22: x"), None);
        assert_eq!(item_of("*"), Some(Item { text: "", content_column: 2 }));
    }

    #[test]
    fn fences_close_with_their_own_mark() {
        let fence = fence_of("- ```yaml").expect("a fence");
        assert!(fence.closed_by("  ````") && !fence.closed_by("~~~") && !fence.closed_by("``` x"));
        assert_eq!(fence_of("``` a`b"), None);
        assert_eq!(fence_of("~~~This VEP~~~").map(|f| f.length), Some(3));
    }

    #[test]
    fn rules_and_underlines_are_told_from_text() {
        assert!(is_rule("* * *") && is_rule("---") && !is_rule("--") && !is_rule("-*-"));
        assert_eq!((underline_of("=="), underline_of("---"), underline_of("-=")), (Some(1), Some(2), None));
    }
}
