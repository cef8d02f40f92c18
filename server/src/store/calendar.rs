//! Calendars, and the log of what was read about their releases.

use chrono::{DateTime, Utc};
use domain::{FreezeZone, ReleaseVersion};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{Result, StoreError};

/// A calendar of releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its id.
    pub id: String,
    /// `owner/name` of the repository that holds its schedules.
    pub repository: String,
    /// Zone in which its days end.
    pub zone: FreezeZone,
}

/// What can be learned about a release. JSON shapes are versioned by name, like those of [`domain::Event`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum CalendarEvent {
    /// A schedule was read; its text is in the blob.
    ScheduleRead {
        /// The release.
        version: ReleaseVersion,
        /// Path in the repository.
        path: String,
        /// SHA-256 of the text, hexadecimal.
        blob: String,
        /// Whether it stands in a pull request only.
        proposed: bool,
    },
}

/// A calendar event with its place in the log.
#[derive(Debug, Clone)]
pub struct RecordedCalendarEvent {
    /// Place in the log.
    pub id: i64,
    /// The calendar.
    pub calendar: String,
    /// When it happened; `None` when unknown.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When it was learned.
    pub recorded_at: DateTime<Utc>,
    /// What happened.
    pub event: CalendarEvent,
}

/// All calendars.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<Calendar>> {
    let rows = sqlx::query!("select id, repository, zone_minutes from calendar order by id").fetch_all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|row| Calendar { id: row.id, repository: row.repository, zone: FreezeZone(row.zone_minutes) })
        .collect())
}

/// Appends to the log; the caller holds [`super::event::lock_log`] and projects it.
///
/// # Errors
/// When the database fails.
pub(super) async fn append(
    conn: &mut PgConnection,
    calendar: &str,
    event: &CalendarEvent,
    occurred_at: Option<DateTime<Utc>>,
    recorded_at: DateTime<Utc>,
) -> Result<RecordedCalendarEvent> {
    let payload = serde_json::to_value(event).map_err(|why| StoreError::shape("calendar event", why))?;
    let id = sqlx::query_scalar!(
        "insert into calendar_event (calendar, payload, actor, occurred_at, recorded_at)
         values ($1, $2, 'import', $3, $4) returning id",
        calendar,
        payload,
        occurred_at,
        recorded_at,
    )
    .fetch_one(conn)
    .await?;
    Ok(RecordedCalendarEvent { id, calendar: calendar.to_owned(), occurred_at, recorded_at, event: event.clone() })
}

/// The whole log of all calendars, in its order.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn log(conn: &mut PgConnection) -> Result<Vec<RecordedCalendarEvent>> {
    let rows = sqlx::query!("select id, calendar, payload, occurred_at, recorded_at from calendar_event order by id")
        .fetch_all(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let event = serde_json::from_value(row.payload)
                .map_err(|why| StoreError::shape(format!("calendar event {}", row.id), why))?;
            Ok(RecordedCalendarEvent {
                id: row.id,
                calendar: row.calendar,
                occurred_at: row.occurred_at,
                recorded_at: row.recorded_at,
                event,
            })
        })
        .collect()
}
