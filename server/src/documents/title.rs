//! The title line: noun, number, title, in every way people write it.

use domain::{Diagnostic, Origin, Stated, diagnostic::codes};

use super::{
    outline::{Heading, heading_words, words},
    template::SourceTemplate,
    text::{clip, quoted},
};

/// What the title line states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    /// The number, when there is a readable one.
    pub number: Option<Stated<u32>>,
    /// The title without noun and number.
    pub title: Option<Stated<String>>,
}

/// Among how many headings the title is looked for.
const FIRST_HEADINGS: usize = 3;

/// Reads the title from the first heading that begins with the noun, else from the first heading of all, unless that is
/// a section of the template. `main` documents must have a
/// number; further ones need not.
pub fn read_title(source: &SourceTemplate, headings: &[Heading], main: bool, found: &mut Vec<Diagnostic>) -> Title {
    let is_section = |heading: &Heading| {
        let words = heading_words(&heading.text);
        source.sections.iter().any(|section| heading_words(section.name) == words)
    };
    let with_noun = headings.iter().take(FIRST_HEADINGS).find(|heading| is_numbered(source, &heading.text));
    let outermost = || headings.first().filter(|heading| heading.level == 1 && !is_section(heading));
    let Some(heading) = with_noun.or_else(outermost) else {
        found.push(Diagnostic::warning(
            headings.first().map_or(0, |heading| heading.line),
            codes::NO_TITLE,
            "The document has no title line.",
            format!("Begin it with # {} #NNNN: title, where NNNN is the number of the tracking issue.", source.noun),
        ));
        return Title::default();
    };
    let mend = format!("Write # {} #NNNN: title, where NNNN is the number of the tracking issue.", source.noun);
    take_apart(source, heading, main, mend, found)
}

/// Reads the title of a tracking issue. It stands on line 0: it is not part of the text.
pub fn read_issue_title(source: &SourceTemplate, text: &str, found: &mut Vec<Diagnostic>) -> Title {
    let text = clip(&text.replace('\0', "\u{FFFD}"));
    let heading = Heading { level: 1, text, line: 0, at: 0, body: 0 };
    let mend = format!("Write {} N: title, where N is the number of the issue.", source.noun);
    let mut title = take_apart(source, &heading, true, mend.clone(), found);
    if title.title.as_ref().is_some_and(|title| words(&title.value) == "your short descriptive title") {
        title.title = None;
        if title.number.is_some() {
            found.push(Diagnostic::warning(0, codes::TEMPLATE_TITLE, "The title is still the template's.", mend));
        }
    }
    title
}

fn take_apart(
    source: &SourceTemplate,
    heading: &Heading,
    main: bool,
    mend: String,
    found: &mut Vec<Diagnostic>,
) -> Title {
    let line = heading.line;
    let parts = split_title(source, &heading.text);
    let stated = |value: &str| Stated { value: clip(value), line, from: Origin::Line };
    let mut title = Title { number: None, title: Some(parts.title).filter(|t| !t.is_empty()).map(stated) };
    match parts.number {
        Number::Is(value) => title.number = Some(Stated { value, line, from: Origin::Line }),
        Number::Template => {
            let message = "The title line is still the template's.";
            found.push(Diagnostic::warning(line, codes::TEMPLATE_TITLE, message, mend));
        }
        Number::Unreadable(text) => {
            let message = format!("{} in the title is not the number of an issue.", quoted(text));
            found.push(Diagnostic::warning(line, codes::NUMBER_UNREADABLE, message, mend));
        }
        Number::Absent if main => {
            let message = "The title line has no number.";
            found.push(Diagnostic::warning(line, codes::TITLE_WITHOUT_NUMBER, message, mend));
        }
        Number::Absent => {}
    }
    if let Some(noun) = parts.noun.filter(|noun| !noun.eq_ignore_ascii_case(source.noun)) {
        let message = format!("The title speaks of a {}, the document is a {}.", noun.to_uppercase(), source.noun);
        found.push(Diagnostic::warning(
            line,
            codes::NOUN_DIFFERS,
            message,
            format!("Write {} in the title.", source.noun),
        ));
    }
    title
}

struct Parts<'a> {
    noun: Option<&'a str>,
    number: Number<'a>,
    title: &'a str,
}

enum Number<'a> {
    Is(u32),
    Template,
    Unreadable(&'a str),
    Absent,
}

/// Nouns under which enhancement proposals go, besides the source's own.
const NOUNS: &[&str] = &["cep", "vep", "kep"];

fn split_title<'a>(source: &SourceTemplate, text: &'a str) -> Parts<'a> {
    let text = text.trim();
    // "[Retroactive-VEP] VEP 277: …" carries a mark before the title proper.
    let bare = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, rest)) if !rest.trim().is_empty() => rest.trim_start(),
        _ => text,
    };
    let noun = leading_noun(source, bare);
    let after = noun.map_or(bare, |noun| bare.get(noun.len()..).unwrap_or_default());
    let hash = after.trim_start_matches([' ', '-', '_']);
    let digits = hash.trim_start_matches(['#', ' ']);
    if noun.is_none() && !hash.starts_with('#') {
        return Parts { noun: None, number: Number::Absent, title: text };
    }
    let end = digits.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(digits.len());
    let (token, rest) = digits.split_at_checked(end).unwrap_or((digits, ""));
    let token = token.trim_end_matches('.');
    let title = rest.trim_start_matches([' ', ':', '-', '–', '—', '.']);
    if token == "NNNN" {
        return Parts { noun, number: Number::Template, title };
    }
    if !token.starts_with(|c: char| c.is_ascii_digit()) {
        return Parts { noun, number: Number::Absent, title: digits.trim_start_matches([':', ' ', '-']) };
    }
    let number = match token.parse() {
        Ok(0) | Err(_) => Number::Unreadable(token),
        Ok(number) => Number::Is(number),
    };
    Parts { noun, number, title }
}

/// Whether a heading begins like a title: "VEP #12", "VEP 12", "VEP: …", but not "VEP Status Metadata".
fn is_numbered(source: &SourceTemplate, text: &str) -> bool {
    let behind = leading_noun(source, text).and_then(|noun| text.get(noun.len()..));
    behind.is_some_and(|rest| {
        rest.trim_start_matches([' ', '-']).starts_with(|c: char| c == '#' || c == ':' || c.is_ascii_digit())
    })
}

/// The noun at the beginning of `text`, when it stands alone there.
fn leading_noun<'a>(source: &SourceTemplate, text: &'a str) -> Option<&'a str> {
    std::iter::once(source.noun).chain(NOUNS.iter().copied()).find_map(|noun| {
        let (head, rest) = text.split_at_checked(noun.len())?;
        let alone = !rest.starts_with(|c: char| c.is_alphabetic());
        (alone && head.eq_ignore_ascii_case(noun)).then_some(head)
    })
}

#[cfg(test)]
mod tests {
    use super::{super::template::VEP, *};

    fn read(text: &str) -> (Option<u32>, Option<String>, Vec<String>) {
        let heading = Heading { level: 1, text: text.to_owned(), line: 1, at: 0, body: 1 };
        let mut found = Vec::new();
        let title = read_title(&VEP, &[heading], true, &mut found);
        (title.number.map(|n| n.value), title.title.map(|t| t.value), found.into_iter().map(|d| d.code).collect())
    }

    fn fine(number: u32, title: &str) -> (Option<u32>, Option<String>, Vec<String>) {
        (Some(number), Some(title.to_owned()), Vec::new())
    }

    #[test]
    fn every_way_of_numbering_is_read() {
        for text in [
            "VEP #12: Fast lanes",
            "VEP 12: Fast lanes",
            "VEP-12: Fast lanes",
            "VEP#12 - Fast lanes",
            "vep 0012 Fast lanes",
            "[Retroactive-VEP] VEP 12: Fast lanes",
            "VEP # 12: Fast lanes",
            "#12: Fast lanes",
        ] {
            assert_eq!(read(text), fine(12, "Fast lanes"), "{text}");
        }
        assert_eq!(read("VEP #21 - Part 2: More"), fine(21, "Part 2: More"));
    }

    #[test]
    fn a_title_without_number_is_kept_and_reported() {
        let without = |title: &str| (None, Some(title.to_owned()), vec!["title-without-number".to_owned()]);
        assert_eq!(read("VEP: Probe proxy"), without("Probe proxy"));
        assert_eq!(read("VEP #Live migration"), without("Live migration"));
        assert_eq!(read("Vepsian grammar"), without("Vepsian grammar"));
        assert_eq!(read("2 steps to success"), without("2 steps to success"));
    }

    #[test]
    fn template_and_odd_numbers_are_told() {
        assert_eq!(read("VEP #NNNN: Your title").2, ["template-title"]);
        assert_eq!(read("VEP 25.2: Sub").2, ["number-unreadable"]);
        assert_eq!(read("VEP #0: Zero").2, ["number-unreadable"]);
        assert_eq!(read("VEP 99999999999: Big").2, ["number-unreadable"]);
        assert_eq!(
            read("CEP #7: Wrong noun"),
            (Some(7), Some("Wrong noun".to_owned()), vec!["noun-differs".to_owned()])
        );
    }

    #[test]
    fn a_title_may_stand_behind_another_heading() {
        let heading = |level, text: &str, line| Heading { level, text: text.to_owned(), line, at: 0, body: 1 };
        let headings = [heading(2, "VEP Status Metadata", 1), heading(2, "VEP #12: Late", 3)];
        let title = read_title(&VEP, &headings, true, &mut Vec::new());
        assert_eq!(title.number.map(|number| number.line), Some(3));
        let first = headings.get(..1).unwrap_or_default();
        assert_eq!(read_title(&VEP, first, true, &mut Vec::new()), Title::default());
    }

    #[test]
    fn a_section_heading_is_no_title() {
        assert_eq!(read("Overview"), (None, None, vec!["no-title".to_owned()]));
    }
}
