//! Which row of a schedule is which deadline (P-1).
//!
//! Rows of Kubernetes and CDI never are one, whatever they are called. A deadline stated with different days is
//! reported and the first row counts; nothing is computed from the other dates.

use chrono::NaiveDate;
use domain::{Deadline, DeadlineOrigin, Diagnostic, ReleaseVersion, ScheduleReading, ScheduleRow, diagnostic::codes};

const ENHANCEMENT_FREEZE: &[&str] =
    &["enhancement freeze", "enhancements freeze", "vep freeze", "cep freeze", "proposal freeze", "proposals freeze"];
const CODE_FREEZE: &[&str] = &["code freeze", "feature freeze"];
const THAW: &[&str] = &["code thaw"];
const GA: &[&str] = &["ga", "general availability"];

/// Fills the deadlines of `reading` from `rows`, and reports what is missing, doubled or out of order.
pub fn find(reading: &mut ScheduleReading, rows: Vec<ScheduleRow>) {
    let mut found = Vec::new();
    let finder = Finder { rows: &rows, version: reading.version };
    reading.enhancement_freeze = finder.enhancement_freeze(&mut found);
    reading.code_freeze = finder.named("Code Freeze", CODE_FREEZE, &mut found);
    reading.branch_cut = finder.single("branch cut", |row| finder.cuts_branch(row), &mut found);
    reading.thaw = finder.named("Code Thaw", THAW, &mut found);
    if reading.thaw.date.is_none() {
        reading.thaw = reading.branch_cut;
    }
    reading.ga = finder.milestone("GA", GA, &mut found);
    for (deadline, code, name, row) in [
        (reading.enhancement_freeze, codes::NO_ENHANCEMENT_FREEZE, "Enhancement Freeze", "what: Enhancement Freeze"),
        (reading.code_freeze, codes::NO_CODE_FREEZE, "Code Freeze", "milestone: KubeVirt Code Freeze"),
        (reading.branch_cut, codes::NO_BRANCH_CUT, "day of the branch cut", "what: Branch release-X.Y"),
        (reading.ga, codes::NO_GA, "day of GA", "milestone: KubeVirt GA"),
    ] {
        if deadline.date.is_none() {
            let message = format!("The file does not state the {name}, so there is no date for it.");
            found.push(Diagnostic::warning(0, code, message, format!("Add a row with {row}.")));
        }
    }
    check_order(reading, &mut found);
    check_rows(reading.version, &rows, &mut found);
    reading.rows = rows;
    reading.diagnostics.append(&mut found);
}

struct Finder<'a> {
    rows: &'a [ScheduleRow],
    version: Option<ReleaseVersion>,
}

impl Finder<'_> {
    fn enhancement_freeze(&self, found: &mut Vec<Diagnostic>) -> Deadline {
        let named = self.named("Enhancement Freeze", ENHANCEMENT_FREEZE, found);
        let alpha = self.single("Alpha 0", |row| self.tags_alpha(row), found);
        match (named.date, alpha.date) {
            (Some(freeze), Some(tag)) if freeze != tag => {
                found.push(Diagnostic::warning(
                    named.line,
                    codes::FREEZE_DIFFERS_FROM_ALPHA,
                    format!("The Enhancement Freeze is on {freeze}, Alpha 0 on {tag}; the row of the freeze counts."),
                    "Put both on one day, or confirm that they differ on purpose.",
                ));
                named
            }
            (None, Some(day)) => {
                found.push(Diagnostic::note(
                    alpha.line,
                    codes::FREEZE_FROM_ALPHA,
                    format!("No row names the Enhancement Freeze; the day of Alpha 0, {day}, counts."),
                    "Add a row with what: Enhancement Freeze.",
                ));
                Deadline { from: DeadlineOrigin::Alpha, ..alpha }
            }
            _ => named,
        }
    }

    /// The deadline that goes by one of `names` in its milestone, else in what happens.
    fn named(&self, title: &str, names: &[&str], found: &mut Vec<Diagnostic>) -> Deadline {
        let by_milestone = self.milestone(title, names, found);
        if by_milestone.date.is_some() {
            return by_milestone;
        }
        self.single(title, |row| is_called(&row.what, names), found)
    }

    fn milestone(&self, title: &str, names: &[&str], found: &mut Vec<Diagnostic>) -> Deadline {
        self.single(title, |row| is_called(&row.milestone, names), found)
    }

    /// The one row that `is_it`; a second one on another day is reported.
    fn single(&self, title: &str, is_it: impl Fn(&ScheduleRow) -> bool, found: &mut Vec<Diagnostic>) -> Deadline {
        let mut rows = self.rows.iter().filter(|row| is_ours(row) && is_it(row));
        let Some(first) = rows.next() else { return Deadline::default() };
        for other in rows.filter(|other| other.when != first.when) {
            found.push(Diagnostic::error(
                other.line,
                codes::DEADLINE_TWICE,
                format!("{title} is stated for {} and again for {}; the first counts.", first.when, other.when),
                "Keep one of the two rows.",
            ));
        }
        Deadline { date: Some(first.when), from: DeadlineOrigin::Row, line: first.line }
    }

    fn tags_alpha(&self, row: &ScheduleRow) -> bool {
        let alpha = |token: &str| {
            let version = token.strip_suffix(".0-alpha.0").and_then(|minor| minor.parse().ok());
            version.is_some_and(|tagged: ReleaseVersion| self.version.is_none_or(|ours| ours == tagged))
        };
        row.what.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '`')).any(alpha)
    }

    fn cuts_branch(&self, row: &ScheduleRow) -> bool {
        let lower = row.what.to_lowercase();
        let names_ours =
            |rest: &str| branch_version(rest).is_some_and(|cut| self.version.is_none_or(|ours| ours == cut));
        lower.match_indices("branch ").any(|(at, found)| lower.get(at + found.len()..).is_some_and(names_ours))
    }
}

/// `release-1.10 and …`, with or without backticks, as a version.
fn branch_version(text: &str) -> Option<ReleaseVersion> {
    let name = text.trim_start_matches([' ', '`']).strip_prefix("release-")?;
    let end = name.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(name.len());
    name.get(..end)?.trim_end_matches('.').parse().ok()
}

fn is_ours(row: &ScheduleRow) -> bool {
    let foreign = |text: &str| {
        let first = text.split_whitespace().next().unwrap_or_default();
        first.eq_ignore_ascii_case("kubernetes")
            || first.eq_ignore_ascii_case("k8s")
            || first.eq_ignore_ascii_case("cdi")
    };
    !foreign(&row.who) && !foreign(&row.milestone)
}

/// Lower-case words with single blanks, punctuation dropped; `None` when nothing is left.
fn words(text: &str) -> Option<String> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    if words.is_empty() { None } else { Some(words.join(" ")) }
}

/// Whether the text, or a part of it between punctuation, is one of `names`.
fn is_called(text: &str, names: &[&str]) -> bool {
    std::iter::once(text).chain(text.split([';', ',', '/', '('])).filter_map(words).any(|part| says(&part, names))
}

/// Whether the words are one of `names`, before it at most words that say whose or which. What goes on after the name
/// ("Code Freeze exceptions close") is about the deadline, not the deadline, unless only a version or a word for the
/// day itself follows.
fn says(text: &str, names: &[&str]) -> bool {
    let tail = |word: &str| {
        let version = word.strip_prefix('v').unwrap_or(word);
        version.bytes().all(|b| b.is_ascii_digit())
            || matches!(word, "date" | "day" | "deadline" | "begins" | "starts" | "release")
    };
    let mut bare = text;
    while let Some((before, word)) = bare.rsplit_once(' ') {
        if !tail(word) {
            break;
        }
        bare = before;
    }
    names.iter().any(|name| {
        bare.strip_suffix(name).is_some_and(|before| before.is_empty() || (before.ends_with(' ') && !about(before)))
    })
}

/// Words that make "… code freeze" another event: a day before it, after it, or a reminder of it.
fn about(before: &str) -> bool {
    before.split(' ').any(|word| {
        matches!(
            word,
            "before" | "after" | "until" | "to" | "for" | "reminder" | "announce" | "prepare" | "post" | "pre"
        )
    })
}

fn check_order(reading: &ScheduleReading, found: &mut Vec<Diagnostic>) {
    let posts: Vec<(&str, NaiveDate, u32)> = [
        ("The Enhancement Freeze", reading.enhancement_freeze),
        ("the Code Freeze", reading.code_freeze),
        ("the end of the freeze of main", reading.thaw),
        ("GA", reading.ga),
    ]
    .into_iter()
    .filter_map(|(name, deadline)| Some((name, deadline.date?, deadline.line)))
    .collect();
    for ((earlier, first, _), (later, second, line)) in posts.iter().zip(posts.iter().skip(1)) {
        if second < first {
            found.push(Diagnostic::error(
                *line,
                codes::OUT_OF_ORDER,
                format!("{earlier} is on {first}, but {later} comes before it, on {second}."),
                "Correct one of the two days.",
            ));
        }
    }
}

fn check_rows(version: Option<ReleaseVersion>, rows: &[ScheduleRow], found: &mut Vec<Diagnostic>) {
    if let Some((before, row)) = rows.iter().zip(rows.iter().skip(1)).find(|(before, row)| row.when < before.when) {
        found.push(Diagnostic::note(
            row.line,
            codes::ROWS_UNSORTED,
            format!("The row of {} stands after the row of {}.", row.when, before.when),
            "Sort the rows by day.",
        ));
    }
    let Some(version) = version else { return };
    let named: Vec<(ReleaseVersion, u32)> = rows
        .iter()
        .filter(|row| is_ours(row))
        .filter_map(|row| Some((branch_version(row.what.get(row.what.find("release-")?..)?)?, row.line)))
        .collect();
    let Some((other, line)) = named.first() else { return };
    if named.iter().all(|(cut, _)| *cut != version) {
        found.push(Diagnostic::error(
            *line,
            codes::VERSION_DIFFERS,
            format!("The file lies in the directory of {version}, but its rows speak of {other}."),
            "Move the file, or correct its rows.",
        ));
    }
}
