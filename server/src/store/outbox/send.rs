//! What the sender takes from the outbox, and what it notes.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{Entry, Outgoing, Row};
use crate::store::{Result, StoreError};

/// Which ways out are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roads {
    /// Mail can be sent.
    pub mail: bool,
    /// GitHub may be written to.
    pub github: bool,
}

/// Takes the next row that is due and notes that it is being sent, so that whatever happens then is known to be unclear;
/// `until` is when a sender that did not come back is given up. Rows about one proposal go in the order of their causes,
/// mail and GitHub each by itself. Others pass over a row that is being taken.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    conn: &mut PgConnection,
    roads: Roads,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Entry>> {
    let row = sqlx::query_as!(
        Row,
        "update outgoing taken
         set state = 'sending', attempts = taken.attempts + 1, next_attempt_at = $4, updated_at = $3
         from (
             select due.source, due.key from outgoing due
             where due.next_attempt_at <= $3
                 and ($1 and due.kind = 'mail' and due.state = 'waiting'
                     or $2 and due.kind in ('comment', 'label') and due.state in ('waiting', 'sending', 'uncertain'))
                 and not exists (
                     select from outgoing earlier
                     where earlier.source = due.source and earlier.number = due.number and earlier.event < due.event
                         and (earlier.kind = 'mail') = (due.kind = 'mail')
                         and (earlier.state in ('waiting', 'sending')
                             -- Of a mail a person is asked, which takes its time.
                             or earlier.state = 'uncertain' and earlier.kind <> 'mail')
                 )
             order by due.event, due.key limit 1
             for update skip locked
         ) next
         where taken.source = next.source and taken.key = next.key
         returning taken.source, taken.key, taken.number, taken.event, taken.kind, taken.repository, taken.item,
             taken.payload, taken.preview, taken.version, taken.state, taken.attempts, taken.last_error,
             taken.next_attempt_at, taken.remote_id, taken.caused_by, taken.caused_by_id, taken.closed_by,
             taken.created_at, taken.updated_at, taken.sent_at",
        roads.mail,
        roads.github,
        now,
        until,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Entry::from))
}

/// Has people asked about mails whose sender did not come back.
///
/// # Errors
/// When the database fails.
pub async fn abandoned(conn: &mut PgConnection, why: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update outgoing set state = 'uncertain', last_error = $1, updated_at = $2
         where kind = 'mail' and state = 'sending' and next_attempt_at <= $2",
        why,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a row was sent. Where its text changed meanwhile, it goes out again.
///
/// # Errors
/// When the database fails.
pub async fn sent(conn: &mut PgConnection, entry: &Entry, remote_id: Option<i64>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update outgoing
         set state = case when version = $3 then 'sent' else 'waiting' end, sent_at = $4, next_attempt_at = $4,
             updated_at = $4, last_error = null, remote_id = coalesce($5, remote_id)
         where source = $1 and key = $2 and state = 'sending'",
        entry.source,
        entry.key,
        entry.version,
        now,
        remote_id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a row was not sent, and when to try again.
///
/// # Errors
/// When the database fails.
pub async fn later(
    conn: &mut PgConnection,
    entry: &Entry,
    error: &str,
    again_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    note(conn, entry, ("waiting", error), again_at, now).await
}

/// Notes that nobody knows whether a row was sent, and when to look.
///
/// # Errors
/// When the database fails.
pub async fn uncertain(
    conn: &mut PgConnection,
    entry: &Entry,
    error: &str,
    again_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    note(conn, entry, ("uncertain", error), again_at, now).await
}

/// Notes that a row was refused for good.
///
/// # Errors
/// When the database fails.
pub async fn failed(conn: &mut PgConnection, entry: &Entry, error: &str, now: DateTime<Utc>) -> Result<()> {
    note(conn, entry, ("failed", error), now, now).await
}

/// Notes that a row has no reason any more, so that it is not sent.
///
/// # Errors
/// When the database fails.
pub async fn stopped(conn: &mut PgConnection, entry: &Entry, why: &str, now: DateTime<Utc>) -> Result<()> {
    note(conn, entry, ("cancelled", why), now, now).await
}

/// Keeps the text that a row is sent with, where that is known only now.
///
/// # Errors
/// When the database fails.
pub async fn say(conn: &mut PgConnection, entry: &Entry, what: &Outgoing, now: DateTime<Utc>) -> Result<()> {
    let payload = serde_json::to_value(what).map_err(StoreError::unwritable)?;
    sqlx::query!(
        "update outgoing set payload = $3, preview = $4, updated_at = $5
         where source = $1 and key = $2 and state = 'sending'",
        entry.source,
        entry.key,
        payload,
        what.preview(&entry.source),
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn note(
    conn: &mut PgConnection,
    entry: &Entry,
    (state, error): (&str, &str),
    again_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update outgoing set state = $3, last_error = $4, next_attempt_at = $5, updated_at = $6
         where source = $1 and key = $2 and state = 'sending'",
        entry.source,
        entry.key,
        state,
        error,
        again_at,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
