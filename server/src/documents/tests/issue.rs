//! Tracking issues and texts of pull requests: every row of the table, and whole bodies in the shapes of the templates.

use domain::{
    Diagnostic, IssueReading, LinkedPull, PullKind, PullText, Reference, ReferenceForm, ReferencePlace, Stage,
    TargetReading,
};

use super::{
    super::{VEP, commands, read_issue, read_pull_text},
    codes,
    issue_table::{Field, ROWS},
};

const REPOSITORY: &str = "kubevirt/enhancements";

#[test]
fn the_table_has_its_rows() {
    assert!(ROWS.len() >= 120, "{}", ROWS.len());
}

#[test]
fn every_row_of_the_table_is_read_as_expected() {
    let wrong: Vec<String> = ROWS
        .iter()
        .filter_map(|(number, field, raw, expected)| {
            let read = read_row(*number, *field, raw);
            (normal(&read) != normal(expected))
                .then(|| format!("{number} {field:?} {raw:?}\n  expected {expected}\n  read     {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows differ:\n{}", wrong.len(), ROWS.len(), wrong.join("\n"));
}

/// The value, and the codes in alphabetical order.
fn normal(text: &str) -> (String, Vec<&str>) {
    let (value, codes) = text.split_once('!').unwrap_or((text, ""));
    let mut codes: Vec<&str> = codes.split_whitespace().collect();
    codes.sort_unstable();
    codes.dedup();
    (value.trim().to_owned(), codes)
}

fn read_row(number: u32, field: Field, raw: &str) -> String {
    let under = |heading: &str| {
        let body = if raw.starts_with("**") { raw.to_owned() } else { format!("**{heading}**:\n\n{raw}\n") };
        read_issue(&VEP, REPOSITORY, number, &format!("VEP {number}: t"), &body)
    };
    let with = |reading: &IssueReading, value: String| format!("{value}{}", told(&reading.diagnostics));
    match field {
        Field::Title => {
            let mut reading = read_issue(&VEP, REPOSITORY, number, raw, "");
            reading.diagnostics.retain(|d| d.code != "empty-file" && d.code != "field-missing");
            let shown = (reading.number.map(|number| number.to_string()), reading.title.clone());
            let value = format!("{} | {}", or_dash(shown.0), or_dash(shown.1));
            value + &all_told(&reading.diagnostics)
        }
        Field::Contact => {
            let reading = under("Primary contact (assignee)");
            with(&reading, joined(reading.contacts.iter().map(|contact| contact.value.clone()), " "))
        }
        Field::Stage => {
            let reading = under("Current Feature Stage");
            with(&reading, or_dash(reading.stage.as_ref().map(stage)))
        }
        Field::Gate => {
            let reading = under("Feature Gate");
            with(&reading, or_dash(reading.feature_gate.as_ref().map(|gate| gate.value.clone())))
        }
        Field::Sig => {
            let reading = under("Responsible SIGs");
            let primary = or_dash(reading.primary_sig.as_ref().map(|sig| sig.value.clone()));
            let others = joined(reading.additional_sigs.iter().map(|sig| sig.value.clone()), " ");
            with(&reading, if others == "-" { primary } else { format!("{primary} + {others}") })
        }
        Field::Link => {
            let reading = under("Enhancement link");
            let document = reading.document.as_ref().map(|document| document.value.clone());
            with(&reading, or_dash(document.or(reading.document_pull.map(|pull| format!("pull {pull}")))))
        }
        Field::Target => {
            let reading = under("Timeline");
            let target =
                |target: &domain::Target| format!("{}={}", stage(&target.stage), target_reading(target.reading));
            with(&reading, joined(reading.targets.iter().map(target), " "))
        }
        Field::Box => {
            let reading = under("Timeline");
            with(&reading, joined(reading.boxes.iter().map(task), ", "))
        }
        Field::Pull => {
            let reading = under("Timeline");
            with(&reading, joined(reading.pulls.iter().map(pull), ", "))
        }
        Field::Body => {
            let reading = read_issue(&VEP, REPOSITORY, number, "VEP 1: t", raw);
            joined(reading.pulls.iter().map(pull), ", ")
        }
        Field::Command => joined(
            commands(raw)
                .into_iter()
                .map(|command| format!("{} {}", command.name, command.arguments).trim().to_owned()),
            "; ",
        ),
        Field::PullTitle => pull_text(&read_pull_text(raw, "")),
        Field::PullText => pull_text(&read_pull_text("Fix it", raw)),
    }
}

fn or_dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| "-".to_owned())
}

fn joined(values: impl Iterator<Item = String>, between: &str) -> String {
    let values: Vec<String> = values.collect();
    if values.is_empty() { "-".to_owned() } else { values.join(between) }
}

/// The codes of what stands on a line; what is missing from the rest of the form does not belong to the row.
fn told(diagnostics: &[Diagnostic]) -> String {
    let on_a_line: Vec<Diagnostic> = diagnostics.iter().filter(|diagnostic| diagnostic.line > 0).cloned().collect();
    all_told(&on_a_line)
}

fn all_told(diagnostics: &[Diagnostic]) -> String {
    let codes: Vec<&str> = codes(diagnostics).into_iter().map(|(code, _)| code).collect();
    if codes.is_empty() { String::new() } else { format!(" !{}", codes.join(" ")) }
}

fn stage(stage: &Stage) -> String {
    match stage {
        Stage::Alpha => "alpha",
        Stage::Beta => "beta",
        Stage::Ga => "ga",
        Stage::Single => "one",
        Stage::Other(other) => other,
    }
    .to_owned()
}

fn target_reading(reading: TargetReading) -> String {
    match reading {
        TargetReading::Version(version) => return version.to_string(),
        TargetReading::Empty => "empty",
        TargetReading::Tbd => "tbd",
        TargetReading::NotApplicable => "n/a",
        TargetReading::Struck => "struck",
        TargetReading::Unreadable => "?",
    }
    .to_owned()
}

fn kind(kind: PullKind) -> String {
    match kind {
        PullKind::Bug => "bug".to_owned(),
        other => other.words().to_owned(),
    }
}

fn task(task: &domain::TimelineBox) -> String {
    let mark = if task.checked { "[x]" } else { "[ ]" };
    let about: Vec<String> = task.stage.iter().map(stage).chain(task.kind.map(kind)).collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(" ")) };
    format!("{mark} {}{about}", task.text)
}

fn pull(pull: &LinkedPull) -> String {
    let about: Vec<String> = pull.kind.map(kind).into_iter().chain(pull.stage.iter().map(stage)).collect();
    format!("{}#{} {}", pull.repository, pull.number, about.join(" ")).trim_end().to_owned()
}

fn pull_text(text: &PullText) -> String {
    let place = |reference: &Reference| if reference.place == ReferencePlace::Label { "labelled " } else { "" };
    let repository = |reference: &Reference| {
        let parts: Vec<&str> = reference.owner.iter().chain(&reference.repository).map(String::as_str).collect();
        parts.join("/")
    };
    let form = |reference: &Reference| match &reference.form {
        ReferenceForm::Address => "address".to_owned(),
        ReferenceForm::Qualified => "qualified".to_owned(),
        ReferenceForm::Repository => "repository".to_owned(),
        ReferenceForm::Short => "short".to_owned(),
        ReferenceForm::Noun(noun) => noun.clone(),
    };
    let reference =
        |r: &Reference| format!("{}{} {} {}", place(r), form(r), repository(r), r.number).replace("  ", " ");
    let shown = text.references.iter().map(reference);
    let shown = shown.chain(text.pulls.iter().map(|r| format!("pull {}{} {}", place(r), repository(r), r.number)));
    let shown = shown.chain(text.documents.iter().map(|d| format!("document {}/{} {}", d.owner, d.repository, d.path)));
    let shown = shown.chain(text.picks.iter().map(|r| format!("picks {}#{}", repository(r), r.number)));
    let shown = shown.chain(text.picked_commits.iter().map(|commit| format!("commit {}", commit.value)));
    let shown = shown.chain(text.branch.iter().map(|branch| format!("branch {branch}")));
    joined(shown, "; ") + &all_told(&text.diagnostics)
}
