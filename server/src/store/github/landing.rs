//! Whether merged pull requests are in the branches that releases are built from.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::store::{Result, to_i32};

/// What was found of a pull request in a branch, and when that was asked.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut PgConnection,
    (repository, number): (&str, u32),
    branch: &str,
) -> Result<Option<(bool, DateTime<Utc>)>> {
    let row = sqlx::query!(
        "select contained, asked_at from github_landing where repository = $1 and number = $2 and branch = $3",
        repository,
        to_i32(number),
        branch,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.contained, row.asked_at)))
}

/// Keeps what was found.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    conn: &mut PgConnection,
    (repository, number): (&str, u32),
    branch: &str,
    contained: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into github_landing (repository, number, branch, contained, asked_at) values ($1, $2, $3, $4, $5)
         on conflict (repository, number, branch) do update
         set contained = excluded.contained, asked_at = excluded.asked_at",
        repository,
        to_i32(number),
        branch,
        contained,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
