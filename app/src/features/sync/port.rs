//! The port behind the sync page, and what it shows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    port::Answer,
    query::{BadParameter, Parameters},
};

/// A list of a repository, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListLine {
    /// `issues`, `pulls` or `comments`.
    pub name: String,
    /// Everything that changed by then is known; none before it was read to its end.
    pub up_to: Option<DateTime<Utc>>,
    /// It was read to its end, and nothing is in it.
    pub empty: bool,
    /// It was begun and not read to its end.
    pub walking: bool,
}

/// A repository that is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryLine {
    /// `owner/name`.
    pub name: String,
    /// What it is called since it was renamed.
    pub renamed_to: Option<String>,
    /// What it holds, in words.
    pub holds: Vec<String>,
    /// Its lists.
    pub lists: Vec<ListLine>,
    /// Issues that are known.
    pub issues: i64,
    /// Pull requests that are known.
    pub pulls: i64,
    /// When all of it was last read.
    pub last_good: Option<DateTime<Utc>>,
}

/// A run of the sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunLine {
    /// Its number.
    pub id: i64,
    /// What made it: `schedule`, `command`, `webhook`, the login of who asked.
    pub reason: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended; none while it runs, or when it was cut short.
    pub finished_at: Option<DateTime<Utc>>,
    /// Whether a later run shows that it was cut short.
    pub cut_short: bool,
    /// For each step, done and in all, where that is known.
    pub progress: Vec<(String, u32, Option<u32>)>,
    /// Requests made.
    pub requests: i32,
    /// Of those, answered with "the same" (304).
    pub unchanged: i32,
    /// Issues, pull requests and the like that changed.
    pub changed: i32,
    /// Events that followed.
    pub events: i32,
    /// Odd rows: which, and what is odd.
    pub odd: Vec<(String, String)>,
    /// What could not be read, and why.
    pub errors: Vec<(String, String)>,
}

/// A webhook's delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryLine {
    /// GitHub's id of it.
    pub id: String,
    /// Name of the event, with what happened: "issues opened".
    pub event: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// `waiting`, `done`, `ignored` or `failed`.
    pub state: String,
    /// How often processing it was tried.
    pub attempts: i32,
    /// What became of it, in words.
    pub note: Option<String>,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliveryState {
    /// It is not processed yet.
    Waiting,
    /// Its facts are taken in.
    Done,
    /// It says nothing that is asked for.
    Ignored,
    /// It could not be read.
    Failed,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Failed, Self::Waiting, Self::Done, Self::Ignored];

    /// As the address writes it and people read it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Ignored => "ignored",
            Self::Failed => "failed",
        }
    }

    /// The state that a query asks for.
    pub fn from_query(query: &str) -> (Option<Self>, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let Some(value) = parameters.first("deliveries") else { return (None, Vec::new()) };
        let found = Self::ALL.into_iter().find(|state| state.word() == value);
        let (name, hint) = ("deliveries".to_owned(), "failed, waiting, done or ignored");
        let bad = found.is_none().then(|| BadParameter { name, value: value.to_owned(), hint });
        (found, bad.into_iter().collect())
    }
}

/// A wish that no job has taken up yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedLine {
    /// Login of who asked.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether everything is to be read anew.
    pub everything: bool,
}

/// Whether GitHub is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// It is, by a token or as a GitHub App.
    Open,
    /// Neither is configured.
    None,
    /// The demo world is shown, over which GitHub is not read.
    Demo,
}

/// The whole page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncView {
    /// Whether GitHub is read.
    pub way: Way,
    /// Whether it takes webhooks.
    pub takes_webhooks: bool,
    /// Minutes between two readings.
    pub every: u16,
    /// Whether the viewer may have GitHub read now.
    pub may_ask: bool,
    /// What somebody asked for.
    pub asked: Option<AskedLine>,
    /// When everything was last read.
    pub last_good: Option<DateTime<Utc>>,
    /// The repositories.
    pub repositories: Vec<RepositoryLine>,
    /// The latest runs, newest first.
    pub runs: Vec<RunLine>,
    /// The state of which deliveries are listed; none for any.
    pub shown: Option<DeliveryState>,
    /// The latest deliveries, newest first.
    pub deliveries: Vec<DeliveryLine>,
    /// How many deliveries there are in each state.
    pub delivered: Vec<(String, i64)>,
    /// How many were refused because of their signature.
    pub forged: i64,
}

impl SyncView {
    /// The latest run through everything that came to an end.
    pub fn latest_whole(&self) -> Option<&RunLine> {
        self.runs.iter().find(|run| run.finished_at.is_some() && run.reason != "webhook")
    }
}

/// How the page reaches the server.
pub trait SyncPort: Send + Sync {
    /// Everything about reading GitHub, with the deliveries of a state.
    fn sync(&self, deliveries: Option<DeliveryState>) -> Answer<'_, SyncView>;
}
