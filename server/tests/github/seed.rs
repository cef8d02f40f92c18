//! Many repositories at once, as JSON:
//!
//! ```json
//! { "now": "2026-10-08T12:00:00Z",
//!   "accounts": [{ "id": 42, "login": "ada" }],
//!   "repositories": [{
//!     "full_name": "kubevirt/enhancements", "former_names": [], "private": false, "default_branch": "main",
//!     "files": { "README.md": "text" }, "branches": { "release-1.10": "main" }, "tags": { "v1.10.0": "main" },
//!     "issues": [{ "number": 1, "title": "…", "body": "…", "author": "ada", "labels": ["sig/ci"],
//!                  "assignees": [], "created_at": "2026-01-15",
//!                  "then": [{ "act": "comment", "by": "bob", "at": "2026-01-16", "body": "…" }] }],
//!     "pulls": [{ "number": 2, "title": "…", "author": "ada", "pull": { "files": { "a.md": "text" } },
//!                 "then": [{ "act": "merge", "by": "bob", "at": "2026-02-01" }] }] }] }
//! ```
//!
//! What can happen in `then` is [`super::acts::Act`]. Things happen in the order of the file, pull requests after issues.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{
    git::{Changes, File},
    open::{NewIssue, NewPull, time},
    world::{Account, Clock, World},
};

/// What a seed file holds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Seed {
    /// What time it is.
    #[serde(deserialize_with = "time")]
    pub now: Option<DateTime<Utc>>,
    /// People whose ids matter.
    pub accounts: Vec<NewAccount>,
    /// Repositories.
    pub repositories: Vec<NewRepository>,
}

/// Somebody.
#[derive(Debug, Clone, Deserialize)]
pub struct NewAccount {
    /// Numeric id.
    pub id: i64,
    /// Login.
    pub login: String,
}

/// A repository.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewRepository {
    /// Owner and name.
    pub full_name: String,
    /// Names it had before.
    pub former_names: Vec<String>,
    /// Whether it is private.
    pub private: bool,
    /// The main line.
    pub default_branch: Option<String>,
    /// Texts of the main line by path.
    pub files: BTreeMap<String, String>,
    /// Branches, and what they are cut from.
    pub branches: BTreeMap<String, String>,
    /// Tags, and what they name.
    pub tags: BTreeMap<String, String>,
    /// Issues.
    pub issues: Vec<NewIssue>,
    /// Pull requests.
    pub pulls: Vec<NewIssue>,
}

impl World {
    /// Makes what a seed file holds, beside what there is.
    pub fn load(&mut self, seed: Seed) {
        if let (Some(now), Clock::Standing(_)) = (seed.now, self.clock) {
            self.clock = Clock::Standing(now);
        }
        for NewAccount { id, login } in seed.accounts {
            self.accounts.insert(login.to_lowercase(), Account { id, login, kind: "User" });
        }
        for repository in seed.repositories {
            self.load_repository(repository);
        }
    }

    fn load_repository(&mut self, new: NewRepository) {
        let id = self.repository(&new.full_name);
        for name in new.former_names {
            self.names.insert(name.to_lowercase(), id);
        }
        let now = self.now();
        let repository = self.repositories.get_mut(&id).unwrap();
        repository.private = new.private;
        let git = &mut repository.git;
        if let Some(name) = new.default_branch {
            let sha = git.branches.remove(&repository.default_branch).unwrap();
            git.branches.insert(name.clone(), sha);
            repository.default_branch = name;
        }
        if !new.files.is_empty() {
            let changes: Changes =
                new.files.iter().map(|(path, text)| (path.clone(), Some(File::text(text)))).collect();
            let before = git.branches[&repository.default_branch].clone();
            let (owner, _) = new.full_name.split_once('/').unwrap();
            let sha = git.commit(&[before], "Write files", Some(owner), now, &changes);
            git.branches.insert(repository.default_branch.clone(), sha);
        }
        for (name, from) in new.branches {
            let sha = git.resolve(&from).unwrap_or_else(|| panic!("there is no {from}")).sha.clone();
            git.branches.insert(name, sha);
        }
        for (name, of) in new.tags {
            let sha = git.resolve(&of).unwrap_or_else(|| panic!("there is no {of}")).sha.clone();
            git.tags.insert(name, sha);
        }
        for issue in new.issues {
            self.open(id, issue);
        }
        for mut pull in new.pulls {
            pull.pull.get_or_insert_with(NewPull::default);
            self.open(id, pull);
        }
    }
}
