//! What follows from the mirror of GitHub for proposals: events, where GitHub shows something else than the log says.
//!
//! An item of the mirror is compared with what the log knows of it, so that reading the same twice, in whatever order,
//! adds nothing. First the tracking issues, because their links say which pull requests and bugs belong to whom; then
//! those that changed or may belong to somebody else now. Left out on purpose: asking GitHub (see [`super::sync`]).

mod bugs;
mod ground;
mod issues;
mod pulls;
mod reading;
mod text;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{Event, Recorded};
use sqlx::{Postgres, Transaction};

use super::{Context, key::Key};
use crate::{
    store::{
        self,
        event::{self, NewEvent},
        github::item::{self, Kept},
        project, setting,
    },
    verdicts::Verdicts,
};

pub use reading::{links, reading};
pub use text::{cherry_pick_of, refs};

/// Who records what GitHub shows.
const READER: &str = "github";

/// Items taken at a time: one transaction for their issues, one for their pull requests.
const BATCH: i64 = 200;

/// What is to be appended about a proposal, with the time at which it happened.
type Found = (Key, Option<DateTime<Utc>>, Event);

/// Appends what follows from everything that changed in the mirror since the last time; how many events that were.
///
/// # Errors
/// When the database fails. What was appended until then stays, and the next time goes on after it.
pub async fn observe(context: &Context, verdicts: &Verdicts) -> store::Result<i32> {
    let mut appended = 0;
    loop {
        let mut conn = context.pool.acquire().await?;
        let after = setting::get(&mut conn, setting::OBSERVED).await?.and_then(|value| value.as_i64()).unwrap_or(0);
        let batch = item::changed_since(&mut conn, after, BATCH).await?;
        drop(conn);
        let Some(last) = batch.last().map(|kept| kept.position) else { return Ok(appended) };
        appended += of_issues(context, verdicts, &batch).await?;
        appended += of_the_rest(context, verdicts, &batch, last).await?;
    }
}

async fn of_issues(context: &Context, verdicts: &Verdicts, batch: &[Kept]) -> store::Result<i32> {
    if batch.iter().all(|kept| kept.item.is_pull) {
        return Ok(0);
    }
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let found = issues::found(&world, batch);
    let count = write(&mut tx, &found, context.clock.now()).await?;
    tx.commit().await?;
    Ok(count)
}

/// Bugs and pull requests. Also moves on the place up to which the mirror is taken in, in the same transaction.
async fn of_the_rest(context: &Context, verdicts: &Verdicts, batch: &[Kept], last: i64) -> store::Result<i32> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let now = context.clock.now();
    let ground = ground::Basis::new(&world, crate::store::github::repository::code(&mut tx).await?, now);
    let due = pulls::due(&mut tx, &ground, batch).await?;
    let mut found = pulls::found(&ground, &due, now);
    found.extend(bugs::found(&world, &bugs::due(&mut tx, &world, batch).await?));
    let count = write(&mut tx, &found, now).await?;
    setting::set(&mut tx, setting::OBSERVED, &last.into()).await?;
    tx.commit().await?;
    Ok(count)
}

/// Appends events that happened now.
///
/// # Errors
/// When the database fails; nothing is appended then.
pub async fn append(context: &Context, events: &[(Key, Event)], now: DateTime<Utc>) -> store::Result<i32> {
    if events.is_empty() {
        return Ok(0);
    }
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let found: Vec<Found> = events.iter().map(|(key, event)| (key.clone(), Some(now), event.clone())).collect();
    let count = write(&mut tx, &found, now).await?;
    tx.commit().await?;
    Ok(count)
}

async fn write(tx: &mut Transaction<'_, Postgres>, found: &[Found], now: DateTime<Utc>) -> store::Result<i32> {
    for (key, occurred_at, event) in found {
        let new = NewEvent {
            source: key.source.clone(),
            number: key.number,
            actor: READER.to_owned(),
            actor_id: None,
            on_behalf_of: None,
            link: None,
            occurred_at: *occurred_at,
            event: event.clone(),
        };
        project::append(tx, &new, now).await?;
    }
    Ok(i32::try_from(found.len()).unwrap_or(i32::MAX))
}

/// Not before what the log says last of the same: it would count as overtaken.
fn not_before(at: Option<DateTime<Utc>>, last: Option<&Recorded>) -> Option<DateTime<Utc>> {
    at.max(last.and_then(|last| last.occurred_at))
}

/// Keys without repetition, in order.
pub(super) fn distinct<T: Ord>(keys: impl IntoIterator<Item = T>) -> Vec<T> {
    keys.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}
