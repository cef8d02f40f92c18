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

/// The same for the aliases of a calendar's own repository.
pub(super) async fn replace_in_calendar(
    conn: &mut PgConnection,
    calendar: &str,
    reading: &AliasesReading,
) -> Result<()> {
    sqlx::query!("delete from calendar_alias where calendar = $1", calendar).execute(&mut *conn).await?;
    for alias in &reading.aliases {
        let members: Vec<String> = alias.members.iter().map(|member| member.name.clone()).collect();
        sqlx::query!(
            "insert into calendar_alias (calendar, name, members) values ($1, $2, $3)
             on conflict (calendar, name) do nothing",
            calendar,
            alias.name,
            &members,
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// The members of each calendar's release team by its configured alias, as its own repository lists them.
///
/// # Errors
/// When the database fails.
pub async fn release_teams(conn: &mut PgConnection) -> Result<Vec<(String, Vec<String>)>> {
    let rows = sqlx::query!(
        "select alias.calendar, alias.members from calendar_alias alias
         join calendar on calendar.id = alias.calendar and calendar.release_team_alias = alias.name"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.calendar, row.members)).collect())
}

/// An alias as last read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Source whose file it is in.
    pub source: String,
    /// Its name.
    pub name: String,
    /// Logins of its members.
    pub members: Vec<String>,
}

/// All aliases of all sources.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<Alias>> {
    Ok(sqlx::query_as!(Alias, "select source, name, members from alias order by source, name").fetch_all(conn).await?)
}
