//! What happened to the proposals of the current release: what GitHub shows and what people decided, some 20 events for
//! each, in the order of a cycle.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{CheckInOutcome, Event, Freeze, Pull, PullKind, PullState, Stage, Week};
use server::{
    clock::Clock,
    demo::CURRENT,
    postgres::DATABASE,
    store::{
        event::{self, NewEvent},
        project,
    },
};
use sqlx::{Connection as _, PgConnection};

use crate::{
    corpus::{Corpus, PEOPLE, Proposal, pick},
    running::{Outcome, Tracker},
};

/// An event with its time and its author.
pub type Told = (DateTime<Utc>, &'static str, Event);

/// Events written in one transaction.
const BATCH: usize = 500;

/// The life of a proposal up to `now`, which lies some weeks after the Enhancement Freeze. Its number says how well it
/// goes: ready, waiting for reviews, without acceptance, asking for an exception, built.
pub fn of(proposal: &Proposal, now: DateTime<Utc>) -> Vec<Told> {
    let number = proposal.key.number;
    let kind = kind(number);
    let ago = |days: i64| now - TimeDelta::days(days) - TimeDelta::minutes(i64::from(number % 600));
    let pull = |n: u32, kind: PullKind, state: PullState| {
        let waiting = pick(&PEOPLE, number + n).filter(|_| state == PullState::Open);
        Event::PullObserved(Pull {
            repository: "kubevirt/project-infra".to_owned(),
            number: number * 10 + n,
            title: format!("lane-budget: part {n}"),
            author: pick(&PEOPLE, number).unwrap_or("ada").to_owned(),
            kind,
            release: CURRENT,
            state,
            waiting_on: waiting.into_iter().map(str::to_owned).collect(),
            waiting_on_review: waiting.is_some(),
            waiting_since: Some(ago(12 - i64::from(n % 9))),
            labels: Vec::new(),
            draft: false,
            base: String::new(),
            belonging: None,
        })
    };
    let mut told: Vec<Told> = vec![
        (ago(90), "github", issue(proposal)),
        (ago(85), "github", pull(1, PullKind::Proposal, PullState::Open)),
        (ago(70), "github", pull(1, PullKind::Proposal, PullState::Merged)),
        (ago(1), "github", Event::RepositoriesRead),
    ];
    if kind == 2 {
        return told;
    }
    let approver = pick(&PEOPLE, number + 7).unwrap_or("ada");
    told.push((ago(64), approver, Event::Accepted { release: CURRENT, rank: Some(number % 100 + 1) }));
    told.extend(
        ["sig-compute", "sig-network", "sig-storage"]
            .map(|sig| (ago(60), approver, Event::SignedOff { sig: sig.to_owned() })),
    );
    if kind != 3 {
        let owner = pick(&PEOPLE, number).unwrap_or("ada");
        told.push((ago(58), owner, Event::Committed { release: CURRENT, on: ago(58).date_naive() }));
    }
    for n in 2..6 {
        told.push((ago(30 - i64::from(n)), "github", pull(n, PullKind::Implementation, PullState::Open)));
        if kind == 5 || n < 4 {
            told.push((ago(14 - i64::from(n)), "github", pull(n, PullKind::Implementation, PullState::Merged)));
        }
    }
    told.push((ago(9), "github", pull(6, PullKind::Docs, PullState::Open)));
    if kind == 3 {
        told.push((ago(7), owner_of(number), exception(ago(-10))));
    }
    told.extend((1..5).map(|week| (ago(week * 7), approver, check_in(ago(week * 7)))));
    told.sort_by_key(|(at, ..)| *at);
    told
}

const fn kind(number: u32) -> u32 {
    number / 6 % 6
}

/// Whether a proposal of the current release is accepted.
pub const fn accepted(number: u32) -> bool {
    kind(number) != 2
}

/// One weekly check-in.
pub fn check_in(at: DateTime<Utc>) -> Event {
    Event::CheckedIn {
        release: CURRENT,
        week: Week::of(at),
        release_team: true,
        approver: true,
        outcome: CheckInOutcome::OnTrack,
        sentence: "Two of four parts are merged, the others wait for review.".to_owned(),
        proposed: None,
    }
}

fn owner_of(number: u32) -> &'static str {
    pick(&PEOPLE, number).unwrap_or("ada")
}

fn issue(proposal: &Proposal) -> Event {
    Event::IssueObserved {
        title: format!("Tracking: lane budget {}", proposal.key.number),
        open: true,
        labels: vec!["sig/ci".to_owned(), "sig/compute".to_owned(), format!("target/{CURRENT}")],
        assignees: vec![owner_of(proposal.key.number).to_owned()],
        linked_document: proposal.path.rsplit_once('/').map(|(directory, _)| directory.to_owned()),
        targets: vec![(Stage::Alpha, CURRENT)],
        links: Vec::new(),
    }
}

fn exception(until: DateTime<Utc>) -> Event {
    Event::ExceptionSent {
        request: 1,
        release: CURRENT,
        freeze: Some(Freeze::Enhancement),
        requester: "ada".to_owned(),
        justification: "The owner was away, the work is done.".to_owned(),
        until,
        impact: "The lanes stay as slow as they are.".to_owned(),
        covers: Vec::new(),
    }
}

/// Appends the lives of all proposals of the current release to the log; returns how many events that were.
pub async fn record(tracker: &Tracker, clock: &Clock, corpus: &Corpus) -> Outcome<usize> {
    let pool = tracker.pool().await?;
    let now = clock.now();
    let events: Vec<NewEvent> = corpus
        .current()
        .flat_map(|proposal| {
            of(proposal, now).into_iter().map(|(at, actor, event)| NewEvent {
                source: proposal.key.source.clone(),
                number: proposal.key.number,
                actor: actor.to_owned(),
                actor_id: None,
                on_behalf_of: None,
                link: None,
                occurred_at: Some(at),
                event,
            })
        })
        .collect();
    for batch in events.chunks(BATCH) {
        let mut tx = pool.begin().await?;
        event::lock_log(&mut tx).await?;
        for new in batch {
            project::append(&mut tx, new, now).await?;
        }
        tx.commit().await?;
    }
    pool.close().await;
    // What PostgreSQL would do by itself within a minute, in the middle of the measurements.
    let mut owner = PgConnection::connect_with(&tracker.database().username(DATABASE)).await?;
    sqlx::raw_sql("vacuum analyze").execute(&mut owner).await?;
    owner.close().await?;
    Ok(events.len())
}
