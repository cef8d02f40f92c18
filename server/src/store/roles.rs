//! The two roles: the owner migrates, the server reads and appends (PROCESS "Beyond one machine").

use sqlx::PgConnection;

use super::Result;

/// Lets `role` do what the server does and no more: the log can be read and appended to, never changed.
///
/// # Errors
/// When the database refuses, e.g. because the connection is not the owner's.
pub async fn grant(conn: &mut PgConnection, role: &str) -> Result<()> {
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    let statements = format!(
        "grant usage on schema public to {role};
         grant select, insert, update, delete on all tables in schema public to {role};
         grant usage, select on all sequences in schema public to {role};
         revoke update, delete, truncate on event, calendar_event, blob from {role};
         revoke insert, update, delete, truncate on _sqlx_migrations from {role};"
    );
    sqlx::raw_sql(&statements).execute(conn).await?;
    Ok(())
}

/// Whether the role of this connection could change the log; the health check warns then.
///
/// # Errors
/// When the database fails.
pub async fn can_change_log(conn: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select has_table_privilege('event', 'update') or has_table_privilege('event', 'delete')
               or has_table_privilege('event', 'truncate') as "can!""#
    )
    .fetch_one(conn)
    .await?)
}

/// Makes a role that can log in, if it is not there yet.
///
/// # Errors
/// When the database refuses.
pub async fn ensure(conn: &mut PgConnection, role: &str) -> Result<()> {
    let there = sqlx::query_scalar!(r#"select exists (select from pg_roles where rolname = $1) as "there!""#, role)
        .fetch_one(&mut *conn)
        .await?;
    if !there {
        let name = role.replace('"', "\"\"");
        sqlx::raw_sql(&format!("create role \"{name}\" login")).execute(conn).await?;
    }
    Ok(())
}
