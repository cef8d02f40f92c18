//! Rosters of release teams as they stand; every earlier one is in the log of its calendar.

use chrono::NaiveDate;
use domain::ReleaseVersion;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{Result, StoreError, schedule};

/// What somebody does in a release team. All of them count as release team (PROCESS 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Leads it.
    Lead,
    /// Learns from the lead.
    Shadow,
    /// Neither.
    Member,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Shadow, Self::Member];

    /// The word for it, in forms and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Shadow => "shadow",
            Self::Member => "member",
        }
    }
}

impl std::str::FromStr for Part {
    type Err = String;

    fn from_str(word: &str) -> std::result::Result<Self, String> {
        let found = Self::ALL.into_iter().find(|part| part.word() == word);
        found.ok_or_else(|| format!("`{word}` is no part in a release team; there are lead, shadow and member"))
    }
}

/// Somebody in the release team of a release, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterMember {
    /// Login at GitHub.
    pub login: String,
    /// What they do.
    pub part: Part,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while it is open.
    pub to: Option<NaiveDate>,
}

impl RosterMember {
    /// Whether they are in the team on a day.
    pub fn on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The roster of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// The calendar.
    pub calendar: String,
    /// The release.
    pub version: ReleaseVersion,
    /// Its team, leads first.
    pub members: Vec<RosterMember>,
}

/// Every roster that names anybody, by calendar and release.
///
/// # Errors
/// When the database fails, or a row has a shape of a newer version.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<Roster>> {
    let rows = sqlx::query!(
        "select calendar, major, minor, login, part, from_day, to_day from roster
         order by calendar, major, minor, array_position(array['lead', 'shadow', 'member'], part), from_day, login"
    )
    .fetch_all(conn)
    .await?;
    let mut all: Vec<Roster> = Vec::new();
    for row in rows {
        let part = row.part.parse().map_err(|why| StoreError::shape(format!("roster of {}", row.calendar), why))?;
        let version = schedule::version(row.major, row.minor);
        let member = RosterMember { login: row.login, part, from: row.from_day, to: row.to_day };
        match all.last_mut().filter(|last| last.version == version && last.calendar == row.calendar) {
            Some(roster) => roster.members.push(member),
            None => all.push(Roster { calendar: row.calendar, version, members: vec![member] }),
        }
    }
    Ok(all)
}

/// The roster of a release; empty where nobody keeps one.
///
/// # Errors
/// As [`all`].
pub async fn of(conn: &mut PgConnection, calendar: &str, version: ReleaseVersion) -> Result<Vec<RosterMember>> {
    let found = all(conn).await?.into_iter().find(|roster| roster.calendar == calendar && roster.version == version);
    Ok(found.map(|roster| roster.members).unwrap_or_default())
}

/// Replaces the roster of a release.
pub(super) async fn replace(
    conn: &mut PgConnection,
    calendar: &str,
    version: ReleaseVersion,
    members: &[RosterMember],
) -> Result<()> {
    let (major, minor) = (i32::from(version.major), i32::from(version.minor));
    sqlx::query!("delete from roster where calendar = $1 and major = $2 and minor = $3", calendar, major, minor)
        .execute(&mut *conn)
        .await?;
    for member in members {
        sqlx::query!(
            "insert into roster (calendar, major, minor, login, part, from_day, to_day)
             values ($1, $2, $3, $4, $5, $6, $7)",
            calendar,
            major,
            minor,
            member.login,
            member.part.word(),
            member.from,
            member.to,
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
