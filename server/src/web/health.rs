//! `/healthz`: process, database, age of data. 503 when the database does not answer or data is stale; warnings do not
//! fail it. The demo world never grows stale.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::Outcome;
use serde::Serialize;
use sqlx::PgConnection;

use super::AppState;
use crate::{
    config::Config,
    store::{self, github::run, import_run, outbox, roles, setting},
};

/// Imported data older than this is stale: every page and the health check say so.
const STALE_AFTER: TimeDelta = TimeDelta::days(7);

/// The same where GitHub is read: several readings in a row went wrong then.
const GITHUB_STALE_AFTER: TimeDelta = TimeDelta::hours(1);

/// How old the data is, for pages and the health check alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// Whether the demo world is shown.
    pub demo: bool,
    /// Where the data comes from whose age this is.
    pub origin: Origin,
    /// When GitHub was last read completely; of imports, when the one that was not read for longest was last read.
    pub data_as_of: Option<DateTime<Utc>>,
    /// Whether that is too long ago.
    pub stale: bool,
}

/// Where data comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Files that somebody imports.
    Imports,
    /// GitHub, read by this server.
    GitHub,
}

/// The age of the data at `now`. Where GitHub is read its readings count, imports alone otherwise.
///
/// # Errors
/// When the database fails.
pub async fn age(conn: &mut PgConnection, config: &Config, now: DateTime<Utc>) -> store::Result<Age> {
    let demo = setting::is_demo(conn).await?;
    if config.github.has_account() && !demo {
        let data_as_of = run::last_good(conn).await?;
        // Before the first good reading it counts from when reading was first tried.
        let tried = run::first_started(conn).await?;
        let stale = data_as_of.or(tried).is_some_and(|at| now - at > GITHUB_STALE_AFTER);
        return Ok(Age { demo, origin: Origin::GitHub, data_as_of, stale });
    }
    let data_as_of = import_run::data_as_of(conn).await?;
    let stale = !demo && data_as_of.is_some_and(|at| now - at > STALE_AFTER);
    Ok(Age { demo, origin: Origin::Imports, data_as_of, stale })
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// "database", "roles", "data", "github", "outbox".
    pub what: &'static str,
    /// Pass, fail, or unknown for a warning.
    pub outcome: Outcome,
    /// In words.
    pub words: String,
}

/// The checks, and when data was last read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Whether pages can be served and show what is current.
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
    match read(state, now).await {
        Ok((can_change_log, troubles, age, errors)) => {
            let Age { data_as_of, stale, origin, .. } = age;
            let mut checks = vec![
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
                    None if stale => check("data", Outcome::Fail, "GitHub was not read completely once"),
                    None => check("data", Outcome::Unknown, "nothing was read yet"),
                    Some(at) if stale => {
                        check("data", Outcome::Fail, &format!("last read on {}", at.format("%F %R UTC")))
                    }
                    Some(at) => check("data", Outcome::Pass, &format!("last read on {}", at.format("%F %R UTC"))),
                },
            ];
            if origin == Origin::GitHub {
                checks.push(github(age, errors.as_deref()));
            }
            checks.extend(outbox_check(&state.context.config, troubles));
            Health { ok: !stale, version: env!("CARGO_PKG_VERSION"), data_as_of, stale, checks }
        }
        Err(error) => {
            tracing::error!(%error, "health check");
            let checks = vec![check("database", Outcome::Fail, "does not answer")];
            Health { ok: false, version: env!("CARGO_PKG_VERSION"), data_as_of: None, stale: false, checks }
        }
    }
}

/// How reading GitHub goes; `error` is what the latest run could not read first.
fn github(age: Age, error: Option<&str>) -> Check {
    let when = |at: DateTime<Utc>| format!("last read completely on {}", at.format("%F %R UTC"));
    let why = error.map(|error| format!("; {error}")).unwrap_or_default();
    match (age.data_as_of, age.stale) {
        (Some(at), true) => check("github", Outcome::Fail, &format!("{}{why}", when(at))),
        (Some(at), false) if error.is_some() => check("github", Outcome::Unknown, &format!("{}{why}", when(at))),
        (Some(at), false) => check("github", Outcome::Pass, &when(at)),
        (None, true) => check("github", Outcome::Fail, &format!("was not read completely once{why}")),
        (None, false) => check("github", Outcome::Unknown, &format!("was not read completely yet{why}")),
    }
}

/// What the health check reads: whether the log can be changed, what troubles the outbox, the age, what the latest run could not
/// read first.
type ReadState = (bool, (i64, i64), Age, Option<String>);

async fn read(state: &AppState, now: DateTime<Utc>) -> store::Result<ReadState> {
    let mut conn = state.context.pool.acquire().await?;
    let troubles = outbox::troubles(&mut conn).await?;
    let age = age(&mut conn, &state.context.config, now).await?;
    let latest = if age.origin == Origin::GitHub { run::latest(&mut conn, 2).await? } else { Vec::new() };
    let ended = latest.into_iter().find(|run| run.finished_at.is_some());
    let error = ended.and_then(|run| run.errors.into_iter().next());
    let error = error.map(|error| format!("{}, {}: {}", error.repository, error.what, error.why));
    Ok((roles::can_change_log(&mut conn).await?, troubles, age, error))
}

/// Something was tried and waits, or waits for a person; none where nothing goes out.
fn outbox_check(config: &Config, (retried, stuck): (i64, i64)) -> Option<Check> {
    let goes_out = config.mail.is_configured() || config.github.has_account();
    goes_out.then(|| match (retried, stuck) {
        (0, 0) => check("outbox", Outcome::Pass, "nothing that was tried waits"),
        (retried, 0) => {
            check("outbox", Outcome::Unknown, &format!("could not be sent yet, and is tried again: {retried}"))
        }
        (_, stuck) => check(
            "outbox",
            Outcome::Unknown,
            &format!("refused, or nobody knows whether it was sent: {stuck}; see /outbox"),
        ),
    })
}

fn check(what: &'static str, outcome: Outcome, words: &str) -> Check {
    Check { what, outcome, words: words.to_owned() }
}

/// The checks as JSON.
pub async fn healthz(State(state): State<AppState>) -> impl IntoResponse {
    let health = health(&state).await;
    let code = if health.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(health))
}
