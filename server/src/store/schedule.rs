//! Releases and every version of their schedules.

use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, ScheduleReading};
use sqlx::{PgConnection, types::Json};

use super::{Result, calendar::RecordedCalendarEvent};

/// One version of a release's schedule.
#[derive(Debug, Clone)]
pub struct ScheduleVersion {
    /// The calendar.
    pub calendar: String,
    /// The release.
    pub version: ReleaseVersion,
    /// Place of the reading in the log.
    pub event: i64,
    /// Path in the repository.
    pub path: String,
    /// SHA-256 of the text.
    pub blob: String,
    /// Whether it stood in a pull request only.
    pub proposed: bool,
    /// From when on it held; `None` counts as always so.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When it was read.
    pub recorded_at: DateTime<Utc>,
    /// What it states.
    pub reading: ScheduleReading,
}

/// The version of a release's schedule that holds at an instant, as known today: an unknown time counts as always so.
/// Before the first known one, the first. Pages and decisions both go by it.
pub fn held_at<'a>(
    mut versions: impl Iterator<Item = &'a ScheduleVersion> + Clone,
    instant: DateTime<Utc>,
) -> Option<&'a ScheduleVersion> {
    let held = versions.clone().filter(|version| version.occurred_at.is_none_or(|at| at <= instant));
    held.max_by_key(|version| (version.occurred_at, version.event)).or_else(|| versions.next())
}

/// Every version of every schedule, by release and order of reading.
///
/// # Errors
/// When the database fails.
pub async fn versions(conn: &mut PgConnection) -> Result<Vec<ScheduleVersion>> {
    let rows = sqlx::query!(
        r#"select calendar, major, minor, event, path, blob, proposed, occurred_at, recorded_at,
                  reading as "reading: Json<ScheduleReading>"
           from schedule_version order by calendar, major, minor, event"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ScheduleVersion {
            calendar: row.calendar,
            version: version(row.major, row.minor),
            event: row.event,
            path: row.path,
            blob: row.blob,
            proposed: row.proposed,
            occurred_at: row.occurred_at,
            recorded_at: row.recorded_at,
            reading: row.reading.0,
        })
        .collect())
}

pub(super) fn version(major: i32, minor: i32) -> ReleaseVersion {
    ReleaseVersion::new(u16::try_from(major).unwrap_or_default(), u16::try_from(minor).unwrap_or_default())
}

/// Blob of the latest version of a schedule, and whether it was proposed only.
///
/// # Errors
/// When the database fails.
pub async fn latest(
    conn: &mut PgConnection,
    calendar: &str,
    release: ReleaseVersion,
) -> Result<Option<(String, bool)>> {
    let row = sqlx::query!(
        "select blob, proposed from schedule_version
         where calendar = $1 and major = $2 and minor = $3 order by event desc limit 1",
        calendar,
        i32::from(release.major),
        i32::from(release.minor),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.blob, row.proposed)))
}

/// Writes what a reading states.
pub(super) async fn write(
    conn: &mut PgConnection,
    recorded: &RecordedCalendarEvent,
    release: ReleaseVersion,
    (path, blob, proposed): (&str, &str, bool),
    reading: &ScheduleReading,
) -> Result<()> {
    let (major, minor) = (i32::from(release.major), i32::from(release.minor));
    sqlx::query!(
        "insert into release (calendar, major, minor) values ($1, $2, $3) on conflict do nothing",
        recorded.calendar,
        major,
        minor,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into schedule_version
            (calendar, major, minor, event, path, blob, proposed, reading, occurred_at, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        recorded.calendar,
        major,
        minor,
        recorded.id,
        path,
        blob,
        proposed,
        Json(reading) as _,
        recorded.occurred_at,
        recorded.recorded_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}
