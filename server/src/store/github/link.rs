//! Linked pull requests and bugs that are asked for one by one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::store::{Result, to_i32, to_u32};

/// Which of the linked items are to be asked for, those that waited longest first: what is in no list of `listed`
/// repositories, unless it is too early; with `all`, whenever it was asked for.
///
/// # Errors
/// When the database fails.
pub async fn due(
    conn: &mut PgConnection,
    links: &[(String, u32)],
    (listed, all): (&[String], bool),
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(String, u32)>> {
    let (repositories, numbers) = super::item::columns(links);
    let rows = sqlx::query!(
        r#"select key.repository as "repository!", key.number as "number!"
           from unnest($1::text[], $2::integer[]) as key (repository, number)
           left join github_item item on item.repository = key.repository and item.number = key.number
           left join github_link link on link.repository = key.repository and link.number = key.number
           where (item.number is null or not key.repository = any($3))
               and (link.again_at is null or link.again_at <= $4 or $5)
           order by link.again_at nulls first, key.repository, key.number
           limit $6"#,
        &repositories,
        &numbers,
        listed,
        now,
        all,
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.repository, to_u32(row.number))).collect())
}

/// Notes that an item was asked for: when to ask again, and why it could not be read, if so.
///
/// # Errors
/// When the database fails.
pub async fn note(
    conn: &mut PgConnection,
    (repository, number): (&str, u32),
    again_at: DateTime<Utc>,
    why: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "insert into github_link (repository, number, again_at, why) values ($1, $2, $3, $4)
         on conflict (repository, number) do update set again_at = excluded.again_at, why = excluded.why",
        repository,
        to_i32(number),
        again_at,
        why,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Items that could not be read, with why.
///
/// # Errors
/// When the database fails.
pub async fn unreadable(conn: &mut PgConnection) -> Result<BTreeMap<(String, u32), String>> {
    let rows = sqlx::query!(r#"select repository, number, why as "why!" from github_link where why is not null"#)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.repository, to_u32(row.number)), row.why)).collect())
}
