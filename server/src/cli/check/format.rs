//! Findings as text, JSON or annotations of GitHub Actions.

use std::io::{self, Write};

use domain::{Diagnostic, Severity};
use serde_json::json;

use super::Format;
use crate::cli::inspect::files::printable;

/// Prints findings and counts them.
pub struct Printer {
    format: Format,
    files: usize,
    failing: usize,
    notes: usize,
}

impl Printer {
    /// A printer that has seen nothing yet.
    pub const fn new(format: Format) -> Self {
        Self { format, files: 0, failing: 0, notes: 0 }
    }

    /// Prints the findings on one file.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn file(&mut self, path: &str, found: &[Diagnostic], out: &mut impl Write) -> io::Result<()> {
        self.files += 1;
        for finding in found {
            if finding.severity == Severity::Note {
                self.notes += 1;
            } else {
                self.failing += 1;
            }
            match self.format {
                Format::Text => writeln!(out, "{}", text(path, finding))?,
                Format::Json => writeln!(out, "{}", object(path, finding))?,
                Format::Github => writeln!(out, "{}", annotation(path, finding))?,
            }
        }
        Ok(())
    }

    /// Prints the summary where there is one; true when a finding makes the check fail.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn finish(self, out: &mut impl Write) -> io::Result<bool> {
        if self.format == Format::Text {
            let (findings, notes, files) =
                (count(self.failing, "finding"), count(self.notes, "note"), count(self.files, "document"));
            writeln!(out, "{findings} and {notes} in {files}.")?;
        }
        out.flush()?;
        Ok(self.failing > 0)
    }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn text(path: &str, finding: &Diagnostic) -> String {
    let place = if finding.line == 0 { String::new() } else { format!("{}:", finding.line) };
    let severity = match finding.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let (message, mend) = (printable(&finding.message), printable(&finding.mend));
    format!("{}:{place} {severity}: {message} {mend} [{}]", printable(path), finding.code)
}

fn object(path: &str, finding: &Diagnostic) -> serde_json::Value {
    json!({
        "path": path,
        "line": finding.line,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "mend": finding.mend,
    })
}

/// A workflow command. What fails the check is an error on the pull request, a note is a notice.
fn annotation(path: &str, finding: &Diagnostic) -> String {
    let command = if finding.severity == Severity::Note { "notice" } else { "error" };
    // GitHub counts lines from 1 and shows a remark on the whole file at its first line.
    let line = finding.line.max(1);
    let message = format!("{} {}", finding.message, finding.mend);
    format!("::{command} file={},line={line},title={}::{}", property(path), property(&finding.code), data(&message))
}

/// Escapes the text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annotation_cannot_be_broken_out_of() {
        let finding = Diagnostic::warning(0, "no-target", "50% of a,b:c\n::error::x", "Mend it.");
        assert_eq!(
            annotation("docs/a,b:c%\n.md", &finding),
            "::error file=docs/a%2Cb%3Ac%25%0A.md,line=1,title=no-target::50%25 of a,b:c%0A::error::x Mend it."
        );
    }

    #[test]
    fn text_names_place_severity_and_code() {
        let finding = Diagnostic::note(3, "box-open", "It is open.", "Tick it.");
        assert_eq!(text("a\u{1b}.md", &finding), "a\u{FFFD}.md:3: note: It is open. Tick it. [box-open]");
    }
}
