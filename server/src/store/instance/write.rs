//! Writing an instance row by row into an empty database.

use serde_json::Value;
use sqlx::PgConnection;

use super::{SETTINGS, Table};
use crate::store::{Result, StoreError};

/// Whether nothing was ever recorded: no event, no person, nothing to go out.
///
/// # Errors
/// When the database fails.
pub async fn is_empty(conn: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select not (exists (select from event) or exists (select from calendar_event) or exists (select from person)
               or exists (select from outgoing)) as "empty!""#
    )
    .fetch_one(conn)
    .await?)
}

/// Takes away the sources and calendars that every database begins with, so that those of a file can take their place.
///
/// # Errors
/// When the database fails.
pub async fn make_room(conn: &mut PgConnection) -> Result<()> {
    sqlx::query!("delete from meeting").execute(&mut *conn).await?;
    sqlx::query!("delete from code_repository").execute(&mut *conn).await?;
    sqlx::query!("delete from sig_alias").execute(&mut *conn).await?;
    sqlx::query!("delete from source").execute(&mut *conn).await?;
    sqlx::query!("delete from calendar").execute(&mut *conn).await?;
    sqlx::query!("delete from setting where key = any($1)", &SETTINGS.map(str::to_owned)[..]).execute(conn).await?;
    Ok(())
}

/// Writes one row as it was read. Positions of the log stay what they were.
///
/// # Errors
/// When the database refuses it.
pub async fn write(conn: &mut PgConnection, table: Table, row: &Value) -> Result<()> {
    match table {
        Table::Meeting => {
            // Files of earlier versions do not say who meets: it was the SIG of CI.
            sqlx::query!(
                r#"insert into meeting
                   select (jsonb_populate_record(null::meeting, '{"of_seat": "sig-ci", "revision": 0}'::jsonb || $1::jsonb)).*"#,
                row
            )
            .execute(conn)
            .await?
        }
        Table::Calendar => {
            sqlx::query!("insert into calendar select (jsonb_populate_record(null::calendar, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::Source => {
            sqlx::query!("insert into source select (jsonb_populate_record(null::source, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::SigAlias => {
            sqlx::query!("insert into sig_alias select (jsonb_populate_record(null::sig_alias, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::CodeRepository => {
            sqlx::query!("insert into code_repository select (jsonb_populate_record(null::code_repository, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::Setting => {
            sqlx::query!("insert into setting select (jsonb_populate_record(null::setting, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::Person => {
            sqlx::query!(
                "insert into person (id, login, first_seen_at, seen_at)
                 select id, login, first_seen_at, seen_at from jsonb_populate_record(null::person, $1)",
                row,
            )
            .execute(conn)
            .await?
        }
        Table::Login => {
            sqlx::query!("insert into login select (jsonb_populate_record(null::login, $1)).*", row)
                .execute(conn)
                .await?
        }
        table => return write_record(conn, table, row).await,
    };
    Ok(())
}

/// The same for the log, its texts, and the records of what was read and sent.
async fn write_record(conn: &mut PgConnection, table: Table, row: &Value) -> Result<()> {
    match table {
        Table::Blob => {
            sqlx::query!("insert into blob select (jsonb_populate_record(null::blob, $1)).*", row).execute(conn).await?
        }
        Table::CalendarEvent => {
            sqlx::query!("insert into calendar_event select (jsonb_populate_record(null::calendar_event, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::Event => {
            sqlx::query!("insert into event select (jsonb_populate_record(null::event, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::ImportRun => {
            sqlx::query!(
                "insert into import_run (origin, started_at, finished_at, read, changed, unchanged, gone, diagnostics)
                 select origin, started_at, finished_at, read, changed, unchanged, gone, diagnostics
                 from jsonb_populate_record(null::import_run, $1)",
                row,
            )
            .execute(conn)
            .await?
        }
        Table::Outgoing => {
            sqlx::query!("insert into outgoing select (jsonb_populate_record(null::outgoing, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::AnnouncementTemplate => {
            sqlx::query!(
                "insert into announcement_template
                 select (jsonb_populate_record(null::announcement_template, $1)).*",
                row,
            )
            .execute(conn)
            .await?
        }
        Table::Candidate => {
            sqlx::query!("insert into candidate select (jsonb_populate_record(null::candidate, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::GitHubRef => {
            sqlx::query!("insert into github_ref select (jsonb_populate_record(null::github_ref, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::Reminder => {
            sqlx::query!("insert into reminder select (jsonb_populate_record(null::reminder, $1)).*", row)
                .execute(conn)
                .await?
        }
        _ => return Err(StoreError::shape("the row", "its table is not written here")),
    };
    Ok(())
}

/// Lets new events follow on the last that was written: positions are never given twice.
///
/// # Errors
/// When the database fails.
pub async fn go_on_after_the_last(conn: &mut PgConnection) -> Result<()> {
    // `setval` would need a right that the server's role has not.
    sqlx::query!(
        r#"select count(nextval('log_position')) as "taken!"
           from generate_series(
               (select case when is_called then last_value + 1 else last_value end from log_position),
               (select greatest((select max(id) from event), (select max(id) from calendar_event)))
           )"#
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}
