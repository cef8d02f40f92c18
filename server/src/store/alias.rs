//! Aliases of `OWNERS_ALIASES` as last read; every version that was ever read is in the log.

use sqlx::PgConnection;

use super::Result;
use crate::documents::AliasesReading;

/// Replaces the aliases of a source by what was read now.
pub(super) async fn replace(conn: &mut PgConnection, source: &str, reading: &AliasesReading) -> Result<()> {
    sqlx::query!("delete from alias where source = $1", source).execute(&mut *conn).await?;
    for alias in &reading.aliases {
        let members: Vec<String> = alias.members.iter().map(|member| member.name.clone()).collect();
        sqlx::query!(
            "insert into alias (source, name, members) values ($1, $2, $3) on conflict (source, name) do nothing",
            source,
            alias.name,
            &members,
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
