//! What a proposal document states, value by value, each with the line it stands on.
//!
//! Only the reading is here; parsing Markdown is the server's business (`server/src/documents`).

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, ReleaseVersion};

/// Where in a document a value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A line of the Markdown text.
    Line,
    /// The YAML front matter.
    FrontMatter,
}

/// A value together with the place that states it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stated<T> {
    /// The value as read.
    pub value: T,
    /// Line in the file, counted from 1.
    pub line: u32,
    /// Front matter or text.
    pub from: Origin,
}

/// What the value of a target line turned out to be (P-9 d).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "reading", content = "version")]
pub enum TargetReading {
    /// A release.
    Version(ReleaseVersion),
    /// Nothing after the colon.
    Empty,
    /// TBD, in whatever wording.
    Tbd,
    /// N/A, in whatever wording.
    NotApplicable,
    /// The whole line or its value is struck out.
    Struck,
    /// Something else; reported by a diagnostic.
    Unreadable,
}

/// Maturity stages and their like.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// First release, off by default.
    Alpha,
    /// On by default, may still change.
    Beta,
    /// Stable.
    Ga,
    /// One step without stages: tooling and process changes.
    Single,
    /// Any other word in the place of a stage, as written in lower case ("announcement", "enforcement").
    Other(String),
}

/// One line such as "This VEP targets alpha for version: v1.9".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Target {
    /// The stage as the author wrote it ("alpha", "alpha2", "" for a line without one).
    pub stage_text: String,
    /// The stage as understood.
    pub stage: Stage,
    /// The value as the author wrote it, trimmed.
    pub raw: String,
    /// What it means.
    #[serde(flatten)]
    pub reading: TargetReading,
    /// Line in the file, counted from 1.
    pub line: u32,
    /// Front matter or text.
    pub from: Origin,
}

/// Document status (P-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentStatus {
    /// Proposed, not yet agreed.
    Provisional,
    /// Agreed, may be built.
    Implementable,
    /// Built.
    Implemented,
    /// Put off.
    Deferred,
    /// Refused.
    Rejected,
    /// Taken back by its owner.
    Withdrawn,
    /// Another proposal took its place.
    Replaced,
    /// No longer pursued, for what is left of it.
    Deprecated,
}

/// One box of the sign-off checklist.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChecklistLine {
    /// The text behind the box, without Markdown links' targets.
    pub text: String,
    /// Whether the box is ticked.
    pub checked: bool,
    /// Whether the line as a whole is struck out.
    pub struck: bool,
    /// Whether it carries the (R) mark: required before targeting a release.
    pub required: bool,
    /// Line in the file, counted from 1.
    pub line: u32,
}

/// How far a section of the template has been written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionState {
    /// Has text of its own.
    Filled,
    /// There, but nothing beyond what the template gives.
    Template,
    /// Not in the document.
    Missing,
}

/// One section that the template of the source asks for (R002T-5).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Section {
    /// Its name in the template ("Graduation Requirements", "Alpha").
    pub name: String,
    /// Filled, template-only or missing.
    pub state: SectionState,
    /// Line of its heading; 0 when missing.
    pub line: u32,
}

/// One entry of the implementation history.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The entry as text, Markdown removed.
    pub text: String,
    /// Line in the file, counted from 1.
    pub line: u32,
}

/// Everything a proposal document states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentReading {
    /// Number in the title line or front matter.
    pub number: Option<Stated<u32>>,
    /// Title without number.
    pub title: Option<Stated<String>>,
    /// Document status where one is stated (front matter only).
    pub status: Option<Stated<DocumentStatus>>,
    /// Target lines in the order of the file.
    pub targets: Vec<Target>,
    /// Sign-off checklist.
    pub checklist: Vec<ChecklistLine>,
    /// Template sections, in the order of the template.
    pub sections: Vec<Section>,
    /// Logins of owners or authors, without `@`; never "TBD".
    pub owners: Vec<Stated<String>>,
    /// Logins of reviewers, without `@`; never "TBD".
    pub reviewers: Vec<Stated<String>>,
    /// Logins of approvers, without `@`; never "TBD".
    pub approvers: Vec<Stated<String>>,
    /// Owning SIG, e.g. `sig-compute`.
    pub owning_sig: Option<Stated<String>>,
    /// Other SIGs taking part.
    pub participating_sigs: Vec<Stated<String>>,
    /// Number of the proposal that replaces this one.
    pub replaced_by: Option<Stated<u32>>,
    /// Feature gate, where named.
    pub feature_gate: Option<Stated<String>>,
    /// Implementation history.
    pub history: Vec<HistoryEntry>,
    /// What could not be read or looks wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl DocumentReading {
    /// How many template sections are filled, and how many there are.
    pub fn completeness(&self) -> (usize, usize) {
        let filled = self.sections.iter().filter(|s| s.state == SectionState::Filled).count();
        (filled, self.sections.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_written_flat_and_read_back() -> Result<(), serde_json::Error> {
        for reading in [TargetReading::Version(ReleaseVersion::new(1, 9)), TargetReading::Empty, TargetReading::Struck]
        {
            let target = Target {
                stage_text: "alpha2".to_owned(),
                stage: Stage::Alpha,
                raw: "v1.9.".to_owned(),
                reading,
                line: 7,
                from: Origin::FrontMatter,
            };
            let json = serde_json::to_value(&target)?;
            assert_eq!(json["from"], "front-matter");
            assert_eq!(serde_json::from_value::<Target>(json)?, target);
        }
        Ok(())
    }

    #[test]
    fn completeness_counts_only_filled_sections() {
        let section = |state| Section { name: "Design".to_owned(), state, line: 1 };
        let sections =
            vec![section(SectionState::Filled), section(SectionState::Template), section(SectionState::Missing)];
        assert_eq!(DocumentReading { sections, ..DocumentReading::default() }.completeness(), (1, 3));
    }

    #[test]
    fn an_old_reading_with_fewer_fields_can_still_be_loaded() -> Result<(), serde_json::Error> {
        assert_eq!(serde_json::from_str::<DocumentReading>("{}")?, DocumentReading::default());
        Ok(())
    }
}
