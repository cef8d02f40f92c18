//! Which repositories are read, and what of each.

use std::collections::BTreeMap;

use domain::Source;
use sqlx::PgConnection;

use crate::store::{
    Result,
    calendar::{self, Calendar},
    github::repository::{self, CodeRepository},
    source,
};

/// A list of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum List {
    /// Issues: proposals' tracking issues, and bugs.
    Issues,
    /// Pull requests.
    Pulls,
    /// Comments on either.
    Comments,
}

impl List {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issues => "issues",
            Self::Pulls => "pulls",
            Self::Comments => "comments",
        }
    }

    /// The first page: what changed last comes first, so that its address never changes.
    pub fn first(self, repository: &str) -> String {
        let path = match self {
            Self::Issues => "issues?state=all&",
            Self::Pulls => "pulls?state=all&",
            Self::Comments => "issues/comments?",
        };
        format!("/repos/{repository}/{path}sort=updated&direction=desc&per_page=100")
    }
}

/// A repository to read.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// `owner/name`.
    pub name: String,
    /// Its lists.
    pub lists: Vec<List>,
    /// Sources whose documents it holds.
    pub sources: Vec<Source>,
    /// Calendars whose schedules it holds.
    pub calendars: Vec<Calendar>,
    /// What is implemented or documented there.
    pub code: Vec<CodeRepository>,
}

/// Everything to read: first where proposals are, since what they link decides what of the others matters.
pub(super) async fn targets(conn: &mut PgConnection) -> Result<Vec<Target>> {
    let (sources, calendars, code) =
        (source::all(conn).await?, calendar::all(conn).await?, repository::code(conn).await?);
    let mut targets: BTreeMap<String, Target> = BTreeMap::new();
    for calendar in calendars {
        at(&mut targets, &calendar.repository.clone()).calendars.push(calendar);
    }
    for source in sources {
        at(&mut targets, &source.repository.clone()).sources.push(source);
    }
    for repository in code {
        at(&mut targets, &repository.name.clone()).code.push(repository);
    }
    let mut all: Vec<_> = targets.into_values().map(with_lists).collect();
    all.sort_by_key(|target| (target.calendars.is_empty(), target.sources.is_empty()));
    Ok(all)
}

fn at<'t>(targets: &'t mut BTreeMap<String, Target>, name: &str) -> &'t mut Target {
    let new = || Target {
        name: name.to_owned(),
        lists: Vec::new(),
        sources: Vec::new(),
        calendars: Vec::new(),
        code: Vec::new(),
    };
    targets.entry(name.to_owned()).or_insert_with(new)
}

/// Of a calendar's repository only pull requests matter; comments only where tracking issues are.
fn with_lists(mut target: Target) -> Target {
    target.lists.push(List::Pulls);
    if !target.sources.is_empty() || !target.code.is_empty() {
        target.lists.insert(0, List::Issues);
    }
    if !target.sources.is_empty() {
        target.lists.push(List::Comments);
    }
    target
}
