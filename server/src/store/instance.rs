//! A whole instance, row by row as JSON: what an export of it reads, and what an import writes.
//!
//! What follows from the log is not among it, because it is written again from the log; what is left out, and why, is
//! told by [`LEFT_OUT`]. A test reads the catalogue: every table is in one of the three lists.

use domain::Recorded;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{
    Result, StoreError,
    calendar::{CalendarEvent, RecordedCalendarEvent},
};

/// A table whose rows move, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the tables'")]
pub enum Table {
    TimeZone,
    Calendar,
    Meeting,
    Source,
    SigAlias,
    CodeRepository,
    Setting,
    Person,
    Login,
    Blob,
    CalendarEvent,
    Event,
    ImportRun,
    Outgoing,
    AnnouncementTemplate,
    Candidate,
    GitHubRef,
    Reminder,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::TimeZone,
        Self::Calendar,
        Self::Meeting,
        Self::Source,
        Self::SigAlias,
        Self::CodeRepository,
        Self::Setting,
        Self::Person,
        Self::Login,
        Self::Blob,
        Self::CalendarEvent,
        Self::Event,
        Self::ImportRun,
        Self::Outgoing,
        Self::AnnouncementTemplate,
        Self::Candidate,
        Self::GitHubRef,
        Self::Reminder,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TimeZone => "time_zone",
            Self::Calendar => "calendar",
            Self::Meeting => "meeting",
            Self::Source => "source",
            Self::SigAlias => "sig_alias",
            Self::CodeRepository => "code_repository",
            Self::Setting => "setting",
            Self::Person => "person",
            Self::Login => "login",
            Self::Blob => "blob",
            Self::CalendarEvent => "calendar_event",
            Self::Event => "event",
            Self::ImportRun => "import_run",
            Self::Outgoing => "outgoing",
            Self::AnnouncementTemplate => "announcement_template",
            Self::Candidate => "candidate",
            Self::GitHubRef => "github_ref",
            Self::Reminder => "reminder",
        }
    }

    /// The table of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }
}

/// Tables that are written from the log.
pub const FOLLOWS: [&str; 8] =
    ["alias", "calendar_alias", "document", "document_version", "proposal", "release", "roster", "schedule_version"];

/// What does not move: in words for people, with its tables.
pub const LEFT_OUT: [(&str, &[&str]); 9] = [
    ("sessions: everybody signs in again", &["session"]),
    ("tokens of the API: everybody makes new ones", &["token"]),
    ("secrets: they are in the server's configuration, never in the database", &[]),
    ("names and contact data of people; their public logins and ids are kept", &[]),
    ("drafts of requests for an exception: they are their author's alone", &["exception_draft"]),
    ("how people are reminded and at which address: everybody chooses anew", &["subscription"]),
    (
        "mails to a person, and what was being sent at the moment; what waited is held until an admin of the new instance \
         sends it",
        &[],
    ),
    ("whether anything is sent to GitHub: an admin of the new instance turns it on", &[]),
    (
        "the mirror of GitHub with its runs and webhooks, candidates and tags aside: it is read again",
        &[
            "github_repository",
            "github_page",
            "github_list",
            "github_item",
            "github_comment",
            "github_review",
            "github_file",
            "github_branch",
            "github_landing",
            "github_link",
            "sync_run",
            "webhook_delivery",
        ],
    ),
];

/// Settings that move: how the database stands to the demo.
const SETTINGS: [&str; 1] = [super::setting::DEMO];

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
        Table::TimeZone => {
            sqlx::query_scalar!(r#"select to_jsonb(t) as "row!" from time_zone t order by name"#)
                .fetch_all(conn)
                .await?
        }
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
    sqlx::query!("delete from time_zone").execute(&mut *conn).await?;
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
        Table::TimeZone => {
            sqlx::query!("insert into time_zone select (jsonb_populate_record(null::time_zone, $1)).*", row)
                .execute(conn)
                .await?
        }
        Table::Meeting => {
            sqlx::query!("insert into meeting select (jsonb_populate_record(null::meeting, $1)).*", row)
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

/// The event of a row of the log, with source and number.
///
/// # Errors
/// When this version does not know its shape.
pub fn event_of(row: &Value) -> Result<(String, u32, Recorded)> {
    let wrong = |why: &dyn std::fmt::Display| StoreError::shape("the event", why);
    let source = row["source"].as_str().ok_or_else(|| wrong(&"it names no source"))?;
    let number =
        row["number"].as_u64().and_then(|n| u32::try_from(n).ok()).ok_or_else(|| wrong(&"it has no number"))?;
    let mut recorded = row.clone();
    recorded["event"] = recorded["payload"].take();
    Ok((source.to_owned(), number, serde_json::from_value(recorded).map_err(|why| wrong(&why))?))
}

/// The event of a row of the calendars' log.
///
/// # Errors
/// When this version does not know its shape.
pub fn calendar_event_of(row: &Value) -> Result<RecordedCalendarEvent> {
    #[derive(serde::Deserialize)]
    struct Read {
        id: i64,
        calendar: String,
        actor: String,
        occurred_at: Option<chrono::DateTime<chrono::Utc>>,
        recorded_at: chrono::DateTime<chrono::Utc>,
        payload: CalendarEvent,
    }
    let read: Read =
        serde_json::from_value(row.clone()).map_err(|why| StoreError::shape("the calendar's event", why))?;
    let Read { id, calendar, actor, occurred_at, recorded_at, payload: event } = read;
    Ok(RecordedCalendarEvent { id, calendar, actor, occurred_at, recorded_at, event })
}

/// Whether the content of a blob is what its address says.
pub fn blob_is_whole(row: &Value) -> bool {
    let content = row["content"].as_str().and_then(|text| text.strip_prefix("\\x")).and_then(bytes);
    content.is_some_and(|content| json!(super::blob::address(&content)) == row["sha256"])
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = hex.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs.map(|pair| Some((digit(pair.first()?)? << 4) | digit(pair.last()?)?)).collect()
}
