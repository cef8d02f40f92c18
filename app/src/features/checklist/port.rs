//! The port behind the post-freeze checklist (P-14).

use chrono::{DateTime, Utc};
use domain::{FreezeZone, ReleaseVersion, Status, checklist::Line};
use serde::{Deserialize, Serialize};

use crate::{
    features::shared::{Cycle, ProposalLink},
    port::Answer,
    query::{At, ReleaseChoice},
};

/// What the address of one proposal's checklist asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistAsk {
    /// Its source.
    pub source: String,
    /// Its number.
    pub number: u32,
    /// Which release; the current one, else its latest, without one.
    pub release: Option<ReleaseChoice>,
    /// The instant shown.
    pub at: At,
}

/// The checklist of one participation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChecklistSummary {
    /// Which proposal.
    pub proposal: ProposalLink,
    /// Which release.
    pub release: ReleaseVersion,
    /// Whether it is tracked there; checklists are about the tracked ones.
    pub tracked: bool,
    /// Whether it is asked for: the Code Freeze has passed, and it is tracked.
    pub due: bool,
    /// When the Code Freeze passes, or passed.
    pub freeze: Option<DateTime<Utc>>,
    /// Zone in which its day ends.
    pub zone: FreezeZone,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl ChecklistSummary {
    /// How many lines are done.
    pub fn done(&self) -> usize {
        self.lines.iter().filter(|line| line.done()).count()
    }

    /// Address of the page with the lines.
    pub fn href(&self) -> String {
        format!("{}/checklist?release={}", self.proposal.href(), self.release)
    }
}

/// Everything on the page of one proposal's checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChecklistView {
    /// The lines.
    pub summary: ChecklistSummary,
    /// Status in that release.
    pub status: Status,
    /// The status in words.
    pub words: String,
    /// The releases that it takes part in.
    pub releases: Vec<ReleaseVersion>,
    /// Why the viewer may not sign, in words for them; empty when they may.
    pub refusal: String,
    /// Place of the latest decision on the proposal, which the forms send along.
    pub seen: i64,
}

/// What the address of a release's table asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableAsk {
    /// Which release.
    pub release: ReleaseChoice,
    /// Which source; without one, the first with tracked proposals.
    pub source: Option<String>,
    /// Only those in which this is open: a line's key, or `any`.
    pub open: Option<String>,
    /// Their order.
    pub sort: TableSort,
    /// The instant shown.
    pub at: At,
}

/// Orders of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum TableSort {
    /// Fewest lines done first.
    #[default]
    Open,
    /// Most lines done first.
    Done,
    /// By number.
    Number,
    /// By title.
    Title,
}

impl TableSort {
    /// As it stands in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Number => "number",
            Self::Title => "title",
        }
    }

    /// Reads it; anything else is the usual order.
    pub fn parse(word: &str) -> Self {
        [Self::Done, Self::Number, Self::Title].into_iter().find(|sort| sort.word() == word).unwrap_or_default()
    }
}

/// Everything on the table of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableView {
    /// Dates of the release.
    pub cycle: Cycle,
    /// Whether the Code Freeze has passed.
    pub due: bool,
    /// The sources: id, name, how many are tracked.
    pub sources: Vec<(String, String, usize)>,
    /// Id of the source shown.
    pub source: String,
    /// Its columns: the five lines, then those that the SIG added for this release.
    pub columns: Vec<LineColumn>,
    /// The tracked participations that match.
    pub rows: Vec<TableRow>,
    /// How many are tracked, without the filter.
    pub tracked: usize,
    /// How many lines are done and how many there are, without the filter.
    pub done: (usize, usize),
    /// What is filtered by, as asked.
    pub open: Option<String>,
    /// The order.
    pub sort: TableSort,
    /// Why the viewer may not change the lines, in words for them; empty when they may.
    pub refusal: String,
}

/// One line as a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineColumn {
    /// Its key.
    pub key: String,
    /// What is asked.
    pub text: String,
    /// Whether the SIG added it for this release.
    pub extra: bool,
}

/// One participation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableRow {
    /// Its lines.
    pub summary: ChecklistSummary,
    /// Status in the release.
    pub status: Status,
    /// The status in words.
    pub words: String,
    /// Logins of the owners.
    pub owners: Vec<String>,
}

/// How the pages reach the server.
pub trait ChecklistPort: Send + Sync {
    /// The checklist of one proposal; `PageError::NotFound` when there is none, or it takes part in no release.
    fn checklist(&self, ask: ChecklistAsk) -> Answer<'_, ChecklistView>;

    /// The table of a release; `PageError::NotFound` for a release or source that is not known.
    fn checklists(&self, ask: TableAsk) -> Answer<'_, TableView>;
}
