//! Opening an issue or a pull request, by a test's sentence or from a seed file.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::json;

use super::{
    acts::{Act, Place},
    git::{Changes, File},
    instant, webhook,
    world::{Issue, Kind, Pull, World},
};

/// An issue or pull request to be opened, and what happened to it since.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewIssue {
    /// Number.
    pub number: u64,
    /// Title.
    pub title: String,
    /// Text.
    pub body: Option<String>,
    /// Login; nobody when the account is deleted.
    pub author: Option<String>,
    /// Labels that it has from the start.
    pub labels: Vec<String>,
    /// Logins of whoever it is assigned to from the start.
    pub assignees: Vec<String>,
    /// When it was opened; now if nothing is said.
    #[serde(deserialize_with = "time")]
    pub created_at: Option<DateTime<Utc>>,
    /// What happened since.
    pub then: Vec<Then>,
    /// What makes it a pull request.
    pub pull: Option<NewPull>,
}

/// What a pull request to be opened has besides.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewPull {
    /// Branch that it goes to; the main line if nothing is said.
    pub base: Option<String>,
    /// Branch that it comes from.
    pub head: Option<String>,
    /// Owner of that branch; its author if nothing is said.
    pub head_owner: Option<String>,
    /// What it writes: texts by path, nothing to remove a file.
    pub files: BTreeMap<String, Option<String>>,
    /// Not ready for review.
    pub draft: bool,
}

/// Something that happened.
#[derive(Debug, Clone, Deserialize)]
pub struct Then {
    /// Login of who did it; the author if nothing is said.
    #[serde(default)]
    pub by: Option<String>,
    /// When.
    #[serde(deserialize_with = "time")]
    pub at: Option<DateTime<Utc>>,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// A time, or a date, from its text.
///
/// # Errors
/// When it is neither.
pub fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    instant(&text).map(Some).ok_or_else(|| serde::de::Error::custom(format!("{text} is no time")))
}

impl World {
    /// Opens an issue or pull request and lets happen what happened to it since.
    pub fn open(&mut self, repository: u64, new: NewIssue) {
        let at = new.created_at.unwrap_or_else(|| self.now());
        self.reach(at);
        let place = Place { repository, number: new.number, by: new.author.clone(), at };
        for login in new.author.iter().chain(&new.assignees) {
            self.account(login);
        }
        let pull = new.pull.map(|pull| self.branch_off(&place, &new.title, pull));
        let issue = Issue {
            id: self.id(),
            number: new.number,
            title: new.title,
            body: new.body,
            author: new.author.clone(),
            closed_at: None,
            closed_by: None,
            state_reason: None,
            labels: Vec::new(),
            assignees: Vec::new(),
            comments: Vec::new(),
            timeline: Vec::new(),
            created_at: at,
            updated_at: at,
            pull,
        };
        let known = &mut self.repositories.get_mut(&repository).unwrap().issues;
        let before = known.insert(new.number, issue);
        assert!(before.is_none(), "there is a #{} already", new.number);
        if let Some(commits) = known[&new.number].pull.as_ref().map(|pull| pull.commits.clone()) {
            for sha in commits {
                self.happened(&place, Some(Kind::Committed(sha)));
            }
        }
        webhook::of_issue(self, &place, "opened", json!({}));
        for name in new.labels {
            self.act(&place, Act::Label { name });
        }
        for login in new.assignees {
            self.act(&place, Act::Assign { login });
        }
        for then in new.then {
            let (by, at) = (then.by.or_else(|| new.author.clone()), then.at.unwrap_or_else(|| self.now()));
            self.act(&Place { by, at, ..place }, then.act);
        }
    }

    /// The branch of a pull request: one commit on the branch that it goes to.
    fn branch_off(&mut self, place: &Place, title: &str, new: NewPull) -> Pull {
        let head_owner = new.head_owner.or_else(|| place.by.clone());
        if let Some(owner) = &head_owner {
            self.account(owner);
        }
        let repository = self.repositories.get_mut(&place.repository).unwrap();
        let base = new.base.unwrap_or_else(|| repository.default_branch.clone());
        let git = &mut repository.git;
        let base_sha = git.branches.get(&base).unwrap_or_else(|| panic!("there is no branch {base}")).clone();
        let changes: Changes =
            new.files.into_iter().map(|(path, text)| (path, text.map(|text| File::text(&text)))).collect();
        let from = [base_sha.clone()];
        let head_sha = git.commit(&from, title, place.by.as_deref(), place.at, &changes);
        git.pulls.insert(place.number, head_sha.clone());
        Pull {
            base,
            base_sha,
            head: new.head.unwrap_or_else(|| format!("change-{}", place.number)),
            head_owner,
            commits: vec![head_sha.clone()],
            head_sha,
            draft: new.draft,
            mergeable: Some(true),
            mergeable_state: "clean".to_owned(),
            merged_at: None,
            merged_by: None,
            merge_commit_sha: None,
            reviewers: Vec::new(),
            teams: Vec::new(),
            reviews: Vec::new(),
        }
    }
}
