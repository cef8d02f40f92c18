//! Signs somebody in whom GitHub, or the demo's chooser, has named; and out everywhere.

use sqlx::Connection;

use super::Context;
use crate::store::{
    self,
    person::{self, Person},
};

/// Somebody who is signed in from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// The epoch in which their session begins; signing out everywhere ends it.
    pub epoch: i64,
}

/// Records who somebody is.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(context: &Context, id: i64, login: &str, name: Option<&str>) -> store::Result<SignedIn> {
    let mut conn = context.pool.acquire().await?;
    let mut tx = conn.begin().await?;
    let person = person::seen(&mut tx, id, login, name, context.clock.now()).await?;
    let epoch = person::session_epoch(&mut tx, id).await?.unwrap_or_default();
    tx.commit().await?;
    Ok(SignedIn { person, epoch })
}

/// Ends every session of a person, on every server.
///
/// # Errors
/// When the database fails.
pub async fn sign_out_everywhere(context: &Context, id: i64) -> store::Result<()> {
    person::end_sessions(&mut *context.pool.acquire().await?, id).await
}
