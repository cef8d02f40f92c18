//! Calendars, and the log of what was read about their releases.

use chrono::{DateTime, Utc};
use domain::{
    Announcement, FreezeZone, ReleaseVersion, actual::RefPattern, meeting::Meeting, representation::Representative,
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{Result, StoreError, roster::RosterMember};

/// A calendar of releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its id.
    pub id: String,
    /// `owner/name` of the repository that holds its schedules.
    pub repository: String,
    /// Zone in which its days end.
    pub zone: FreezeZone,
    /// Alias that lists the release team of every release without a roster of its own.
    pub release_team_alias: Option<String>,
    /// Where mails about its releases go.
    pub mailing_list: Option<String>,
    /// Where its releases are built; none where nobody said.
    pub built_in: Option<BuiltIn>,
}

/// Where the releases of a calendar are built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltIn {
    /// `owner/name`.
    pub repository: String,
    /// How tags and branches of a release are named there.
    pub names: RefPattern,
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
    /// The aliases of the calendar's repository were read.
    AliasesRead {
        /// Path in the repository.
        path: String,
        /// SHA-256 of the text, hexadecimal.
        blob: String,
    },
    /// A text of the release team stands in the archive of the list (P-26).
    Announced {
        /// The release.
        version: ReleaseVersion,
        /// Which text.
        what: Announcement,
        /// Where it stands.
        link: String,
    },
    /// The roster of representatives was kept; whom it does not name has no seat (P-25).
    RepresentationSet {
        /// Who has which seat when.
        roster: Vec<Representative>,
        /// Whether it took back the change before it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        undoing: bool,
    },
    /// The meetings were kept; those that it does not name are no more (P-31).
    MeetingsSet {
        /// All of them.
        meetings: Vec<Meeting>,
        /// All that there were before.
        before: Vec<Meeting>,
        /// Whether it took back the change before it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        undoing: bool,
    },
    /// The roster of a release's team was kept; whom it does not name is not in it.
    RosterSet {
        /// The release.
        version: ReleaseVersion,
        /// Its team; none leaves it to the configured alias.
        members: Vec<RosterMember>,
    },
}

impl CalendarEvent {
    /// Whether it took back the change of a list before it.
    pub const fn is_undoing(&self) -> bool {
        matches!(self, Self::RepresentationSet { undoing: true, .. } | Self::MeetingsSet { undoing: true, .. })
    }
}

/// A calendar event to be appended.
#[derive(Debug, Clone)]
pub struct NewCalendarEvent {
    /// The calendar.
    pub calendar: String,
    /// Who decided, or which reader found it.
    pub actor: String,
    /// GitHub's numeric id of who decided, where they were signed in.
    pub actor_id: Option<i64>,
    /// When it happened; `None` when unknown.
    pub occurred_at: Option<DateTime<Utc>>,
    /// What happened.
    pub event: CalendarEvent,
}

/// A calendar event with its place in the log.
#[derive(Debug, Clone)]
pub struct RecordedCalendarEvent {
    /// Place in the log.
    pub id: i64,
    /// The calendar.
    pub calendar: String,
    /// Who decided, or which reader found it.
    pub actor: String,
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
    let rows = sqlx::query!(
        r#"select id, repository, zone_minutes, release_team_alias, mailing_list, release_repository, release_tag,
                  (select min(code.release_branch) from code_repository code where code.name = release_repository)
                  as release_branch
           from calendar order by id"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Calendar {
            id: row.id,
            repository: row.repository,
            zone: FreezeZone(row.zone_minutes),
            release_team_alias: row.release_team_alias,
            mailing_list: row.mailing_list,
            built_in: row
                .release_repository
                .zip(row.release_tag)
                .map(|(repository, tag)| BuiltIn { repository, names: RefPattern { tag, branch: row.release_branch } }),
        })
        .collect())
}

/// Appends to the log; the caller holds [`super::event::lock_log`] and projects it.
///
/// # Errors
/// When the database fails.
pub(super) async fn append(
    conn: &mut PgConnection,
    new: &NewCalendarEvent,
    recorded_at: DateTime<Utc>,
) -> Result<RecordedCalendarEvent> {
    let payload = serde_json::to_value(&new.event).map_err(|why| StoreError::shape("calendar event", why))?;
    let id = sqlx::query_scalar!(
        "insert into calendar_event (calendar, payload, actor, actor_id, occurred_at, recorded_at)
         values ($1, $2, $3, $4, $5, $6) returning id",
        new.calendar,
        payload,
        new.actor,
        new.actor_id,
        new.occurred_at,
        recorded_at,
    )
    .fetch_one(conn)
    .await?;
    Ok(RecordedCalendarEvent {
        id,
        calendar: new.calendar.clone(),
        actor: new.actor.clone(),
        occurred_at: new.occurred_at,
        recorded_at,
        event: new.event.clone(),
    })
}

/// The whole log of all calendars, in its order.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn log(conn: &mut PgConnection) -> Result<Vec<RecordedCalendarEvent>> {
    let rows = sqlx::query_as!(
        CalendarEventRow,
        "select id, calendar, payload, actor, occurred_at, recorded_at from calendar_event order by id"
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(CalendarEventRow::into_recorded).collect()
}

/// SHA-256 of the aliases of a calendar as last read, if they ever were.
///
/// # Errors
/// When the database fails.
pub async fn latest_aliases(conn: &mut PgConnection, calendar: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        r#"select payload ->> 'blob' as "blob!" from calendar_event
           where calendar = $1 and payload ->> 'type' = 'aliases-read' order by id desc limit 1"#,
        calendar,
    )
    .fetch_optional(conn)
    .await?)
}

/// What was decided on the rosters of a release, in the order of the log.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn rosters_of(
    conn: &mut PgConnection,
    calendar: &str,
    version: ReleaseVersion,
) -> Result<Vec<RecordedCalendarEvent>> {
    let rows = sqlx::query_as!(
        CalendarEventRow,
        "select id, calendar, payload, actor, occurred_at, recorded_at from calendar_event
         where calendar = $1 and payload ->> 'type' = 'roster-set' and payload ->> 'version' = $2 order by id",
        calendar,
        version.to_string(),
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(CalendarEventRow::into_recorded).collect()
}

/// A list that is kept whole, by an event of the calendar for each change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptList {
    /// Who speaks for whom.
    Representation,
    /// When who meets.
    Meetings,
}

/// How a list of a calendar was kept, in the order of the log.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn history_of(conn: &mut PgConnection, calendar: &str, list: KeptList) -> Result<Vec<RecordedCalendarEvent>> {
    let name = match list {
        KeptList::Representation => "representation-set",
        KeptList::Meetings => "meetings-set",
    };
    let mut history = events_of_type(conn, name).await?;
    history.retain(|recorded| recorded.calendar == calendar);
    Ok(history)
}

/// Everything of one type in the log of all calendars, in its order.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub(super) async fn events_of_type(conn: &mut PgConnection, name: &str) -> Result<Vec<RecordedCalendarEvent>> {
    let rows = sqlx::query_as!(
        CalendarEventRow,
        "select id, calendar, payload, actor, occurred_at, recorded_at from calendar_event
         where payload ->> 'type' = $1 order by id",
        name,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(CalendarEventRow::into_recorded).collect()
}

struct CalendarEventRow {
    id: i64,
    calendar: String,
    payload: serde_json::Value,
    actor: String,
    occurred_at: Option<DateTime<Utc>>,
    recorded_at: DateTime<Utc>,
}

impl CalendarEventRow {
    fn into_recorded(self) -> Result<RecordedCalendarEvent> {
        let event = serde_json::from_value(self.payload)
            .map_err(|why| StoreError::shape(format!("calendar event {}", self.id), why))?;
        Ok(RecordedCalendarEvent {
            id: self.id,
            calendar: self.calendar,
            actor: self.actor,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            event,
        })
    }
}
