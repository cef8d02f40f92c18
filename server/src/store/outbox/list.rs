//! The outbox as pages show it.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{Entry, Outgoing, Row};
use crate::store::{Result, to_i32};

/// Which rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state.
    pub state: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// Of this source.
    pub source: Option<String>,
    /// About this proposal.
    pub number: Option<u32>,
}

/// How many rows are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The state.
    pub state: String,
    /// How many.
    pub count: i64,
}

/// Rows that match: what wants somebody's attention first, then what is on its way, then what is settled; the latest
/// change first. At most `limit` after the first `offset`; and how many match, which is known only where there is one.
///
/// # Errors
/// When the database fails.
pub async fn page(conn: &mut PgConnection, filter: &Filter, limit: i64, offset: i64) -> Result<(Vec<Entry>, i64)> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from outgoing
           where ($1::text is null or state = $1) and ($2::text is null or kind = $2)
               and ($3::text is null or source = $3) and ($4::integer is null or number = $4)"#,
        filter.state,
        filter.kind,
        filter.source,
        filter.number.map(to_i32),
    )
    .fetch_one(&mut *conn)
    .await?;
    let rows = sqlx::query_as!(
        Row,
        "select source, key, number, event, kind, repository, item, payload, preview, version, state, attempts,
             last_error, next_attempt_at, remote_id, caused_by, caused_by_id, closed_by, created_at, updated_at, sent_at
         from outgoing
         where ($1::text is null or state = $1) and ($2::text is null or kind = $2)
             and ($3::text is null or source = $3) and ($4::integer is null or number = $4)
         order by array_position(
                 array['uncertain', 'failed', 'held', 'sending', 'waiting', 'sent', 'cancelled'], state
             ), updated_at desc, source, key
         limit $5 offset $6",
        filter.state,
        filter.kind,
        filter.source,
        filter.number.map(to_i32),
        limit,
        offset,
    )
    .fetch_all(conn)
    .await?;
    Ok((rows.into_iter().map(Entry::from).collect(), total))
}

/// How many rows whose key begins so were written after an instant.
///
/// # Errors
/// When the database fails.
pub async fn written_since(conn: &mut PgConnection, source: &str, prefix: &str, from: DateTime<Utc>) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from outgoing
           where source = $1 and starts_with(key, $2) and created_at > $3"#,
        source,
        prefix,
        from,
    )
    .fetch_one(conn)
    .await?)
}

/// How many rows each state has; none for those without any.
///
/// # Errors
/// When the database fails.
pub async fn counts(conn: &mut PgConnection) -> Result<Vec<Counts>> {
    Ok(sqlx::query_as!(Counts, r#"select state, count(*) as "count!" from outgoing group by state"#)
        .fetch_all(conn)
        .await?)
}

/// One row.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, source: &str, key: &str) -> Result<Option<Entry>> {
    let row = sqlx::query_as!(
        Row,
        "select source, key, number, event, kind, repository, item, payload, preview, version, state, attempts,
             last_error, next_attempt_at, remote_id, caused_by, caused_by_id, closed_by, created_at, updated_at, sent_at
         from outgoing where source = $1 and key = $2",
        source,
        key,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Entry::from))
}

/// What decisions about a proposal sent out or will, in their order.
///
/// # Errors
/// When the database fails.
pub async fn of_proposal(conn: &mut PgConnection, source: &str, number: u32) -> Result<Vec<Entry>> {
    let rows = sqlx::query_as!(
        Row,
        "select source, key, number, event, kind, repository, item, payload, preview, version, state, attempts,
             last_error, next_attempt_at, remote_id, caused_by, caused_by_id, closed_by, created_at, updated_at, sent_at
         from outgoing where source = $1 and number = $2 order by event, key",
        source,
        to_i32(number),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Rows of a source by their keys; those that are not there left out.
///
/// # Errors
/// When the database fails.
pub async fn by_keys(conn: &mut PgConnection, source: &str, keys: &[String]) -> Result<Vec<Entry>> {
    let rows = sqlx::query_as!(
        Row,
        "select source, key, number, event, kind, repository, item, payload, preview, version, state, attempts,
             last_error, next_attempt_at, remote_id, caused_by, caused_by_id, closed_by, created_at, updated_at, sent_at
         from outgoing where source = $1 and key = any($2) order by key",
        source,
        keys,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// The last word of ours on each label, by source and key; those that cannot be read left out.
///
/// # Errors
/// When the database fails.
pub async fn said(conn: &mut PgConnection) -> Result<Vec<((String, String), super::OutgoingLabel)>> {
    let rows = sqlx::query!("select source, key, payload from outgoing where kind = 'label'").fetch_all(conn).await?;
    let read = rows.into_iter().filter_map(|row| match Outgoing::read(row.payload) {
        Ok(Outgoing::Label(label)) => Some(((row.source, row.key), label)),
        _ => None,
    });
    Ok(read.collect())
}

/// How many rows wait although they were tried, and how many want a person, for the health check.
///
/// # Errors
/// When the database fails.
pub async fn troubles(conn: &mut PgConnection) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select count(*) filter (where state = 'waiting' and last_error is not null) as "retried!",
                  count(*) filter (where state = 'failed' or state = 'uncertain' and kind = 'mail') as "stuck!"
           from outgoing"#
    )
    .fetch_one(conn)
    .await?;
    Ok((row.retried, row.stuck))
}
