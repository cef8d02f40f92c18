//! `/healthz`: process, database, age of data. 200 while pages can be served, 503 when not; warnings do not fail it.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::Outcome;
use serde::Serialize;

use super::AppState;
use crate::store::{self, import_run, roles};

/// Data older than this is stale: every page and the health check say so.
pub const STALE_AFTER: TimeDelta = TimeDelta::days(7);

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// "database", "roles", "data".
    pub what: &'static str,
    /// Pass, fail, or unknown for a warning.
    pub outcome: Outcome,
    /// In words.
    pub words: String,
}

/// The checks, and when data was last read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Whether pages can be served.
    pub ok: bool,
    /// Version of the program.
    pub version: &'static str,
    /// When data was last read.
    pub data_as_of: Option<DateTime<Utc>>,
    /// Whether that is too long ago.
    pub stale: bool,
    /// The checks.
    pub checks: Vec<Check>,
}

/// Runs the checks.
pub async fn health(state: &AppState) -> Health {
    let now = state.context.clock.now();
    match read(state).await {
        Ok((can_change_log, data_as_of)) => {
            let stale = data_as_of.is_some_and(|at| now - at > STALE_AFTER);
            let checks = vec![
                check("database", Outcome::Pass, "answers"),
                if can_change_log {
                    check(
                        "roles",
                        Outcome::Unknown,
                        "the server's role could change the log; give a DATABASE_OWNER_URL",
                    )
                } else {
                    check("roles", Outcome::Pass, "the server can append to the log and not change it")
                },
                match data_as_of {
                    None => check("data", Outcome::Unknown, "nothing was read yet"),
                    Some(at) if stale => {
                        check("data", Outcome::Fail, &format!("last read on {}", at.format("%F %R UTC")))
                    }
                    Some(at) => check("data", Outcome::Pass, &format!("last read on {}", at.format("%F %R UTC"))),
                },
            ];
            Health { ok: true, version: env!("CARGO_PKG_VERSION"), data_as_of, stale, checks }
        }
        Err(error) => {
            tracing::error!(%error, "health check");
            let checks = vec![check("database", Outcome::Fail, "does not answer")];
            Health { ok: false, version: env!("CARGO_PKG_VERSION"), data_as_of: None, stale: false, checks }
        }
    }
}

async fn read(state: &AppState) -> store::Result<(bool, Option<DateTime<Utc>>)> {
    let mut conn = state.context.pool.acquire().await?;
    Ok((roles::can_change_log(&mut conn).await?, import_run::last_read(&mut conn).await?))
}

fn check(what: &'static str, outcome: Outcome, words: &str) -> Check {
    Check { what, outcome, words: words.to_owned() }
}

/// The checks as JSON.
pub async fn healthz(State(state): State<AppState>) -> impl IntoResponse {
    let health = health(&state).await;
    let code = if health.ok && !health.stale { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(health))
}
