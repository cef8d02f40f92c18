//! Which sections of the template are filled, which hold only what the template gives, which are missing (R002T-5).
//!
//! Headings are compared by their words, at whatever level; a section reaches to the next heading of the template that
//! is not inside it. Judged is whether somebody wrote something, never whether it is any good.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Diagnostic, Section, SectionState, diagnostic::codes};

use super::{
    line_shape::{is_rule, item_of},
    outline::{Heading, heading_words, words},
    template::{SectionTemplate, SourceTemplate},
    text::quoted,
    visible::Line,
};

/// The lines of a section, as indices of visible lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Line of the heading in the file.
    pub line: u32,
    /// First line behind the heading.
    pub body: usize,
    /// First line behind the section.
    pub end: usize,
}

/// Where the sections of the template are in one document, by their names.
#[derive(Debug, Default)]
pub struct SectionMap(BTreeMap<&'static str, Extent>);

impl SectionMap {
    /// The lines of the section `name`, when the document has it.
    pub fn get(&self, name: &str) -> Option<&Extent> {
        self.0.get(name)
    }

    /// Index of the first visible line behind the heading of the first section: what stands before is the head of the
    /// document.
    pub fn first_line_index(&self) -> Option<usize> {
        self.0.values().map(|extent| extent.body).min()
    }
}

/// Finds the sections of the template among `headings`.
pub fn find_sections(
    source: &SourceTemplate,
    headings: &[Heading],
    line_count: usize,
    found: &mut Vec<Diagnostic>,
) -> SectionMap {
    let names: Vec<String> = headings.iter().map(|heading| heading_words(&heading.text)).collect();
    let mut chosen: BTreeMap<usize, &'static str> = BTreeMap::new();
    for section in source.sections.iter().filter(|section| section.parent.is_none()) {
        if let Some(at) = choose_main(section, headings, &names, found) {
            chosen.insert(at, section.name);
        }
    }
    for section in source.sections {
        let Some(parent) = section.parent else { continue };
        let Some(start) = chosen.iter().find(|(_, name)| **name == parent).map(|(at, _)| *at) else { continue };
        if let Some(at) = choose_within(source, section, start, headings, &names, &chosen) {
            chosen.insert(at, section.name);
        }
    }
    let map =
        chosen.iter().filter_map(|(at, name)| Some((*name, extent(source, *at, name, headings, &chosen, line_count)?)));
    SectionMap(map.collect())
}

/// The heading of a main section: the outermost one with its name or another name for it, its own name first.
fn choose_main(
    section: &SectionTemplate,
    headings: &[Heading],
    names: &[String],
    found: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let own = heading_words(section.name);
    let others: Vec<String> = section.also.iter().map(|other| heading_words(other)).collect();
    let fits = |heading: &Heading, name: &String| *name == own || (heading.level <= 2 && others.contains(name));
    let hits = headings.iter().zip(names).enumerate().filter(|(_, (heading, name))| fits(heading, name));
    let mut hits: Vec<(usize, bool, usize)> =
        hits.map(|(at, (heading, name))| (heading.level, *name != own, at)).collect();
    hits.sort_unstable();
    let (level, renamed, at) = *hits.first()?;
    let heading = headings.get(at)?;
    if renamed {
        let message = format!("{} was read as the section {}.", quoted(&heading.text), quoted(section.name));
        let mend = format!("Rename the heading to {}.", section.name);
        found.push(Diagnostic::note(heading.line, codes::SECTION_RENAMED, message, mend));
    }
    let second = hits.get(1).filter(|(next, other, _)| *next == level && *other == renamed);
    if let Some(second) = second.and_then(|(_, _, at)| headings.get(*at)) {
        let message = format!("The section {} occurs again; the first counts.", quoted(section.name));
        found.push(Diagnostic::note(second.line, codes::SECTION_TWICE, message, "Merge the two sections."));
    }
    Some(at)
}

/// The heading of a section inside another: behind its parent, before the next section that is not inside it. Authors
/// often give it the parent's own level, so a heading of that level ends the search only when it is no stage.
fn choose_within(
    source: &SourceTemplate,
    section: &SectionTemplate,
    parent: usize,
    headings: &[Heading],
    names: &[String],
    chosen: &BTreeMap<usize, &'static str>,
) -> Option<usize> {
    let level = headings.get(parent)?.level;
    let inner: BTreeSet<String> =
        source.sections.iter().filter(|s| s.parent.is_some()).map(|s| heading_words(s.name)).collect();
    let wanted = heading_words(section.name);
    let is_main = |at: &usize| {
        chosen.get(at).is_some_and(|name| source.sections.iter().any(|s| s.name == *name && s.parent.is_none()))
    };
    let range = headings.iter().zip(names).enumerate().skip(parent + 1);
    range
        .take_while(|(at, (heading, name))| !is_main(at) && (heading.level > level || inner.contains(stage_word(name))))
        .find(|(at, (_, name))| (**name == wanted || stage_word(name) == wanted) && !chosen.contains_key(at))
        .map(|(at, _)| at)
}

/// `alpha2` and `alpha requirements` are headings of the stage `alpha`.
fn stage_word(name: &str) -> &str {
    let tails = ["requirements", "criteria", "graduation", "stage", "phase", "release", "goals"];
    match name.split_once(' ') {
        Some((first, rest)) if rest.split(' ').all(|word| tails.contains(&word)) => {
            first.trim_end_matches(|c: char| c.is_ascii_digit())
        }
        Some(_) => name,
        None => name.trim_end_matches(|c: char| c.is_ascii_digit()),
    }
}

fn extent(
    source: &SourceTemplate,
    at: usize,
    name: &str,
    headings: &[Heading],
    chosen: &BTreeMap<usize, &'static str>,
    line_count: usize,
) -> Option<Extent> {
    let heading = headings.get(at)?;
    let ends = |(next, other): &(usize, &Heading)| match chosen.get(next) {
        Some(section) => !is_inside(source, section, name),
        None => other.level <= heading.level,
    };
    let end = headings.iter().enumerate().skip(at + 1).find(ends).map_or(line_count, |(_, next)| next.at);
    Some(Extent { line: heading.line, body: heading.body, end })
}

fn is_inside(source: &SourceTemplate, section: &str, ancestor: &str) -> bool {
    let parent = |name: &str| source.sections.iter().find(|s| s.name == name).and_then(|s| s.parent);
    std::iter::successors(parent(section), |name| parent(name)).take(source.sections.len()).any(|name| name == ancestor)
}

/// The state of every section of the template, in its order.
pub fn judge_sections(
    source: &SourceTemplate,
    map: &SectionMap,
    lines: &[Line<'_>],
    headings: &[Heading],
) -> Vec<Section> {
    let heading_lines: BTreeSet<usize> = headings.iter().flat_map(|heading| heading.at..heading.body).collect();
    source
        .sections
        .iter()
        .map(|section| {
            let name = section.name.to_owned();
            let Some(extent) = map.get(section.name) else {
                return Section { name, state: SectionState::Missing, line: 0 };
            };
            let given: BTreeSet<String> = source
                .sections
                .iter()
                .filter(|other| other.name == section.name || is_inside(source, other.name, section.name))
                .flat_map(|other| other.hints)
                .map(|hint| words(hint))
                .collect();
            let filled = (extent.body..extent.end)
                .filter(|at| !heading_lines.contains(at))
                .filter_map(|at| lines.get(at))
                .any(|line| is_content(line, &given));
            let state = if filled { SectionState::Filled } else { SectionState::Template };
            Section { name, state, line: extent.line }
        })
        .collect()
}

/// The sections of a document that has none.
pub fn all_missing(source: &SourceTemplate) -> Vec<Section> {
    judge_sections(source, &SectionMap::default(), &[], &[])
}

fn is_content(line: &Line<'_>, given: &BTreeSet<String>) -> bool {
    let text = line.text.trim();
    if line.code {
        return !(text.starts_with("```") || text.starts_with("~~~"));
    }
    if is_rule(text) {
        return false;
    }
    let body = item_of(text).map_or(text, |item| item.text);
    let body = ["[ ]", "[x]", "[X]", "[]"].iter().find_map(|mark| body.strip_prefix(mark)).unwrap_or(body);
    !is_placeholder(body) && !given.contains(&words(body))
}

/// Whether a text only says that something will be written: "TBD", "...", "_To be filled in later_".
pub fn is_placeholder(text: &str) -> bool {
    let head: String = text.chars().take(200).collect();
    let words = words(&head);
    let begins = ["to be filled", "to be added", "to be determined", "to be done", "to be defined", "to be written"];
    matches!(
        words.as_str(),
        "" | "tbd" | "tba" | "todo" | "wip" | "xxx" | "coming soon" | "work in progress" | "none yet" | "to be"
    ) || begins.iter().any(|begin| words.starts_with(begin))
}
