//! Empties the tables that follow from the log, before a replay.

use sqlx::PgConnection;

use super::{Result, setting};

/// Empties every table that [`super::project`] writes. People, sessions and tokens do not follow from the log and stay.
///
/// # Errors
/// When the database fails.
pub async fn empty(conn: &mut PgConnection) -> Result<()> {
    sqlx::query!("delete from alias").execute(&mut *conn).await?;
    sqlx::query!("delete from calendar_alias").execute(&mut *conn).await?;
    sqlx::query!("delete from document_version").execute(&mut *conn).await?;
    sqlx::query!("delete from document").execute(&mut *conn).await?;
    sqlx::query!("delete from proposal").execute(&mut *conn).await?;
    sqlx::query!("delete from schedule_version").execute(&mut *conn).await?;
    sqlx::query!("delete from roster").execute(&mut *conn).await?;
    sqlx::query!("delete from release").execute(conn).await?;
    Ok(())
}

/// Empties everything but the configuration of sources and calendars, the log included. Only for leaving the demo, which
/// writes no more of the mirror than this forgets.
///
/// # Errors
/// When the database fails, or the role may not change the log.
pub async fn forget_everything(conn: &mut PgConnection) -> Result<()> {
    empty(conn).await?;
    sqlx::query!("delete from event").execute(&mut *conn).await?;
    sqlx::query!("delete from calendar_event").execute(&mut *conn).await?;
    sqlx::query!("delete from blob").execute(&mut *conn).await?;
    sqlx::query!("delete from import_run").execute(&mut *conn).await?;
    sqlx::query!("delete from candidate").execute(&mut *conn).await?;
    sqlx::query!("delete from github_ref").execute(&mut *conn).await?;
    sqlx::query!("delete from exception_draft").execute(&mut *conn).await?;
    sqlx::query!("delete from outgoing").execute(&mut *conn).await?;
    sqlx::query!("delete from session").execute(&mut *conn).await?;
    sqlx::query!("delete from token").execute(&mut *conn).await?;
    sqlx::query!("delete from login").execute(&mut *conn).await?;
    sqlx::query!("delete from person").execute(&mut *conn).await?;
    sqlx::query!("delete from setting where key <> 'generation'").execute(&mut *conn).await?;
    setting::next_generation(conn).await?;
    Ok(())
}
