//! Settings that the program itself keeps, as JSON values.

use sqlx::PgConnection;

use super::Result;

/// Whether the demo world is loaded.
pub const DEMO: &str = "demo";

/// A setting, if it was ever written.
///
/// # Errors
/// When the database fails.
pub async fn get(conn: &mut PgConnection, key: &str) -> Result<Option<serde_json::Value>> {
    Ok(sqlx::query_scalar!("select value from setting where key = $1", key).fetch_optional(conn).await?)
}

/// Writes a setting.
///
/// # Errors
/// When the database fails.
pub async fn set(conn: &mut PgConnection, key: &str, value: &serde_json::Value) -> Result<()> {
    sqlx::query!(
        "insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
        key,
        value,
    )
    .execute(conn)
    .await?;
    Ok(())
}
