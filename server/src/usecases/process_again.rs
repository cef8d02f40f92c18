//! An admin has a webhook's delivery processed again.

use domain::Refusal;

use super::{Context, ask_sync::may_read_github};
use crate::store::{StoreError, github::delivery, person::Person};

/// Why it was not, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum AgainError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No such delivery.
    #[error("no delivery has the id {0}; look at the list as it is now")]
    Unknown(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AgainError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl AgainError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::Unknown(_) => 404,
            Self::Store(_) => 503,
        }
    }
}

/// Puts a delivery back among those that wait. Processing it twice does no harm: the newer fact wins.
///
/// # Errors
/// When the person may not, there is no such delivery, or the database fails.
pub async fn process_again(context: &Context, by: &Person, id: &str) -> Result<(), AgainError> {
    let mut conn = context.pool.acquire().await?;
    may_read_github(&mut conn, context, by).await??;
    if !delivery::again(&mut conn, id).await? {
        return Err(AgainError::Unknown(id.to_owned()));
    }
    tracing::info!(id, by = by.login, "a delivery is processed again");
    Ok(())
}
