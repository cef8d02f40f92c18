//! People keep the outbox: an admin turns sending on and off, sends what was held, has something sent again, says that a
//! mail arrived; an admin or whoever caused something cancels it (PROCESS 7).

use domain::{Action, Circumstances, Refusal};
use sqlx::PgConnection;

use super::{Context, house};
use crate::{
    config::Config,
    store::{
        self, StoreError,
        outbox::{self, Entry, State},
        person::Person,
        setting,
    },
};

/// Why nothing was changed, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing can go to GitHub from here.
    #[error("nothing can go to GitHub: {0}")]
    NoWay(&'static str),
    /// Nothing goes to GitHub yet.
    #[error("nothing goes to GitHub yet; turn sending on first")]
    Off,
    /// No row was named.
    #[error("nothing was chosen")]
    Nothing,
    /// A row is not as it was shown.
    #[error("meanwhile {0} changed; look at it as it is now, nothing was done")]
    Meanwhile(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for OutboxError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl OutboxError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::NoWay(_) | Self::Off | Self::Meanwhile(_) => 409,
            Self::Nothing => 422,
            Self::Store(_) => 503,
        }
    }
}

/// What can be turned on and off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// Comments and labels go to GitHub.
    Outbox,
    /// Labels of pull requests are kept.
    Labels,
}

/// A row as somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Source.
    pub source: String,
    /// Key within the source.
    pub key: String,
    /// The text that was shown.
    pub version: i32,
}

/// What is done with rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Held ones go out, as they were shown.
    Send,
    /// They do not go out.
    Cancel,
    /// What was refused, cancelled or is uncertain goes out once more.
    Again,
    /// A mail of which nobody knew arrived.
    Arrived,
}

/// Whether comments and labels go to GitHub: somebody is configured as whom, an admin turned it on, and this is no demo.
///
/// # Errors
/// When the database fails.
pub async fn is_live(conn: &mut PgConnection, config: &Config) -> store::Result<bool> {
    Ok(no_way(conn, config).await?.is_none() && setting::is_on(conn, setting::OUTBOX_LIVE).await?)
}

/// Why nothing can go to GitHub from here, whatever is turned on; none where it can.
///
/// # Errors
/// When the database fails.
pub async fn no_way(conn: &mut PgConnection, config: &Config) -> store::Result<Option<&'static str>> {
    if !config.github.has_account() {
        return Ok(Some("neither a token nor a GitHub App is configured"));
    }
    let demo = setting::is_demo(conn).await?;
    Ok(demo.then_some("the demo world is not real"))
}

/// Turns something on or off. Turned off, what waits to go to GitHub is held.
///
/// # Errors
/// When the person may not, nothing can go to GitHub, or the database fails.
pub async fn switch(context: &Context, by: &Person, which: Switch, on: bool) -> Result<(), OutboxError> {
    let mut tx = context.pool.begin().await?;
    may_keep(&mut tx, context, by).await??;
    if let Some(why) = no_way(&mut tx, &context.config).await?.filter(|_| on && which == Switch::Outbox) {
        return Err(OutboxError::NoWay(why));
    }
    let key = match which {
        Switch::Outbox => setting::OUTBOX_LIVE,
        Switch::Labels => setting::LABELS_LIVE,
    };
    setting::set(&mut tx, key, &on.into()).await?;
    if which == Switch::Outbox && !on {
        outbox::hold(&mut tx, context.clock.now()).await?;
    }
    tx.commit().await?;
    tracing::info!(key, on, by = by.login, "turned on or off");
    Ok(())
}

/// Does something with rows, all of them or none.
///
/// # Errors
/// When the person may not, a row is not as it was shown, nothing goes to GitHub, or the database fails.
pub async fn keep(context: &Context, by: &Person, seen: &[Seen], act: Act) -> Result<(), OutboxError> {
    if seen.is_empty() {
        return Err(OutboxError::Nothing);
    }
    let mut tx = context.pool.begin().await?;
    let live = is_live(&mut tx, &context.config).await?;
    if act == Act::Send && !live {
        may_keep(&mut tx, context, by).await??;
        return Err(OutboxError::Off);
    }
    let now = context.clock.now();
    for row in seen {
        let changed = || OutboxError::Meanwhile(format!("{}/{}", row.source, row.key));
        let entry = outbox::find(&mut tx, &row.source, &row.key).await?.ok_or_else(changed)?;
        match act {
            Act::Cancel => may_cancel(&mut tx, context, by, &entry).await??,
            Act::Send | Act::Again | Act::Arrived => may_keep(&mut tx, context, by).await??,
        }
        let key = (row.source.as_str(), row.key.as_str());
        let done = entry.version == row.version
            && match act {
                Act::Send => outbox::confirm(&mut tx, key, row.version, now).await?,
                Act::Cancel => outbox::cancel(&mut tx, key, &by.login, now).await?,
                Act::Again => outbox::again(&mut tx, key, !live, now).await?,
                Act::Arrived => outbox::arrived(&mut tx, key, &by.login, now).await?,
            };
        if !done {
            return Err(changed());
        }
        tracing::info!(source = row.source, key = row.key, ?act, by = by.login, "the outbox was kept");
    }
    tx.commit().await?;
    Ok(())
}

/// Whether somebody may keep the outbox.
///
/// # Errors
/// When the database fails.
pub async fn may_keep(
    conn: &mut PgConnection,
    context: &Context,
    person: &Person,
) -> store::Result<Result<(), Refusal>> {
    Ok(house::may(conn, context, person, Action::KeepOutbox, &Circumstances::default()).await?.map(|_| ()))
}

/// Whether somebody may cancel a row.
///
/// # Errors
/// When the database fails.
pub async fn may_cancel(
    conn: &mut PgConnection,
    context: &Context,
    person: &Person,
    entry: &Entry,
) -> store::Result<Result<(), Refusal>> {
    // By GitHub's number: a login can be given up and taken by anybody.
    let requester = entry.caused_by.as_ref().is_some_and(|(_, id)| *id == Some(person.id));
    let at = Circumstances { requester, ..Circumstances::default() };
    Ok(house::may(conn, context, person, Action::CancelOutgoing, &at).await?.map(|_| ()))
}

impl Act {
    /// What can be done with a row, by whoever may.
    pub fn possible(entry: &Entry) -> Vec<Self> {
        match entry.state {
            State::Held => vec![Self::Send, Self::Cancel],
            State::Waiting => vec![Self::Cancel],
            State::Uncertain if entry.is_for_github() => vec![Self::Cancel],
            State::Uncertain => vec![Self::Arrived, Self::Again],
            State::Failed => vec![Self::Again, Self::Cancel],
            State::Cancelled => vec![Self::Again],
            State::Sending | State::Sent => Vec::new(),
        }
    }
}
