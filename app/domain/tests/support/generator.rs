//! Random histories over every kind of event.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    CheckInOutcome, Decision, DocumentReading, DocumentStatus, Event, Freeze, Origin, Proposed, Pull, PullKind,
    PullState, Reading, ReleaseDates, ReleaseVersion, RetargetReason, Rule, SectionState, Source, Stage, Target,
    TargetReading, Terms,
};
use proptest::{option, prelude::*, sample::select};

use super::{
    CF, DOCUMENT, EF, GA, NEXT, THAW, V, World, cep, document, landing, logins, on, pull, stated, target, unreadable,
};

/// Hours that random events are spread over: some begin before the cycle, some end after it.
pub const HOURS: i64 = 24 * 200;

/// An instant within the cycle, an hour apart from the next.
pub fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0..HOURS).prop_map(|hours| on(0) + TimeDelta::hours(hours))
}

pub fn release() -> impl Strategy<Value = ReleaseVersion> {
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

pub fn rule() -> impl Strategy<Value = Rule> {
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
            labels: Vec::new(),
            draft: false,
            base: String::new(),
            belonging: None,
            ..pull(number, kind, state)
        },
    )
}

fn labels() -> impl Strategy<Value = Vec<String>> {
    let all = vec!["sig/ci", "sig/compute", "target/v1.10", "priority/critical-urgent"];
    prop::sample::subsequence(all, 0..=4).prop_map(|labels| labels.into_iter().map(str::to_owned).collect())
}

pub fn fact() -> impl Strategy<Value = Event> {
    let linked = || option::of(select(vec![DOCUMENT.to_owned(), "docs/other".to_owned()]));
    let targets = prop::collection::vec((stage(), release()), 0..3);
    let branches = select(vec!["main", "release-1.10"]);
    let repository = || "kubevirt/project-infra".to_owned();
    prop_oneof![
        1 => Just(Event::DocumentRead { path: DOCUMENT.to_owned(), blob: "b".to_owned() }),
        1 => Just(Event::DocumentGone { path: DOCUMENT.to_owned() }),
        1 => (labels(), words(), linked(), targets).prop_map(|(labels, assignees, linked_document, targets)| {
            let title = "CEP 4702: Flaky tests by lane".to_owned();
            Event::IssueObserved { title, open: true, labels, assignees, linked_document, targets, links: Vec::new() }
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
        1 => select(vec![Reading::Issues, Reading::Pulls, Reading::Documents, Reading::Branches]).prop_map(unreadable),
        1 => (release(), select(vec!["Tracked", "Complete", "what?"]), option::of(word())).prop_map(
            |(release, status, reviewer)| Event::BoardObserved {
                release,
                status: status.to_owned(),
                reviewer,
                exception: None,
            },
        ),
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
        1 => (release(), 1..5_u32, kind()).prop_map(|(release, number, kind)| Event::PullClassified {
            repository: "kubevirt/project-infra".to_owned(),
            number,
            kind,
            release,
        }),
        1 => Just(Event::Acknowledged { blob: "b".to_owned() }),
        1 => Just(Event::SupportRecorded { links: vec![reason()], note: reason() }),
        1 => Just(Event::FeedbackRecorded { links: Vec::new(), note: reason() }),
        1 => Just(Event::PutOnAgenda { reason: reason() }),
        1 => Just(Event::TakenOffAgenda { note: String::new() }),
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
        1 => (release(), option::of(1..9_u32)).prop_map(|(release, rank)| Event::Ranked { release, rank }),
        1 => release().prop_map(move |release| {
            Event::ChecklistSigned { release, line: "docs".to_owned(), statement: reason() }
        }),
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
            week: "2026-W20".parse().unwrap(),
            release_team: !approver,
            approver,
            outcome,
            sentence: reason(),
            proposed: None,
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
        1 => request().prop_map(move |request| Event::ExceptionAnswered { request, answer: reason() }),
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

pub fn reading() -> impl Strategy<Value = DocumentReading> {
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

pub fn dates() -> impl Strategy<Value = ReleaseDates> {
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

fn kind() -> impl Strategy<Value = PullKind> {
    select(vec![PullKind::Implementation, PullKind::Docs, PullKind::Proposal, PullKind::Bug, PullKind::Unrelated])
}

/// A reason; now and then none.
fn reason() -> impl Strategy<Value = String> {
    prop_oneof![9 => Just("because".to_owned()), 1 => Just(" ".to_owned())]
}

/// Time as people write it: days, dates inside and outside of the cycle, and none.
fn time() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..60_i64).prop_map(|days| format!("{days} days")),
        3 => (0..230_i64).prop_map(|day| super::day_of(day).to_string()),
        2 => instant().prop_map(|at| at.to_rfc3339()),
        1 => select(vec!["as soon as possible", "", "2 weeks", "12 May 2026"]).prop_map(str::to_owned),
    ]
}

fn on_the_proposal() -> BoxedStrategy<Decision> {
    prop_oneof![
        2 => (words(), words()).prop_map(|(reviewers, approvers)| Decision::Assign { reviewers, approvers }),
        1 => word().prop_map(|to| Decision::HandOver { to }),
        3 => reason().prop_map(|reason| Decision::Defer { reason }),
        1 => prop_oneof![
            reason().prop_map(|reason| Decision::Reject { reason }),
            reason().prop_map(|reason| Decision::Withdraw { reason }),
            (0..9_u32, reason()).prop_map(|(by, reason)| Decision::Replace { by, reason }),
        ],
        2 => reason().prop_map(|reason| Decision::Deprecate { reason }),
        1 => select(vec!["sig-x", "sig-ci"]).prop_map(|sig| Decision::SignOff { sig: sig.to_owned() }),
        2 => (release(), 1..5_u32, kind()).prop_map(|(release, number, kind)| Decision::Classify {
            release,
            repository: "kubevirt/project-infra".to_owned(),
            number,
            kind,
        }),
        1 => Just(Decision::Acknowledge {}),
        1 => reason().prop_map(|note| Decision::Support { links: vec!["https://x.example/".to_owned()], note }),
        1 => reason().prop_map(|note| Decision::Feedback { links: Vec::new(), note }),
        1 => reason().prop_map(|reason| Decision::PutOnAgenda { reason }),
        1 => reason().prop_map(|note| Decision::TakeOffAgenda { note }),
        // Nought is what happened last.
        4 => (-40..20_i64).prop_map(|event| Decision::Undo { event: event.max(0) }),
    ]
    .boxed()
}

fn on_a_release() -> BoxedStrategy<Decision> {
    let lines = vec!["landed", "docs", "verified", "bugs", "tracked", "soak", "moon"];
    prop_oneof![
        5 => (release(), option::of(0..9_u32)).prop_map(|(release, rank)| Decision::Accept { release, rank }),
        2 => (release(), option::of(0..9_u32)).prop_map(|(release, rank)| Decision::Rank { release, rank }),
        2 => (release(), option::of(0..200_i64)).prop_map(|(release, day)| {
            Decision::Commit { release, on: day.map(super::day_of) }
        }),
        3 => (release(), release(), reason()).prop_map(|(release, to, sentence)| {
            Decision::Retarget { release, to, reason: RetargetReason::Other, sentence }
        }),
        3 => (release(), reason()).prop_map(|(release, reason)| Decision::Remove { release, reason }),
        3 => (release(), reason()).prop_map(|(release, reason)| Decision::Readmit { release, reason }),
        1 => (release(), reason()).prop_map(|(release, reason)| Decision::NoDocsNeeded { release, reason }),
        1 => (release(), reason()).prop_map(|(release, reason)| Decision::NothingToMerge { release, reason }),
        2 => (release(), rule(), reason()).prop_map(|(release, rule, reason)| Decision::Waive { release, rule, reason }),
        2 => (release(), any::<bool>(), reason()).prop_map(|(release, leaves, sentence)| Decision::CheckIn {
            release,
            week: None,
            outcome: if leaves { CheckInOutcome::RetargetOrReject } else { CheckInOutcome::OnTrack },
            sentence,
            proposed: leaves.then_some(Proposed::Reject),
        }),
        1 => (release(), reason()).prop_map(|(release, reason)| Decision::Decline { release, reason }),
        1 => (release(), reason()).prop_map(|(release, sentence)| Decision::AnswerCheckIn {
            release,
            week: None,
            sentence,
        }),
        2 => (release(), select(lines), reason()).prop_map(|(release, line, statement)| {
            Decision::SignLine { release, line: line.to_owned(), statement }
        }),
    ]
    .boxed()
}

fn on_a_request() -> BoxedStrategy<Decision> {
    let freeze = || option::weighted(0.9, select(Freeze::BOTH.to_vec()));
    let request = || select(vec![1, 1, 1, 2, 2, 3, 4_u32]);
    prop_oneof![
        4 => (release(), freeze(), reason(), time()).prop_map(|(release, freeze, justification, time)| {
            let (impact, covers) = ("because".to_owned(), vec!["7".to_owned()]);
            Decision::Ask(Terms { release, freeze, justification, time, impact, covers })
        }),
        1 => request().prop_map(|request| Decision::File { request, thread: "https://x.example/1".to_owned() }),
        1 => request().prop_map(|request| Decision::Review { request }),
        2 => (request(), reason()).prop_map(|(request, question)| Decision::AskMore { request, question }),
        4 => (request(), reason()).prop_map(|(request, answer)| Decision::Answer { request, answer }),
        4 => (request(), time(), reason()).prop_map(|(request, until, reason)| Decision::Grant { request, until, reason }),
        3 => (request(), time(), reason()).prop_map(|(request, until, reason)| Decision::Extend { request, until, reason }),
        1 => (request(), reason()).prop_map(|(request, reason)| Decision::Deny { request, reason }),
        1 => request().prop_map(|request| Decision::TakeBack { request }),
    ]
    .boxed()
}

/// Anything that somebody may try to decide, possible or not.
pub fn decision() -> BoxedStrategy<Decision> {
    prop_oneof![2 => on_the_proposal(), 4 => on_a_release(), 6 => on_a_request()].boxed()
}

/// Something that happens: a fact, a document, or a decision that somebody tries.
#[derive(Debug, Clone)]
pub enum Act {
    Fact(Event),
    Document(Box<DocumentReading>),
    Try(&'static str, Decision),
}

/// Acts with the minutes between them, and the proposal that they befall.
pub fn sequence() -> impl Strategy<Value = (World, Vec<(i64, Act)>)> {
    let people = select(vec!["ada", "bob", "sue"]);
    let act = prop_oneof![
        2 => fact().prop_map(Act::Fact).boxed(),
        1 => reading().prop_map(|reading| Act::Document(Box::new(reading))).boxed(),
        12 => (people, decision()).prop_map(|(person, decision)| Act::Try(person, decision)),
    ];
    let minutes = prop_oneof![2 => 1..11_i64, 3 => 60..60 * 24 * 5_i64];
    let base = select(vec![World::new(), World::ready(), World::ready(), World::built()]);
    let world = (base, dates(), source()).prop_map(|(base, dates, source)| World { dates, ..base }.of(source)).boxed();
    (world, prop::collection::vec((minutes, act), 1..60))
}
