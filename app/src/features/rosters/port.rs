//! The port behind the rosters.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ReleaseVersion;
use serde::{Deserialize, Serialize};

use crate::port::Answer;

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RostersView {
    /// Whether whoever looks may change rosters.
    pub keeps: bool,
    /// The releases, latest first.
    pub releases: Vec<ReleaseLine>,
    /// The roster shown; none while no release is known.
    pub team: Option<TeamView>,
    /// Groups by alias.
    pub groups: Vec<GroupLine>,
    /// Logins that wait for an admin; only told to admins.
    pub renamed: Vec<RenamedLine>,
}

/// A release to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseLine {
    /// Which.
    pub version: ReleaseVersion,
    /// Whether it is the current one.
    pub current: bool,
    /// How many its roster names; 0 where nobody keeps one.
    pub members: u32,
}

/// The release team of one release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    /// The release.
    pub version: ReleaseVersion,
    /// Place in the log of the latest change, for the forms; 0 for none.
    pub seen: i64,
    /// The roster.
    pub members: Vec<MemberLine>,
    /// Logins that count as release team today, and why: "by the roster", "by the alias `…`".
    pub today: Vec<String>,
    /// See [`Self::today`].
    pub today_by: String,
    /// Changes, latest first.
    pub history: Vec<ChangeLine>,
}

/// Somebody in a roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    /// Login.
    pub login: String,
    /// "lead", "shadow" or "member".
    pub part: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Whether that is today.
    pub now: bool,
}

impl MemberLine {
    /// What names the line in forms.
    pub fn key(&self) -> String {
        format!("{},{}", self.login, self.from)
    }
}

/// One change of a roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// Place in the log.
    pub id: i64,
    /// What was changed, as words.
    pub what: Vec<String>,
    /// Login of who changed it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A group that an alias lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLine {
    /// "sig-ci", "release team".
    pub group: String,
    /// Source whose alias file it is in.
    pub source: String,
    /// Name of the alias.
    pub alias: String,
    /// Logins; none where the file does not hold the alias.
    pub members: Option<Vec<String>>,
    /// When the file was last read.
    pub read_at: Option<DateTime<Utc>>,
}

/// A login that its person came with after a renaming.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenamedLine {
    /// The login.
    pub login: String,
    /// GitHub's number of the person.
    pub person: i64,
    /// Logins that mean them already.
    pub known_as: Vec<String>,
    /// When they last came with it.
    pub seen_at: DateTime<Utc>,
}

/// How the page reaches the server.
pub trait RostersPort: Send + Sync {
    /// The groups, and the roster of a release: the current one's without one.
    fn rosters(&self, release: Option<ReleaseVersion>) -> Answer<'_, RostersView>;
}
