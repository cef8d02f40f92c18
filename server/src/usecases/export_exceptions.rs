//! The requests for exceptions of a release, as `exceptions.yaml` states them (FORMATS 5).
//!
//! What a file needs to be imported again as it was is in its steps, with the login of whoever took them; numeric ids of
//! people and the time at which the tracker learned of a step are left out on purpose, as is what nobody decided about a
//! request: done in time, expired and moot follow from other facts.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    Event, FreezeZone, Known, Recorded, ReleaseVersion, RequestState, RequestView,
    words::{UNKNOWN_END, date_of},
};

use super::import_exceptions::READER;
use crate::{
    documents::exceptions::{ExceptionRecord, IssueRef, ListedStatus, On, Phase, Step, StepKind},
    verdicts::{ProposalRecord, World},
};

/// Requests by release; within a release in the order in which they were sent.
pub type ExceptionsByRelease = BTreeMap<ReleaseVersion, Vec<ExceptionRecord>>;

/// A record with the time of its mail.
type Sent = (Option<DateTime<Utc>>, ExceptionRecord);

/// Every request that had been sent by an instant.
pub fn exceptions_by_release(world: &World, now: DateTime<Utc>) -> ExceptionsByRelease {
    let mut all: BTreeMap<ReleaseVersion, Vec<Sent>> = BTreeMap::new();
    for record in world.proposals.values() {
        let known = record.history.at(now);
        for release in releases(&known) {
            let calendar = &record.source.calendar;
            let dates = world.releases.get(&(calendar.clone(), release)).map(|known| known.dates_at(now));
            let participation = known.participation(release, &dates.unwrap_or_default());
            let zone = world.calendars.iter().find(|known| known.id == *calendar).map(|known| known.zone);
            for request in &participation.requests.all {
                let listed = listed(record, &known, request, zone.unwrap_or_default());
                all.entry(release).or_default().push((request.sent_at, listed));
            }
        }
    }
    all.into_iter()
        .map(|(release, mut records)| {
            // A stable order: those sent in the same instant stay in the order of their proposals.
            records.sort_by_key(|(sent_at, _)| *sent_at);
            (release, records.into_iter().map(|(_, record)| record).collect())
        })
        .collect()
}

/// The releases for which a proposal has asked, in order.
fn releases(known: &Known<'_>) -> Vec<ReleaseVersion> {
    let sent = |recorded: &&Recorded| match recorded.event {
        Event::ExceptionSent { release, .. } => Some(release),
        _ => None,
    };
    let mut releases: Vec<_> = known.events.iter().filter_map(sent).collect();
    releases.sort_unstable();
    releases.dedup();
    releases
}

fn listed(record: &ProposalRecord, known: &Known<'_>, request: &RequestView<'_>, zone: FreezeZone) -> ExceptionRecord {
    let number = record.history.number;
    let day = |at: DateTime<Utc>| On::Day(date_of(at, zone));
    let until = request.granted_until().unwrap_or(request.asked_until);
    ExceptionRecord {
        release: Some(request.release),
        phase: Phase::of(request.freeze),
        name: if record.title == "Untitled" { String::new() } else { record.title.trim().to_owned() },
        issue: Some(IssueRef { repository: None, number, pull: false }),
        proposal: Some((record.source.id.clone(), number)),
        request: Some(request.number),
        requester: Some(request.requester.to_owned()),
        requested: request.sent_at.map(day),
        reviewed: request.decided_at.map(day),
        decided_by: decider(request),
        thread: request.thread.map(str::to_owned),
        pulls: request.covers.to_vec(),
        status: Some(status(&request.state)),
        additional_time: Some(date_of(until, zone).to_string()).filter(|_| until < UNKNOWN_END),
        asked_until: Some(On::Instant(request.asked_until)),
        granted_until: request.granted_until().map(On::Instant),
        reason: request.reason.map(str::to_owned),
        justification: Some(request.justification.to_owned()),
        impact: Some(request.impact.to_owned()),
        steps: steps(known, request),
        ..ExceptionRecord::default()
    }
}

/// Who decided last, where that is known.
fn decider(request: &RequestView<'_>) -> Option<String> {
    let decided = |recorded: &&&Recorded| {
        let decides = matches!(recorded.event, Event::ExceptionGranted { .. } | Event::ExceptionDenied { .. });
        decides && request.decided_at == recorded.occurred_at
    };
    let decision = request.log.iter().rev().find(decided)?;
    Some(decision.person().to_owned()).filter(|person| person != READER)
}

const fn status(state: &RequestState) -> ListedStatus {
    match state {
        RequestState::Sent => ListedStatus::Sent,
        RequestState::Filed => ListedStatus::Filed,
        RequestState::InReview => ListedStatus::InReview,
        RequestState::NeedsInformation { .. } => ListedStatus::NeedsInformation,
        RequestState::Granted { .. } => ListedStatus::Approved,
        RequestState::Denied { .. } => ListedStatus::Denied,
        RequestState::Withdrawn => ListedStatus::Withdrawn,
    }
}

/// Everything that happened to a request, also what did not apply any more and what has no time.
fn steps(known: &Known<'_>, request: &RequestView<'_>) -> Vec<Step> {
    let about = known.events.iter().filter(|recorded| recorded.event.request() == Some(request.number));
    let once =
        |recorded: &&&Recorded| recorded.id == request.id || !matches!(recorded.event, Event::ExceptionSent { .. });
    about.filter(once).filter_map(|recorded| step(recorded)).collect()
}

/// A step of a request as the file states it; none for an event that is no step.
fn step(recorded: &Recorded) -> Option<Step> {
    let (kind, until, words) = match &recorded.event {
        Event::ExceptionSent { .. } => (StepKind::Sent, None, ""),
        Event::ExceptionFiled { thread, .. } => (StepKind::Filed, None, thread.as_str()),
        Event::ExceptionInReview { .. } => (StepKind::InReview, None, ""),
        Event::ExceptionNeedsInformation { question, .. } => (StepKind::NeedsInformation, None, question.as_str()),
        Event::ExceptionAnswered { answer, .. } => (StepKind::Answered, None, answer.as_str()),
        Event::ExceptionGranted { until, reason, .. } => (StepKind::Granted, Some(*until), reason.as_str()),
        Event::ExceptionDenied { reason, .. } => (StepKind::Denied, None, reason.as_str()),
        Event::ExceptionWithdrawn { .. } => (StepKind::Withdrawn, None, ""),
        _ => return None,
    };
    Some(Step {
        line: 0,
        at: recorded.occurred_at,
        by: recorded.actor.clone(),
        on_behalf_of: recorded.on_behalf_of.clone(),
        link: recorded.link.clone(),
        kind,
        until,
        words: words.to_owned(),
    })
}
