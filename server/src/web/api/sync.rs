//! What was read from GitHub, in the API.

use app::{
    features::sync::port::{RepositoryLine, RunLine, SyncPort, Way},
    port::PageError,
};
use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Problem, problem::Unreadable};
use crate::web::{AppState, ports::Ports};

/// Reading GitHub.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sync {
    /// `open`: GitHub is read; `none`: no account is configured; `demo`: the demo world is shown.
    way: &'static str,
    /// Whether it takes webhooks.
    takes_webhooks: bool,
    /// Minutes between two readings.
    every: u16,
    /// When everything was last read.
    last_good: Option<DateTime<Utc>>,
    repositories: Vec<Repository>,
    /// The latest runs, newest first.
    runs: Vec<Run>,
}

/// A repository that is read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Repository {
    /// `owner/name`.
    name: String,
    /// What it is called since it was renamed.
    renamed_to: Option<String>,
    /// What it holds, in words.
    holds: Vec<String>,
    /// Issues that are known.
    issues: i64,
    /// Pull requests that are known.
    pulls: i64,
    /// When all of it was last read.
    last_good: Option<DateTime<Utc>>,
}

impl From<RepositoryLine> for Repository {
    fn from(line: RepositoryLine) -> Self {
        let RepositoryLine { name, renamed_to, holds, issues, pulls, last_good, .. } = line;
        Self { name, renamed_to, holds, issues, pulls, last_good }
    }
}

/// A run of the sync.
#[derive(Debug, Serialize, ToSchema)]
pub struct Run {
    id: i64,
    /// What made it: `schedule`, `command`, `webhook`, or the login of who asked.
    reason: String,
    started_at: DateTime<Utc>,
    /// When it ended; null while it runs, or when it was cut short.
    finished_at: Option<DateTime<Utc>>,
    cut_short: bool,
    /// Requests to GitHub.
    requests: i32,
    /// Of those, answered with "the same".
    unchanged: i32,
    /// Things that changed.
    changed: i32,
    /// Events that followed.
    events: i32,
    /// What could not be read.
    errors: Vec<Unread>,
}

/// Something that could not be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unread {
    what: String,
    why: String,
}

impl From<RunLine> for Run {
    fn from(line: RunLine) -> Self {
        Self {
            id: line.id,
            reason: line.reason,
            started_at: line.started_at,
            finished_at: line.finished_at,
            cut_short: line.cut_short,
            requests: line.requests,
            unchanged: line.unchanged,
            changed: line.changed,
            events: line.events,
            errors: line.errors.into_iter().map(|(what, why)| Unread { what, why }).collect(),
        }
    }
}

/// Reading GitHub
///
/// What is read, when it was last read completely, and the latest runs.
#[utoipa::path(
    get,
    path = "/api/v1/sync",
    tag = "Tracker",
    responses((status = 200, description = "How it stands.", body = Sync), Unreadable)
)]
pub(super) async fn sync(State(state): State<AppState>) -> Result<Json<Sync>, Problem> {
    let view = Ports(state, None).sync(None).await.map_err(|error: PageError| Problem::from(error))?;
    Ok(Json(Sync {
        way: match view.way {
            Way::Open => "open",
            Way::None => "none",
            Way::Demo => "demo",
        },
        takes_webhooks: view.takes_webhooks,
        every: view.every,
        last_good: view.last_good,
        repositories: view.repositories.into_iter().map(Repository::from).collect(),
        runs: view.runs.into_iter().map(Run::from).collect(),
    }))
}
