//! Rebuilds every table from the log (DESIGN "The log is the truth").

use domain::Recorded;

use super::Context;
use crate::store::{Result, calendar, event, project, rebuild, setting};

/// How many events are read at once.
const BATCH: i64 = 1_000;

/// What a replay did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replayed {
    /// Events about proposals.
    pub events: usize,
    /// Events about releases.
    pub calendar_events: usize,
}

/// Empties the tables that follow from the log and writes them again, in one transaction. The log is not touched.
///
/// # Errors
/// When the database fails, or the log holds what this version cannot read; nothing has changed then.
pub async fn replay(context: &Context) -> Result<Replayed> {
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    rebuild::empty(&mut tx).await?;
    let calendar_events = calendar::log(&mut tx).await?;
    for recorded in &calendar_events {
        project::apply_to_calendar(&mut tx, recorded).await?;
    }
    let (mut position, mut events) = (0, 0);
    loop {
        let batch: Vec<(String, u32, Recorded)> = event::after(&mut tx, position, BATCH).await?;
        let Some((_, _, last)) = batch.last() else { break };
        position = last.id;
        events += batch.len();
        for (source, number, recorded) in &batch {
            project::apply(&mut tx, source, *number, recorded).await?;
        }
    }
    setting::next_generation(&mut tx).await?;
    tx.commit().await?;
    Ok(Replayed { events, calendar_events: calendar_events.len() })
}
