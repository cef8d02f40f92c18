//! Aliases of `OWNERS_ALIASES` as last read.

use sqlx::PgConnection;

use super::Result;

/// Replaces the aliases of a source by what was read now.
///
/// # Errors
/// When the database fails.
pub async fn replace(conn: &mut PgConnection, source: &str, aliases: &[(String, Vec<String>)]) -> Result<()> {
    sqlx::query!("delete from alias where source = $1", source).execute(&mut *conn).await?;
    for (name, members) in aliases {
        sqlx::query!("insert into alias (source, name, members) values ($1, $2, $3)", source, name, members)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// How many aliases of a source are known.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut PgConnection, source: &str) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"select count(*) as "count!" from alias where source = $1"#, source)
        .fetch_one(conn)
        .await?)
}
