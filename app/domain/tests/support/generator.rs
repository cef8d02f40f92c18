//! Random histories over every kind of event.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    CheckInOutcome, DocumentReading, DocumentStatus, Event, Freeze, Origin, Pull, PullKind, PullState, ReleaseDates,
    ReleaseVersion, RetargetReason, Rule, SectionState, Source, Stage, Target, TargetReading,
};
use proptest::{option, prelude::*, sample::select};

use super::{CF, DOCUMENT, EF, GA, NEXT, THAW, V, World, cep, document, landing, logins, on, pull, stated, target};

/// Hours that random events are spread over: some begin before the cycle, some end after it.
pub const HOURS: i64 = 24 * 200;

/// An instant within the cycle, an hour apart from the next.
pub fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0..HOURS).prop_map(|hours| on(0) + TimeDelta::hours(hours))
}

fn release() -> impl Strategy<Value = ReleaseVersion> {
    prop_oneof![6 => Just(V), 2 => Just(NEXT), 1 => Just(ReleaseVersion::new(1, 9))]
}

fn word() -> impl Strategy<Value = String> {
    select(vec!["ada", "bob", "cyd", "eve"]).prop_map(str::to_owned)
}

fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(word(), 0..3)
}

fn stage() -> impl Strategy<Value = Stage> {
    select(vec![Stage::Alpha, Stage::Beta, Stage::Ga, Stage::Single])
}

fn rule() -> impl Strategy<Value = Rule> {
    select(Freeze::BOTH.into_iter().flat_map(Rule::of).copied().collect::<Vec<_>>())
}

fn any_pull() -> impl Strategy<Value = Pull> {
    let kinds = vec![PullKind::Implementation, PullKind::Docs, PullKind::Proposal, PullKind::Bug, PullKind::Unrelated];
    let states = vec![PullState::Open, PullState::Merged, PullState::Closed];
    (1..5_u32, select(kinds), select(states), release(), words(), any::<bool>(), option::of(instant())).prop_map(
        |(number, kind, state, release, waiting_on, waiting_on_review, waiting_since)| Pull {
            release,
            waiting_on,
            waiting_on_review,
            waiting_since,
            ..pull(number, kind, state)
        },
    )
}

fn labels() -> impl Strategy<Value = Vec<String>> {
    let all = vec!["sig/ci", "sig/compute", "target/v1.10", "priority/critical-urgent"];
    prop::sample::subsequence(all, 0..=4).prop_map(|labels| labels.into_iter().map(str::to_owned).collect())
}

fn fact() -> impl Strategy<Value = Event> {
    let linked = || option::of(select(vec![DOCUMENT.to_owned(), "docs/other".to_owned()]));
    let targets = prop::collection::vec((stage(), release()), 0..3);
    let branches = select(vec!["main", "release-1.10"]);
    let repository = || "kubevirt/project-infra".to_owned();
    prop_oneof![
        1 => Just(Event::DocumentRead { path: DOCUMENT.to_owned(), blob: "b".to_owned() }),
        1 => Just(Event::DocumentGone { path: DOCUMENT.to_owned() }),
        1 => (labels(), words(), linked(), targets).prop_map(|(labels, assignees, linked_document, targets)| {
            let title = "CEP 4702: Flaky tests by lane".to_owned();
            Event::IssueObserved { title, open: true, labels, assignees, linked_document, targets }
        }),
        4 => any_pull().prop_map(Event::PullObserved),
        1 => (1..5_u32, branches, any::<bool>()).prop_map(|(number, branch, contained)| landing(number, branch, contained)),
        1 => (1..3_u32, any::<bool>(), labels()).prop_map(move |(number, open, labels)| Event::BugObserved {
            repository: repository(),
            number,
            title: "It breaks".to_owned(),
            open,
            labels,
        }),
        1 => Just(Event::RepositoriesRead),
    ]
}

fn decision_on_the_proposal() -> impl Strategy<Value = Event> {
    let reason = || "because".to_owned();
    prop_oneof![
        1 => word().prop_map(|to| Event::HandedOver { to }),
        1 => Just(Event::Deferred { reason: reason() }),
        1 => Just(Event::Rejected { reason: reason() }),
        1 => Just(Event::Withdrawn { reason: reason() }),
        1 => (1..9_u32).prop_map(move |by| Event::Replaced { by, reason: reason() }),
        1 => Just(Event::Deprecated { reason: reason() }),
        1 => (words(), words()).prop_map(|(reviewers, approvers)| Event::Assigned { reviewers, approvers }),
        1 => select(vec!["sig-x", "sig-y"]).prop_map(|sig| Event::SignedOff { sig: sig.to_owned() }),
    ]
}

fn decision_on_a_release() -> impl Strategy<Value = Event> {
    let reason = || "because".to_owned();
    let outcomes = vec![
        CheckInOutcome::OnTrack,
        CheckInOutcome::AtRisk,
        CheckInOutcome::Blocked,
        CheckInOutcome::Done,
        CheckInOutcome::RetargetOrReject,
    ];
    prop_oneof![
        2 => (release(), option::of(1..9_u32)).prop_map(|(release, rank)| Event::Accepted { release, rank }),
        1 => release().prop_map(|release| Event::Committed { release, on: super::day_of(10) }),
        1 => (release(), release()).prop_map(move |(from, to)| {
            Event::Retargeted { from, to, reason: RetargetReason::NewBlocker, sentence: reason() }
        }),
        1 => release().prop_map(move |release| Event::Removed { release, reason: reason() }),
        1 => release().prop_map(move |release| Event::Readmitted { release, reason: reason() }),
        1 => (release(), rule()).prop_map(move |(release, rule)| Event::Waived { release, rule, reason: reason() }),
        1 => release().prop_map(move |release| Event::NothingToMerge { release, reason: reason() }),
        1 => release().prop_map(move |release| Event::NoDocsNeeded { release, reason: reason() }),
        1 => (release(), select(outcomes), any::<bool>()).prop_map(move |(release, outcome, approver)| Event::CheckedIn {
            release,
            week: "2026-W20".to_owned(),
            release_team: !approver,
            approver,
            outcome,
            sentence: reason(),
        }),
    ]
}

fn about_an_exception() -> impl Strategy<Value = Event> {
    let reason = || "because".to_owned();
    let freeze = option::weighted(0.9, select(Freeze::BOTH.to_vec()));
    let request = || 1..4_u32;
    prop_oneof![
        3 => (request(), release(), freeze, instant()).prop_map(move |(request, release, freeze, until)| {
            let (requester, justification, impact) = ("ada".to_owned(), reason(), reason());
            Event::ExceptionSent { request, release, freeze, requester, justification, until, impact, covers: vec![] }
        }),
        1 => request().prop_map(move |request| Event::ExceptionFiled { request, thread: reason() }),
        1 => request().prop_map(|request| Event::ExceptionInReview { request }),
        1 => request().prop_map(move |request| Event::ExceptionNeedsInformation { request, question: reason() }),
        3 => (request(), instant()).prop_map(move |(request, until)| {
            Event::ExceptionGranted { request, until, reason: reason() }
        }),
        1 => request().prop_map(move |request| Event::ExceptionDenied { request, reason: reason() }),
        1 => request().prop_map(|request| Event::ExceptionWithdrawn { request }),
    ]
}

/// Any event but an undo.
pub fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => fact(),
        1 => decision_on_the_proposal(),
        4 => decision_on_a_release(),
        4 => about_an_exception(),
    ]
}

fn reading() -> impl Strategy<Value = DocumentReading> {
    let statuses = vec![
        DocumentStatus::Provisional,
        DocumentStatus::Implementable,
        DocumentStatus::Implemented,
        DocumentStatus::Deferred,
        DocumentStatus::Rejected,
        DocumentStatus::Replaced,
        DocumentStatus::Deprecated,
    ];
    let value = prop_oneof![
        4 => release().prop_map(TargetReading::Version),
        1 => select(vec![TargetReading::Empty, TargetReading::Tbd, TargetReading::Struck, TargetReading::NotApplicable]),
    ];
    let line = (stage(), value, any::<bool>()).prop_map(|(stage, reading, front)| {
        let from = if front { Origin::FrontMatter } else { Origin::Line };
        Target { from, ..target(stage, reading) }
    });
    let targets = prop::collection::vec(line, 0..3);
    let sig = option::of(select(vec!["sig-ci", "sig-compute"]));
    (option::weighted(0.3, select(statuses)), targets, any::<bool>(), any::<bool>(), sig).prop_map(
        |(status, targets, filled, named, sig)| {
            let mut reading = DocumentReading { targets, status: status.map(stated), ..document() };
            reading.owning_sig = sig.map(|sig| stated(sig.to_owned()));
            if !filled {
                reading.sections[0].state = SectionState::Template;
            }
            if !named {
                reading.reviewers = logins(&[]);
            }
            reading
        },
    )
}

fn dates() -> impl Strategy<Value = ReleaseDates> {
    let post = |day: i64| option::weighted(0.85, (-5..5_i64).prop_map(move |off| on(day + off)));
    (post(EF), post(CF), post(THAW), post(GA)).prop_map(|(enhancement_freeze, code_freeze, thaw, ga)| ReleaseDates {
        enhancement_freeze,
        code_freeze,
        thaw,
        ga,
        ..ReleaseDates::default()
    })
}

fn source() -> impl Strategy<Value = Source> {
    (any::<bool>(), any::<bool>()).prop_map(|(owned, signs)| Source {
        owning_sig: owned.then(|| "sig-ci".to_owned()),
        sign_off: if signs { vec!["sig-x".to_owned()] } else { Vec::new() },
        target_label: owned.then(|| "target/{version}".to_owned()),
        ..cep()
    })
}

/// A proposal in any shape: bare, ready for the Enhancement Freeze or built, then up to thirty events of any kind and a
/// few document versions. All times are known and distinct.
pub fn world() -> impl Strategy<Value = World> {
    let base = select(vec![World::new(), World::ready(), World::built(), World::built()]);
    let events = prop::collection::vec((instant(), event()), 0..30);
    let versions = prop::collection::vec((0..200_i64, reading(), any::<bool>()), 0..4);
    (base, events, versions, dates(), source()).prop_map(|(base, events, versions, dates, source)| {
        let mut world = World { dates, ..base }.of(source);
        for (day, reading, main) in versions {
            let path = if main { DOCUMENT } else { "docs/ci-enhancements/4702-flaky/design.md" };
            world = world.version(day, path, main, reading);
        }
        for (at, event) in events {
            world = world.at(Some(at), event);
        }
        for (place, recorded) in world.history.events.iter_mut().enumerate() {
            recorded.occurred_at =
                recorded.occurred_at.map(|at| at + TimeDelta::seconds(i64::try_from(place).unwrap()));
        }
        for (place, version) in world.history.documents.iter_mut().enumerate() {
            let offset = TimeDelta::seconds(60 + i64::try_from(place).unwrap());
            version.occurred_at = version.occurred_at.map(|at| at + offset);
        }
        world
    })
}

/// The same with undos of earlier decisions, at least an hour after them.
pub fn world_with_undos() -> impl Strategy<Value = World> {
    (world(), prop::collection::vec((any::<prop::sample::Index>(), 1..48_i64), 0..5)).prop_map(|(mut world, undos)| {
        let decided = world.history.events.clone();
        for (index, hours) in undos.into_iter().filter(|_| !decided.is_empty()) {
            let target = index.get(&decided);
            let at = target.occurred_at.map(|at| at + TimeDelta::hours(hours));
            world = world.at(at, Event::Undone { event: target.id });
        }
        world
    })
}
