//! Meetings that come again, as they are kept now; what they were before is in the log of their calendar.

use domain::{meeting::Meeting, representation::Seat};
use sqlx::PgConnection;

use super::{Result, StoreError, to_i32, to_u32};

/// All meetings with their calendars, by calendar and key.
///
/// # Errors
/// When the database fails, or names a time zone that is not known.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<(String, Meeting)>> {
    let rows = sqlx::query!(
        "select calendar, key, of_seat, title, zone, first_day, begins, minutes, every_weeks, place, revision, changed_at
         from meeting order by calendar, key"
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let zone = row.zone.parse();
            let zone = zone.map_err(|why| StoreError::shape(format!("meeting {}", row.key), why))?;
            let meeting = Meeting {
                key: row.key,
                of: Seat::of_slug(&row.of_seat),
                title: row.title,
                zone,
                first_day: row.first_day,
                begins: row.begins,
                minutes: row.minutes.map(to_u32),
                every_weeks: to_u32(row.every_weeks),
                place: row.place,
                revision: to_u32(row.revision),
                changed_at: row.changed_at,
            };
            Ok((row.calendar, meeting))
        })
        .collect()
}

/// The meetings of a calendar.
///
/// # Errors
/// As [`all`].
pub async fn of_calendar(conn: &mut PgConnection, calendar: &str) -> Result<Vec<Meeting>> {
    let all = all(conn).await?.into_iter();
    Ok(all.filter(|(of, _)| of == calendar).map(|(_, meeting)| meeting).collect())
}

/// Puts these in the place of all meetings of a calendar.
pub(super) async fn replace(conn: &mut PgConnection, calendar: &str, meetings: &[Meeting]) -> Result<()> {
    sqlx::query!("delete from meeting where calendar = $1", calendar).execute(&mut *conn).await?;
    for meeting in meetings {
        sqlx::query!(
            "insert into meeting (calendar, key, of_seat, title, zone, first_day, begins, minutes, every_weeks, place,
                                  revision, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            calendar,
            meeting.key,
            meeting.of.slug(),
            meeting.title,
            meeting.zone.name(),
            meeting.first_day,
            meeting.begins,
            meeting.minutes.map(to_i32),
            to_i32(meeting.every_weeks),
            meeting.place,
            to_i32(meeting.revision),
            meeting.changed_at,
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
