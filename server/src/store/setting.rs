//! Settings that the program itself keeps, as JSON values.

use sqlx::PgConnection;

use super::Result;

/// How the database stands to the demo world: one of the three below, or not set.
pub const DEMO: &str = "demo";

/// The demo world is being loaded; found at a start, its loading was cut short.
pub const DEMO_LOADING: &str = "loading";

/// The demo world is there.
pub const DEMO_LOADED: &str = "loaded";

/// Somebody left the demo world; it does not come back by itself.
pub const DEMO_LEFT: &str = "left";

/// Position in the mirror of GitHub up to which what follows from it is in the log.
pub const OBSERVED: &str = "observed";

/// Who asked for GitHub to be read now, when, and how much; null once a job took it up.
pub const SYNC_ASKED: &str = "sync-asked";

/// How many webhooks were refused for their signature.
pub const WEBHOOKS_FORGED: &str = "webhooks-forged";

/// Whether comments and labels go to GitHub; not set, they are only shown.
pub const OUTBOX_LIVE: &str = "outbox-live";

/// Whether labels of pull requests are kept; not set, they are not.
pub const LABELS_LIVE: &str = "labels-live";

/// How often the tables were rebuilt or emptied.
const GENERATION: &str = "generation";

/// A setting, if it was ever written.
///
/// # Errors
/// When the database fails.
pub async fn get(conn: &mut PgConnection, key: &str) -> Result<Option<serde_json::Value>> {
    Ok(sqlx::query_scalar!("select value from setting where key = $1", key).fetch_optional(conn).await?)
}

/// Whether the demo world is shown.
///
/// # Errors
/// When the database fails.
pub async fn is_demo(conn: &mut PgConnection) -> Result<bool> {
    Ok(get(conn, DEMO).await? == Some(DEMO_LOADED.into()))
}

/// Whether a switch is on; it is off until somebody turns it on.
///
/// # Errors
/// When the database fails.
pub async fn is_on(conn: &mut PgConnection, key: &str) -> Result<bool> {
    Ok(get(conn, key).await? == Some(true.into()))
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

/// Adds one to a number that is kept.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut PgConnection, key: &str) -> Result<()> {
    sqlx::query!(
        "insert into setting (key, value) values ($1, '1')
         on conflict (key) do update set value = to_jsonb(setting.value::bigint + 1)",
        key,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Tells every server on this database to forget what it keeps in memory.
///
/// # Errors
/// When the database fails.
pub async fn next_generation(conn: &mut PgConnection) -> Result<()> {
    count(conn, GENERATION).await
}
