//! The log of events about proposals.

use chrono::{DateTime, Utc};
use domain::{Event, Recorded};
use sqlx::PgConnection;

use super::{Result, StoreError, to_i32, to_u32};

/// An event to be appended.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Source of the proposal.
    pub source: String,
    /// Number of the proposal.
    pub number: u32,
    /// Who decided, or which reader found it.
    pub actor: String,
    /// GitHub's numeric id of who decided, where they were signed in.
    pub actor_id: Option<i64>,
    /// On whose behalf, if another's.
    pub on_behalf_of: Option<String>,
    /// Where it was said.
    pub link: Option<String>,
    /// When it happened; `None` when unknown.
    pub occurred_at: Option<DateTime<Utc>>,
    /// What happened.
    pub event: Event,
}

/// Key of the advisory lock that appenders hold until they commit, so that positions become visible in order.
const APPEND_LOCK: i64 = 0x6365_7000;

/// Makes this transaction the only one that appends, until it ends.
///
/// # Errors
/// When the database fails.
pub async fn lock_log(conn: &mut PgConnection) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock($1)", APPEND_LOCK).execute(conn).await?;
    Ok(())
}

/// Appends an event. The caller holds [`lock_log`] and projects it in the same transaction (see [`super::project`]).
///
/// # Errors
/// When the database fails.
pub(super) async fn append(conn: &mut PgConnection, new: &NewEvent, recorded_at: DateTime<Utc>) -> Result<Recorded> {
    let payload = serde_json::to_value(&new.event).map_err(|why| StoreError::shape("event", why))?;
    let id = sqlx::query_scalar!(
        "insert into event (source, number, payload, actor, actor_id, on_behalf_of, link, occurred_at, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        new.source,
        to_i32(new.number),
        payload,
        new.actor,
        new.actor_id,
        new.on_behalf_of,
        new.link,
        new.occurred_at,
        recorded_at,
    )
    .fetch_one(conn)
    .await?;
    Ok(Recorded {
        id,
        occurred_at: new.occurred_at,
        recorded_at,
        actor: new.actor.clone(),
        on_behalf_of: new.on_behalf_of.clone(),
        link: new.link.clone(),
        event: new.event.clone(),
    })
}

/// A row of the log.
pub struct EventRow {
    id: i64,
    source: String,
    number: i32,
    payload: serde_json::Value,
    actor: String,
    on_behalf_of: Option<String>,
    link: Option<String>,
    occurred_at: Option<DateTime<Utc>>,
    recorded_at: DateTime<Utc>,
}

impl EventRow {
    fn into_recorded(self) -> Result<(String, u32, Recorded)> {
        let event =
            serde_json::from_value(self.payload).map_err(|why| StoreError::shape(format!("event {}", self.id), why))?;
        let recorded = Recorded {
            id: self.id,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            actor: self.actor,
            on_behalf_of: self.on_behalf_of,
            link: self.link,
            event,
        };
        Ok((self.source, to_u32(self.number), recorded))
    }
}

/// Positions of the latest events; 0 for an empty log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Head {
    /// Of the log of proposals.
    pub proposals: i64,
    /// Of the log of calendars.
    pub calendars: i64,
    /// How often the tables were rebuilt or emptied; what was read before that is worth nothing.
    pub generation: i64,
}

/// Positions of the latest events. Cheap enough for every request.
///
/// # Errors
/// When the database fails.
pub async fn head(conn: &mut PgConnection) -> Result<Head> {
    let head = sqlx::query_as!(
        Head,
        r#"select coalesce((select max(id) from event), 0) as "proposals!",
                  coalesce((select max(id) from calendar_event), 0) as "calendars!",
                  coalesce((select value::bigint from setting where key = 'generation'), 0) as "generation!""#
    )
    .fetch_one(conn)
    .await?;
    Ok(head)
}

/// Sources and numbers of proposals, side by side, as queries take them.
#[derive(Debug, Default)]
pub struct Keys {
    /// Sources.
    pub sources: Vec<String>,
    /// Numbers, one for each source.
    pub numbers: Vec<i32>,
}

impl Keys {
    /// Adds a proposal.
    pub fn push(&mut self, source: String, number: u32) {
        self.sources.push(source);
        self.numbers.push(to_i32(number));
    }
}

/// The proposals that events after `position` are about.
///
/// # Errors
/// When the database fails.
pub async fn touched_since(conn: &mut PgConnection, position: i64) -> Result<Keys> {
    let rows =
        sqlx::query!("select distinct source, number from event where id > $1", position).fetch_all(conn).await?;
    let (sources, numbers) = rows.into_iter().map(|row| (row.source, row.number)).unzip();
    Ok(Keys { sources, numbers })
}

/// Whole histories of proposals, in the order of the log. Joined to the keys rather than selected by them, so that few
/// keys are looked up by index whatever the planner makes of the parameters.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn of_proposals(conn: &mut PgConnection, keys: &Keys) -> Result<Vec<(String, u32, Recorded)>> {
    let rows = sqlx::query_as!(
        EventRow,
        "select event.id, event.source, event.number, event.payload, event.actor, event.on_behalf_of, event.link,
                event.occurred_at, event.recorded_at
         from unnest($1::text[], $2::integer[]) as key (source, number)
         join event on event.source = key.source and event.number = key.number
         order by event.id",
        &keys.sources,
        &keys.numbers,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(EventRow::into_recorded).collect()
}

/// All events after a position, at most `limit`, in the order of the log, each with its source and number.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn after(conn: &mut PgConnection, position: i64, limit: i64) -> Result<Vec<(String, u32, Recorded)>> {
    let rows = sqlx::query_as!(
        EventRow,
        "select id, source, number, payload, actor, on_behalf_of, link, occurred_at, recorded_at
         from event where id > $1 order by id limit $2",
        position,
        limit,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(EventRow::into_recorded).collect()
}

/// Events after a position that are about a source as a whole, in the order of the log, each with its source.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn of_sources(conn: &mut PgConnection, position: i64) -> Result<Vec<(String, Recorded)>> {
    let rows = sqlx::query_as!(
        EventRow,
        "select id, source, number, payload, actor, on_behalf_of, link, occurred_at, recorded_at
         from event where number = 0 and id > $1 order by id",
        position,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| row.into_recorded().map(|(source, _, recorded)| (source, recorded))).collect()
}

/// SHA-256 of the aliases of a source as last read, if they ever were.
///
/// # Errors
/// When the database fails.
pub async fn latest_aliases(conn: &mut PgConnection, source: &str) -> Result<Option<String>> {
    let blob = sqlx::query_scalar!(
        r#"select payload ->> 'blob' as "blob!" from event
           where source = $1 and number = 0 and payload ->> 'type' = 'aliases-read' order by id desc limit 1"#,
        source,
    )
    .fetch_optional(conn)
    .await?;
    Ok(blob)
}
