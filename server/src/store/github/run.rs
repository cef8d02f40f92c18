//! Runs of the sync: how far they are, what they changed, what went wrong.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};

use crate::{github::rows::Odd, store::Result};

/// The reason of a run that only reads what a webhook left in doubt.
pub const WEBHOOK: &str = "webhook";

/// How far a run is: for each step, done and in all, where that is known.
pub type Progress = BTreeMap<String, (u32, Option<u32>)>;

/// Something that could not be read in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunError {
    /// `owner/name`.
    pub repository: String,
    /// What of it is missing.
    pub reading: domain::Reading,
    /// Which part of that.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A run of the sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// What made it: `schedule`, `command`, `webhook`, the login of who asked.
    pub reason: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended; none while it runs, or when it was cut short.
    pub finished_at: Option<DateTime<Utc>>,
    /// How far it is.
    pub progress: Progress,
    /// Requests made.
    pub requests: i32,
    /// Of those, answered with "the same" (304).
    pub unchanged: i32,
    /// Rows of the mirror that changed.
    pub changed: i32,
    /// Events that followed.
    pub events: i32,
    /// Odd rows.
    pub odd: Vec<Odd>,
    /// What could not be read.
    pub errors: Vec<RunError>,
}

/// Begins a run; its number.
///
/// # Errors
/// When the database fails.
pub async fn begin(conn: &mut PgConnection, reason: &str, now: DateTime<Utc>) -> Result<i64> {
    Ok(sqlx::query_scalar!("insert into sync_run (reason, started_at) values ($1, $2) returning id", reason, now)
        .fetch_one(conn)
        .await?)
}

/// Notes how far a run is, or how it ended.
///
/// # Errors
/// When the database fails.
pub async fn note(conn: &mut PgConnection, run: &Run) -> Result<()> {
    sqlx::query!(
        "update sync_run
         set finished_at = $2, progress = $3, requests = $4, unchanged = $5, changed = $6, events = $7, odd = $8,
             errors = $9
         where id = $1",
        run.id,
        run.finished_at,
        Json(&run.progress) as _,
        run.requests,
        run.unchanged,
        run.changed,
        run.events,
        Json(&run.odd) as _,
        Json(&run.errors) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The latest runs, newest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(conn: &mut PgConnection, limit: i64) -> Result<Vec<Run>> {
    Ok(sqlx::query!(
        r#"select id, reason, started_at, finished_at, progress as "progress: Json<Progress>", requests, unchanged,
                  changed, events, odd as "odd: Json<Vec<Odd>>", errors as "errors: Json<Vec<RunError>>"
           from sync_run order by started_at desc, id desc limit $1"#,
        limit,
    )
    .map(|row| Run {
        id: row.id,
        reason: row.reason,
        started_at: row.started_at,
        finished_at: row.finished_at,
        progress: row.progress.0,
        requests: row.requests,
        unchanged: row.unchanged,
        changed: row.changed,
        events: row.events,
        odd: row.odd.0,
        errors: row.errors.0,
    })
    .fetch_all(conn)
    .await?)
}

/// When a run last read everything; none before one did.
///
/// # Errors
/// When the database fails.
pub async fn last_good(conn: &mut PgConnection) -> Result<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!(
        "select max(finished_at) from sync_run where finished_at is not null and errors = '[]' and reason <> $1",
        WEBHOOK,
    )
    .fetch_one(conn)
    .await?)
}

/// Takes an advisory lock for as long as the connection lives; false when somebody else has it.
///
/// # Errors
/// When the database fails.
pub async fn try_lock(conn: &mut PgConnection, key: i64) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select pg_try_advisory_lock($1) as "taken!""#, key).fetch_one(conn).await?)
}

/// Gives it back.
///
/// # Errors
/// When the database fails.
pub async fn unlock(conn: &mut PgConnection, key: i64) -> Result<()> {
    sqlx::query_scalar!("select pg_advisory_unlock($1)", key).fetch_one(conn).await?;
    Ok(())
}

/// When the first run began; none before one did.
///
/// # Errors
/// When the database fails.
pub async fn first_started(conn: &mut PgConnection) -> Result<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!("select min(started_at) from sync_run").fetch_one(conn).await?)
}

/// When a run last read all of each of these repositories, among the latest thousand runs. An error about `GitHub` is
/// about all that was left to read.
///
/// # Errors
/// When the database fails.
pub async fn last_good_of(conn: &mut PgConnection, repositories: &[String]) -> Result<BTreeMap<String, DateTime<Utc>>> {
    let rows = sqlx::query!(
        r#"select wanted.name as "name!", max(run.finished_at) as "at!"
           from unnest($1::text[]) as wanted (name)
           join (
               select finished_at, errors from sync_run where finished_at is not null
               order by started_at desc limit 1000
           ) run on not exists (
               select from jsonb_array_elements(run.errors) as error
               where error ->> 'repository' in (wanted.name, 'GitHub')
           )
           group by wanted.name"#,
        repositories,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.at)).collect())
}
