//! Queues the label of approved work (P-28) for every known open pull request that should carry it and does not, or
//! carries it and should not, once an admin has turned that on.
//!
//! Each is queued once: whoever changes the label by hand afterwards is not argued with, until the verdict itself
//! changes. What cannot be told changes nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{Entitled, LabelVerdict, Outcome, PullState, Source, Verdict, label_verdict};

use super::{Context, keep_outbox::is_live};
use crate::{
    store::{
        self,
        outbox::{self, Cause, LabelChange, Outgoing, OutgoingLabel, label_key},
        setting, source,
    },
    verdicts::{Moment, ProposalRecord, Verdicts, World},
};

/// Queues what is missing; tells how many. Nothing while it is turned off.
///
/// # Errors
/// When the database fails.
pub async fn set_labels(context: &Context, verdicts: &Verdicts) -> store::Result<u32> {
    let mut conn = context.pool.acquire().await?;
    if !setting::is_on(&mut conn, setting::LABELS_LIVE).await? {
        return Ok(0);
    }
    let labels: BTreeMap<_, _> = source::approved_labels(&mut conn).await?.into_iter().collect();
    let said: BTreeMap<_, _> = outbox::said(&mut conn).await?.into_iter().collect();
    let held = !is_live(&mut conn, &context.config).await?;
    drop(conn);
    let world = verdicts.world().await?;
    let now = context.clock.now();
    let mut conn = context.pool.acquire().await?;
    let mut count = 0;
    for record in world.proposals.values() {
        let Source { id, .. } = &*record.source;
        let Some(label) = labels.get(id) else { continue };
        for (verdict, repository, number) in judged(&world, record, label, now) {
            let key = label_key(&repository, number, label);
            let last = said.get(&(id.clone(), key.clone())).map(|said| said.change);
            let Some(change) = change(&verdict, last) else { continue };
            let name = label.clone();
            let what = Outgoing::Label(OutgoingLabel { repository, number, change, name });
            let event = record.history.events.last().map_or(0, |recorded| recorded.id);
            let cause = Cause { source: id, number: record.history.number, event, by: None };
            outbox::put(&mut conn, cause, &key, &what, held, now).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// What is to be queued; `last` is what was queued before.
fn change(verdict: &LabelVerdict, last: Option<LabelChange>) -> Option<LabelChange> {
    let wanted = match verdict.should {
        Outcome::Pass => LabelChange::Add,
        Outcome::Fail => LabelChange::Remove,
        Outcome::Unknown => return None,
    };
    match last {
        None => (!verdict.agrees()).then_some(wanted),
        Some(last) => (last != wanted).then_some(wanted),
    }
}

/// Open pull requests of a proposal, each with its verdict.
fn judged(world: &World, record: &ProposalRecord, label: &str, now: DateTime<Utc>) -> Vec<(LabelVerdict, String, u32)> {
    let known = record.history.at(now);
    let open: Vec<_> = known.pulls.iter().filter(|pull| pull.state == PullState::Open).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let rows = world.rows_of(record, Moment::Now(now));
    let in_releases: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let release = row.release?;
            let dates = world.releases.get(&(record.source.calendar.clone(), release))?.dates_at(now);
            Some((&row.verdict, known.participation(release, &dates), dates))
        })
        .collect();
    let entitled: Vec<_> = in_releases
        .iter()
        .map(|(verdict, participation, dates)| {
            let verdict: &Verdict = verdict;
            Entitled { source: &record.source, verdict, dates, requests: &participation.requests }
        })
        .collect();
    open.into_iter().map(|pull| (label_verdict(pull, label, &entitled), pull.repository.clone(), pull.number)).collect()
}
