//! Release targets of a tracking issue, in every place on a line where people put them.
//!
//! What a value means is the domain's [`TargetReading::of`]; here the line is taken apart.

use domain::{Diagnostic, Origin, Stage, Target, TargetReading, diagnostic::codes};

use super::{
    super::{
        inline::plain,
        outline::words,
        targets::{mentions_version, reading_of, remark},
        text::{clip, quoted},
    },
    Place,
    parts::Said,
    values::remark_on_placeholder,
};

/// How far into a line the label of a target may reach, in bytes.
const MAX_LABEL: usize = 60;

/// What a line of the timeline holds.
pub enum Found {
    /// Targets.
    Targets(Vec<Target>),
    /// The heading of a stage, with its target where it has one.
    Stage(Stage, Option<Target>),
    /// It speaks of a release in a form that is not read.
    Wording(Diagnostic),
    /// Nothing of the kind.
    Nothing,
}

/// Where the line stands.
pub struct Context<'a> {
    /// The line.
    pub said: &'a Said<'a>,
    /// Whether it is an item of a list.
    pub is_item: bool,
    /// Whether it stands under a label such as "Code PRs", where a version alone is no target.
    pub within_kind: bool,
}

/// Reads one line; `body` is its text without bullet and box.
pub fn read(place: Place<'_>, context: Context<'_>, body: &str, found: &mut Vec<Diagnostic>) -> Found {
    let line = context.said.line;
    let struck = body.starts_with('~');
    let shown = plain(body);
    if let Some((stage, raw)) = labelled(&shown, line, found) {
        return Found::Targets(vec![target(&stage, &raw, struck, line, found)]);
    }
    if let Some((stage, rest)) = stage_word(&shown)
        && let Some(raw) = value_behind_stage(rest)
    {
        let target = (!raw.is_empty()).then(|| target(stage, raw, struck, line, found));
        return Found::Stage(Stage::of(stage), target);
    }
    let by_version = versions_before_stages(&shown);
    if !by_version.is_empty() {
        let targets = by_version.into_iter().map(|(raw, stage)| target(stage, raw, struck, line, found));
        return Found::Targets(targets.collect());
    }
    if context.within_kind {
        return Found::Nothing;
    }
    alone(place, &context, &shown, struck, found)
}

fn target(stage: &str, raw: &str, struck: bool, line: u32, found: &mut Vec<Diagnostic>) -> Target {
    let raw = clip(raw);
    let reading = if struck { TargetReading::Struck } else { reading_of(&raw) };
    let stage_text = clip(stage);
    let target = Target { stage: Stage::of(&stage_text), stage_text, raw, reading, line, from: Origin::Line };
    remark(&target, found);
    target
}

/// `Alpha release target (x.y): v1.9`, also with the version in the brackets, before the colon, or in other brackets.
fn labelled(shown: &str, line: u32, found: &mut Vec<Diagnostic>) -> Option<(String, String)> {
    let head_end = (0..=MAX_LABEL.min(shown.len())).rev().find(|end| shown.is_char_boundary(*end))?;
    let at = shown.get(..head_end)?.to_ascii_lowercase().find("release target")?;
    let stage = shown.get(..at)?.split(['[', '(']).next()?.trim();
    if stage.is_empty() || stage.contains(':') {
        return None;
    }
    let rest = shown.get(at + "release target".len()..)?.trim_start_matches('s').trim_start();
    let (inner, value) = match rest.split_once(':') {
        // The colon of an address is none.
        Some((inner, value)) if !value.starts_with("//") => (inner, value),
        _ => bracketed(rest).unwrap_or((rest, "")),
    };
    let value = placeholder_out(value.trim(), line, found);
    let inner = placeholder_out(inner.trim(), line, found);
    let raw = match (inner, value) {
        ("", value) => value.to_owned(),
        (inner, "") => inner.to_owned(),
        (inner, value) if reading_of(inner) == reading_of(value) => value.to_owned(),
        (inner, value) => format!("{value}, {inner}"),
    };
    Some((stage.to_owned(), raw))
}

/// The content of the brackets that `text` begins with, and what stands behind.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let close = if text.starts_with('(') { ')' } else { ']' };
    text.strip_prefix(['(', '['])?.split_once(close)
}

/// A value without outer brackets, or nothing for what the template put there (`x.y`, `e.g., v1.8.0`).
fn placeholder_out<'a>(text: &'a str, line: u32, found: &mut Vec<Diagnostic>) -> &'a str {
    let text = match bracketed(text) {
        Some((inner, behind)) if behind.trim().is_empty() => inner.trim(),
        _ => text,
    };
    let begin = text.get(..4).unwrap_or(text).to_ascii_lowercase();
    if matches!(text.to_ascii_lowercase().as_str(), "x.y" | "vx.y" | "x.y.z" | "vx.y.z") {
        ""
    } else if begin.starts_with("e.g") {
        remark_on_placeholder(text, line, found);
        ""
    } else {
        text
    }
}

/// The stage that a line begins with, and the rest of the line.
pub fn stage_word(text: &str) -> Option<(&str, &str)> {
    const STAGES: [&str; 7] = ["post ga", "general availability", "alpha", "beta", "stable", "ga", "fg"];
    let text = text.trim();
    STAGES.iter().find_map(|stage| {
        let (head, rest) = text.split_at_checked(stage.len())?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (name, rest) = text.split_at_checked(head.len() + digits)?;
        let alone = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        (head.eq_ignore_ascii_case(stage) && alone).then_some((name, rest.trim_start()))
    })
}

/// The target behind the name of a stage, empty where the stage stands alone; none where other words follow, because
/// then the line is no heading of the stage.
fn value_behind_stage(rest: &str) -> Option<&str> {
    if rest.is_empty() {
        return Some("");
    }
    if let Some((inner, behind)) = bracketed(rest) {
        let behind = behind.trim_start();
        let ends = behind.is_empty() || behind.starts_with([':', '.', '-', '–', '—']);
        return ends.then_some(inner.trim());
    }
    let states = |text: &str| !matches!(TargetReading::of(text), TargetReading::Unreadable | TargetReading::Empty);
    if let Some(value) = rest.strip_prefix(':') {
        return Some(Some(value.trim()).filter(|value| states(value)).unwrap_or_default());
    }
    let value = rest.trim_start_matches(['-', '–', '—', ' ']);
    states(value).then_some(value)
}

/// `1.9 Alpha / 1.10 Beta`: pairs of version and stage, and nothing else.
fn versions_before_stages(shown: &str) -> Vec<(&str, &str)> {
    if shown.len() > MAX_LABEL * 2 {
        return Vec::new();
    }
    let pair = |piece: &'_ str| -> Option<(usize, usize)> {
        let piece = piece.trim();
        let (version, rest) = piece.split_once(char::is_whitespace)?;
        let (stage, behind) = stage_word(rest)?;
        let fits = TargetReading::of(version).version().is_some() && behind.trim_matches(['.', ':']).is_empty();
        fits.then_some((version.len(), stage.len()))
    };
    let mut pairs = Vec::new();
    for piece in shown.split(['/', ',', ';']).map(str::trim) {
        let Some((version, stage)) = pair(piece) else { return Vec::new() };
        let rest = piece.get(version..).unwrap_or_default().trim_start();
        pairs.push((piece.get(..version).unwrap_or_default(), rest.get(..stage).unwrap_or_default()));
    }
    pairs
}

/// A line that is a value as a whole, or a sentence about a release.
fn alone(place: Place<'_>, context: &Context<'_>, shown: &str, struck: bool, found: &mut Vec<Diagnostic>) -> Found {
    let line = context.said.line;
    match TargetReading::of(shown) {
        TargetReading::Version(_) => return Found::Targets(vec![target("", shown, struck, line, found)]),
        TargetReading::Tbd | TargetReading::NotApplicable if !context.is_item && shown.len() <= MAX_LABEL => {
            return Found::Targets(vec![target("", shown, struck, line, found)]);
        }
        _ => {}
    }
    let versions: Vec<&str> = shown.split_whitespace().map(trimmed).filter(|word| is_version(word)).collect();
    let aims = words(&clip(shown)).split(' ').any(|word| word.starts_with("target"));
    match versions.as_slice() {
        [version] if aims => {
            let target = target("", version, struck, line, found);
            let message = format!("{} was read as the target of the proposal as a whole.", quoted(shown));
            let mend = "Write one line per stage, such as * Alpha release target (x.y): 1.9.";
            found.push(Diagnostic::note(line, codes::TARGET_UNCLEAR, message, mend));
            Found::Targets(vec![target])
        }
        _ if mentions_version(shown) && !shown.contains("://") => {
            let message = format!("{} speaks of a release in a form that is not read.", quoted(shown));
            let mend =
                format!("State the targets of the {} as * Alpha release target (x.y): 1.9.", place.template.noun);
            Found::Wording(Diagnostic::note(line, codes::TARGET_WORDING, message, mend))
        }
        _ => Found::Nothing,
    }
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | ':' | '.' | '*' | '"'))
}

fn is_version(word: &str) -> bool {
    TargetReading::of(word).version().is_some()
}
