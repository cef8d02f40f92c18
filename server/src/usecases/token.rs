//! Makes personal tokens of the API, and revokes them.

use chrono::TimeDelta;

use super::Context;
use crate::{
    secret::{self, NoRandomness},
    store::{
        StoreError, blob,
        token::{self, NewToken, Scope},
    },
};

/// What every token begins with, so that scanners for secrets know one when they see it.
pub const PREFIX: &str = "cept_";

/// Longest name of a token, in characters.
pub const MAX_NAME: usize = 60;

/// Longest life of a token that does not live for ever, in days.
pub const MAX_DAYS: u16 = 366;

/// Most tokens that one person has at a time.
const MAX_TOKENS: usize = 20;

/// Why a token was not made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The name is not one.
    #[error("A token needs a name of 1 to {MAX_NAME} characters, so that it is known when it is to be revoked.")]
    Name,
    /// It would never work, or for years.
    #[error("A token lives for 1 to {MAX_DAYS} days, or until it is revoked when no number of days is given.")]
    Days,
    /// Too many.
    #[error("You have {MAX_TOKENS} tokens; revoke one that is no longer used.")]
    Many,
    /// No secret can be made.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a token. It is returned this once; only its hash is kept.
///
/// # Errors
/// When name or life cannot be, there are too many, or the database fails.
pub async fn create(
    context: &Context,
    person: i64,
    (name, scope): (&str, Scope),
    days: Option<u16>,
) -> Result<String, TokenError> {
    let name = name.trim();
    if !(1..=MAX_NAME).contains(&name.chars().count()) {
        return Err(TokenError::Name);
    }
    if days.is_some_and(|days| !(1..=MAX_DAYS).contains(&days)) {
        return Err(TokenError::Days);
    }
    let now = context.clock.now();
    let fresh = format!("{PREFIX}{}", secret::random()?);
    let sha256 = hash(&fresh);
    let expires_at = days.map(|days| now + TimeDelta::days(days.into()));
    let mut conn = context.pool.acquire().await.map_err(StoreError::from)?;
    if token::list(&mut conn, person).await?.len() >= MAX_TOKENS {
        return Err(TokenError::Many);
    }
    token::create(&mut conn, &NewToken { person, name, scope, sha256: &sha256, expires_at }, now).await?;
    Ok(fresh)
}

/// Revokes a token of a person; false when they have no such token.
///
/// # Errors
/// When the database fails.
pub async fn revoke(context: &Context, person: i64, id: i64) -> Result<bool, StoreError> {
    token::revoke(&mut *context.pool.acquire().await?, person, id).await
}

/// What is kept of a token.
pub fn hash(token: &str) -> String {
    blob::address(token.as_bytes())
}
