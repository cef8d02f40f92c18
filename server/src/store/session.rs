//! Sessions of browsers, kept under the hash of their id.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;

use super::Result;

/// What a session that has not expired holds.
///
/// # Errors
/// When the database fails.
pub async fn load(conn: &mut PgConnection, sha256: &str, now: DateTime<Utc>) -> Result<Option<Value>> {
    Ok(sqlx::query_scalar!("select data from session where sha256 = $1 and expires_at > $2", sha256, now)
        .fetch_optional(conn)
        .await?)
}

/// Begins a session.
///
/// # Errors
/// When the database fails, or there is such a session already.
pub async fn create(conn: &mut PgConnection, sha256: &str, data: &Value, expires_at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("insert into session (sha256, data, expires_at) values ($1, $2, $3)", sha256, data, expires_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes what a session holds. One that was ended in the meantime stays ended.
///
/// # Errors
/// When the database fails.
pub async fn save(conn: &mut PgConnection, sha256: &str, data: &Value, expires_at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update session set data = $2, expires_at = $3 where sha256 = $1", sha256, data, expires_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub async fn delete(conn: &mut PgConnection, sha256: &str) -> Result<()> {
    sqlx::query!("delete from session where sha256 = $1", sha256).execute(conn).await?;
    Ok(())
}

/// Forgets the sessions that have expired; says how many there were.
///
/// # Errors
/// When the database fails.
pub async fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<u64> {
    Ok(sqlx::query!("delete from session where expires_at <= $1", now).execute(conn).await?.rows_affected())
}
