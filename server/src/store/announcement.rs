//! Announcements: templates that an admin changed, and what was announced where.

use chrono::{DateTime, Utc};
use domain::{Announcement, ReleaseVersion, announcement::Template};
use sqlx::PgConnection;

use super::{
    Result,
    calendar::{CalendarEvent, events_of_type},
};

/// A template that an admin changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which text.
    pub what: Announcement,
    /// The template.
    pub template: Template,
    /// Login of who changed it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Something that was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The calendar.
    pub calendar: String,
    /// The release.
    pub version: ReleaseVersion,
    /// Which text.
    pub what: Announcement,
    /// Where it stands in the archive.
    pub link: String,
    /// Login of who recorded that.
    pub by: String,
    /// When that was recorded.
    pub at: DateTime<Utc>,
}

/// Every template that an admin changed; what only a newer version knows is left out.
///
/// # Errors
/// When the database fails.
pub async fn templates(conn: &mut PgConnection) -> Result<Vec<Kept>> {
    let rows =
        sqlx::query!("select what, subject, body, changed_by, changed_at from announcement_template order by what")
            .fetch_all(conn)
            .await?;
    let kept = rows.into_iter().filter_map(|row| {
        Some(Kept {
            what: Announcement::of_slug(&row.what)?,
            template: Template { subject: row.subject, body: row.body },
            by: row.changed_by,
            at: row.changed_at,
        })
    });
    Ok(kept.collect())
}

/// Keeps a template in the place of an earlier one.
///
/// # Errors
/// When the database fails.
pub async fn keep_template(conn: &mut PgConnection, kept: &Kept) -> Result<()> {
    sqlx::query!(
        "insert into announcement_template (what, subject, body, changed_by, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (what) do update
         set subject = excluded.subject, body = excluded.body, changed_by = excluded.changed_by,
             changed_at = excluded.changed_at",
        kept.what.slug(),
        kept.template.subject,
        kept.template.body,
        kept.by,
        kept.at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Goes back to the template that the program brings.
///
/// # Errors
/// When the database fails.
pub async fn reset_template(conn: &mut PgConnection, what: Announcement) -> Result<()> {
    sqlx::query!("delete from announcement_template where what = $1", what.slug()).execute(conn).await?;
    Ok(())
}

/// What was announced where; of several links the last one.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn announced(conn: &mut PgConnection) -> Result<Vec<Announced>> {
    let mut all: Vec<Announced> = Vec::new();
    for recorded in events_of_type(conn, "announced").await? {
        let CalendarEvent::Announced { version, what, link } = recorded.event else { continue };
        let (calendar, by, at) = (recorded.calendar, recorded.actor, recorded.recorded_at);
        all.retain(|known| (&known.calendar, known.version, known.what) != (&calendar, version, what));
        all.push(Announced { calendar, version, what, link, by, at });
    }
    Ok(all)
}
