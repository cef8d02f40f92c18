//! Lines that state a target release, such as "This VEP targets alpha for version: v1.9" (P-9 d).
//!
//! What the value means is the domain's [`TargetReading::of`]; here the line is found and taken apart. Whether a
//! target comes too late or too early depends on schedule and instant, and is not asked here.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Diagnostic, Origin, Stage, Target, TargetReading, diagnostic::codes};

use super::{
    inline::plain,
    line_shape::{is_quote, item_of},
    template::SourceTemplate,
    text::{clip, quoted},
    visible::Line,
};

/// How far into a line the words before the value may reach, in bytes.
const LABEL_BYTES: usize = 200;

/// All target lines, in the order of the file, with a diagnostic for each value that cannot be read.
pub fn read_targets(source: &SourceTemplate, lines: &[Line<'_>], found: &mut Vec<Diagnostic>) -> Vec<Target> {
    let mut targets = Vec::new();
    for line in lines.iter().filter(|line| !line.code && !is_quote(&line.text)) {
        match target_line(source, &line.text) {
            Some(Wording::Target { stage, raw, struck }) => {
                let target = target(stage, raw, struck, line.number);
                remark(&target, found);
                targets.push(target);
            }
            Some(Wording::Other) => found.push(Diagnostic::note(
                line.number,
                codes::TARGET_WORDING,
                format!("{} speaks of a target in a form that is not read.", quoted(&line.text)),
                format!("Write - This {} targets alpha for version: v1.9.", source.noun),
            )),
            None => {}
        }
    }
    targets
}

enum Wording<'a> {
    Target {
        stage: &'a str,
        raw: &'a str,
        struck: bool,
    },
    /// It speaks of a target, but not in the form that is read.
    Other,
}

fn target(stage: &str, raw: &str, struck: bool, line: u32) -> Target {
    let raw = clip(if struck { raw.trim_end().trim_end_matches('~') } else { raw });
    let reading = if struck { TargetReading::Struck } else { reading_of(&raw) };
    Target { stage_text: clip(stage), stage: Stage::of(stage), raw, reading, line, from: Origin::Line }
}

/// Reads a value, also when it is a link or stands behind a struck-out one.
pub(super) fn reading_of(raw: &str) -> TargetReading {
    match TargetReading::of(raw) {
        TargetReading::Unreadable => {
            let rest = raw.trim_start_matches('~');
            let behind = if rest.len() < raw.len() { rest.split_once('~').map(|(_, behind)| behind) } else { None };
            TargetReading::of(&plain(behind.map_or(raw, |behind| behind.trim_start_matches('~'))))
        }
        reading => reading,
    }
}

/// Reports a value that cannot be read or leaves doubt.
pub(super) fn remark(target: &Target, found: &mut Vec<Diagnostic>) {
    let mend = "State one release, such as v1.9, or leave the value empty.";
    if target.reading == TargetReading::Unreadable {
        let message = format!("{} is not a release, and nothing else that can be read.", quoted(&target.raw));
        found.push(Diagnostic::error(target.line, codes::TARGET_UNREADABLE, message, mend));
    } else if target.reading.version().is_some() && target.raw.contains('?') {
        let message = format!("{} was read as a target, although it carries a question mark.", quoted(&target.raw));
        found.push(Diagnostic::note(target.line, codes::TARGET_UNCLEAR, message, mend));
    }
}

fn target_line<'a>(source: &SourceTemplate, line: &'a str) -> Option<Wording<'a>> {
    let body = item_of(line).map_or(line.trim(), |item| item.text);
    let text = body.trim_start_matches(['*', '_', '~', '`', ' ']);
    let struck = body.starts_with('~');
    let head_end = (0..=LABEL_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end))?;
    let head = text.get(..head_end)?.to_ascii_lowercase();
    match after_verb(source, &head) {
        Some(verb_end) => Some(match label_end(&head, verb_end) {
            Some((stage_end, value)) => {
                let stage = stage_words(text.get(verb_end..stage_end)?);
                Wording::Target { stage, raw: value_of(text.get(value..)?), struck }
            }
            None if mentions_version(&head) => Wording::Other,
            None => return None,
        }),
        None => labelled(source, &head, text, struck),
    }
}

/// `Target version: v1.9` where the source takes it; elsewhere it is worth a remark.
fn labelled<'a>(source: &SourceTemplate, head: &str, text: &'a str, struck: bool) -> Option<Wording<'a>> {
    let (label, _) = head.split_once(':')?;
    let clean = label.trim_end_matches(['*', '_', '`', ' ']);
    if source.target_labels.contains(&clean) {
        return Some(Wording::Target { stage: "", raw: value_of(text.get(label.len() + 1..)?), struck });
    }
    let bare = clean.strip_prefix("ship ").unwrap_or(clean);
    matches!(bare, "target version" | "target release" | "targets" | "target").then_some(Wording::Other)
}

/// Behind "this vep targets": where the rest of the head begins.
fn after_verb(source: &SourceTemplate, head: &str) -> Option<usize> {
    let rest = head.strip_prefix("this ")?.trim_start();
    let nouns = [source.noun, "vep", "cep", "kep", "proposal", "enhancement", "feature"];
    let rest = nouns.iter().find_map(|noun| {
        let (start, rest) = rest.split_at_checked(noun.len())?;
        (start.eq_ignore_ascii_case(noun) && rest.starts_with(' ')).then(|| rest.trim_start())
    })?;
    let verbs = ["targets", "targeted", "targeting", "target", "is targeting", "is targeted", "will target"];
    let rest =
        verbs.iter().find_map(|verb| rest.strip_prefix(verb).filter(|r| !r.starts_with(char::is_alphanumeric)))?;
    Some(head.len() - rest.len())
}

/// End of the stage and beginning of the value around "for version:". A colon is asked for, unless a version follows
/// at once.
fn label_end(head: &str, from: usize) -> Option<(usize, usize)> {
    let rest = head.get(from..)?;
    ["version", "release"].iter().find_map(|word| {
        let at = rest.find(word)?;
        let behind = rest.get(at + word.len()..)?;
        let behind = behind.strip_prefix('s').unwrap_or(behind).trim_start_matches(['*', '_', '`', ' ']);
        let value = match behind.strip_prefix(':') {
            Some(value) => value,
            None if TargetReading::of(behind).version().is_some() => behind,
            None => return None,
        };
        Some((from + at, head.len() - value.len()))
    })
}

fn stage_words(text: &str) -> &str {
    let trim = |text: &str| text.len() - text.trim_end_matches(['*', '_', '`', ' ']).len();
    let text = text.get(..text.len() - trim(text)).unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    let end = ["for", "for the", "in"].iter().find_map(|word| {
        let before = lower.strip_suffix(word)?;
        (before.is_empty() || before.ends_with([' ', '*', '_', '`'])).then_some(before.len())
    });
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).trim_matches(['*', '_', '`', ' '])
}

fn value_of(text: &str) -> &str {
    // A label set in bold ends behind its colon: `**This VEP targets beta for version:** v1.9`.
    text.trim_start_matches("**").trim_start_matches("__").trim()
}

/// Whether a word of `head` is a version.
pub(super) fn mentions_version(head: &str) -> bool {
    head.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .any(|word| TargetReading::of(word).version().is_some())
}

/// What the target lines say about each other: stages stated twice, and more than one release ahead.
pub fn compare_targets(targets: &[Target], unapproved: &BTreeSet<u32>, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(bool, String), &Target> = BTreeMap::new();
    let mut reported = false;
    for target in targets {
        let key = (target.from == Origin::Line, target.stage_text.to_lowercase());
        let Some(earlier) = first.get(&key) else {
            first.insert(key, target);
            continue;
        };
        if !reported && target.from == Origin::Line {
            reported = true;
            found.push(Diagnostic::warning(
                target.line,
                codes::DOUBLE_TARGET_BLOCK,
                format!(
                    "The target of stage {} was stated before, on line {}.",
                    quoted(&target.stage_text),
                    earlier.line
                ),
                "Keep one block of target lines, or split the proposal when its parts move on their own.",
            ));
        }
    }
    for ((_, stage), line) in first.iter().filter(|((is_line, _), _)| *is_line) {
        let Some(front) = first.get(&(false, stage.clone())) else { continue };
        if front.reading != line.reading {
            found.push(Diagnostic::warning(
                line.line,
                codes::TARGET_DIFFERS,
                format!(
                    "The front matter states {} for stage {}, this line {}.",
                    quoted(&front.raw),
                    quoted(stage),
                    quoted(&line.raw)
                ),
                "State the target once; the front matter counts.",
            ));
        }
    }
    let ahead: BTreeMap<_, u32> = targets
        .iter()
        .filter(|target| unapproved.contains(&target.line))
        .filter_map(|target| Some((target.reading.version()?, target.line)))
        .collect();
    if let (true, Some((last, line))) = (ahead.len() > 1, ahead.iter().next_back()) {
        found.push(Diagnostic::note(
            *line,
            codes::ADVANCE_TARGET,
            format!("{last} is targeted although an earlier target is not approved yet."),
            "State only the upcoming release; add the next when its planning begins.",
        ));
    }
}
