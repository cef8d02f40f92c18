//! Pull requests that mention a proposal but are missing from its tracking issue (P-10, P-14, R002-35).

use serde::{Deserialize, Serialize};

use crate::{Belonging, Known, Pull, PullKind, PullState, ReleaseVersion, Stage};

/// A pull request that the tracking issue should link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// `owner/name`.
    pub repository: String,
    /// Its number there.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// The release it belongs to.
    pub release: ReleaseVersion,
    /// The section that it belongs in.
    pub section: String,
    /// The stage whose section that is, where its release tells.
    pub stage: Option<Stage>,
    /// The line to add there, in Markdown.
    pub bullet: String,
}

impl Missing {
    /// Where the line goes: "Code PRs, under Alpha".
    pub fn place(&self) -> String {
        match &self.stage {
            Some(stage) => format!("{}, under {}", self.section, stage.name()),
            None => self.section.clone(),
        }
    }
}

/// Those known to belong to the proposal for another reason than the issue's link, without a link there; `noun` is what
/// the source calls a proposal. None while the issue was not read.
pub fn missing_from_issue(noun: &str, known: &Known<'_>) -> Vec<Missing> {
    unlinked(known).into_iter().map(|pull| missing(noun, pull, known)).collect()
}

/// The pull requests themselves. What was closed without a merge need not be linked, nor what carries over another.
pub(crate) fn unlinked<'k>(known: &'k Known<'_>) -> Vec<&'k Pull> {
    let Some(issue) = known.issue else { return Vec::new() };
    let linked = |pull: &Pull| {
        let mut links = issue.links.iter();
        links.any(|l| l.number == pull.number && l.repository.eq_ignore_ascii_case(&pull.repository))
    };
    let mentions = |pull: &Pull| {
        let by_itself = matches!(pull.belonging, Some(Belonging::Document | Belonging::Text | Belonging::Title));
        by_itself && pull.state != PullState::Closed && pull.kind != PullKind::Unrelated
    };
    let mut all: Vec<&Pull> = known.pulls.iter().map(AsRef::as_ref).filter(|p| mentions(p) && !linked(p)).collect();
    all.sort_by_key(|pull| (&pull.repository, pull.number));
    all
}

fn missing(noun: &str, pull: &Pull, known: &Known<'_>) -> Missing {
    let section = match pull.kind {
        PullKind::Proposal => format!("{noun} PRs"),
        PullKind::Docs => "Docs PRs".to_owned(),
        PullKind::Bug => "Bugs".to_owned(),
        PullKind::Implementation | PullKind::Unrelated => "Code PRs".to_owned(),
    };
    Missing {
        repository: pull.repository.clone(),
        number: pull.number,
        title: pull.title.clone(),
        release: pull.release,
        section,
        stage: known.stages(pull.release).into_iter().next(),
        bullet: format!("- https://github.com/{}/pull/{}", pull.repository, pull.number),
    }
}
