//! The parts of a tracking issue: which line stands under which heading of the form.
//!
//! Headings are bold in the template; people also make real headings of them, lose the bold, put the colon inside it,
//! or write the value on the same line. A heading that the form does not have ends the part before it.

use domain::{Diagnostic, diagnostic::codes};

use super::super::{
    line_shape::{columns, heading_of, is_quote, item_of},
    outline::words,
    text::quoted,
    visible::Line,
};

/// A part of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What stands before the first heading.
    Start,
    /// Primary contact.
    Contact,
    /// Current feature stage.
    Stage,
    /// Feature gate.
    Gate,
    /// Responsible SIGs.
    Sigs,
    /// Enhancement link.
    Link,
    /// Timeline.
    Timeline,
    /// Bugs.
    Bugs,
    /// Additional context, and everything that the form does not have.
    Other,
}

/// A line that says something, and under which heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// The part.
    pub part: Part,
    /// The line, or what stands behind the heading on the heading's own line.
    pub text: &'a str,
    /// Line of the text, counted from 1.
    pub line: u32,
    /// Whether a blank line precedes it.
    pub after_blank: bool,
    /// Whether it stands on the heading's line.
    pub on_heading: bool,
    /// Whether GitHub shows it as code because of its indentation.
    pub indented: bool,
}

/// The lines of a tracking issue by part.
#[derive(Debug, Default)]
pub struct Parts<'a> {
    /// Every line that says something, in order.
    pub said: Vec<Said<'a>>,
    /// The headings of the form that were found, with their lines.
    headings: Vec<(Part, u32)>,
}

impl<'a> Parts<'a> {
    /// The lines of one part.
    pub fn of(&self, part: Part) -> impl Iterator<Item = Said<'a>> {
        self.said.iter().copied().filter(move |said| said.part == part)
    }

    /// Line of the first heading of `part`; 0 when there is none.
    pub fn heading(&self, part: Part) -> u32 {
        self.headings.iter().find(|(other, _)| *other == part).map_or(0, |(_, line)| *line)
    }
}

/// Sentences of the oldest template that are no comments, so that nobody has to delete them to be seen.
const HINTS: [&str; 8] = [
    "handle of the current contact for the feature",
    "the current stage of the feature should be one of deprecated alpha beta or ga",
    "the current stage of the feature should be one of new alpha beta ga or deprecated",
    "the full name of the feature gate controlling feature visibility before ga",
    "primary sig and optional additional sigs responsible for the feature",
    "link to any enhancement prs",
    "add any other context about the feature here",
    "link to the merged enhancement",
];

/// Longest line that is compared with the template's sentences, and longest label, in bytes.
const MAX_HINT: usize = 120;

/// Sorts the visible lines into parts. Fenced code and quotes say nothing; lines that are code by their indentation
/// alone do, because a form that was pasted from a terminal is indented as a whole.
pub fn parts<'a>(lines: &'a [Line<'_>], found: &mut Vec<Diagnostic>) -> Parts<'a> {
    let mut parts = Parts::default();
    let mut part = Part::Start;
    for line in lines.iter().filter(|line| !line.fenced && !is_quote(&line.text)) {
        let text: &str = &line.text;
        let (text, on_heading) = match heading(text) {
            Some((next, rest)) => {
                part = next;
                parts.headings.push((next, line.number));
                (rest, true)
            }
            None => (text, false),
        };
        if text.trim().is_empty() {
            continue;
        }
        if is_hint(text) {
            let message = format!("{} is a sentence of the template.", quoted(text));
            let mend = "Replace it by what it asks for.";
            found.push(Diagnostic::note(line.number, codes::PLACEHOLDER_LEFT, message, mend));
            continue;
        }
        let indented = line.code && !line.fenced;
        let after_blank = line.after_blank;
        parts.said.push(Said { part, text, line: line.number, after_blank, on_heading, indented });
    }
    parts
}

fn is_hint(text: &str) -> bool {
    text.len() <= MAX_HINT && HINTS.contains(&words(text).as_str())
}

/// The part that a line opens, and what stands behind the heading.
fn heading(line: &str) -> Option<(Part, &str)> {
    if let Some((_, title)) = heading_of(line) {
        let (label, rest) = title.split_once(':').unwrap_or((title, ""));
        return Some((part_of(label).unwrap_or(Part::Other), rest));
    }
    let text = line.trim();
    if let Some((mark, inner)) = ["**", "__"].iter().find_map(|mark| Some((mark, text.strip_prefix(mark)?))) {
        let (label, rest) = inner.split_once(*mark)?;
        let rest = rest.trim_start_matches(':');
        let inside = label.split_once(':').map_or(label, |(label, _)| label);
        return match part_of(inside) {
            Some(part) => Some((part, rest)),
            // A bold line of its own is a heading, unless it names a stage or a kind of pull request.
            None if rest.trim().is_empty() && !super::timeline::is_label(label) => Some((Part::Other, "")),
            None => None,
        };
    }
    if item_of(line).is_some() || columns(line) > 8 {
        return None;
    }
    let (label, rest) = text.split_once(':').unwrap_or((text, ""));
    let part = part_of(label).filter(|_| label.contains(' ') || rest.trim().is_empty())?;
    Some((part, rest))
}

fn part_of(label: &str) -> Option<Part> {
    if label.len() > MAX_HINT {
        return None;
    }
    Some(match words(label).as_str() {
        "primary contact assignee" | "primary contact" => Part::Contact,
        "current feature stage" | "feature stage" | "current stage" => Part::Stage,
        "feature gate" | "feature gates" => Part::Gate,
        "responsible sigs" | "responsible sig" => Part::Sigs,
        "enhancement link" | "enhancement links" => Part::Link,
        "timeline" => Part::Timeline,
        "bugs" | "known bugs" | "related bugs" => Part::Bugs,
        "additional context" => Part::Other,
        _ => return None,
    })
}
