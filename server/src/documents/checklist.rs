//! The sign-off checklist, and whether its boxes agree with the target lines (R002T-3).

use std::collections::BTreeSet;

use domain::{ChecklistLine, Diagnostic, Section, SectionState, Stage, Target, TargetReading, diagnostic::codes};

use super::{
    inline::{append, plain},
    line_shape::{heading_of, is_quote, item_of},
    outline::{Heading, words},
    template::{GRADUATION, SourceTemplate},
    text::quoted,
    visible::Line,
};

/// Reads the boxes under the heading of the checklist, and boxes elsewhere that carry the (R) mark. A box that GitHub
/// would not draw (`[]`, `[+]`) is read and remarked on.
pub fn read_checklist(lines: &[Line<'_>], headings: &[Heading], found: &mut Vec<Diagnostic>) -> Vec<ChecklistLine> {
    let mut boxes: Vec<ChecklistLine> = Vec::new();
    let mut headings = headings.iter().peekable();
    let mut inside = false;
    let mut open = false;
    for (at, line) in lines.iter().enumerate() {
        while let Some(heading) = headings.next_if(|heading| heading.at <= at) {
            let name = words(&heading.text);
            inside = name.contains("checklist") || name.contains("signoff") || name.contains("sign off");
        }
        if line.code || is_quote(&line.text) || heading_of(&line.text).is_some() {
            open = false;
            continue;
        }
        if let Some(found_box) = box_of(&line.text) {
            open = inside || found_box.rest.contains("(R)");
            if open {
                remark(&found_box, line.number, found);
                boxes.push(found_box.checklist_line(line.number));
            }
        } else if line.after_blank || item_of(&line.text).is_some() {
            open = false;
        } else if let (true, Some(last)) = (open, boxes.last_mut()) {
            append(&mut last.text, &line.text);
        }
    }
    boxes
}

/// A line that begins with a box.
pub(super) struct TaskBox<'a> {
    /// What stands between the brackets.
    pub mark: &'a str,
    /// The text behind them.
    pub rest: &'a str,
    /// Whether the line is struck out from before the box on.
    pub struck: bool,
}

impl TaskBox<'_> {
    pub(super) fn checklist_line(&self, line: u32) -> ChecklistLine {
        let text = plain(self.rest.trim_matches(['~', ' ']));
        let struck = self.struck || (self.rest.starts_with('~') && self.rest.trim_end().ends_with('~'));
        ChecklistLine { required: text.contains("(R)"), text, checked: self.is_ticked(), struck, line }
    }

    pub(super) fn is_ticked(&self) -> bool {
        matches!(self.mark.trim(), "x" | "X" | "+" | "✓" | "✔" | "v" | "V")
    }
}

/// `- [x] text`, `* ~[ ] text~`, `[] text`.
pub(super) fn box_of(line: &str) -> Option<TaskBox<'_>> {
    let body = item_of(line).map_or(line.trim(), |item| item.text);
    let bare = body.trim_start_matches('~');
    let (mark, rest) = bare.strip_prefix('[')?.split_once(']')?;
    let fits = mark.chars().count() <= 3 && mark.trim().chars().count() <= 1;
    if !fits || rest.starts_with(['(', ':', '[']) {
        return None;
    }
    Some(TaskBox { mark, rest: rest.trim(), struck: bare.len() < body.len() })
}

/// Remarks on a box that GitHub does not draw, or that nobody can read.
pub(super) fn remark(found_box: &TaskBox<'_>, line: u32, found: &mut Vec<Diagnostic>) {
    let mend = "Write - [ ] for open and - [x] for done.";
    if matches!(found_box.mark, " " | "x" | "X") {
    } else if found_box.is_ticked() || found_box.mark.trim().is_empty() {
        let state = if found_box.is_ticked() { "ticked" } else { "open" };
        let message = format!("[{}] is read as {state}, but GitHub draws no box for it.", found_box.mark);
        found.push(Diagnostic::note(line, codes::BOX_UNUSUAL, message, mend));
    } else {
        let message = format!("[{}] is neither a tick nor a blank; it is read as open.", found_box.mark);
        found.push(Diagnostic::warning(line, codes::BOX_UNREADABLE, message, mend));
    }
}

/// Compares each box that speaks of a target version with the target lines, and returns the lines of the targets whose
/// box is not ticked.
///
/// A box for a stage is compared with the targets of that stage, the general box with all of them. A box that the
/// template of the source no longer has is only worth a note.
pub fn compare_with_targets(
    source: &SourceTemplate,
    boxes: &[ChecklistLine],
    targets: &[Target],
    found: &mut Vec<Diagnostic>,
) -> BTreeSet<u32> {
    let mut unapproved = BTreeSet::new();
    for line in boxes.iter().filter(|line| !line.struck) {
        let Some(subject) = target_box(&line.text) else { continue };
        let meant: Vec<&Target> = targets.iter().filter(|target| subject.covers(target)).collect();
        let stated = meant.iter().any(|target| matches!(target.reading, TargetReading::Version(_)));
        if !line.checked {
            unapproved.extend(meant.iter().map(|target| target.line));
        }
        if line.checked == stated {
            continue;
        }
        let (message, mend) = if stated {
            let value = meant.iter().find(|t| t.reading.version().is_some()).map_or("", |t| t.raw.as_str());
            let message = format!("The box {} is open, but a target is stated: {}.", quoted(&line.text), quoted(value));
            (message, "Tick the box once the target is approved, or take the target back.")
        } else {
            let message = format!("The box {} is ticked, but no target is stated for it.", quoted(&line.text));
            (message, "State the version, or open the box again.")
        };
        let known = source.checklist.iter().any(|known| words(known) == words(&line.text));
        found.push(if known {
            Diagnostic::warning(line.line, codes::CHECKBOX_DISAGREES, message, mend)
        } else {
            Diagnostic::note(line.line, codes::OLD_BOX_DISAGREES, message, mend)
        });
    }
    unapproved
}

/// A ticked "Graduation criteria filled" above criteria that nobody wrote (R002T-3, R002T-4).
pub fn compare_with_graduation(boxes: &[ChecklistLine], sections: &[Section], found: &mut Vec<Diagnostic>) {
    let filled = |section: &Section| section.state == SectionState::Filled;
    let criteria = sections.iter().find(|section| section.name == GRADUATION);
    if criteria.is_none_or(filled) {
        return;
    }
    for line in
        boxes.iter().filter(|line| line.checked && !line.struck && words(&line.text).contains("graduation criteria"))
    {
        let message =
            format!("The box {} is ticked, but the section {GRADUATION} is not filled in.", quoted(&line.text));
        let mend = "Write the graduation criteria, or open the box again.";
        found.push(Diagnostic::warning(line.line, codes::CHECKBOX_DISAGREES, message, mend));
    }
}

/// Which targets a box about a target version speaks of.
enum Subject {
    /// Those of one stage.
    Of(Stage),
    /// All of them.
    All,
}

impl Subject {
    fn covers(&self, target: &Target) -> bool {
        match self {
            Self::Of(stage) => *stage == target.stage,
            Self::All => true,
        }
    }
}

fn target_box(text: &str) -> Option<Subject> {
    let words = words(text);
    let (before, _) = words.split_once("target version")?;
    Some(match before.strip_prefix("r ").unwrap_or(before).trim() {
        "" => Subject::All,
        stage => Subject::Of(Stage::of(stage)),
    })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{outline::outline, visible::visible_lines},
        *,
    };

    fn read(text: &str) -> (Vec<(String, bool, bool)>, Vec<String>) {
        let lines = visible_lines(text, 1, &mut Vec::new());
        let mut found = Vec::new();
        let boxes = read_checklist(&lines, &outline(&lines), &mut found);
        (
            boxes.into_iter().map(|b| (b.text, b.checked, b.struck)).collect(),
            found.into_iter().map(|d| d.code).collect(),
        )
    }

    #[test]
    fn every_kind_of_box_is_read() {
        let (boxes, codes) = read(
            "### Release Signoff Checklist\n- [ ] a\n* [x] b\n- [X] c\n- [] d\n  - [+] e\n- [X ] f\n- ~[ ] g~\n- [ ] ~(R) h~\n- [?] i\n",
        );
        let states: Vec<(&str, bool, bool)> = boxes.iter().map(|(t, c, s)| (t.as_str(), *c, *s)).collect();
        let open =
            [("a", false, false), ("b", true, false), ("c", true, false), ("d", false, false), ("e", true, false)];
        assert_eq!(states.get(..5), Some(open.as_slice()));
        assert_eq!(
            states.get(5..),
            Some([("f", true, false), ("g", false, true), ("(R) h", false, true), ("i", false, false)].as_slice())
        );
        assert_eq!(codes, ["box-unusual", "box-unusual", "box-unusual", "box-unreadable"]);
    }

    #[test]
    fn boxes_of_other_sections_and_links_are_no_checklist() {
        let (boxes, _) = read(
            "## Checklist\n- [x](https://x.org)\n- [kubevirt] b\n\n## Alpha\n- [ ] gate\n- [x] (R) counts anywhere\n",
        );
        assert_eq!(boxes, [("(R) counts anywhere".to_owned(), true, false)]);
    }

    #[test]
    fn a_box_may_run_over_several_lines_and_hold_links() {
        let (boxes, _) = read(
            "## Sign-off\n- [ ] (R) Issue created, which links\n  to [the dir](https://x.org/y)\nand more\n\nnot this",
        );
        assert_eq!(boxes[0].0, "(R) Issue created, which links to the dir and more");
    }
}
