//! What each import read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};

use super::Result;

/// How often a diagnostic came up, with some of its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticCount {
    /// Its code.
    pub code: String,
    /// How much it matters.
    pub severity: domain::Severity,
    /// How often.
    pub count: u32,
    /// What to change so that it goes away.
    pub mend: String,
    /// Some of the places, as `path:line`.
    pub places: Vec<String>,
}

/// One finished import of one origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRun {
    /// `source:cep` or `calendar:kubevirt`.
    pub origin: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was done.
    pub finished_at: DateTime<Utc>,
    /// Files read.
    pub read: i32,
    /// Files that were new or differed.
    pub changed: i32,
    /// Files that were the same.
    pub unchanged: i32,
    /// Files that were there before and are not any more.
    pub gone: i32,
    /// Diagnostics by code.
    pub diagnostics: Vec<DiagnosticCount>,
}

/// Keeps the record of an import.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, run: &ImportRun) -> Result<()> {
    sqlx::query!(
        "insert into import_run (origin, started_at, finished_at, read, changed, unchanged, gone, diagnostics)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        run.origin,
        run.started_at,
        run.finished_at,
        run.read,
        run.changed,
        run.unchanged,
        run.gone,
        Json(&run.diagnostics) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The latest import of each origin.
///
/// # Errors
/// When the database fails.
pub async fn latest(conn: &mut PgConnection) -> Result<Vec<ImportRun>> {
    let rows = sqlx::query!(
        r#"select distinct on (origin) origin, started_at, finished_at, read, changed, unchanged, gone,
                  diagnostics as "diagnostics: Json<Vec<DiagnosticCount>>"
           from import_run order by origin, finished_at desc"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ImportRun {
            origin: row.origin,
            started_at: row.started_at,
            finished_at: row.finished_at,
            read: row.read,
            changed: row.changed,
            unchanged: row.unchanged,
            gone: row.gone,
            diagnostics: row.diagnostics.0,
        })
        .collect())
}

/// When the origin that was not read for longest was last read; `None` before the first import.
///
/// # Errors
/// When the database fails.
pub async fn data_as_of(conn: &mut PgConnection) -> Result<Option<DateTime<Utc>>> {
    Ok(sqlx::query_scalar!(
        "select min(latest) from (select max(finished_at) as latest from import_run group by origin) as per_origin"
    )
    .fetch_one(conn)
    .await?)
}
