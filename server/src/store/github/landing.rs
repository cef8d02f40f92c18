//! Branches, and whether merged pull requests are in those that releases are built from.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::store::{Result, to_i32};

/// Keeps where a branch stands.
///
/// # Errors
/// When the database fails.
pub async fn keep_branch(conn: &mut PgConnection, repository: &str, name: &str, sha: &str) -> Result<()> {
    sqlx::query!(
        "insert into github_branch (repository, name, sha) values ($1, $2, $3)
         on conflict (repository, name) do update set sha = excluded.sha",
        repository,
        name,
        sha,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Branches of a repository with their latest commits.
///
/// # Errors
/// When the database fails.
pub async fn branches(conn: &mut PgConnection, repository: &str) -> Result<HashMap<String, String>> {
    let rows = sqlx::query!("select name, sha from github_branch where repository = $1", repository);
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.name, row.sha)).collect())
}

/// What was found of a pull request in a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// Whether it is in it.
    pub contained: bool,
    /// Where the branch stood; none while there was no such branch.
    pub branch_sha: Option<String>,
}

/// What was found the last time.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, (repository, number): (&str, u32), branch: &str) -> Result<Option<Landing>> {
    Ok(sqlx::query_as!(
        Landing,
        "select contained, branch_sha from github_landing where repository = $1 and number = $2 and branch = $3",
        repository,
        to_i32(number),
        branch,
    )
    .fetch_optional(conn)
    .await?)
}

/// Keeps what was found.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    conn: &mut PgConnection,
    (repository, number): (&str, u32),
    branch: &str,
    landing: &Landing,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into github_landing (repository, number, branch, contained, branch_sha, asked_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (repository, number, branch) do update
         set contained = excluded.contained, branch_sha = excluded.branch_sha, asked_at = excluded.asked_at",
        repository,
        to_i32(number),
        branch,
        landing.contained,
        landing.branch_sha,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
