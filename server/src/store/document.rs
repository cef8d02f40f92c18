//! Documents: every version with its reading, and the present one rendered and searchable.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{DocumentReading, DocumentVersion};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};

use super::{Result, event::Keys, to_i32, to_u32};

/// A line of a document's table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6, as in the document.
    pub level: u8,
    /// Its id within the page.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// A document as it is now, rendered.
#[derive(Debug, Clone)]
pub struct RenderedDocument {
    /// Path in the repository.
    pub path: String,
    /// Sanitised HTML.
    pub html: String,
    /// Table of contents.
    pub contents: Vec<Heading>,
    /// Version of the renderer that wrote it.
    pub renderer: i32,
    /// SHA-256 of the text.
    pub blob: String,
}

/// A present document to be written.
pub(super) struct Present<'a> {
    pub source: &'a str,
    pub path: &'a str,
    pub number: u32,
    pub main: bool,
    pub blob: &'a str,
    pub html: &'a str,
    pub contents: &'a [Heading],
    pub renderer: i32,
    pub title: &'a str,
    pub text: &'a str,
}

/// Paths and blobs of the documents of a source as they are now.
///
/// # Errors
/// When the database fails.
pub async fn present(conn: &mut PgConnection, source: &str) -> Result<HashMap<String, (u32, String)>> {
    let rows =
        sqlx::query!("select path, number, blob from document where source = $1", source).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.path, (to_u32(row.number), row.blob))).collect())
}

/// SHA-256 of a document as it is now; none when there is none.
///
/// # Errors
/// When the database fails.
pub async fn blob_of(conn: &mut PgConnection, source: &str, path: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select blob from document where source = $1 and path = $2", source, path)
        .fetch_optional(conn)
        .await?)
}

/// Paths of all documents that a source ever had.
///
/// # Errors
/// When the database fails.
pub async fn ever_read(conn: &mut PgConnection, source: &str) -> Result<HashSet<String>> {
    let paths = sqlx::query_scalar!("select distinct path from document_version where source = $1", source)
        .fetch_all(conn)
        .await?;
    Ok(paths.into_iter().collect())
}

/// The rendered main document of a proposal.
///
/// # Errors
/// When the database fails.
pub async fn rendered(conn: &mut PgConnection, source: &str, path: &str) -> Result<Option<RenderedDocument>> {
    let row = sqlx::query!(
        r#"select path, html, contents as "contents: Json<Vec<Heading>>", renderer, blob
           from document where source = $1 and path = $2"#,
        source,
        path,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| RenderedDocument {
        path: row.path,
        html: row.html,
        contents: row.contents.0,
        renderer: row.renderer,
        blob: row.blob,
    }))
}

/// Proposals whose documents hold all the words of a search, as people type it.
///
/// # Errors
/// When the database fails.
pub async fn search(conn: &mut PgConnection, words: &str) -> Result<Vec<(String, u32)>> {
    let rows = sqlx::query!(
        "select distinct source, number from document
         where search @@ websearch_to_tsquery('english', $1)",
        words,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.source, to_u32(row.number))).collect())
}

/// Writes the present version of a document.
pub(super) async fn write(conn: &mut PgConnection, document: &Present<'_>) -> Result<()> {
    sqlx::query!(
        "insert into document (source, path, number, main, blob, html, contents, renderer, search)
         values ($1, $2, $3, $4, $5, $6, $7, $8,
                 setweight(to_tsvector('english', $9), 'A') || setweight(to_tsvector('english', $10), 'B'))
         on conflict (source, path) do update
         set number = excluded.number, main = excluded.main, blob = excluded.blob, html = excluded.html,
             contents = excluded.contents, renderer = excluded.renderer, search = excluded.search",
        document.source,
        document.path,
        to_i32(document.number),
        document.main,
        document.blob,
        document.html,
        Json(document.contents) as _,
        document.renderer,
        document.title,
        document.text,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets the present version of a document that is gone; its versions stay.
pub(super) async fn remove(conn: &mut PgConnection, source: &str, path: &str) -> Result<()> {
    sqlx::query!("delete from document where source = $1 and path = $2", source, path).execute(conn).await?;
    Ok(())
}

/// Keeps a version of a document; an empty blob means gone.
pub(super) async fn keep_version(
    conn: &mut PgConnection,
    (source, number, event): (&str, u32, i64),
    version: &DocumentVersion,
) -> Result<()> {
    sqlx::query!(
        "insert into document_version (source, event, number, path, main, blob, reading, occurred_at, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        source,
        event,
        to_i32(number),
        version.path,
        version.main,
        version.blob,
        Json(&version.reading) as _,
        version.occurred_at,
        version.recorded_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct VersionRow {
    path: String,
    main: bool,
    blob: String,
    reading: Json<DocumentReading>,
    occurred_at: Option<DateTime<Utc>>,
    recorded_at: DateTime<Utc>,
}

impl From<VersionRow> for DocumentVersion {
    fn from(row: VersionRow) -> Self {
        Self {
            path: row.path,
            main: row.main,
            blob: row.blob,
            occurred_at: row.occurred_at,
            recorded_at: row.recorded_at,
            reading: row.reading.0,
        }
    }
}

/// Every version of the documents of proposals, in the order they were read.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(conn: &mut PgConnection, keys: &Keys) -> Result<Vec<(String, u32, DocumentVersion)>> {
    let rows = sqlx::query!(
        r#"select version.source, version.number, version.path, version.main, version.blob,
                  version.reading as "reading: Json<DocumentReading>", version.occurred_at, version.recorded_at
           from unnest($1::text[], $2::integer[]) as key (source, number)
           join document_version version on version.source = key.source and version.number = key.number
           order by version.event"#,
        &keys.sources,
        &keys.numbers,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let version = VersionRow {
                path: row.path,
                main: row.main,
                blob: row.blob,
                reading: row.reading,
                occurred_at: row.occurred_at,
                recorded_at: row.recorded_at,
            };
            (row.source, to_u32(row.number), version.into())
        })
        .collect())
}

/// Main or not of a path, as last read; for a document that is gone.
pub(super) async fn was_main(conn: &mut PgConnection, source: &str, path: &str) -> Result<bool> {
    let main = sqlx::query_scalar!("select main from document where source = $1 and path = $2", source, path)
        .fetch_optional(conn)
        .await?;
    Ok(main.unwrap_or_default())
}
