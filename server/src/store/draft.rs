//! Drafts of requests for an exception, private to whoever writes them. They are no part of the log and of no export.
//!
//! Somebody who is not signed in keeps them under a cookie of their browser; signing in takes them over.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

use super::{Result, StoreError, to_i32, to_u32};

/// Drafts of browsers are kept so long after they were last saved.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// Most drafts of browsers that are kept in all, so that nobody fills the disk with them.
const MOST_OF_BROWSERS: i64 = 1000;

/// Most drafts of one person or browser.
const MOST_EACH: i64 = 50;

/// Whose draft it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeper {
    /// Somebody who is signed in, by numeric id.
    Person(i64),
    /// A browser in which nobody is signed in, by the SHA-256 of its cookie, hexadecimal.
    Browser(String),
}

impl fmt::Display for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Browser(hash) => write!(f, "browser:{hash}"),
        }
    }
}

/// What a draft is about, as far as it says; there is one for each of its author.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftKey {
    /// Source of the proposal; empty as long as none is named.
    pub source: String,
    /// Its number; 0 likewise.
    pub number: u32,
    /// What an exception is asked from: `ef`, `cf`, `other`, or empty.
    pub freeze: String,
    /// The release as typed, or empty.
    pub release: String,
}

impl DraftKey {
    fn topic(&self) -> String {
        format!("{} {}", self.freeze, self.release)
    }

    fn from_parts(source: String, number: u32, topic: &str) -> Self {
        let (freeze, release) = topic.split_once(' ').unwrap_or((topic, ""));
        Self { source, number, freeze: freeze.to_owned(), release: release.to_owned() }
    }

    /// As forms write it; reading that back gives the same.
    pub fn parse(text: &str) -> Option<Self> {
        let (proposal, topic) = text.split_once(' ')?;
        let (source, number) = proposal.split_once('/')?;
        Some(Self::from_parts(source.to_owned(), number.parse().ok()?, topic))
    }
}

impl fmt::Display for DraftKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} {}", self.source, self.number, self.topic())
    }
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is about.
    pub key: DraftKey,
    /// The fields of its form by name, in their order.
    pub fields: Vec<(String, String)>,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
}

/// Saves a draft over the one there was.
///
/// # Errors
/// When the database fails.
pub async fn save(conn: &mut PgConnection, keeper: &Keeper, draft: &Draft) -> Result<()> {
    let fields = serde_json::to_value(&draft.fields).map_err(|why| StoreError::shape("draft", why))?;
    sqlx::query!(
        "insert into exception_draft (source, number, topic, keeper, fields, saved_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (source, number, topic, keeper) do update
         set fields = excluded.fields, saved_at = excluded.saved_at",
        draft.key.source,
        to_i32(draft.key.number),
        draft.key.topic(),
        keeper.to_string(),
        fields,
        draft.saved_at,
    )
    .execute(&mut *conn)
    .await?;
    tidy(conn, keeper, draft.saved_at).await
}

/// Deletes a draft; it is no mistake when there is none.
///
/// # Errors
/// When the database fails.
pub async fn delete(conn: &mut PgConnection, keeper: &Keeper, key: &DraftKey) -> Result<()> {
    sqlx::query!(
        "delete from exception_draft where source = $1 and number = $2 and topic = $3 and keeper = $4",
        key.source,
        to_i32(key.number),
        key.topic(),
        keeper.to_string(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Drafts of a person, latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_person(conn: &mut PgConnection, person: i64) -> Result<Vec<Draft>> {
    of(conn, &Keeper::Person(person)).await
}

/// Drafts of a person or a browser, latest first.
///
/// # Errors
/// When the database fails, or a draft has a shape of a newer version.
pub async fn of(conn: &mut PgConnection, keeper: &Keeper) -> Result<Vec<Draft>> {
    let rows = sqlx::query!(
        "select source, number, topic, fields, saved_at from exception_draft where keeper = $1
         order by saved_at desc, source, number, topic",
        keeper.to_string(),
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let fields = serde_json::from_value(row.fields).map_err(|why| StoreError::shape("draft", why))?;
            let key = DraftKey::from_parts(row.source, to_u32(row.number), &row.topic);
            Ok(Draft { key, fields, saved_at: row.saved_at })
        })
        .collect()
}

/// Makes the drafts of a browser those of the person who has signed in there. Where they have one about the same, the
/// later stays. To be called in a transaction.
///
/// # Errors
/// When the database fails.
pub async fn take_over(conn: &mut PgConnection, browser: &Keeper, person: &Keeper) -> Result<()> {
    sqlx::query!(
        "insert into exception_draft (source, number, topic, keeper, fields, saved_at)
         select source, number, topic, $2, fields, saved_at from exception_draft where keeper = $1
         on conflict (source, number, topic, keeper) do update
         set fields = excluded.fields, saved_at = excluded.saved_at
         where exception_draft.saved_at < excluded.saved_at",
        browser.to_string(),
        person.to_string(),
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from exception_draft where keeper = $1", browser.to_string()).execute(conn).await?;
    Ok(())
}

/// Forgets what nobody comes back for: drafts of browsers that are old or too many, and the oldest of somebody who has
/// very many.
async fn tidy(conn: &mut PgConnection, keeper: &Keeper, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "delete from exception_draft d using (
             select source, number, topic, keeper from exception_draft where keeper = $1
             order by saved_at desc offset $2
         ) old
         where d.source = old.source and d.number = old.number and d.topic = old.topic and d.keeper = old.keeper",
        keeper.to_string(),
        MOST_EACH,
    )
    .execute(&mut *conn)
    .await?;
    if matches!(keeper, Keeper::Person(_)) {
        return Ok(());
    }
    sqlx::query!(
        "delete from exception_draft where keeper like 'browser:%' and (saved_at < $1 or saved_at < (
             select min(saved_at) from (
                 select saved_at from exception_draft where keeper like 'browser:%' order by saved_at desc limit $2
             ) latest
         ))",
        now - KEPT_FOR,
        MOST_OF_BROWSERS,
    )
    .execute(conn)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_as_it_was_written() {
        let full =
            DraftKey { source: "cep".to_owned(), number: 4702, freeze: "cf".to_owned(), release: "v1.10".to_owned() };
        assert_eq!(full.to_string(), "cep/4702 cf v1.10");
        for key in [full, DraftKey::default(), DraftKey { freeze: "ef".to_owned(), ..DraftKey::default() }] {
            assert_eq!(DraftKey::parse(&key.to_string()), Some(key));
        }
        assert_eq!(DraftKey::parse("nonsense"), None);
    }
}
