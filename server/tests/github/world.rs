//! What the stand-in knows: accounts, repositories, issues with their pull requests, comments and timelines.
//!
//! Ids count up in the order in which things were made, so that two runs of a test see the same ones. Logins and names
//! are compared without regard to case, as GitHub does. Left out on purpose: whatever the tracker never reads, such as
//! reactions or projects of the old kind.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, TimeDelta, Utc};

pub use super::issue::{Comment, Event, Issue, Kind, Label, Pull, Review};
use super::{access::Access, fault::Rule, git::Git, graphql::Board, log::Entry, oauth::Oauth, webhook::Hooks};

/// Who stands for deleted accounts in events.
pub const GHOST: &str = "ghost";

/// The world, shared by the server and the test that describes it.
pub type Shared = Arc<Mutex<World>>;

/// Everything at this GitHub.
pub struct World {
    /// Where it is reached, without a slash at the end.
    pub url: String,
    /// What time it is there.
    pub clock: Clock,
    /// Repositories by id.
    pub repositories: BTreeMap<u64, Repository>,
    /// Ids of repositories by name in lower case, names they had before included.
    pub names: BTreeMap<String, u64>,
    /// People, bots and organisations by login in lower case.
    pub accounts: BTreeMap<String, Account>,
    /// Who may come in, and how often.
    pub access: Access,
    /// Signing in.
    pub oauth: Oauth,
    /// Where events go.
    pub hooks: Hooks,
    /// What goes wrong.
    pub faults: Vec<Rule>,
    /// What was asked.
    pub log: Vec<Entry>,
    /// Project boards.
    pub boards: Vec<Board>,
    made: u64,
}

/// Where the stand-in takes its time from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// From the test; it moves on to the latest time that the test names.
    Standing(DateTime<Utc>),
    /// From the machine, for a stand-in that people and browsers use.
    Machine,
}

/// A person, a bot or an organisation.
#[derive(Debug, Clone)]
pub struct Account {
    /// Numeric id.
    pub id: i64,
    /// Login as it is written.
    pub login: String,
    /// `User`, `Bot` or `Organization`.
    pub kind: &'static str,
}

/// A repository.
#[derive(Debug)]
pub struct Repository {
    /// Numeric id, the same for ever.
    pub id: u64,
    /// Owner and name.
    pub full_name: String,
    /// Whether only tokens with a right to it see it.
    pub private: bool,
    /// The main line.
    pub default_branch: String,
    /// Commits, branches, tags and files.
    pub git: Git,
    /// Issues and pull requests by number.
    pub issues: BTreeMap<u64, Issue>,
    /// What became of numbers that are no longer there.
    pub gone: BTreeMap<u64, Gone>,
    /// Labels by name.
    pub labels: BTreeMap<String, LabelKind>,
    /// Numbers of issues by the ids of their comments.
    pub comments: BTreeMap<u64, u64>,
    /// Releases, oldest first.
    pub releases: Vec<Release>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// What became of an issue.
#[derive(Debug, Clone, Copy)]
pub enum Gone {
    /// It was deleted.
    Deleted,
    /// It is elsewhere: repository and number.
    Transferred(u64, u64),
}

/// What a label looks like.
#[derive(Debug, Clone)]
pub struct LabelKind {
    /// Numeric id.
    pub id: u64,
    /// Six hexadecimal digits.
    pub color: String,
    /// What it means.
    pub description: Option<String>,
}

/// A release.
#[derive(Debug, Clone)]
pub struct Release {
    /// Numeric id.
    pub id: u64,
    /// The tag.
    pub tag: String,
    /// When it was published.
    pub at: DateTime<Utc>,
}

impl World {
    /// An empty one that is reached under `url`.
    pub fn new(url: String, clock: Clock) -> Self {
        let ghost = Account { id: 10_137, login: GHOST.to_owned(), kind: "User" };
        Self {
            url,
            clock,
            repositories: BTreeMap::new(),
            names: BTreeMap::new(),
            accounts: BTreeMap::from([(GHOST.to_owned(), ghost)]),
            access: Access::default(),
            oauth: Oauth::default(),
            hooks: Hooks::default(),
            faults: Vec::new(),
            log: Vec::new(),
            boards: Vec::new(),
            made: 1_000,
        }
    }

    /// A new id.
    pub fn id(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// What time it is, in whole seconds.
    #[expect(clippy::disallowed_methods, reason = "a stand-in that browsers use has the machine's time")]
    pub fn now(&self) -> DateTime<Utc> {
        match self.clock {
            Clock::Standing(now) => now,
            Clock::Machine => DateTime::from_timestamp(Utc::now().timestamp(), 0).unwrap(),
        }
    }

    /// A standing clock moves on to `at`, if that is later.
    pub fn reach(&mut self, at: DateTime<Utc>) {
        if let Clock::Standing(now) = &mut self.clock {
            *now = at.max(*now);
        }
    }

    /// The time at which a request from outside changes something: a second after what was last.
    pub fn tick(&mut self) -> DateTime<Utc> {
        if let Clock::Standing(now) = &mut self.clock {
            *now += TimeDelta::seconds(1);
        }
        self.now()
    }

    /// The account of that login; made if nobody has it.
    pub fn account(&mut self, login: &str) -> Account {
        let kind = if login.ends_with("[bot]") { "Bot" } else { "User" };
        self.account_of_kind(login, kind)
    }

    /// The account of that login, made as that kind if nobody has it.
    pub fn account_of_kind(&mut self, login: &str, kind: &'static str) -> Account {
        if let Some(account) = self.accounts.get(&login.to_lowercase()) {
            return account.clone();
        }
        let id = i64::try_from(self.id()).unwrap();
        let account = Account { id, login: login.to_owned(), kind };
        self.accounts.insert(login.to_lowercase(), account.clone());
        account
    }

    /// The repository of that name, names of before included.
    pub fn find(&self, full_name: &str) -> Option<&Repository> {
        self.repositories.get(self.names.get(&full_name.to_lowercase())?)
    }

    /// The id of the repository of that name; made if there is none.
    pub fn repository(&mut self, full_name: &str) -> u64 {
        if let Some(id) = self.names.get(&full_name.to_lowercase()) {
            return *id;
        }
        let (owner, _) = full_name.split_once('/').expect("owner/name");
        self.account_of_kind(owner, "Organization");
        let (id, now) = (self.id(), self.now());
        self.names.insert(full_name.to_lowercase(), id);
        let mut git = Git::new(id);
        let root = git.commit(&[], "Initial commit", Some(owner), now, &BTreeMap::new());
        git.branches.insert("main".to_owned(), root);
        let repository = Repository {
            id,
            full_name: full_name.to_owned(),
            private: false,
            default_branch: "main".to_owned(),
            git,
            issues: BTreeMap::new(),
            gone: BTreeMap::new(),
            labels: BTreeMap::new(),
            comments: BTreeMap::new(),
            releases: Vec::new(),
            created_at: now,
        };
        self.repositories.insert(id, repository);
        id
    }

    /// An issue that has to be there.
    pub fn issue_mut(&mut self, repository: u64, number: u64) -> &mut Issue {
        let repository = self.repositories.get_mut(&repository).unwrap();
        let name = repository.full_name.clone();
        repository.issues.get_mut(&number).unwrap_or_else(|| panic!("there is no {name}#{number}"))
    }

    /// Makes a label known, in a colour of its own, and gives it to nobody.
    pub fn define_label(&mut self, repository: u64, name: &str) {
        let id = self.id();
        let labels = &mut self.repositories.get_mut(&repository).unwrap().labels;
        labels.entry(name.to_owned()).or_insert_with(|| LabelKind {
            id,
            color: "0052cc".to_owned(),
            description: Some(format!("What {name} means")),
        });
    }
}
