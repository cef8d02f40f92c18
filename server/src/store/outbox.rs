//! What goes out, written in the transaction of its cause and sent by a job.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{Result, StoreError, to_i32};

/// A mail to be sent. JSON in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMail {
    /// Address of the receiver.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Its Message-ID: the same however often it is sent.
    pub message_id: String,
    /// Message-ID of the mail that it answers.
    pub in_reply_to: Option<String>,
}

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Source of the proposal.
    pub source: String,
    /// Its key within the source: written twice, it goes out once.
    pub key: String,
    /// What goes out.
    pub mail: OutgoingMail,
    /// How often it was tried.
    pub attempts: i32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it is tried next, while it waits.
    pub next_attempt_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

struct Row {
    source: String,
    key: String,
    payload: serde_json::Value,
    attempts: i32,
    last_error: Option<String>,
    next_attempt_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Outgoing {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        let mail = serde_json::from_value(row.payload)
            .map_err(|why| StoreError::shape(format!("outgoing {}/{}", row.source, row.key), why))?;
        let Row { source, key, attempts, last_error, next_attempt_at, sent_at, .. } = row;
        Ok(Self { source, key, mail, attempts, last_error, next_attempt_at, sent_at })
    }
}

/// Puts a mail into the outbox; one that is there under the same key stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn put(
    conn: &mut PgConnection,
    (source, number, event): (&str, u32, i64),
    key: &str,
    mail: &OutgoingMail,
    now: DateTime<Utc>,
) -> Result<()> {
    let payload = serde_json::to_value(mail).map_err(|why| StoreError::shape("outgoing", why))?;
    sqlx::query!(
        "insert into outgoing (source, key, number, event, payload, next_attempt_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $6) on conflict (source, key) do nothing",
        source,
        key,
        to_i32(number),
        event,
        payload,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The next mail that is due, after those about the same proposal that were caused before it, so that no answer comes
/// before what it answers. Locked until the transaction ends and passed over by others meanwhile.
///
/// # Errors
/// When the database fails, or a row has a shape of a newer version.
pub async fn next_due(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Option<Outgoing>> {
    let row = sqlx::query_as!(
        Row,
        "select source, key, payload, attempts, last_error, next_attempt_at, sent_at from outgoing due
         where state = 'waiting' and next_attempt_at <= $1
             and not exists (
                 select from outgoing earlier
                 where earlier.source = due.source and earlier.number = due.number and earlier.state = 'waiting'
                     and earlier.event < due.event
             )
         order by event limit 1
         for update skip locked",
        now,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Outgoing::try_from).transpose()
}

/// Notes that a mail was sent.
///
/// # Errors
/// When the database fails.
pub async fn sent(conn: &mut PgConnection, outgoing: &Outgoing, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update outgoing set state = 'sent', attempts = attempts + 1, sent_at = $3, last_error = null
         where source = $1 and key = $2",
        outgoing.source,
        outgoing.key,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes what went wrong, and when to try again.
///
/// # Errors
/// When the database fails.
pub async fn failed(conn: &mut PgConnection, outgoing: &Outgoing, error: &str, again_at: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update outgoing set attempts = attempts + 1, last_error = $3, next_attempt_at = $4
         where source = $1 and key = $2",
        outgoing.source,
        outgoing.key,
        error,
        again_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What decisions about a proposal sent out or will, in their order.
///
/// # Errors
/// When the database fails, or a row has a shape of a newer version.
pub async fn of_proposal(conn: &mut PgConnection, source: &str, number: u32) -> Result<Vec<(i64, Outgoing)>> {
    let rows = sqlx::query!(
        "select event, source, key, payload, attempts, last_error, next_attempt_at, sent_at from outgoing
         where source = $1 and number = $2 order by event",
        source,
        to_i32(number),
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let (attempts, next_attempt_at) = (row.attempts, row.next_attempt_at);
            let (payload, last_error, sent_at) = (row.payload, row.last_error, row.sent_at);
            let row_of =
                Row { source: row.source, key: row.key, payload, attempts, last_error, next_attempt_at, sent_at };
            Ok((row.event, Outgoing::try_from(row_of)?))
        })
        .collect()
}

/// How many mails wait although they were tried, for the health check.
///
/// # Errors
/// When the database fails.
pub async fn failing(conn: &mut PgConnection) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"select count(*) as "count!" from outgoing where state = 'waiting' and attempts > 0"#)
        .fetch_one(conn)
        .await?)
}
