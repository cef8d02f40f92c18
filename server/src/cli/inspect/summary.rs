//! The plain text that `inspect` prints for people: the few facts that matter, then the remarks.

use std::io::{self, Write};

use domain::{
    Deadline, DeadlineOrigin, Diagnostic, DocumentReading, FreezeZone, ScheduleReading, SectionState, Severity,
    TargetReading,
};

use super::files::{Content, printable};

/// Writes one file, followed by an empty line.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(path: &str, content: &Content, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} ({})", printable(path), content.kind())?;
    let diagnostics = match content {
        Content::Proposal { source, reading, .. } => {
            proposal(source.noun, reading, out)?;
            &reading.diagnostics
        }
        Content::Schedule(reading) => {
            schedule(reading, out)?;
            &reading.diagnostics
        }
    };
    for diagnostic in diagnostics {
        writeln!(out, "  {}", remark(diagnostic))?;
    }
    writeln!(out)
}

/// A remark on one line: where, how grave, what, how to mend it, and its code.
pub fn remark(diagnostic: &Diagnostic) -> String {
    let place = if diagnostic.line == 0 { String::new() } else { format!("line {}: ", diagnostic.line) };
    let severity = severity(diagnostic.severity);
    format!(
        "{place}{severity}: {} {} [{}]",
        printable(&diagnostic.message),
        printable(&diagnostic.mend),
        diagnostic.code
    )
}

/// A severity as a word.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn proposal(noun: &str, reading: &DocumentReading, out: &mut impl Write) -> io::Result<()> {
    let number =
        reading.number.as_ref().map_or_else(|| "without number".to_owned(), |number| format!("#{}", number.value));
    let title = reading.title.as_ref().map_or("(no title)", |title| title.value.as_str());
    writeln!(out, "  {noun} {number}: {}", printable(title))?;
    for target in &reading.targets {
        let stage = if target.stage_text.is_empty() { "any" } else { &target.stage_text };
        writeln!(out, "  target   {}  {}", printable(stage), printable(&reading_word(target.reading, &target.raw)))?;
    }
    for (role, list) in [("owner", &reading.owners), ("reviewer", &reading.reviewers), ("approver", &reading.approvers)]
    {
        for person in list {
            writeln!(out, "  {role:8} @{}", printable(&person.value))?;
        }
    }
    let ticked = reading.checklist.iter().filter(|line| line.checked).count();
    writeln!(out, "  boxes    {ticked} of {} ticked", reading.checklist.len())?;
    let (filled, asked) = reading.completeness();
    writeln!(out, "  sections {filled} of {asked} filled")?;
    for (state, word) in [(SectionState::Template, "empty"), (SectionState::Missing, "missing")] {
        let names: Vec<&str> = reading.sections.iter().filter(|s| s.state == state).map(|s| s.name.as_str()).collect();
        if !names.is_empty() {
            writeln!(out, "  {word:8} {}", names.join(", "))?;
        }
    }
    Ok(())
}

fn reading_word(reading: TargetReading, raw: &str) -> String {
    match reading {
        TargetReading::Version(version) => version.to_string(),
        TargetReading::Empty => "(empty)".to_owned(),
        TargetReading::Tbd => "to be determined".to_owned(),
        TargetReading::NotApplicable => "not applicable".to_owned(),
        TargetReading::Struck => "struck out".to_owned(),
        TargetReading::Unreadable => format!("cannot be read: {raw}"),
    }
}

fn schedule(reading: &ScheduleReading, out: &mut impl Write) -> io::Result<()> {
    let version = reading.version.map_or_else(|| "release unknown".to_owned(), |version| version.to_string());
    writeln!(out, "  {version}, {} rows", reading.rows.len())?;
    for (name, deadline) in [
        ("Enhancement Freeze", reading.enhancement_freeze),
        ("Code Freeze", reading.code_freeze),
        ("branch cut", reading.branch_cut),
        ("end of the freeze", reading.thaw),
        ("GA", reading.ga),
    ] {
        writeln!(out, "  {name:18}  {}", when(deadline))?;
    }
    Ok(())
}

fn when(deadline: Deadline) -> String {
    let Some(day) = deadline.date else { return "no date".to_owned() };
    let over = FreezeZone::ANYWHERE_ON_EARTH.end_of(day).format("%Y-%m-%d %H:%M UTC");
    let how = if deadline.from == DeadlineOrigin::Alpha { ", the day of Alpha 0" } else { "" };
    format!("{day}, over at {over}{how}")
}
