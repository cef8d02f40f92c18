//! Bugs that tracking issues link.

use std::collections::BTreeMap;

use domain::{Event, PullKind};
use sqlx::PgConnection;

use super::{Found, distinct, issues::last, not_before};
use crate::{
    github::rows::ItemState,
    store::{
        self,
        github::item::{self, Kept},
    },
    usecases::{key::Key, sync::links_of},
    verdicts::{ProposalRecord, World},
};

/// Issues to be held against the log: those that changed, and those that changed tracking issues link.
pub(super) async fn due(conn: &mut PgConnection, world: &World, batch: &[Kept]) -> store::Result<Vec<Kept>> {
    let issues: Vec<&Kept> = batch.iter().filter(|kept| !kept.item.is_pull).collect();
    let changed = |record: &ProposalRecord| {
        let number = record.history.number;
        issues.iter().any(|kept| kept.repository == record.source.repository && kept.item.number == number)
    };
    let linking = world.proposals.values().filter(|record| changed(record));
    let linked = linking.flat_map(|record| links_of(record)).filter(|link| link.kind == Some(PullKind::Bug));
    let linked = distinct(linked.map(|link| (link.repository.clone(), link.number)));
    let missing: Vec<(String, u32)> = linked
        .into_iter()
        .filter(|(repository, number)| {
            !issues.iter().any(|kept| kept.repository == *repository && kept.item.number == *number)
        })
        .collect();
    let mut due: Vec<Kept> = issues.into_iter().cloned().collect();
    due.extend(item::find_all(conn, &missing).await?.into_iter().filter(|kept| !kept.item.is_pull));
    Ok(due)
}

/// What is new in them for the proposals whose tracking issues link them.
pub(super) fn found(world: &World, due: &[Kept]) -> Vec<Found> {
    let bugs = linked_bugs(world);
    due.iter()
        .flat_map(|kept| {
            let key = (kept.repository.as_str(), kept.item.number);
            bugs.get(&key).into_iter().flatten().filter_map(|record| bug(record, kept)).collect::<Vec<_>>()
        })
        .collect()
}

/// Issues that tracking issues link as bugs, with the proposals that do.
fn linked_bugs(world: &World) -> BTreeMap<(&str, u32), Vec<&ProposalRecord>> {
    let mut bugs: BTreeMap<(&str, u32), Vec<&ProposalRecord>> = BTreeMap::new();
    for record in world.proposals.values() {
        for link in links_of(record).filter(|link| link.kind == Some(PullKind::Bug)) {
            let linking = bugs.entry((link.repository.as_str(), link.number)).or_default();
            if !linking.iter().any(|known| std::ptr::eq(*known, &raw const **record)) {
                linking.push(record);
            }
        }
    }
    bugs
}

fn bug(record: &ProposalRecord, kept: &Kept) -> Option<Found> {
    let item = &kept.item;
    let event = Event::BugObserved {
        repository: kept.repository.clone(),
        number: item.number,
        title: item.title.clone(),
        open: item.state == ItemState::Open && kept.gone.is_none(),
        labels: item.labels.clone(),
    };
    let of_it = |event: &Event| {
        matches!(event, Event::BugObserved { repository, number, .. }
            if *repository == kept.repository && *number == item.number)
    };
    let last = last(record, of_it);
    let at = match last {
        Some(last) if last.event == event => return None,
        Some(_) if item.state == ItemState::Closed => item.closed_at.or(Some(item.updated_at)),
        Some(_) => Some(item.updated_at),
        None if item.state == ItemState::Closed => item.closed_at,
        None => item.created_at,
    };
    let key = Key { source: record.source.id.clone(), number: record.history.number };
    Some((key, not_before(at, last), event))
}
