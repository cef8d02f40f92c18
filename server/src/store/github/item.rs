//! Issues and pull requests in the mirror.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{PgConnection, types::Json};

use crate::{
    github::rows::Item,
    store::{Result, to_i32, to_u32},
};

/// An issue or pull request with what else was read of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// `owner/name`.
    pub repository: String,
    /// What it shows.
    pub item: Item,
    /// Events or changed paths, where they were read.
    pub detail: Option<Value>,
    /// The change of the item as of which `detail` is.
    pub detail_of: Option<DateTime<Utc>>,
    /// Deleted, or where it was transferred to.
    pub gone: Option<String>,
    /// Place of its latest change in the mirror.
    pub position: i64,
}

struct Row {
    repository: String,
    facts: Json<Item>,
    detail: Option<Value>,
    detail_of: Option<DateTime<Utc>>,
    gone: Option<String>,
    position: i64,
}

impl From<Row> for Kept {
    fn from(row: Row) -> Self {
        let Row { repository, facts, detail, detail_of, gone, position } = row;
        Self { repository, item: facts.0, detail, detail_of, gone, position }
    }
}

/// What became of a fact that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was new or newer.
    Changed,
    /// It was known.
    Known,
    /// A newer one is known.
    Older,
}

/// Key of the advisory lock under which positions are given, so that they become visible in order.
const MIRROR_LOCK: i64 = 0x6365_7002;

/// Makes this transaction the only one that changes items, until it ends. Every function here that changes one is to be
/// called in such a transaction.
///
/// # Errors
/// When the database fails.
pub async fn lock(conn: &mut PgConnection) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock($1)", MIRROR_LOCK).execute(conn).await?;
    Ok(())
}

/// Keeps what an item shows; the newer fact wins. `sure` says that GitHub showed it just now, so that among two of one
/// second it is the later one; otherwise such a pair is marked to be read again.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, repository: &str, item: &Item, refs: &[String], sure: bool) -> Result<Kind> {
    let number = to_i32(item.number);
    let known = sqlx::query!(
        r#"select facts as "facts: Json<Item>", updated_at, gone from github_item
           where repository = $1 and number = $2 for update"#,
        repository,
        number,
    )
    .fetch_optional(&mut *conn)
    .await?;
    let mut item = item.clone();
    if let Some(known) = &known {
        let before = &known.facts.0;
        complete(&mut item, before);
        if *before == item && known.gone.is_none() {
            return Ok(Kind::Known);
        }
        if known.updated_at > item.updated_at {
            return Ok(Kind::Older);
        }
        if known.updated_at == item.updated_at && !sure {
            mark_stale(conn, repository, item.number).await?;
            return Ok(Kind::Older);
        }
    }
    sqlx::query!(
        "insert into github_item (repository, number, is_pull, updated_at, facts, refs) values ($1, $2, $3, $4, $5, $6)
         on conflict (repository, number) do update
         set position = nextval('github_position'), is_pull = excluded.is_pull, updated_at = excluded.updated_at,
             facts = excluded.facts, refs = excluded.refs, gone = null, stale = github_item.stale and not $7",
        repository,
        number,
        item.is_pull,
        item.updated_at,
        Json(&item) as _,
        refs,
        sure,
    )
    .execute(conn)
    .await?;
    Ok(Kind::Changed)
}

/// Lists of issues and webhooks about comments say less of a pull request than is known; the rest stays.
fn complete(item: &mut Item, before: &Item) {
    if item.is_pull && item.base.is_empty() {
        item.base.clone_from(&before.base);
        item.head.clone_from(&before.head);
        item.requested.clone_from(&before.requested);
        item.merge_commit = item.merge_commit.take().or_else(|| before.merge_commit.clone());
        item.draft = item.draft || before.draft;
    }
}

/// Has an item read again.
///
/// # Errors
/// When the database fails.
pub async fn mark_stale(conn: &mut PgConnection, repository: &str, number: u32) -> Result<()> {
    sqlx::query!(
        "update github_item set stale = true where repository = $1 and number = $2",
        repository,
        to_i32(number),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Items to be read again.
///
/// # Errors
/// When the database fails.
pub async fn stale(conn: &mut PgConnection) -> Result<Vec<(String, u32)>> {
    let rows = sqlx::query!("select repository, number from github_item where stale order by repository, number")
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.repository, to_u32(row.number))).collect())
}

/// Notes that an item was read again and is as known.
///
/// # Errors
/// When the database fails.
pub async fn settle(conn: &mut PgConnection, repository: &str, number: u32) -> Result<()> {
    sqlx::query!(
        "update github_item set stale = false where repository = $1 and number = $2",
        repository,
        to_i32(number),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that an item is gone: `deleted`, or where it was transferred to.
///
/// # Errors
/// When the database fails.
pub async fn gone(conn: &mut PgConnection, repository: &str, number: u32, what: &str) -> Result<()> {
    sqlx::query!(
        "update github_item set gone = $3, stale = false, position = nextval('github_position')
         where repository = $1 and number = $2 and gone is distinct from $3",
        repository,
        to_i32(number),
        what,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps events or changed paths of an item as of its change at `of`.
///
/// # Errors
/// When the database fails.
pub async fn keep_detail(
    conn: &mut PgConnection,
    (repository, number): (&str, u32),
    detail: &Value,
    of: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update github_item
         set detail = $3, detail_of = $4,
             position = case when detail is distinct from $3 then nextval('github_position') else position end
         where repository = $1 and number = $2",
        repository,
        to_i32(number),
        detail,
        of,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One item.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, repository: &str, number: u32) -> Result<Option<Kept>> {
    let row = sqlx::query_as!(
        Row,
        r#"select repository, facts as "facts: Json<Item>", detail, detail_of, gone, position from github_item
           where repository = $1 and number = $2"#,
        repository,
        to_i32(number),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Kept::from))
}

/// Items by repository and number, side by side.
///
/// # Errors
/// When the database fails.
pub async fn find_all(conn: &mut PgConnection, keys: &[(String, u32)]) -> Result<Vec<Kept>> {
    let (repositories, numbers) = columns(keys);
    let rows = sqlx::query_as!(
        Row,
        r#"select item.repository, item.facts as "facts: Json<Item>", item.detail, item.detail_of, item.gone,
                  item.position
           from unnest($1::text[], $2::integer[]) as key (repository, number)
           join github_item item on item.repository = key.repository and item.number = key.number"#,
        &repositories,
        &numbers,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Kept::from).collect())
}

/// The place of the latest change in the mirror; none while it is empty.
///
/// # Errors
/// When the database fails.
pub async fn newest(conn: &mut PgConnection) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar!("select max(position) from github_item").fetch_one(conn).await?)
}

/// Where items stand in the mirror, of those that are in it.
///
/// # Errors
/// When the database fails.
pub async fn positions(conn: &mut PgConnection, keys: &[(String, u32)]) -> Result<HashMap<(String, u32), i64>> {
    let (repositories, numbers) = columns(keys);
    let rows = sqlx::query!(
        r#"select item.repository, item.number, item.position
           from unnest($1::text[], $2::integer[]) as key (repository, number)
           join github_item item on item.repository = key.repository and item.number = key.number"#,
        &repositories,
        &numbers,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.repository, to_u32(row.number)), row.position)).collect())
}

/// Repositories and numbers, each by itself, as queries want them.
pub(super) fn columns(keys: &[(String, u32)]) -> (Vec<String>, Vec<i32>) {
    keys.iter().map(|(repository, number)| (repository.clone(), to_i32(*number))).unzip()
}

/// At most `limit` items that changed after a position, in the order of their changes.
///
/// # Errors
/// When the database fails.
pub async fn changed_since(conn: &mut PgConnection, position: i64, limit: i64) -> Result<Vec<Kept>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select repository, facts as "facts: Json<Item>", detail, detail_of, gone, position from github_item
           where position > $1 order by position limit $2"#,
        position,
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Kept::from).collect())
}

/// Pull requests whose text names one of these, written as `owner/name#n`.
///
/// # Errors
/// When the database fails.
pub async fn naming(conn: &mut PgConnection, refs: &[String]) -> Result<Vec<Kept>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select repository, facts as "facts: Json<Item>", detail, detail_of, gone, position from github_item
           where is_pull and refs && $1 order by repository, number"#,
        refs,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Kept::from).collect())
}

/// Numbers of the items of a repository that are there.
///
/// # Errors
/// When the database fails.
pub async fn numbers(conn: &mut PgConnection, repository: &str, pulls: bool) -> Result<Vec<u32>> {
    let rows = sqlx::query_scalar!(
        "select number from github_item where repository = $1 and is_pull = $2 and gone is null order by number",
        repository,
        pulls,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(to_u32).collect())
}

/// Open pull requests of a repository.
///
/// # Errors
/// When the database fails.
pub async fn open_pulls(conn: &mut PgConnection, repository: &str) -> Result<Vec<Kept>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select repository, facts as "facts: Json<Item>", detail, detail_of, gone, position from github_item
           where repository = $1 and is_pull and gone is null and facts ->> 'state' = 'open' order by number"#,
        repository,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Kept::from).collect())
}

/// Open pull requests whose details are not those of their latest change, and that name a proposal or pull request, are
/// in one of `repositories`, or among `linked`, written as `owner/name#n`.
///
/// # Errors
/// When the database fails.
pub async fn without_detail(conn: &mut PgConnection, repositories: &[String], linked: &[String]) -> Result<Vec<Kept>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select repository, facts as "facts: Json<Item>", detail, detail_of, gone, position from github_item
           where is_pull and gone is null and facts ->> 'state' = 'open' and detail_of is distinct from updated_at
               and (refs <> '{}' or repository = any($1) or repository || '#' || number = any($2))
           order by repository, number"#,
        repositories,
        linked,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Kept::from).collect())
}

/// How many items of a repository are in the mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// `owner/name`.
    pub repository: String,
    /// Issues.
    pub issues: i64,
    /// Pull requests.
    pub pulls: i64,
}

/// How many items of each repository are in the mirror and there.
///
/// # Errors
/// When the database fails.
pub async fn counts(conn: &mut PgConnection) -> Result<Vec<Counted>> {
    Ok(sqlx::query_as!(
        Counted,
        r#"select repository, count(*) filter (where not is_pull) as "issues!",
                  count(*) filter (where is_pull) as "pulls!"
           from github_item where gone is null group by repository order by repository"#
    )
    .fetch_all(conn)
    .await?)
}
