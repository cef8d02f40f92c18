//! Writes `exceptions.yaml`, so that [`super::read_exceptions`] reads back the same records.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::ReleaseVersion;

use super::{
    phase::Phase,
    quote::{quoted_scalar, text_scalar},
    record::{ExceptionRecord, IssueRef, On, Step, StepKind},
    values::pull_address,
};

/// The exceptions of one release as a file. Both freezes have their list, also when it is empty; further parts only when
/// they have records. Records keep their order within each.
pub fn write_exceptions(release: ReleaseVersion, records: &[ExceptionRecord]) -> String {
    let mut file = format!(
        "# Exceptions requested in {release}\n# Written by CEP Tracker. Instants are in UTC; what happened stands under \
         steps.\n\nrelease: {release}\n"
    );
    for phase in [Phase::Enhancement, Phase::Code, Phase::Docs, Phase::Other] {
        let belongs = |record: &&ExceptionRecord| {
            record.phase == phase || (record.phase == Phase::Unknown && phase == Phase::Other)
        };
        let mut mine = records.iter().filter(belongs).peekable();
        if phase.freeze().is_none() && mine.peek().is_none() {
            continue;
        }
        file.extend(["\n", phase.key(), ":\n"]);
        for (nth, record) in mine.enumerate() {
            if nth > 0 {
                file.push('\n');
            }
            file.push_str(&write_record(record));
        }
    }
    file
}

/// The exceptions of several releases as a stream of such files.
pub fn write_all_exceptions(releases: &BTreeMap<ReleaseVersion, Vec<ExceptionRecord>>) -> String {
    let files = releases.iter().map(|(release, records)| write_exceptions(*release, records));
    let files: Vec<_> = files.collect();
    if files.is_empty() { "# No exceptions were requested.\n".to_owned() } else { files.join("\n---\n") }
}

/// Lines of keys, the first as an item of a list.
struct Lines {
    text: String,
    indent: usize,
}

impl Lines {
    fn new(indent: usize) -> Self {
        Self { text: String::new(), indent }
    }

    fn key(&mut self, name: &str, value: &str) {
        let margin = " ".repeat(self.indent);
        let lead = if self.text.is_empty() { format!("{}- ", " ".repeat(self.indent - 2)) } else { margin };
        let space = if value.is_empty() { "" } else { " " };
        self.text.extend([&lead, name, ":", space, value, "\n"]);
    }

    fn maybe(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value {
            self.key(name, &value);
        }
    }

    fn quoted(&mut self, name: &str, text: Option<&String>) {
        self.maybe(name, text.map(|text| quoted_scalar(text)));
    }

    fn words(&mut self, name: &str, text: Option<&String>) {
        let value = text.map(|text| text_scalar(text, self.indent));
        self.maybe(name, value);
    }

    fn list(&mut self, name: &str, items: impl Iterator<Item = String>) {
        let items: Vec<_> = items.collect();
        if items.is_empty() {
            return;
        }
        self.key(name, "");
        let margin = " ".repeat(self.indent);
        for item in items {
            self.text.extend([&margin, "- ", &item, "\n"]);
        }
    }
}

fn write_record(record: &ExceptionRecord) -> String {
    let mut lines = Lines::new(2);
    lines.key("name", &quoted_scalar(&record.name));
    lines.key("issue", &record.issue.as_ref().map(issue).unwrap_or_default());
    lines.maybe("proposal", record.proposal.as_ref().map(|(source, number)| format!("{source}/{number}")));
    lines.maybe("request", record.request.map(|request| request.to_string()));
    lines.quoted("requester", record.requester.as_ref());
    lines.key("date_requested", &record.requested.map(on).unwrap_or_default());
    lines.key("date_reviewed", &record.reviewed.map(on).unwrap_or_default());
    lines.quoted("decided_by", record.decided_by.as_ref());
    lines.key("thread", &record.thread.as_ref().map(|thread| quoted_scalar(thread)).unwrap_or_default());
    if record.pulls.is_empty() {
        lines.key("pull_requests", "[]");
    }
    lines.list("pull_requests", record.pulls.iter().map(|pull| pull_or_text(pull)));
    let status = record.status.as_ref().map(|status| quoted_scalar(status.word()));
    lines.key("status", &status.unwrap_or_default());
    lines.quoted("additional_time", record.additional_time.as_ref());
    lines.maybe("asked_until", record.asked_until.map(on));
    lines.maybe("granted_until", record.granted_until.map(on));
    lines.words("reason", record.reason.as_ref());
    lines.words("justification", record.justification.as_ref());
    lines.words("impact", record.impact.as_ref());
    lines.list("notes", record.notes.iter().map(|note| quoted_scalar(note)));
    if !record.steps.is_empty() {
        lines.key("steps", "");
        lines.text.extend(record.steps.iter().map(write_step));
    }
    lines.text
}

fn write_step(step: &Step) -> String {
    let mut lines = Lines::new(4);
    lines.key("what", step.kind.word());
    lines.maybe("at", step.at.map(instant));
    lines.key("by", &quoted_scalar(&step.by));
    lines.quoted("on_behalf_of", step.on_behalf_of.as_ref());
    lines.quoted("link", step.link.as_ref());
    lines.maybe("until", step.until.map(instant));
    if !step.words.is_empty() {
        let words = if step.kind == StepKind::Filed { quoted_scalar(&step.words) } else { text_scalar(&step.words, 4) };
        lines.key("words", &words);
    }
    lines.text
}

fn issue(issue: &IssueRef) -> String {
    match &issue.repository {
        None => issue.number.to_string(),
        Some(repository) => {
            let kind = if issue.pull { "pull" } else { "issues" };
            quoted_scalar(&format!("https://github.com/{repository}/{kind}/{}", issue.number))
        }
    }
}

fn pull_or_text(pull: &str) -> String {
    quoted_scalar(&pull_address(pull).unwrap_or_else(|| pull.to_owned()))
}

fn on(on: On) -> String {
    match on {
        On::Day(day) => day.to_string(),
        On::Instant(at) => instant(at),
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
