//! Complete answers by address, and how far lists are known.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::store::Result;

/// A complete answer that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What to ask with.
    pub etag: String,
    /// The next page.
    pub next: Option<String>,
}

/// What is known of an address.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, scope: &str, url: &str) -> Result<Option<Page>> {
    Ok(sqlx::query_as!(Page, "select etag, next from github_page where scope = $1 and url = $2", scope, url)
        .fetch_optional(conn)
        .await?)
}

/// Keeps a complete answer's ETag, in the transaction that keeps what it held.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, scope: &str, url: &str, page: &Page, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into github_page (scope, url, etag, next, read_at) values ($1, $2, $3, $4, $5)
         on conflict (scope, url) do update set etag = excluded.etag, next = excluded.next, read_at = excluded.read_at",
        scope,
        url,
        page.etag,
        page.next,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets answers whose address begins so.
///
/// # Errors
/// When the database fails.
pub async fn forget(conn: &mut PgConnection, prefix: &str) -> Result<()> {
    sqlx::query!("delete from github_page where starts_with(url, $1)", prefix).execute(conn).await?;
    Ok(())
}

/// Forgets all answers, so that everything is read anew.
///
/// # Errors
/// When the database fails.
pub async fn forget_all(conn: &mut PgConnection) -> Result<()> {
    sqlx::query!("delete from github_page").execute(conn).await?;
    Ok(())
}

/// How far a list of a repository is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// Everything that changed by then is in the mirror; none before it was read to its end.
    pub cursor: Option<DateTime<Utc>>,
    /// It was begun and not read to its end, so that a first page without news is not the whole truth.
    pub walking: bool,
}

/// How far a list is known.
///
/// # Errors
/// When the database fails.
pub async fn reach(conn: &mut PgConnection, repository: &str, list: &str) -> Result<Reach> {
    let found = sqlx::query_as!(
        Reach,
        "select cursor, walking from github_list where repository = $1 and list = $2",
        repository,
        list,
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.unwrap_or_default())
}

/// Notes that a list is being read, in the transaction that keeps its first page.
///
/// # Errors
/// When the database fails.
pub async fn begin_walk(conn: &mut PgConnection, repository: &str, list: &str) -> Result<()> {
    sqlx::query!(
        "insert into github_list (repository, list, walking) values ($1, $2, true)
         on conflict (repository, list) do update set walking = true",
        repository,
        list,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a list was read to where it is known, and that what the mirror holds of it is all.
///
/// # Errors
/// When the database fails.
pub async fn end_walk(conn: &mut PgConnection, repository: &str, list: &str) -> Result<()> {
    sqlx::query!(
        "insert into github_list (repository, list, cursor)
         select $1, $2, coalesce(
             case when $2 = 'comments' then (select max(updated_at) from github_comment where repository = $1)
             else (select max(updated_at) from github_item where repository = $1 and is_pull = ($2 = 'pulls')) end,
             timestamptz '1970-01-01 00:00:00+00')
         on conflict (repository, list) do update set cursor = excluded.cursor, walking = false",
        repository,
        list,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How far a list is known that was read to its end and holds nothing.
pub const NOTHING: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// How far one list of a repository is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListReach {
    /// `owner/name`.
    pub repository: String,
    /// Which list.
    pub list: String,
    /// How far.
    pub reach: Reach,
}

/// How far all lists are known.
///
/// # Errors
/// When the database fails.
pub async fn reaches(conn: &mut PgConnection) -> Result<Vec<ListReach>> {
    let rows = sqlx::query!("select repository, list, cursor, walking from github_list order by repository, list")
        .fetch_all(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ListReach {
            repository: row.repository,
            list: row.list,
            reach: Reach { cursor: row.cursor, walking: row.walking },
        })
        .collect())
}
