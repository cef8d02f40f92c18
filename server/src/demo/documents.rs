//! Writes a proposal document: the head (title, people, targets, checklist) by what is known of the proposal, the
//! sections from its text, and what the text leaves out from [`super::phrases`].

use std::fmt::Write as _;

use chrono::NaiveDate;
use domain::Stage;

use super::phrases::{self, Kind};

/// How the title line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// `# CEP #4702: title`.
    Hash,
    /// `# CEP 4702: title`.
    Plain,
    /// `# VEP #0268: title`.
    Zeros,
    /// Another number than the issue's.
    Number(u32),
    /// `# CEP: title`.
    Bare,
}

/// How the boxes of the sign-off checklist are ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boxes {
    /// As the targets are.
    Agreeing,
    /// The same with a capital X.
    Capital,
    /// None, whatever the targets say.
    Empty,
    /// All, whatever the targets say.
    All,
}

/// What one version of a document is written from.
#[derive(Debug, Clone)]
pub struct Paper {
    /// `CEP` or `VEP`.
    pub noun: &'static str,
    /// Repository of the document.
    pub repository: &'static str,
    /// Number of the proposal.
    pub number: u32,
    /// Its title.
    pub title: &'static str,
    /// Form of the title line.
    pub heading: Heading,
    /// Form of the checklist.
    pub boxes: Boxes,
    /// YAML between the fences, without them; empty for none.
    pub front_matter: &'static str,
    /// Lines of the list of people, as written.
    pub people: Vec<String>,
    /// Stage and what stands behind its colon.
    pub targets: Vec<(Stage, String)>,
    /// Struck-out stages.
    pub struck: &'static [Stage],
    /// The sections that are its own.
    pub text: String,
    /// What the proposal is about, for the sections it leaves to the house.
    pub kind: Kind,
    /// Repositories it touches.
    pub repositories: Vec<&'static str>,
    /// Merged pull requests: day, what, link.
    pub history: Vec<(NaiveDate, String, String)>,
    /// Sections that are missing.
    pub left_out: &'static [&'static str],
    /// Sections with nothing but the heading and a comment.
    pub unfilled: &'static [&'static str],
}

const SECTIONS: [&str; 15] = [
    "Overview",
    "Motivation",
    "Goals",
    "Non Goals",
    "Definition of Users",
    "User Stories",
    "Repos",
    "Design",
    "API Examples",
    "Alternatives",
    "Scalability",
    "Update/Rollback Compatibility",
    "Functional Testing Approach",
    "Implementation History",
    "Graduation Requirements",
];

impl Paper {
    /// The document.
    pub fn write(&self) -> String {
        let mut text = String::new();
        if !self.front_matter.is_empty() {
            _ = writeln!(text, "---\n{}\n---\n", self.front_matter.trim());
        }
        _ = writeln!(text, "# {}\n", self.title_line());
        if !self.people.is_empty() {
            _ = writeln!(text, "{}\n", self.people.join("\n"));
        }
        _ = writeln!(text, "## {} Status Metadata\n\n### Target releases\n", self.noun);
        text.push_str("<!-- Name the release of the coming cycle only, e.g.\n- This proposal targets beta for version: v0.0\n-->\n\n");
        text.push_str(&self.target_lines());
        text.push_str("\n### Release Signoff Checklist\n\n");
        text.push_str("Items marked with (R) are required *prior to targeting to a milestone / release*.\n\n");
        text.push_str(&self.checklist());
        for section in SECTIONS.iter().filter(|section| !self.left_out.contains(section)) {
            if let Some(body) = self.section(section) {
                _ = writeln!(text, "\n## {section}\n\n{}", body.trim_end());
            }
        }
        for (name, body) in own_sections(&self.text).iter().filter(|(name, _)| !SECTIONS.contains(name)) {
            _ = writeln!(text, "\n## {name}\n\n{body}");
        }
        text
    }

    fn title_line(&self) -> String {
        let Self { noun, number, title, .. } = self;
        match self.heading {
            Heading::Hash => format!("{noun} #{number}: {title}"),
            Heading::Plain => format!("{noun} {number}: {title}"),
            Heading::Zeros => format!("{noun} #{number:04}: {title}"),
            Heading::Number(other) => format!("{noun} #{other}: {title}"),
            Heading::Bare => format!("{noun}: {title}"),
        }
    }

    fn target_lines(&self) -> String {
        let value = |stage: &Stage| self.targets.iter().find(|(s, _)| s == stage).map(|(_, value)| value.as_str());
        if let Some(value) = value(&Stage::Single) {
            return format!("- This {} targets version: {value}\n", self.noun);
        }
        let mut lines = String::new();
        for (stage, word) in [(Stage::Alpha, "alpha"), (Stage::Beta, "beta"), (Stage::Ga, "GA")] {
            let line = format!("This {} targets {word} for version:", self.noun);
            if self.struck.contains(&stage) {
                _ = writeln!(lines, "- ~{line}~");
            } else {
                lines.push_str(format!("- {line} {}", value(&stage).unwrap_or_default()).trim_end());
                lines.push('\n');
            }
        }
        lines
    }

    fn checklist(&self) -> String {
        let Self { noun, repository, .. } = self;
        let has = |stage: &Stage| {
            let digit = |value: &String| value.chars().any(|c| c.is_ascii_digit());
            self.targets.iter().any(|(s, value)| (s == stage || *stage == Stage::Single) && digit(value))
        };
        let issue = format!(
            "(R) Enhancement issue created, which links to {noun} dir in [{repository}](https://github.com/{repository}) \
             (not the initial {noun} PR)"
        );
        let mut lines = self.tick(true, &issue);
        if *noun == "CEP" {
            lines.push_str(&self.tick(has(&Stage::Single), "(R) Target version is explicitly mentioned and approved"));
            lines.push_str(
                &self.tick(!self.unfilled.contains(&"Graduation Requirements"), "(R) Graduation criteria filled"),
            );
            return lines;
        }
        for (stage, word) in [(Stage::Alpha, "Alpha"), (Stage::Beta, "Beta"), (Stage::Ga, "GA")] {
            let text = format!("(R) {word} target version is explicitly mentioned and approved");
            if self.struck.contains(&stage) {
                _ = writeln!(lines, "- ~[ ] {text}~");
            } else {
                lines.push_str(&self.tick(has(&stage), &text));
            }
        }
        lines
    }

    fn tick(&self, agreeing: bool, text: &str) -> String {
        let mark = match (self.boxes, agreeing) {
            (Boxes::Agreeing, true) | (Boxes::All, _) => 'x',
            (Boxes::Capital, true) => 'X',
            _ => ' ',
        };
        format!("- [{mark}] {text}\n")
    }

    /// The body of a section: nothing but a comment, the text's own, or the house's words; none where there is none.
    fn section(&self, name: &str) -> Option<String> {
        if self.unfilled.contains(&name) {
            return Some(phrases::UNFILLED.to_owned());
        }
        own_sections(&self.text).iter().find(|(own, _)| *own == name).map(|(_, body)| (*body).to_owned()).or_else(
            || match name {
                "Definition of Users" => Some(phrases::users(self.kind, self.number).to_owned()),
                "User Stories" => Some(phrases::stories(self.kind).to_owned()),
                "Repos" => Some(self.repository_lines()),
                "API Examples" if self.noun == "VEP" => Some(phrases::API.to_owned()),
                "Scalability" => Some(phrases::scalability(self.kind, self.number).to_owned()),
                "Update/Rollback Compatibility" => Some(phrases::rollback(self.kind, self.number).to_owned()),
                "Functional Testing Approach" => Some(phrases::testing(self.kind, self.number).to_owned()),
                "Implementation History" => Some(self.history_lines()),
                _ => None,
            },
        )
    }

    fn repository_lines(&self) -> String {
        let line = |name: &&str| format!("- [{name}](https://github.com/{name})");
        self.repositories.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn history_lines(&self) -> String {
        if self.history.is_empty() {
            return "<!-- Nothing yet. One line per merged pull request: DD-MM-YYYY: what. PR: link. -->".to_owned();
        }
        let line = |(day, what, link): &(NaiveDate, String, String)| {
            format!("- {}: {what}. PR: [{}]({link})", day.format("%d-%m-%Y"), link.rsplit('/').next().unwrap_or(link))
        };
        self.history.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The sections of a text: what stands under each heading `## name`, up to the next one outside code.
fn own_sections(text: &str) -> Vec<(&str, &str)> {
    let mut sections = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let (mut fenced, mut at) = (false, 0);
    for line in text.split_inclusive('\n') {
        fenced ^= line.starts_with("```");
        if let Some(heading) = line.strip_prefix("## ").filter(|_| !fenced) {
            sections.extend(open.and_then(|(name, start)| Some((name, text.get(start..at)?.trim()))));
            open = Some((heading.trim(), at + line.len()));
        }
        at += line.len();
    }
    sections.extend(open.and_then(|(name, start)| Some((name, text.get(start..)?.trim()))));
    sections
}
