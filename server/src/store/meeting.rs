//! Meetings that come again, as configured.

use chrono::{NaiveDate, NaiveTime};
use sqlx::PgConnection;

use super::{Result, to_u32};

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its calendar.
    pub calendar: String,
    /// What tells it from others of the calendar.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Zone of its time of day.
    pub zone: String,
    /// The first day.
    pub first_day: NaiveDate,
    /// When it begins, in its zone.
    pub begins: NaiveTime,
    /// How many minutes it takes, where that is known.
    pub minutes: Option<u32>,
    /// It comes again after so many weeks.
    pub every_weeks: u32,
    /// Where it is held.
    pub place: Option<String>,
}

/// A time zone of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its name.
    pub name: String,
    /// Its lines in a calendar (RFC 5545, 3.6.5), without those that begin and end it.
    pub rules: String,
}

/// All meetings, by calendar and key.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<Meeting>> {
    let rows = sqlx::query!(
        "select calendar, key, title, zone, first_day, begins, minutes, every_weeks, place from meeting
         order by calendar, key"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Meeting {
            calendar: row.calendar,
            key: row.key,
            title: row.title,
            zone: row.zone,
            first_day: row.first_day,
            begins: row.begins,
            minutes: row.minutes.map(to_u32),
            every_weeks: to_u32(row.every_weeks),
            place: row.place,
        })
        .collect())
}

/// The time zones of meetings, by name.
///
/// # Errors
/// When the database fails.
pub async fn zones(conn: &mut PgConnection) -> Result<Vec<Zone>> {
    Ok(sqlx::query_as!(Zone, "select name, rules from time_zone order by name").fetch_all(conn).await?)
}
