//! What people do with rows of the outbox. Each function tells whether the row was as they thought.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::store::Result;

/// Cancels what has not been sent, and what nobody wants to be asked about any more.
///
/// # Errors
/// When the database fails.
pub async fn cancel(
    conn: &mut PgConnection,
    (source, key): (&str, &str),
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update outgoing set state = 'cancelled', closed_by = $3, updated_at = $4
         where source = $1 and key = $2 and state in ('waiting', 'held', 'failed', 'uncertain')",
        source,
        key,
        by,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets a held row go out, if its text is still the one that was shown.
///
/// # Errors
/// When the database fails.
pub async fn confirm(
    conn: &mut PgConnection,
    (source, key): (&str, &str),
    version: i32,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update outgoing set state = 'waiting', next_attempt_at = $4, updated_at = $4
         where source = $1 and key = $2 and version = $3 and state = 'held'",
        source,
        key,
        version,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Has something sent that was refused, cancelled, or of which nobody knows. A comment that was deleted is posted anew.
/// `held` says that nothing goes to GitHub now.
///
/// # Errors
/// When the database fails.
pub async fn again(
    conn: &mut PgConnection,
    (source, key): (&str, &str),
    held: bool,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update outgoing
         set state = case when kind <> 'mail' and $3 then 'held' else 'waiting' end, next_attempt_at = $4,
             updated_at = $4, closed_by = null, remote_id = null
         where source = $1 and key = $2 and state in ('failed', 'cancelled', 'uncertain')",
        source,
        key,
        held,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes that a mail arrived of which nobody knew.
///
/// # Errors
/// When the database fails.
pub async fn arrived(
    conn: &mut PgConnection,
    (source, key): (&str, &str),
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update outgoing set state = 'sent', closed_by = $3, sent_at = updated_at, updated_at = $4
         where source = $1 and key = $2 and kind = 'mail' and state = 'uncertain'",
        source,
        key,
        by,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Holds everything that waits to go to GitHub.
///
/// # Errors
/// When the database fails.
pub async fn hold(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update outgoing set state = 'held', updated_at = $1 where kind <> 'mail' and state = 'waiting'",
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
