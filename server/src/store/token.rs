//! Personal tokens of the API. Only their hash is kept, so a token can be shown once and never again.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

use super::{Result, StoreError};

/// A use is written down at most this often, so that reading with a token rarely writes.
const USE_RECORDED_EVERY: TimeDelta = TimeDelta::minutes(10);

/// What a token may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Read what its person may read.
    Read,
    /// That, and decide by the API what its person may decide.
    Decide,
}

impl Scope {
    /// The word for it, in forms and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Decide => "decide",
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = StoreError;

    fn from_str(word: &str) -> std::result::Result<Self, StoreError> {
        let found = [Self::Read, Self::Decide].into_iter().find(|scope| scope.word() == word);
        found.ok_or_else(|| StoreError::shape("scope of a token", format!("`{word}` is none")))
    }
}

/// A token, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// What its person calls it.
    pub name: String,
    /// What it may.
    pub scope: Scope,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, give or take ten minutes.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it stops working by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token to be.
#[derive(Debug, Clone, Copy)]
pub struct NewToken<'a> {
    /// Whose.
    pub person: i64,
    /// What its person calls it.
    pub name: &'a str,
    /// What it may.
    pub scope: Scope,
    /// Hash of the token, hexadecimal.
    pub sha256: &'a str,
    /// When it stops working by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Keeps a new token; says its number.
///
/// # Errors
/// When the database fails.
pub async fn create(conn: &mut PgConnection, token: &NewToken<'_>, now: DateTime<Utc>) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "insert into token (person, name, scope, sha256, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6) returning id",
        token.person,
        token.name,
        token.scope.word(),
        token.sha256,
        now,
        token.expires_at,
    )
    .fetch_one(conn)
    .await?)
}

/// The tokens of a person, latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut PgConnection, person: i64) -> Result<Vec<Token>> {
    let rows = sqlx::query!(
        "select id, name, scope, created_at, last_used_at, expires_at from token where person = $1 order by id desc",
        person,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Token {
                id: row.id,
                name: row.name,
                scope: row.scope.parse()?,
                created_at: row.created_at,
                last_used_at: row.last_used_at,
                expires_at: row.expires_at,
            })
        })
        .collect()
}

/// Revokes a token of a person; false when they have no such token.
///
/// # Errors
/// When the database fails.
pub async fn revoke(conn: &mut PgConnection, person: i64, id: i64) -> Result<bool> {
    let done = sqlx::query!("delete from token where person = $1 and id = $2", person, id)
        .execute(conn)
        .await?
        .rows_affected();
    Ok(done == 1)
}

/// Whose token this is and what it may, if it still works.
///
/// # Errors
/// When the database fails.
pub async fn person_of(conn: &mut PgConnection, sha256: &str, now: DateTime<Utc>) -> Result<Option<(i64, Scope)>> {
    let found = sqlx::query!(
        "select id, person, scope, last_used_at from token
         where sha256 = $1 and (expires_at is null or expires_at > $2)",
        sha256,
        now,
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(found) = found else { return Ok(None) };
    if found.last_used_at.is_none_or(|at| now - at >= USE_RECORDED_EVERY) {
        sqlx::query!("update token set last_used_at = $2 where id = $1", found.id, now).execute(conn).await?;
    }
    Ok(Some((found.person, found.scope.parse()?)))
}
