//! Reading an instance row by row, as one state of the database.

use serde_json::Value;
use sqlx::PgConnection;

use super::{SETTINGS, Table};
use crate::store::Result;

/// Rows of the large tables that are read at once.
const BATCH: i64 = 200;

/// Makes the transaction see one state of the database and change nothing.
///
/// # Errors
/// When the database fails.
pub async fn as_one_state(conn: &mut PgConnection) -> Result<()> {
    sqlx::query!("set transaction isolation level repeatable read read only").execute(conn).await?;
    Ok(())
}

/// Rows of a table after one of them; all at once, or in batches where they are many. None is left when it is empty.
///
/// # Errors
/// When the database fails.
pub async fn rows(conn: &mut PgConnection, table: Table, after: Option<&Value>) -> Result<Vec<Value>> {
    let id = after.and_then(|row| row["id"].as_i64()).unwrap_or(i64::MIN);
    let rows = match table {
        Table::Blob => {
            let sha256 = after.and_then(|row| row["sha256"].as_str()).unwrap_or_default();
            sqlx::query_scalar!(
                r#"select to_jsonb(t) as "row!" from blob t where sha256 > $1 order by sha256 limit $2"#,
                sha256,
                BATCH,
            )
            .fetch_all(conn)
            .await?
        }
        Table::Event => {
            sqlx::query_scalar!(
                r#"select to_jsonb(t) as "row!" from event t where id > $1 order by id limit $2"#,
                id,
                BATCH,
            )
            .fetch_all(conn)
            .await?
        }
        Table::CalendarEvent => {
            sqlx::query_scalar!(
                r#"select to_jsonb(t) as "row!" from calendar_event t where id > $1 order by id limit $2"#,
                id,
                BATCH,
            )
            .fetch_all(conn)
            .await?
        }
        _ if after.is_some() => Vec::new(),
        Table::Person => {
            sqlx::query_scalar!(
                r#"select jsonb_build_object(
                       'id', id, 'login', login, 'first_seen_at', first_seen_at, 'seen_at', seen_at
                   ) as "row!" from person order by id"#
            )
            .fetch_all(conn)
            .await?
        }
        Table::Setting => {
            let keys = SETTINGS.map(str::to_owned);
            sqlx::query_scalar!(
                r#"select to_jsonb(t) as "row!" from setting t where key = any($1) order by key"#,
                &keys[..],
            )
            .fetch_all(conn)
            .await?
        }
        Table::Outgoing => outgoing(conn).await?,
        table => small(conn, table).await?,
    };
    Ok(rows)
}

/// Small tables that move whole.
async fn small(conn: &mut PgConnection, table: Table) -> Result<Vec<Value>> {
    let rows = match table {
        Table::Meeting => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from meeting t order by to_jsonb(t)"#)
                .fetch_all(conn)
                .await?
        }
        Table::Calendar => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from calendar t order by id"#).fetch_all(conn).await?
        }
        Table::Source => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from source t order by id"#).fetch_all(conn).await?
        }
        Table::SigAlias => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from sig_alias t order by source, sig, alias"#)
                .fetch_all(conn)
                .await?
        }
        Table::CodeRepository => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from code_repository t order by source, name"#)
                .fetch_all(conn)
                .await?
        }
        Table::Login => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from login t order by login"#).fetch_all(conn).await?
        }
        Table::ImportRun => {
            sqlx::query_scalar!(r#"select to_jsonb(t) - 'id' as "row!" from import_run t order by id"#)
                .fetch_all(conn)
                .await?
        }
        Table::AnnouncementTemplate => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from announcement_template t order by what"#)
                .fetch_all(conn)
                .await?
        }
        Table::Candidate => {
            sqlx::query_scalar!(
                r#"select to_jsonb(t) as "row!" from candidate t order by source, repository, pull, path"#
            )
            .fetch_all(conn)
            .await?
        }
        Table::GitHubRef => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from github_ref t order by repository, name"#)
                .fetch_all(conn)
                .await?
        }
        Table::Reminder => {
            sqlx::query_scalar!(
                r#"select to_jsonb(t) as "row!" from reminder t order by reminded_at, source, number, release, concern"#
            )
            .fetch_all(conn)
            .await?
        }
        _ => Vec::new(),
    };
    Ok(rows)
}

/// What went out or is to go out, so that comments are amended and not posted anew. What waits is held in the new
/// instance: two that send would say everything twice.
async fn outgoing(conn: &mut PgConnection) -> Result<Vec<Value>> {
    let rows = sqlx::query_scalar!(
        r#"select case when state = 'waiting' and kind <> 'mail'
                       then jsonb_set(to_jsonb(t), '{state}', '"held"') else to_jsonb(t) end as "row!"
           from outgoing t
           where state in ('sent', 'cancelled', 'failed', 'held') or (state = 'waiting' and kind <> 'mail')
           order by source, key"#
    )
    .fetch_all(&mut *conn)
    .await?;
    let lists = sqlx::query_scalar!(r#"select mailing_list as "list!" from calendar where mailing_list is not null"#)
        .fetch_all(conn)
        .await?;
    let public = |row: &Value| {
        row["kind"] != "mail" || row["payload"]["to"].as_str().is_some_and(|to| lists.iter().any(|list| list == to))
    };
    Ok(rows.into_iter().filter(public).collect())
}
