//! A whole release cycle, day by day, from planning to general availability: thirty proposals, every row of P-12, against
//! a table that was written before. Whatever people decide goes through the policy and the rules.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Circumstances, Decision, Event, Groups, ReleaseDates, Standing, Verdict, policy::may, verdict};

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each test crate uses its part")]
mod support;

mod story;
mod table;

use story::{Expected, Happening, Proposal, Step};
use support::{NEXT, V, World, cycle, on};

/// What the schedule says at an instant.
fn schedule(now: DateTime<Utc>) -> ReleaseDates {
    let morning = |day| on(day) - TimeDelta::hours(6);
    match now {
        _ if now < morning(15) => ReleaseDates::default(),
        _ if now < morning(105) => ReleaseDates { code_freeze: None, thaw: None, ..cycle() },
        _ => cycle(),
    }
}

/// Sue is of the owning SIG, net of another, rel and ron are of the release team.
fn groups() -> Groups {
    let of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let sigs = BTreeMap::from([("sig-ci".to_owned(), of(&["sue"])), ("sig-net".to_owned(), of(&["net"]))]);
    Groups { sigs, release_team: of(&["rel", "ron"]) }
}

/// Somebody decides: the policy lets them, the rules allow it.
fn decide(world: World, person: &'static str, at: DateTime<Utc>, decision: Decision) -> World {
    let known = world.history.at(at);
    let is = |login: &str| login.eq_ignore_ascii_case(person);
    let standing = Standing::of(is, false, &groups(), Some((&world.source, &world.history, &known)));
    let requester = world.history.events.iter().find_map(|recorded| match &recorded.event {
        Event::ExceptionSent { request, requester, .. } if Some(*request) == decision.request() => Some(requester),
        _ => None,
    });
    let circumstances = Circumstances {
        freeze_passed: match &decision {
            Decision::Waive { rule, .. } => world.dates.passed(rule.freeze(), at),
            _ => false,
        },
        requester: requester.is_some_and(|login| is(login)),
        ..Circumstances::default()
    };
    let allowed = may(decision.action(), &standing, &circumstances);
    assert!(allowed.is_ok(), "{person} may not {:?}: {allowed:?}", decision.action());
    world.decide_at(person, at, decision)
}

fn step(mut world: World, step: &Step) -> World {
    world.dates = schedule(step.at);
    match story::happening(&step.words) {
        Happening::Document(reading) => {
            let mut world = world.document(0, *reading);
            let version = world.history.documents.last_mut().unwrap();
            (version.occurred_at, version.recorded_at) = (Some(step.at), step.at);
            version.blob = step.at.to_string();
            world
        }
        Happening::Fact(event) => world.said_by("reader", Some(step.at), event),
        Happening::Undo { person } => {
            let event = world.history.events.last().unwrap().id;
            decide(world, person, step.at, Decision::Undo { event })
        }
        Happening::Decision { person, decision } => decide(world, person, step.at, decision),
    }
}

fn judged(world: &World, next: bool, now: DateTime<Utc>) -> Verdict {
    let release = if next { NEXT } else { V };
    let mut world = world.clone();
    world.dates = if next { world.dates_of(NEXT).unwrap() } else { schedule(now) };
    verdict(world.subject(release), now)
}

/// The instants at which somebody looks: 07:00 and noon of every day, and the second before noon.
fn instants() -> impl Iterator<Item = DateTime<Utc>> {
    let on_day = |day| [on(day) - TimeDelta::hours(5), on(day) - TimeDelta::seconds(1), on(day)];
    (0..=190).flat_map(on_day)
}

fn expected(proposal: &Proposal, next: bool, now: DateTime<Utc>) -> Option<(usize, &Expected)> {
    proposal.expected[usize::from(next)].iter().enumerate().rfind(|(_, expected)| expected.from <= now)
}

/// What is seen of a proposal in the course of the cycle: status by status, with the row of P-12 that gives it.
fn live(proposal: &Proposal) -> (World, BTreeSet<(u8, &'static str)>) {
    let mut world = story::unborn(proposal.number);
    let mut story = proposal.story.iter().peekable();
    let mut seen = BTreeSet::new();
    let mut reached = BTreeSet::new();
    for now in instants() {
        while let Some(next) = story.next_if(|step| step.at <= now) {
            world = step(world, next);
        }
        for next in [false, true] {
            let Some((place, expected)) = expected(proposal, next, now) else { continue };
            let verdict = judged(&world, next, now);
            let (number, name) = (proposal.number, proposal.name);
            assert_eq!(verdict.words, expected.words, "{number} {name}, at {now}");
            seen.insert((expected.row, verdict.status.slug()));
            reached.insert((next, place));
        }
    }
    assert!(story.peek().is_none(), "{}: the story goes on after the cycle", proposal.number);
    let all: usize = proposal.expected.iter().map(Vec::len).sum();
    assert_eq!(reached.len(), all, "{}: an expectation that nobody saw", proposal.number);
    (world, seen)
}

#[test]
fn thirty_proposals_have_the_status_of_the_table_on_every_day_of_the_cycle() {
    let proposals = story::proposals();
    assert_eq!(proposals.len(), 30);
    let mut seen = BTreeSet::new();
    for proposal in &proposals {
        assert!(!proposal.expected[0].is_empty(), "{}", proposal.number);
        seen.extend(live(proposal).1);
    }
    let all = table::STATUSES.split(['\n', ';']).map(str::trim).filter(|text| !text.is_empty());
    let all: BTreeSet<(u8, &str)> =
        all.map(|text| text.split_once(' ').unwrap()).map(|(row, slug)| (row.parse().unwrap(), slug)).collect();
    assert_eq!(seen, all, "every status by every row of P-12 that gives it, and no other");
    assert_eq!(all.iter().map(|(_, slug)| slug).collect::<BTreeSet<_>>().len(), 36);
}

#[test]
fn looking_back_shows_what_was_shown_then() {
    for proposal in &story::proposals() {
        let (world, _) = live(proposal);
        for now in instants() {
            for next in [false, true] {
                let Some((_, expected)) = expected(proposal, next, now) else { continue };
                assert_eq!(judged(&world, next, now).words, expected.words, "{} at {now}", proposal.number);
            }
        }
    }
}

#[test]
fn a_verdict_of_the_cycle_says_until_when_it_holds() {
    for proposal in &story::proposals() {
        let (world, _) = live(proposal);
        let mut before: Option<Verdict> = None;
        for now in instants().filter(|now| *now >= on(105)) {
            let verdict = judged(&world, false, now);
            if let Some(before) = before.filter(|before| before.valid_until.is_none_or(|end| now < end)) {
                assert_eq!(before.words, verdict.words, "{} at {now}", proposal.number);
            }
            before = Some(verdict);
        }
    }
}
