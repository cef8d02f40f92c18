//! Tracking issues.

use domain::{Event, Recorded, Source};

use super::{Found, not_before};
use crate::{
    documents,
    github::rows::{Item, ItemState},
    store::github::item::Kept,
    usecases::key::Key,
    verdicts::{ProposalRecord, World},
};

/// The label of tracking issues; some carry it, some do not.
const TRACKER: &str = "kind/tracker";

/// What is new in issues.
pub(super) fn found(world: &World, batch: &[Kept]) -> Vec<Found> {
    let issues = batch.iter().filter(|kept| !kept.item.is_pull);
    issues
        .flat_map(|kept| {
            let sources = world.sources.values().filter(|source| source.repository == kept.repository);
            sources.filter_map(|source| tracking(world, source, kept)).collect::<Vec<_>>()
        })
        .collect()
}

/// The tracking issue of a proposal of a source, where it is one and differs from what is known.
fn tracking(world: &World, source: &Source, kept: &Kept) -> Option<Found> {
    let item = &kept.item;
    let record = world.proposals.get(&(source.id.clone(), item.number));
    let key = Key { source: source.id.clone(), number: item.number };
    if let Some(gone) = &kept.gone {
        let to = Some(gone.clone()).filter(|to| to != "deleted");
        let event = Event::IssueGone { moved_to: to };
        let last = last(record?, |event| matches!(event, Event::IssueObserved { .. } | Event::IssueGone { .. }))?;
        return (last.event != event).then(|| (key, not_before(Some(item.updated_at), Some(last)), event));
    }
    let template = documents::SOURCES.iter().find(|template| template.id == source.template)?;
    let reading = documents::read_issue(template, &source.repository, item.number, &item.title, &item.body);
    let labelled = item.labels.iter().any(|label| label == TRACKER);
    if record.is_none() && !labelled && !names_noun(&item.title, &source.noun) {
        return None;
    }
    let event = observed(item, &reading);
    let last = record.and_then(|record| {
        last(record, |event| matches!(event, Event::IssueObserved { .. } | Event::IssueGone { .. }))
    });
    match last {
        // Since when it has been as it is first seen, nobody can tell.
        None => Some((key, None, event)),
        Some(last) if last.event == event => None,
        Some(last) => Some((key, not_before(Some(item.updated_at), Some(last)), event)),
    }
}

fn observed(item: &Item, reading: &domain::IssueReading) -> Event {
    let contacts = || reading.contacts.iter().map(|contact| contact.value.clone()).collect();
    Event::IssueObserved {
        title: item.title.clone(),
        open: item.state == ItemState::Open,
        labels: item.labels.clone(),
        assignees: if item.assignees.is_empty() { contacts() } else { item.assignees.clone() },
        linked_document: reading.document.as_ref().map(|document| document.value.clone()),
        targets: reading.releases(),
        links: reading.pulls.clone(),
    }
}

/// "VEP 12: …", "[Meta-VEP] …": the noun as a word.
fn names_noun(title: &str, noun: &str) -> bool {
    title.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.eq_ignore_ascii_case(noun))
}

/// The latest event of a kind in a history.
pub(super) fn last(record: &ProposalRecord, is: impl Fn(&Event) -> bool) -> Option<&Recorded> {
    record.history.events.iter().rev().find(|recorded| is(&recorded.event))
}
