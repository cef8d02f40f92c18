//! Writing into the outbox.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{Outgoing, State, marker};
use crate::store::{Result, StoreError, to_i32};

/// What something follows from.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// Source of the proposal.
    pub source: &'a str,
    /// Its number.
    pub number: u32,
    /// Position in the log.
    pub event: i64,
    /// Login and GitHub's number of whoever decided it; none where the tracker follows a rule.
    pub by: Option<(&'a str, Option<i64>)>,
}

/// Puts something into the outbox. A mail that is there under the same key stays as it is. A comment or label that is
/// there with another text gets this one, and goes out again; with the same text it stays as it is. `held` says that
/// nothing goes to GitHub now.
///
/// # Errors
/// When the database fails.
pub async fn put(
    conn: &mut PgConnection,
    cause: Cause<'_>,
    key: &str,
    what: &Outgoing,
    held: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    let payload = serde_json::to_value(what).map_err(StoreError::unwritable)?;
    let target = what.target();
    let marker = matches!(what, Outgoing::Comment(_)).then(|| marker(cause.source, key));
    let state = if held && target.is_some() { State::Held } else { State::Waiting };
    sqlx::query!(
        "insert into outgoing (
             source, key, number, event, kind, repository, item, payload, preview, marker, state, next_attempt_at,
             created_at, updated_at, caused_by, caused_by_id
         )
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $12, $13, $14)
         on conflict (source, key) do update
         set event = excluded.event, repository = excluded.repository, item = excluded.item,
             payload = excluded.payload, preview = excluded.preview, version = outgoing.version + 1,
             caused_by = excluded.caused_by, caused_by_id = excluded.caused_by_id, closed_by = null,
             updated_at = excluded.updated_at,
             -- Whoever has it in hand finds the new text afterwards.
             state = case when outgoing.state in ('sending', 'uncertain') then outgoing.state else excluded.state end,
             next_attempt_at = case when outgoing.state in ('sending', 'uncertain') then outgoing.next_attempt_at
                                    else excluded.next_attempt_at end
         where outgoing.kind <> 'mail' and outgoing.preview <> excluded.preview",
        cause.source,
        key,
        to_i32(cause.number),
        cause.event,
        what.kind().slug(),
        target.map(|(repository, _)| repository),
        target.map(|(_, number)| to_i32(number)),
        payload,
        what.preview(cause.source),
        marker,
        state.slug(),
        now,
        cause.by.map(|(login, _)| login),
        cause.by.and_then(|(_, id)| id),
    )
    .execute(conn)
    .await?;
    Ok(())
}
