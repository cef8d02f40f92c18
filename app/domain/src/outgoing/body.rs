//! Plain text of a mail, wrapped (R002-58).

use super::About;

/// Characters in a line of a mail.
const WIDTH: usize = 72;

/// A text wrapped as mails are, line by line.
pub fn wrapped(text: &str) -> String {
    let mut body = Body::default();
    for line in text.trim_end().lines() {
        body.line(line);
    }
    body.0
}

/// Plain text that grows paragraph by paragraph.
#[derive(Default)]
pub(super) struct Body(pub(super) String);

impl Body {
    pub(super) fn section(&mut self, title: &str, text: &str) {
        self.line("");
        self.line(title);
        self.line(&"-".repeat(title.chars().count()));
        for line in text.trim().lines() {
            self.line(line);
        }
    }

    pub(super) fn links(&mut self, about: &About<'_>) {
        let (base, source) = (about.base(), about.source);
        self.line(&format!("Proposal: {base}/{}/{}", source.id, about.number));
        self.line(&format!("Tracking issue: {}", source.issue_url(about.number)));
        if let Some(id) = about.id {
            self.line(&format!("Request: {base}/exceptions/{id}"));
        }
    }

    /// One line of text, wrapped between words; what follows an indented or listed line stays under its first word.
    pub(super) fn line(&mut self, text: &str) {
        let text = text.trim_end().replace('\t', "    ");
        let first = text.trim_start();
        let mut indent = text.chars().count() - first.chars().count();
        let mut line = " ".repeat(indent);
        let mut used = indent;
        indent += if first.starts_with("- ") || first.starts_with("* ") { 2 } else { 0 };
        for (place, word) in first.split_whitespace().enumerate() {
            let width = word.chars().count();
            if place > 0 && used + 1 + width > WIDTH {
                self.0.push_str(&line);
                self.0.push('\n');
                (line, used) = (" ".repeat(indent), indent);
            } else if place > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += width;
        }
        self.0.push_str(&line);
        self.0.push('\n');
    }
}
