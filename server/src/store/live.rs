//! What servers on one database tell each other at once, by LISTEN and NOTIFY: that somebody checked in, and who is in a
//! meeting.

use std::collections::BTreeSet;

use domain::{ReleaseVersion, Week};
use serde::{Deserialize, Serialize};
use sqlx::{
    PgConnection, PgPool,
    postgres::{PgListener, PgPoolOptions},
};

use super::{Result, StoreError};

const CHANNEL: &str = "live";

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// Somebody checked in.
    CheckedIn(CheckedIn),
    /// Who is in a meeting.
    Present(Present),
    /// A server has begun to listen, and asks who is in which meeting.
    WhoIsThere,
}

/// A check-in that was recorded, amended or undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedIn {
    /// Source of the proposal.
    pub source: String,
    /// Its number.
    pub number: u32,
    /// The release.
    pub release: ReleaseVersion,
    /// The week.
    pub week: Week,
}

/// Who is in the meeting of a week on the pages of one server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// What tells the server from others.
    pub server: String,
    /// The release.
    pub release: ReleaseVersion,
    /// The week.
    pub week: Week,
    /// Logins, each once.
    pub people: BTreeSet<String>,
    /// Pages of those who are not signed in.
    pub guests: usize,
}

/// Tells it, once the transaction of `conn` commits.
///
/// # Errors
/// When the database fails.
pub async fn tell(conn: &mut PgConnection, what: &Told) -> Result<()> {
    let payload = serde_json::to_string(what).map_err(StoreError::unwritable)?;
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, payload).execute(conn).await?;
    Ok(())
}

/// Hears what is told, on a connection of its own beside the pool.
pub struct Ear(PgListener);

impl Ear {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(pool: &PgPool) -> Result<Self> {
        let options = (*pool.connect_options()).clone();
        let own = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
        let mut listener = PgListener::connect_with(&own).await?;
        listener.listen(CHANNEL).await?;
        Ok(Self(listener))
    }

    /// The next; `None` when the connection was lost meanwhile, so that something may have been missed.
    ///
    /// # Errors
    /// When the database fails and does not come back.
    pub async fn next(&mut self) -> Result<Option<Told>> {
        loop {
            let Some(notice) = self.0.try_recv().await? else { return Ok(None) };
            // What a newer version tells in another shape is not for this one.
            if let Ok(told) = serde_json::from_str(notice.payload()) {
                return Ok(Some(told));
            }
        }
    }
}
