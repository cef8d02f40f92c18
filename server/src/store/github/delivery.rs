//! Webhooks as they came: kept once each, processed afterwards.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;

use crate::store::Result;

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Its facts are in the mirror.
    Done,
    /// It says nothing that is asked for.
    Ignored,
    /// It could not be read.
    Failed,
}

impl Fate {
    const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Ignored => "ignored",
            Self::Failed => "failed",
        }
    }
}

/// A delivery.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// GitHub's id of it.
    pub id: String,
    /// Name of the event.
    pub event: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// As it came.
    pub payload: Value,
    /// `waiting`, `done`, `ignored` or `failed`.
    pub state: String,
    /// When it was processed.
    pub processed_at: Option<DateTime<Utc>>,
    /// How often that was tried.
    pub attempts: i32,
    /// What became of it, in words.
    pub note: Option<String>,
}

/// Keeps a delivery. False when it came before.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, id: &str, event: &str, payload: &Value, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "insert into webhook_delivery (id, event, received_at, payload) values ($1, $2, $3, $4) on conflict (id) do nothing",
        id,
        event,
        now,
        payload,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The oldest deliveries that wait, locked until the transaction ends and passed over by others meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn next(conn: &mut PgConnection, limit: i64) -> Result<Vec<Delivery>> {
    Ok(sqlx::query_as!(
        Delivery,
        "select id, event, received_at, payload, state, processed_at, attempts, note from webhook_delivery
         where state = 'waiting' order by received_at, id limit $1 for update skip locked",
        limit,
    )
    .fetch_all(conn)
    .await?)
}

/// Notes what became of a delivery.
///
/// # Errors
/// When the database fails.
pub async fn settle(conn: &mut PgConnection, id: &str, fate: Fate, note: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update webhook_delivery set state = $2, note = $3, processed_at = $4, attempts = attempts + 1 where id = $1",
        id,
        fate.word(),
        note,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Has a delivery processed once more. False when there is none.
///
/// # Errors
/// When the database fails.
pub async fn again(conn: &mut PgConnection, id: &str) -> Result<bool> {
    let done = sqlx::query!("update webhook_delivery set state = 'waiting' where id = $1", id).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// The latest deliveries, newest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(conn: &mut PgConnection, limit: i64) -> Result<Vec<Delivery>> {
    Ok(sqlx::query_as!(
        Delivery,
        "select id, event, received_at, payload, state, processed_at, attempts, note from webhook_delivery
         order by received_at desc, id limit $1",
        limit,
    )
    .fetch_all(conn)
    .await?)
}

/// A delivery without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// GitHub's id of it.
    pub id: String,
    /// Name of the event.
    pub event: String,
    /// What happened of that kind, e.g. `opened`, where the payload says.
    pub action: Option<String>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// `waiting`, `done`, `ignored` or `failed`.
    pub state: String,
    /// How often processing it was tried.
    pub attempts: i32,
    /// What became of it, in words.
    pub note: Option<String>,
}

/// The latest deliveries, of one state or of any, without what they say, newest first.
///
/// # Errors
/// When the database fails.
pub async fn heads(conn: &mut PgConnection, state: Option<&str>, limit: i64) -> Result<Vec<Head>> {
    Ok(sqlx::query_as!(
        Head,
        "select id, event, payload ->> 'action' as action, received_at, state, attempts, note from webhook_delivery
         where $1::text is null or state = $1 order by received_at desc, id limit $2",
        state,
        limit,
    )
    .fetch_all(conn)
    .await?)
}

/// How many deliveries there are in each state.
///
/// # Errors
/// When the database fails.
pub async fn counts(conn: &mut PgConnection) -> Result<Vec<(String, i64)>> {
    let rows =
        sqlx::query!(r#"select state, count(*) as "count!" from webhook_delivery group by state order by state"#)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.count)).collect())
}
