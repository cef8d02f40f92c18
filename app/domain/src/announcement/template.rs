//! Templates: plain text in which `{{name}}` stands for a value.

use serde::{Deserialize, Serialize};

use super::{Announcement, Value};
use crate::outgoing::{Mail, wrapped};

/// Longest body of a template, in characters.
const MAX_BODY: usize = 20_000;

/// Longest subject, in characters.
const MAX_SUBJECT: usize = 200;

/// Subject and text with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// Why a template cannot be used, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Nothing goes in under that name.
    #[error("nothing goes in for {{{{{name}}}}}; the values that do are listed beside the text")]
    Unknown {
        /// "subject" or "body".
        field: &'static str,
        /// The name.
        name: String,
    },
    /// A part is empty, or too long.
    #[error("write the {field} in 1 to {max} characters{line}")]
    Length {
        /// "subject" or "body".
        field: &'static str,
        /// How long it can be.
        max: usize,
        /// ", on one line" for a subject.
        line: &'static str,
    },
}

impl TemplateError {
    /// The field that it is about.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Unknown { field, .. } | Self::Length { field, .. } => field,
        }
    }
}

impl Template {
    /// The template as it would be kept.
    ///
    /// # Errors
    /// When a part is empty or too long, or a placeholder is not known.
    pub fn checked(self, values: &[Value]) -> Result<Self, TemplateError> {
        let body = self.body.replace("\r\n", "\n");
        let template = Self { subject: self.subject.trim().to_owned(), body: format!("{}\n", body.trim_end()) };
        let fits = |text: &str, max: usize| !text.trim().is_empty() && text.chars().count() <= max;
        if !fits(&template.subject, MAX_SUBJECT) || template.subject.contains('\n') {
            return Err(TemplateError::Length { field: "subject", max: MAX_SUBJECT, line: ", on one line" });
        }
        if !fits(&template.body, MAX_BODY) {
            return Err(TemplateError::Length { field: "body", max: MAX_BODY, line: "" });
        }
        fill(&template.subject, "subject", values)?;
        fill(&template.body, "body", values)?;
        Ok(template)
    }

    /// The text with its values, wrapped unless it is a document.
    ///
    /// # Errors
    /// When a placeholder is not known.
    pub fn filled(&self, which: Announcement, values: &[Value]) -> Result<Mail, TemplateError> {
        let subject = fill(&self.subject, "subject", values)?;
        let body = fill(&self.body, "body", values)?;
        let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Mail { subject, body: if which.is_document() { body } else { wrapped(&body) } })
    }
}

fn fill(text: &str, field: &'static str, values: &[Value]) -> Result<String, TemplateError> {
    let mut filled = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once("}}") else {
            return Err(TemplateError::Unknown { field, name: after.lines().next().unwrap_or_default().to_owned() });
        };
        let name = name.trim();
        let value = values.iter().find(|value| value.name == name);
        let value = value.ok_or_else(|| TemplateError::Unknown { field, name: name.to_owned() })?;
        filled.push_str(&value.text);
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}
