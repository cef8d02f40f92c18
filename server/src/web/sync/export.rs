//! The history of runs as files, the latest first: all of them, where the page shows the latest.

use app::features::sync::port::RunLine;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    store::{StoreError, github::run},
    web::{AppState, api::Problem, export::file, ports},
};

/// Most runs in a file: those of almost two years, one every ten minutes.
const MOST: i64 = 100_000;

/// A run as files show it.
#[derive(Debug, Serialize)]
struct Line {
    id: i64,
    reason: String,
    began_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    result: &'static str,
    requests: i32,
    unchanged: i32,
    changed: i32,
    events: i32,
    errors: Vec<String>,
    odd: Vec<String>,
}

impl From<RunLine> for Line {
    fn from(run: RunLine) -> Self {
        let words = |lines: Vec<(String, String)>| -> Vec<String> {
            lines.into_iter().map(|(what, why)| format!("{what}: {why}")).collect()
        };
        Self {
            id: run.id,
            result: match (run.finished_at, run.cut_short, run.errors.is_empty()) {
                (None, true, _) => "cut short",
                (None, false, _) => "under way",
                (Some(_), _, true) => "all read",
                (Some(_), _, false) => "parts not read",
            },
            reason: run.reason,
            began_at: run.started_at,
            ended_at: run.finished_at,
            requests: run.requests,
            unchanged: run.unchanged,
            changed: run.changed,
            events: run.events,
            errors: words(run.errors),
            odd: words(run.odd),
        }
    }
}

async fn all(state: &AppState) -> Result<Vec<Line>, Problem> {
    let mut conn = state.context.pool.acquire().await.map_err(StoreError::from)?;
    Ok(ports::runs(run::latest(&mut conn, MOST).await?).into_iter().map(Line::from).collect())
}

/// As JSON.
pub(super) async fn json(State(state): State<AppState>) -> Response {
    match all(&state).await {
        Ok(lines) => Json(lines).into_response(),
        Err(problem) => problem.into_response(),
    }
}

const COLUMNS: [&str; 11] =
    ["id", "reason", "began_at", "ended_at", "result", "requests", "unchanged", "changed", "events", "errors", "odd"];

/// As comma-separated values, for a spreadsheet.
pub(super) async fn csv(State(state): State<AppState>) -> Response {
    let record = |line: Line| {
        vec![
            line.id.to_string(),
            line.reason,
            app::words::machine(line.began_at),
            line.ended_at.map(app::words::machine).unwrap_or_default(),
            line.result.to_owned(),
            line.requests.to_string(),
            line.unchanged.to_string(),
            line.changed.to_string(),
            line.events.to_string(),
            line.errors.join("; "),
            line.odd.join("; "),
        ]
    };
    match all(&state).await {
        Ok(lines) => file("sync.csv", &COLUMNS, lines.into_iter().map(record)),
        Err(problem) => problem.into_response(),
    }
}
