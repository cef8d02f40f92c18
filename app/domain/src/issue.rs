//! What the text of a tracking issue states, value by value, each with the line it stands on.
//!
//! Only the reading is here; parsing Markdown is the server's business (`server/src/documents`).

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, PullKind, ReleaseVersion, Stage, Stated, Target, TargetReading};

/// A pull request that a tracking issue links.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkedPull {
    /// `owner/name`.
    pub repository: String,
    /// Its number there.
    pub number: u32,
    /// What it is for, by the section that holds it ("VEP PRs", "Code PRs", "Docs PRs", "Bugs"). None where the text
    /// merely mentions it, as "Additional context" does: it may belong to another proposal.
    pub kind: Option<PullKind>,
    /// The stage under which it stands ("Alpha").
    pub stage: Option<Stage>,
    /// Line in the issue's text, counted from 1.
    pub line: u32,
}

/// A box of the timeline: of a stage, or of what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimelineBox {
    /// The text behind the box, without Markdown.
    pub text: String,
    /// Whether it is ticked.
    pub checked: bool,
    /// Whether its line is struck out.
    pub struck: bool,
    /// The stage under which it stands, its own if it is a stage's box.
    pub stage: Option<Stage>,
    /// The kind of pull request that it stands for ("Code PRs"), if any.
    pub kind: Option<PullKind>,
    /// Line in the issue's text, counted from 1.
    pub line: u32,
}

/// Everything that a tracking issue states. Values that are absent, still to be determined or unreadable are left out;
/// the diagnostics name those that somebody should mend.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IssueReading {
    /// Number in the title ("VEP 108: …"), which should be that of the issue.
    pub number: Option<u32>,
    /// The title without noun and number; none while it is the template's.
    pub title: Option<String>,
    /// Logins of the primary contacts, without `@`: assigned by command, else named under the heading.
    pub contacts: Vec<Stated<String>>,
    /// The current stage as written, trimmed.
    pub stage_text: String,
    /// The stage as understood, "deprecated" included; none for "New" and what cannot be read.
    pub stage: Option<Stage>,
    /// Feature gate, where named.
    pub feature_gate: Option<Stated<String>>,
    /// Primary SIG, e.g. `sig-compute`.
    pub primary_sig: Option<Stated<String>>,
    /// Further SIGs.
    pub additional_sigs: Vec<Stated<String>>,
    /// Path of the document or its directory that is linked, if any.
    pub document: Option<Stated<String>>,
    /// A pull request that is linked in its place, because nothing is merged yet.
    pub document_pull: Option<u32>,
    /// Release targets per stage.
    pub targets: Vec<Target>,
    /// Boxes of the timeline.
    pub boxes: Vec<TimelineBox>,
    /// Linked pull requests and bugs, in the order of the text.
    pub pulls: Vec<LinkedPull>,
    /// What could not be read or looks wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl IssueReading {
    /// Stages and the releases that are stated for them.
    pub fn releases(&self) -> Vec<(Stage, ReleaseVersion)> {
        let version = |target: &Target| match target.reading {
            TargetReading::Version(release) => Some((target.stage.clone(), release)),
            _ => None,
        };
        self.targets.iter().filter_map(version).collect()
    }
}
