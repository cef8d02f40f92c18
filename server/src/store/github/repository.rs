//! Which repositories are read, and what GitHub calls them.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::store::Result;

/// A repository in which proposals of a source are implemented or documented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRepository {
    /// The source.
    pub source: String,
    /// `owner/name`.
    pub name: String,
    /// Whether it holds documentation rather than code.
    pub docs: bool,
    /// The branch that a release is built from, with `{major}` and `{minor}` in it; none where that is the main branch.
    pub release_branch: Option<String>,
}

/// All of them.
///
/// # Errors
/// When the database fails.
pub async fn code(conn: &mut PgConnection) -> Result<Vec<CodeRepository>> {
    Ok(sqlx::query_as!(
        CodeRepository,
        r#"select source, name, role = 'docs' as "docs!", release_branch from code_repository order by source, name"#
    )
    .fetch_all(conn)
    .await?)
}

/// A repository as GitHub calls it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// `owner/name` as configured.
    pub name: String,
    /// What it is called since it was renamed.
    pub renamed_to: Option<String>,
    /// Its main branch.
    pub default_branch: String,
}

/// What is known of a repository.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, name: &str) -> Result<Option<Repository>> {
    Ok(sqlx::query_as!(
        Repository,
        "select name, renamed_to, default_branch from github_repository where name = $1",
        name,
    )
    .fetch_optional(conn)
    .await?)
}

/// Keeps what GitHub calls a repository.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, repository: &Repository, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into github_repository (name, renamed_to, default_branch, read_at) values ($1, $2, $3, $4)
         on conflict (name) do update
         set renamed_to = excluded.renamed_to, default_branch = excluded.default_branch, read_at = excluded.read_at",
        repository.name,
        repository.renamed_to,
        repository.default_branch,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What is known of all repositories, by name.
///
/// # Errors
/// When the database fails.
pub async fn known(conn: &mut PgConnection) -> Result<Vec<Repository>> {
    Ok(sqlx::query_as!(Repository, "select name, renamed_to, default_branch from github_repository order by name")
        .fetch_all(conn)
        .await?)
}
