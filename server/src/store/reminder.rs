//! Reminders that were sent (P-27).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{Concern, ReleaseVersion, reminder::Reminded};
use serde_json::Value;
use sqlx::PgConnection;

use super::{Result, StoreError, to_i32, to_u32};

/// Key of the advisory lock that whoever reminds holds. Any number that nobody else uses.
const LOCK: i64 = 0x5245_4d49_4e44;

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Source of the proposal.
    pub source: String,
    /// Its number.
    pub number: u32,
    /// The release.
    pub release: ReleaseVersion,
    /// Of what, and at which step.
    pub of: Reminded,
    /// What to do, as it was said then.
    pub what: String,
    /// Logins of those who were reminded.
    pub logins: Vec<String>,
    /// Whether the owning SIG was, because it was said before.
    pub with_sig: bool,
    /// Login of who had it sent; none where the time had come.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A participation: source, number and release.
pub type ParticipationKey = (String, u32, ReleaseVersion);

/// Has this transaction be the only one that reminds; false where another is at it.
///
/// # Errors
/// When the database fails.
pub async fn lock(conn: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "locked!""#, LOCK).fetch_one(conn).await?)
}

/// The same, once the other has done.
///
/// # Errors
/// When the database fails.
pub async fn wait_for_lock(conn: &mut PgConnection) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock($1)", LOCK).execute(conn).await?;
    Ok(())
}

/// Records a reminder.
///
/// # Errors
/// When the database fails.
pub async fn put(conn: &mut PgConnection, reminder: &Reminder) -> Result<()> {
    let Reminder { source, number, release, of, what, logins, with_sig, by, at } = reminder;
    let concern = serde_json::to_value(of.concern).map_err(StoreError::unwritable)?;
    sqlx::query!(
        "insert into reminder (
             source, number, release, concern, reminded_at, what, deadline, days, logins, with_sig, reminded_by
         )
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (source, number, release, concern, reminded_at) do nothing",
        source,
        to_i32(*number),
        release.to_string(),
        concern,
        at,
        what,
        of.deadline,
        i16::from(of.days),
        logins,
        with_sig,
        by.as_deref(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Row {
    source: String,
    number: i32,
    release: String,
    concern: Value,
    reminded_at: DateTime<Utc>,
    what: String,
    deadline: DateTime<Utc>,
    days: i16,
    logins: Vec<String>,
    with_sig: bool,
    reminded_by: Option<String>,
}

impl Row {
    /// None for what only a newer version knows.
    fn read(self) -> Option<Reminder> {
        let concern: Concern = serde_json::from_value(self.concern).ok()?;
        Some(Reminder {
            source: self.source,
            number: to_u32(self.number),
            release: self.release.parse().ok()?,
            of: Reminded { concern, deadline: self.deadline, days: u8::try_from(self.days).ok()? },
            what: self.what,
            logins: self.logins,
            with_sig: self.with_sig,
            by: self.reminded_by,
            at: self.reminded_at,
        })
    }
}

/// Reminders of which the deadline lies after `from`, by participation and in the order in which they were sent.
///
/// # Errors
/// When the database fails.
pub async fn since(conn: &mut PgConnection, from: DateTime<Utc>) -> Result<BTreeMap<ParticipationKey, Vec<Reminder>>> {
    let rows = sqlx::query_as!(
        Row,
        "select source, number, release, concern, reminded_at, what, deadline, days, logins, with_sig, reminded_by
         from reminder where deadline > $1 order by reminded_at, source, number",
        from,
    )
    .fetch_all(conn)
    .await?;
    let mut all: BTreeMap<_, Vec<Reminder>> = BTreeMap::new();
    for reminder in rows.into_iter().filter_map(Row::read) {
        all.entry((reminder.source.clone(), reminder.number, reminder.release)).or_default().push(reminder);
    }
    Ok(all)
}

/// Reminders about a proposal, latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_proposal(conn: &mut PgConnection, source: &str, number: u32) -> Result<Vec<Reminder>> {
    let rows = sqlx::query_as!(
        Row,
        "select source, number, release, concern, reminded_at, what, deadline, days, logins, with_sig, reminded_by
         from reminder where source = $1 and number = $2 order by reminded_at desc, concern",
        source,
        to_i32(number),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(Row::read).collect())
}

/// The latest reminders that reached somebody, latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_login(conn: &mut PgConnection, login: &str, most: i64) -> Result<Vec<Reminder>> {
    let rows = sqlx::query_as!(
        Row,
        "select source, number, release, concern, reminded_at, what, deadline, days, logins, with_sig, reminded_by
         from reminder where exists (select from unnest(logins) login where lower(login) = lower($1))
         order by reminded_at desc, source, number, concern limit $2",
        login,
        most,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(Row::read).collect())
}

/// The latest reminders, latest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(conn: &mut PgConnection, most: i64) -> Result<Vec<Reminder>> {
    let rows = sqlx::query_as!(
        Row,
        "select source, number, release, concern, reminded_at, what, deadline, days, logins, with_sig, reminded_by
         from reminder order by reminded_at desc, source, number, concern limit $1",
        most,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(Row::read).collect())
}
