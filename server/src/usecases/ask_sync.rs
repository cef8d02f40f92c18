//! An admin asks for GitHub to be read now. The wish is written down; a job that reads GitHub takes it up.

use chrono::{DateTime, Utc};
use domain::{Action, Circumstances, Refusal, Role};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{Context, house};
use crate::store::{StoreError, person::Person, setting};

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Login of who asked.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether everything is to be read anew rather than what changed.
    pub everything: bool,
}

/// Why nothing was asked for, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The demo world is not read from GitHub.
    #[error("the database holds the demo world, and GitHub is not read over it; leave the demo first")]
    Demo,
    /// There is no way to GitHub.
    #[error("this server has no way to read GitHub; start it with CEP_TRACKER_GITHUB_TOKEN")]
    NoWay,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AskError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl AskError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::Demo | Self::NoWay => 409,
            Self::Store(_) => 503,
        }
    }
}

/// Asks for a reading. A wish that is not taken up yet is replaced, but one for everything stays one for everything.
///
/// # Errors
/// When the person may not, GitHub is not read here, or the database fails.
pub async fn ask_sync(context: &Context, by: &Person, everything: bool) -> Result<(), AskError> {
    let mut tx = context.pool.begin().await?;
    may_read_github(&mut tx, context, by).await??;
    if setting::is_demo(&mut tx).await? {
        return Err(AskError::Demo);
    }
    if !context.config.github.has_account() {
        return Err(AskError::NoWay);
    }
    let before = asked(&mut tx).await?.is_some_and(|asked| asked.everything);
    let wish = Asked { by: by.login.clone(), at: context.clock.now(), everything: everything || before };
    let wish = serde_json::to_value(&wish).map_err(StoreError::unwritable)?;
    setting::set(&mut tx, setting::SYNC_ASKED, &wish).await?;
    tx.commit().await?;
    Ok(())
}

/// What was asked for and not taken up yet. What cannot be read, or was taken away (null), counts as nothing.
///
/// # Errors
/// When the database fails.
pub async fn asked(conn: &mut PgConnection) -> Result<Option<Asked>, StoreError> {
    let value = setting::get(conn, setting::SYNC_ASKED).await?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()))
}

/// Whether somebody may have GitHub read, or a webhook processed again.
///
/// # Errors
/// When the database fails.
pub async fn may_read_github(
    conn: &mut PgConnection,
    context: &Context,
    person: &Person,
) -> Result<Result<Role, Refusal>, StoreError> {
    house::may(conn, context, person, Action::ReadGitHub, &Circumstances::default()).await
}
