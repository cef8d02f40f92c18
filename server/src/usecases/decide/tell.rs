//! What follows from a decision about a check-in: open pages are told, and a comment about nothing does not go out.

use chrono::{DateTime, Utc};
use domain::{
    Event, Recorded, ReleaseVersion, Week,
    check_in::{check_in, check_ins, to_confirm},
};
use sqlx::{Postgres, Transaction};

use super::DecideError;
use crate::{
    store::{
        live::{self, CheckedIn, Told},
        outbox,
    },
    usecases::post_check_ins::slot,
    verdicts::ProposalRecord,
};

/// Tells all servers once the transaction is through; nothing where the event is about no check-in. `record` is the
/// proposal as it was before.
pub(super) async fn tell(
    tx: &mut Transaction<'_, Postgres>,
    record: &ProposalRecord,
    event: &Event,
    now: DateTime<Utc>,
) -> Result<(), DecideError> {
    let Some((release, week)) = touched(record, event, now) else { return Ok(()) };
    let (source, number) = (record.source.id.clone(), record.history.number);
    Ok(live::tell(tx, &Told::CheckedIn(CheckedIn { source, number, release, week })).await?)
}

/// Keeps the comment on a check-in from going out once everything that was said is undone.
pub(super) async fn hold_back(
    tx: &mut Transaction<'_, Postgres>,
    record: &ProposalRecord,
    undone: &Recorded,
    now: DateTime<Utc>,
) -> Result<(), DecideError> {
    if !matches!(undone.event, Event::Undone { .. }) {
        return Ok(());
    }
    let Some((release, week)) = touched(record, &undone.event, now) else { return Ok(()) };
    let history = record.history.with(undone);
    if check_in(&history.at(now), release, week).said.is_empty() {
        let key = slot(record.history.number, release, week);
        outbox::cancel(tx, (&record.source.id, &key), &undone.actor, now).await?;
    }
    Ok(())
}

/// The check-in that an event records, declines or takes back. The history is folded only for what asks for it: every
/// decision comes through here while the log is locked.
fn touched(record: &ProposalRecord, event: &Event, now: DateTime<Utc>) -> Option<(ReleaseVersion, Week)> {
    match event {
        Event::CheckedIn { release, week, .. } | Event::CheckInAnswered { release, week, .. } => {
            Some((*release, *week))
        }
        Event::Declined { release, .. } => {
            to_confirm(&record.history.at(now), *release).map(|(week, _)| (*release, week))
        }
        Event::Undone { event } => {
            let known = record.history.at(now);
            match &known.events.iter().find(|recorded| recorded.id == *event)?.event {
                Event::Declined { release, .. } => {
                    let declined =
                        |check_in: &domain::CheckIn| check_in.said.iter().any(|said| said.declined.is_some());
                    let latest = check_ins(&known, *release).into_iter().rev().find(|(_, one)| declined(one))?;
                    Some((*release, latest.0))
                }
                other => touched(record, other, now),
            }
        }
        _ => None,
    }
}
