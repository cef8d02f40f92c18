//! Tags and branches of releases, and when they were made.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::store::Result;

/// A tag or branch as GitHub lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// `tags/v1.10.0`, `heads/release-1.10`.
    pub name: String,
    /// What it points to.
    pub sha: String,
    /// Whether that is a tag object rather than a commit.
    pub annotated: bool,
}

/// Keeps all tags or branches whose names begin with `prefix`; others of that beginning are gone. A tag that points
/// elsewhere is to be dated anew; a branch was cut once, wherever it has grown to.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, repository: &str, prefix: &str, all: &[Reference]) -> Result<()> {
    let names: Vec<String> = all.iter().map(|reference| reference.name.clone()).collect();
    let shas: Vec<String> = all.iter().map(|reference| reference.sha.clone()).collect();
    let annotated: Vec<bool> = all.iter().map(|reference| reference.annotated).collect();
    sqlx::query!(
        "delete from github_ref where repository = $1 and starts_with(name, $2) and name <> all($3)",
        repository,
        prefix,
        &names,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into github_ref as known (repository, name, sha, annotated)
         select $1, name, sha, annotated from unnest($2::text[], $3::text[], $4::boolean[]) as r (name, sha, annotated)
         on conflict (repository, name) do update
         set sha = excluded.sha, annotated = excluded.annotated,
             at = case when known.sha = excluded.sha or starts_with(known.name, 'heads/') then known.at end
         where known.sha <> excluded.sha",
        repository,
        &names,
        &shas,
        &annotated,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Tags and branches of a repository that are not dated.
///
/// # Errors
/// When the database fails.
pub async fn undated(conn: &mut PgConnection, repository: &str) -> Result<Vec<Reference>> {
    Ok(sqlx::query_as!(
        Reference,
        "select name, sha, annotated from github_ref where repository = $1 and at is null order by name",
        repository,
    )
    .fetch_all(conn)
    .await?)
}

/// Keeps when a tag or branch was made.
///
/// # Errors
/// When the database fails.
pub async fn date(conn: &mut PgConnection, repository: &str, name: &str, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update github_ref set at = $3 where repository = $1 and name = $2", repository, name, at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Tags and branches of a repository with their dates, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn dated(conn: &mut PgConnection, repository: &str) -> Result<Vec<(String, DateTime<Utc>)>> {
    let rows = sqlx::query!(
        r#"select name, at as "at!" from github_ref where repository = $1 and at is not null order by at, name"#,
        repository,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.at)).collect())
}
