//! The timeline: release targets, boxes and linked pull requests, by stage and kind.
//!
//! People nest bullets as they like, so the place of a line in the tree tells little. What tells is the order: a stage
//! holds until the next stage, a kind ("Code PRs") until the next kind or stage, or until a paragraph of prose.

use std::collections::BTreeMap;

use domain::{Diagnostic, IssueReading, PullKind, Stage, Target, TargetReading, TimelineBox, diagnostic::codes};

use super::{
    super::{
        checklist::{TaskBox, box_of, remark},
        inline::plain,
        line_shape::{columns, item_of},
        link::links_of,
        outline::words,
        text::{clip, quoted},
    },
    Place,
    parts::{Part, Parts, Said},
    pulls::{pulls_of, without_repetitions},
    targets::{self, Found},
};

/// Longest label ("Code PRs") in bytes.
const MAX_LABEL: usize = 60;

/// Reads the whole text: targets and boxes from the timeline, links from everywhere.
pub fn read_timeline(place: Place<'_>, parts: &Parts<'_>, reading: &mut IssueReading, found: &mut Vec<Diagnostic>) {
    let mut walk = Walk {
        place,
        everywhere: parts.heading(Part::Timeline) == 0,
        stage: None,
        kind: None,
        column: 0,
        targets: Vec::new(),
        boxes: Vec::new(),
        stages: Vec::new(),
        pulls: Vec::new(),
        wording: Vec::new(),
        indented: None,
    };
    let mut part = Part::Start;
    for said in &parts.said {
        if said.part != part || said.on_heading {
            part = said.part;
            walk.enter(part);
        }
        walk.line(said, found);
    }
    let Walk { targets, boxes, stages, pulls, wording, indented, .. } = walk;
    compare_boxes(&boxes, &stages, found);
    if !targets.iter().any(|target| target.reading.version().is_some()) {
        found.extend(wording);
    }
    if let Some(line) = indented {
        let message = "Lines from here on are indented so far that GitHub shows them as code; they were read.";
        found.push(Diagnostic::note(line, codes::INDENTED_CODE, message, "Take the indentation out."));
    }
    reading.targets = once_each(targets, found);
    reading.pulls = without_repetitions(pulls, boxes.first().map_or(0, |first| first.line));
    reading.boxes = boxes;
}

struct Walk<'a> {
    place: Place<'a>,
    /// Without a heading for it, the timeline may be anywhere.
    everywhere: bool,
    stage: Option<Stage>,
    kind: Option<PullKind>,
    /// Column of the label that gave the kind.
    column: usize,
    targets: Vec<Target>,
    boxes: Vec<TimelineBox>,
    /// Which boxes are those of stages.
    stages: Vec<usize>,
    pulls: Vec<domain::LinkedPull>,
    /// Remarks that matter only where no target was read.
    wording: Vec<Diagnostic>,
    indented: Option<u32>,
}

impl Walk<'_> {
    fn enter(&mut self, part: Part) {
        self.stage = None;
        self.kind = (part == Part::Bugs).then_some(PullKind::Bug);
        self.column = 0;
    }

    fn line(&mut self, said: &Said<'_>, found: &mut Vec<Diagnostic>) {
        let item = item_of(said.text);
        let task = box_of(said.text);
        let body = task.as_ref().map_or_else(|| item.map_or(said.text.trim(), |item| item.text), |task| task.rest);
        let shown = plain(body);
        let elsewhere = self.everywhere && matches!(said.part, Part::Start | Part::Other);
        let in_timeline = said.part == Part::Timeline
            || elsewhere && (task.is_some() || shown.to_ascii_lowercase().contains("release target"));
        let label = kind_of(&shown);
        let before = (self.targets.len(), self.boxes.len(), self.pulls.len());
        if label.is_none() && item.is_none() && task.is_none() && said.after_blank && columns(said.text) < 2 {
            self.kind = (said.part == Part::Bugs).then_some(PullKind::Bug);
        }
        let opens_stage = label.is_none() && in_timeline && self.target_line(said, body, item.is_some(), found);
        if let Some(kind) = label {
            self.kind = Some(kind);
            self.column = columns(said.text);
        } else if !opens_stage && (item.is_some() || task.is_some()) {
            self.other_item(said, body, in_timeline);
        }
        if let Some(task) = task.filter(|_| in_timeline) {
            self.task(said, &task, &shown, opens_stage, found);
        }
        self.pulls.extend(pulls_of(self.place, said, self.kind, self.stage.as_ref(), found));
        if said.indented
            && self.indented.is_none()
            && before != (self.targets.len(), self.boxes.len(), self.pulls.len())
        {
            self.indented = Some(said.line);
        }
    }

    /// Reads targets, and takes up the stage; true when the line is that of a stage.
    fn target_line(&mut self, said: &Said<'_>, body: &str, is_item: bool, found: &mut Vec<Diagnostic>) -> bool {
        let context = targets::Context { said, is_item, within_kind: self.kind.is_some() };
        match targets::read(self.place, context, body, found) {
            Found::Targets(targets) => {
                self.targets.extend(targets);
                false
            }
            Found::Stage(stage, target) => {
                self.targets.extend(target);
                self.stage = Some(stage);
                self.kind = None;
                true
            }
            Found::Wording(remark) => {
                self.wording.push(remark);
                false
            }
            Found::Nothing => false,
        }
    }

    /// A bullet without label or stage: its links belong to the label above, but other words end that label unless they
    /// stand below it.
    fn other_item(&mut self, said: &Said<'_>, body: &str, in_timeline: bool) {
        if !links_of(body).is_empty() || columns(said.text) > self.column {
            return;
        }
        self.kind = (said.part == Part::Bugs).then_some(PullKind::Bug);
        if in_timeline && columns(said.text) == 0 && box_of(said.text).is_some() {
            self.stage = None;
        }
    }

    fn task(
        &mut self,
        said: &Said<'_>,
        task: &TaskBox<'_>,
        shown: &str,
        opens_stage: bool,
        found: &mut Vec<Diagnostic>,
    ) {
        remark(task, said.line, found);
        if opens_stage {
            self.stages.push(self.boxes.len());
        }
        let kind = self.kind.filter(|_| kind_of(shown).is_some());
        self.boxes.push(TimelineBox {
            text: clip(shown),
            checked: task.is_ticked(),
            struck: task.struck,
            stage: self.stage.clone(),
            kind,
            line: said.line,
        });
    }
}

/// The kind of pull request that a line's label names: `VEP PRs:`, `Code PRs`, `Documentation PR: …`, `Bugs:`. Without a
/// colon behind it, a label has to speak of pull requests: "VEP (#12)" names a proposal.
fn kind_of(shown: &str) -> Option<PullKind> {
    let end = shown.find([':', '#', '(']).or_else(|| shown.find("http")).unwrap_or(shown.len());
    let (label, rest) = shown.split_at_checked(end).filter(|(label, _)| label.len() <= MAX_LABEL)?;
    let label = words(label);
    let mut kind = None;
    let mut of_pulls = rest.is_empty() || rest.starts_with(':');
    for word in label.split(' ') {
        let found = match word {
            "vep" | "veps" | "cep" | "ceps" | "proposal" | "enhancement" | "design" => PullKind::Proposal,
            "code" | "implementation" => PullKind::Implementation,
            "doc" | "docs" | "documentation" => PullKind::Docs,
            "bug" | "bugs" => PullKind::Bug,
            "pr" | "prs" | "pull" | "request" | "requests" => {
                of_pulls = true;
                continue;
            }
            "link" | "links" | "fix" | "fixes" | "known" | "user" | "guide" | "additional" | "alpha" | "beta"
            | "ga" => {
                continue;
            }
            _ => return None,
        };
        kind = kind.or(Some(found));
    }
    kind.filter(|_| of_pulls)
}

/// Whether a bold line is a label of the timeline and no heading.
pub fn is_label(text: &str) -> bool {
    kind_of(text).is_some() || targets::stage_word(text.trim_end_matches(':')).is_some()
}

/// A stage whose box is ticked while boxes of its pull requests are open.
fn compare_boxes(boxes: &[TimelineBox], stages: &[usize], found: &mut Vec<Diagnostic>) {
    let mut open: BTreeMap<&Stage, &TimelineBox> = BTreeMap::new();
    for child in boxes.iter().filter(|child| child.kind.is_some() && !child.checked && !child.struck) {
        if let Some(stage) = &child.stage {
            open.entry(stage).or_insert(child);
        }
    }
    for parent in stages.iter().filter_map(|at| boxes.get(*at)).filter(|parent| parent.checked) {
        let Some(child) = parent.stage.as_ref().and_then(|stage| open.get(stage)) else { continue };
        let message = format!("{} is ticked, but {} below it is open.", quoted(&parent.text), quoted(&child.text));
        let mend = "Tick what is done, or open the stage again.";
        found.push(Diagnostic::note(parent.line, codes::BOX_DISAGREES, message, mend));
    }
}

/// Each stage's target once; another release for the same stage is kept and reported.
fn once_each(targets: Vec<Target>, found: &mut Vec<Diagnostic>) -> Vec<Target> {
    let mut kept: Vec<Target> = Vec::new();
    let mut first: BTreeMap<Stage, usize> = BTreeMap::new();
    for target in targets {
        let earlier = first.get(&target.stage).and_then(|at| kept.get(*at));
        match earlier {
            Some(earlier) if earlier.reading == target.reading || target.reading == TargetReading::Empty => continue,
            Some(earlier) if earlier.reading.version().is_some() && target.reading.version().is_some() => {
                let message = format!(
                    "Stage {} has the target {} here, but {} on line {}.",
                    quoted(&target.stage_text),
                    quoted(&target.raw),
                    quoted(&earlier.raw),
                    earlier.line
                );
                let mend = "State one release per stage.";
                found.push(Diagnostic::warning(target.line, codes::TARGET_DIFFERS, message, mend));
            }
            Some(_) => {}
            None => {
                first.insert(target.stage.clone(), kept.len());
            }
        }
        kept.push(target);
    }
    kept
}
