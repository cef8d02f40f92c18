//! Documents in open pull requests.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::DocumentReading;
use sqlx::{PgConnection, types::Json};

use crate::store::{Result, to_i32, to_u32};

/// Where a document is: source, number of the pull request, path.
pub type Place = (String, u32, String);

/// A document in an open pull request.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Id of the source whose documents lie there.
    pub source: String,
    /// `owner/name` of the repository.
    pub repository: String,
    /// Number of the pull request.
    pub pull: u32,
    /// Path in the repository.
    pub path: String,
    /// The commit that it was read from.
    pub head: String,
    /// Its content as of that commit; none where the pull request removes it.
    pub content: Option<Content>,
    /// Whether it is the main document of its directory.
    pub main: bool,
    /// Number of its directory, where the path states one.
    pub number: Option<u32>,
    /// SIG of its directory, where the source is laid out by SIG.
    pub sig: Option<String>,
    /// What it states.
    pub reading: DocumentReading,
    /// Title of the pull request.
    pub pull_title: String,
    /// Login of who opened it; none when the account is gone.
    pub author: Option<String>,
    /// Whether the pull request is a draft.
    pub draft: bool,
    /// When it was read.
    pub observed_at: DateTime<Utc>,
}

/// Addresses of a document's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Git's.
    pub git_sha: String,
    /// Ours, in `blob`.
    pub blob: String,
}

/// Keeps a document as read.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, candidate: &Candidate) -> Result<()> {
    let owners: Vec<String> = candidate.reading.owners.iter().map(|stated| stated.value.clone()).collect();
    sqlx::query!(
        "insert into candidate (source, repository, pull, path, head, git_sha, blob, main, number, sig, reading, pull_title,
                                author, draft, observed_at, stated, title, owners)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         on conflict (source, repository, pull, path) do update
         set head = excluded.head, git_sha = excluded.git_sha, blob = excluded.blob, main = excluded.main,
             number = excluded.number, sig = excluded.sig, reading = excluded.reading,
             pull_title = excluded.pull_title, author = excluded.author, draft = excluded.draft,
             observed_at = excluded.observed_at, stated = excluded.stated, title = excluded.title,
             owners = excluded.owners",
        candidate.source,
        candidate.repository,
        to_i32(candidate.pull),
        candidate.path,
        candidate.head,
        candidate.content.as_ref().map(|content| &content.git_sha),
        candidate.content.as_ref().map(|content| &content.blob),
        candidate.main,
        candidate.number.map(to_i32),
        candidate.sig,
        Json(&candidate.reading) as _,
        candidate.pull_title,
        candidate.author,
        candidate.draft,
        candidate.observed_at,
        candidate.reading.number.as_ref().map(|stated| to_i32(stated.value)),
        candidate.reading.title.as_ref().map(|stated| stated.value.as_str()),
        &owners,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps what a pull request is called now, and whether it is a draft.
///
/// # Errors
/// When the database fails.
pub async fn rename(conn: &mut PgConnection, (repository, pull): (&str, u32), title: &str, draft: bool) -> Result<()> {
    sqlx::query!(
        "update candidate set pull_title = $3, draft = $4
         where repository = $1 and pull = $2 and (pull_title <> $3 or draft <> $4)",
        repository,
        to_i32(pull),
        title,
        draft,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets a document that its pull request does not touch any more.
///
/// # Errors
/// When the database fails.
pub async fn forget(conn: &mut PgConnection, repository: &str, (source, pull, path): &Place) -> Result<()> {
    sqlx::query!(
        "delete from candidate where source = $1 and repository = $2 and pull = $3 and path = $4",
        source,
        repository,
        to_i32(*pull),
        path,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What was looked at in a repository, with the commit at which.
///
/// # Errors
/// When the database fails.
pub async fn heads(conn: &mut PgConnection, repository: &str) -> Result<HashMap<Place, String>> {
    let rows = sqlx::query!("select source, pull, path, head from candidate where repository = $1", repository)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.source, to_u32(row.pull), row.path), row.head)).collect())
}

/// Every document that an open pull request adds or changes. One that was merged or closed is gone at once, also before
/// its repository is read again.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<Candidate>> {
    let rows = sqlx::query!(
        r#"select source, repository, pull, path, head, git_sha as "git_sha!", blob as "blob!", main, number, sig,
                  reading as "reading: Json<DocumentReading>", pull_title, author, draft, observed_at
           from candidate
           where blob is not null and not exists (
               select from github_item item
               where item.repository = candidate.repository and item.number = candidate.pull
                   and (item.gone is not null or item.facts ->> 'state' <> 'open')
           )
           order by source, repository, pull, not main, path"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Candidate {
            source: row.source,
            repository: row.repository,
            pull: to_u32(row.pull),
            path: row.path,
            head: row.head,
            content: Some(Content { git_sha: row.git_sha, blob: row.blob }),
            main: row.main,
            number: row.number.map(to_u32),
            sig: row.sig,
            reading: row.reading.0,
            pull_title: row.pull_title,
            author: row.author,
            draft: row.draft,
            observed_at: row.observed_at,
        })
        .collect())
}

/// A main document of an open pull request in few words, for counts and search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Id of the source.
    pub source: String,
    /// `owner/name` of the repository.
    pub repository: String,
    /// Number of the pull request.
    pub pull: i32,
    /// Path in the repository.
    pub path: String,
    /// Number of its directory, where the path states one.
    pub number: Option<i32>,
    /// Number that the document states.
    pub stated: Option<i32>,
    /// Title that it states.
    pub title: Option<String>,
    /// Logins of its owners.
    pub owners: Vec<String>,
    /// Title of the pull request.
    pub pull_title: String,
    /// Login of who opened it; none when the account is gone.
    pub author: Option<String>,
}

/// The main documents among [`all`], without what they state in full.
///
/// # Errors
/// When the database fails.
pub async fn briefs(conn: &mut PgConnection) -> Result<Vec<Brief>> {
    Ok(sqlx::query_as!(
        Brief,
        "select source, repository, pull, path, number, stated, title, owners, pull_title, author from candidate
         where main and blob is not null and not exists (
             select from github_item item
             where item.repository = candidate.repository and item.number = candidate.pull
                 and (item.gone is not null or item.facts ->> 'state' <> 'open')
         )"
    )
    .fetch_all(conn)
    .await?)
}
