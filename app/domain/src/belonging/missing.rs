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

/// The pull requests themselves.
pub(crate) fn unlinked<'k>(known: &'k Known<'_>) -> Vec<&'k Pull> {
    let mentions =
        |pull: &&Pull| matches!(pull.belonging, Some(Belonging::Document | Belonging::Text | Belonging::Title));
    not_linked(known).filter(mentions).collect()
}

/// Whatever belongs to the proposal and is not in its issue, for whatever reason it belongs: where nobody had to find
/// out why, the issue may have linked it at a time at which its links were not read. What was closed without a merge
/// need not be linked, nor what carries over another.
pub(crate) fn not_linked<'k>(known: &'k Known<'_>) -> impl Iterator<Item = &'k Pull> {
    let linked = |pull: &Pull| {
        let mut links = known.issue.into_iter().flat_map(|issue| issue.links);
        links.any(|l| l.number == pull.number && l.repository.eq_ignore_ascii_case(&pull.repository))
    };
    let needs_a_link = |pull: &Pull| {
        let carries_over = pull.belonging == Some(Belonging::CherryPick);
        pull.state != PullState::Closed && pull.kind != PullKind::Unrelated && !carries_over
    };
    let of_issue = known.pulls.iter().filter(|_| known.issue.is_some()).map(AsRef::as_ref);
    let mut all: Vec<&Pull> = of_issue.filter(|pull| needs_a_link(pull) && !linked(pull)).collect();
    all.sort_by_key(|pull| (&pull.repository, pull.number));
    all.into_iter()
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
