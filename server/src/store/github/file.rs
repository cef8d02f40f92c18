//! Files of repositories, by git's address of their content and ours.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::store::Result;

/// A file as last read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// Git's address of its content.
    pub git_sha: String,
    /// Ours, in `blob`.
    pub sha256: String,
    /// When its repository last changed it, where that is known.
    pub changed_at: Option<DateTime<Utc>>,
}

/// Files of a repository by path.
///
/// # Errors
/// When the database fails.
pub async fn of_repository(conn: &mut PgConnection, repository: &str) -> Result<HashMap<String, KnownFile>> {
    let rows =
        sqlx::query!("select path, git_sha, sha256, changed_at from github_file where repository = $1", repository)
            .fetch_all(conn)
            .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.path, KnownFile { git_sha: row.git_sha, sha256: row.sha256, changed_at: row.changed_at }))
        .collect())
}

/// Keeps a file.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, repository: &str, path: &str, file: &KnownFile) -> Result<()> {
    sqlx::query!(
        "insert into github_file (repository, path, git_sha, sha256, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (repository, path) do update
         set git_sha = excluded.git_sha, sha256 = excluded.sha256, changed_at = excluded.changed_at",
        repository,
        path,
        file.git_sha,
        file.sha256,
        file.changed_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}
