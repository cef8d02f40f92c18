//! The steps of a request, in files that the tracker wrote.

use chrono::{DateTime, Utc};
use domain::{Diagnostic, diagnostic::codes};

use super::{
    super::{
        text::quoted,
        yaml::{Node, Value},
    },
    reader::without_nul,
    record::{Step, StepKind},
};

/// The steps that a list states. One that cannot be read is named and left out.
pub fn read_steps(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Step> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        Value::Null => &[],
        Value::Text(_) | Value::Map(_) => {
            diagnostics.push(lost(node.line, "A list of steps is expected here"));
            &[]
        }
    };
    let mut steps = Vec::new();
    for item in items {
        match read_step(item, diagnostics) {
            Ok(step) => steps.push(step),
            Err(why) => diagnostics.push(lost(item.line, &why)),
        }
    }
    steps
}

fn lost(line: u32, why: &str) -> Diagnostic {
    let message = format!("{why}; the step was left out.");
    Diagnostic::error(line, codes::STEP_LOST, message, "Write it as keys at, by and what, as an export does.")
}

#[derive(Default)]
struct Parts {
    at: Option<String>,
    by: Option<String>,
    on_behalf_of: Option<String>,
    link: Option<String>,
    what: Option<String>,
    until: Option<String>,
    words: String,
}

fn read_step(item: &Node, diagnostics: &mut Vec<Diagnostic>) -> Result<Step, String> {
    let Value::Map(pairs) = &item.value else { return Err("This is no step".to_owned()) };
    let mut parts = Parts::default();
    for (key, value) in pairs {
        let name = key.text().unwrap_or_default();
        let Some(text) = value.text() else { return Err(format!("{} is no text", quoted(name))) };
        let text = without_nul(text);
        let short = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match name {
            "at" => parts.at = short,
            "by" => parts.by = short,
            "on_behalf_of" => parts.on_behalf_of = short,
            "link" => parts.link = short,
            "what" => parts.what = short,
            "until" => parts.until = short,
            "words" => parts.words = text,
            _ => diagnostics.push(Diagnostic::warning(
                key.line,
                codes::UNKNOWN_KEY,
                format!("The key {} means nothing in a step; it was left out.", quoted(name)),
                "Remove it.",
            )),
        }
    }
    parts.step(item.line)
}

impl Parts {
    fn step(self, line: u32) -> Result<Step, String> {
        let what = self.what.unwrap_or_default();
        let kind = StepKind::ALL.into_iter().find(|kind| kind.word() == what);
        let kind = kind.ok_or_else(|| format!("{} is nothing that can be done with a request", quoted(&what)))?;
        let until = self.until.as_deref().map(instant).transpose()?;
        if kind == StepKind::Granted && until.is_none() {
            return Err("A grant without its end".to_owned());
        }
        Ok(Step {
            line,
            at: self.at.as_deref().map(instant).transpose()?,
            by: self.by.ok_or("Nobody is named who did it")?,
            on_behalf_of: self.on_behalf_of,
            link: self.link,
            kind,
            until,
            words: self.words,
        })
    }
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    let read = DateTime::parse_from_rfc3339(text).map(|instant| instant.with_timezone(&Utc));
    read.map_err(|_| format!("{} is no instant such as 2026-10-27T12:00:00Z", quoted(text)))
}
