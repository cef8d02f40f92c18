//! P-17, P-18: what is pointed out to those who decide, and what requests add up to.

use domain::{
    Counted, Event, Finding, Freeze, Lapse, PullState, Recorded, RequestState, Share, Source, Statistics, Verdict,
};

use crate::support::*;

/// Its code is open when the Code Freeze comes.
fn late() -> World {
    World::ready().then(115, code(7, PullState::Open)).then(115, code(9, PullState::Merged))
}

fn ask_for(request: u32, freeze: Option<Freeze>, until: i64) -> Event {
    let Event::ExceptionSent { release, requester, justification, impact, covers, .. } = asked(1, Freeze::Code) else {
        unreachable!()
    };
    Event::ExceptionSent { request, release, freeze, requester, justification, until: on(until), impact, covers }
}

fn filed(request: u32) -> Event {
    Event::ExceptionFiled { request, thread: "https://groups.example/t/1".to_owned() }
}

/// What is found about the latest request.
fn found(world: &World, day: i64) -> Vec<(Option<bool>, String)> {
    let known = world.history.at(on(day));
    let requests = known.participation(V, &world.dates).requests;
    let latest = requests.all.last().unwrap();
    let long = Source { long_exception_days: 14, ..cep() }.long_exception_days;
    let found = domain::findings(latest, &requests, &world.verdict(on(day)), &world.dates, long);
    found.into_iter().map(|Finding { good, words }| (good, words)).collect()
}

fn finds(world: &World, day: i64, expected: &[(Option<bool>, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(good, words)| (*good, (*words).to_owned())).collect();
    assert_eq!(found(world, day), expected);
}

fn has(world: &World, day: i64, good: Option<bool>, words: &str) {
    let found = found(world, day);
    assert!(found.contains(&(good, words.to_owned())), "{words} is not in {found:#?}");
}

const GOOD: Option<bool> = Some(true);
const WEIGH: Option<bool> = Some(false);

#[test]
fn an_early_first_request() {
    let world = late().then(CF - 15, asked(1, Freeze::Code)).then(CF - 15, filed(1));
    finds(
        &world,
        CF - 10,
        &[
            (GOOD, "Filed 15 days before the freeze"),
            (GOOD, "First request for this freeze"),
            (None, "Ends 1 day before the thaw, 22 before GA"),
            (None, "Open: 1 of 2 PRs"),
        ],
    );
}

#[test]
fn a_late_second_long_request_without_a_link() {
    let world = late()
        .then(CF - 2, asked(1, Freeze::Code))
        .then(CF - 1, denied(1))
        .then(CF + 2, ask_for(2, Some(Freeze::Code), CF + 15));
    finds(
        &world,
        CF + 3,
        &[
            (WEIGH, "Late: sent 2 days after the freeze"),
            (WEIGH, "Second request for this freeze; the first was denied on 29 May"),
            (None, "Ends 8 days after the thaw, 13 before GA"),
            (WEIGH, "Longer than the 14 days that are usual"),
            (WEIGH, "The mail's archive link is missing"),
            (None, "Open: 1 of 2 PRs"),
        ],
    );
}

#[test]
fn how_often_and_what_became_of_those_before() {
    let twice =
        |event: Event| late().then(140, asked(1, Freeze::Code)).then(141, event).then(142, asked(2, Freeze::Code));
    has(&twice(withdrawn_request(1)), 143, None, "Second request for this freeze; the first was withdrawn");
    let granted_ = twice(granted(1, CF + 3));
    has(&granted_, 143, WEIGH, "Second request for this freeze; the first was granted until 2 Jun");
    let undecided = twice(filed(1));
    has(&undecided, 143, WEIGH, "Second request for this freeze; the first is undecided");
    let third = undecided.then(143, denied(2)).then(144, asked(3, Freeze::Code));
    has(&third, 145, WEIGH, "Third request for this freeze; the one before was denied on 23 May");
    let ef = late().then(20, asked(1, Freeze::Enhancement)).then(140, asked(2, Freeze::Code));
    has(&ef, 145, GOOD, "First request for this freeze");
}

#[test]
fn a_code_freeze_request_while_the_enhancement_freeze_is_missed_covers_the_code_freeze_only() {
    let missed = World::new().document(1, document()).then(2, issue()).then(10, accepted());
    let asked_ = missed.then(140, asked(1, Freeze::Code));
    has(&asked_, 145, WEIGH, "EF of v1.10 is missed; this covers CF only");
    let unread = World::new().document(1, document()).then(10, accepted()).then(10, committed());
    has(&unread.then(140, asked(1, Freeze::Code)), 145, None, "EF of v1.10 is not verified; this covers CF only");
    let early = World::new().document(1, document()).then(20, asked(1, Freeze::Code));
    assert!(found(&early, 50).iter().all(|(_, words)| !words.starts_with("EF")), "not passed yet");
}

#[test]
fn where_its_end_lies() {
    let ends = |until| late().then(140, ask_for(1, Some(Freeze::Code), until));
    has(&ends(THAW), 145, None, "Ends with the thaw, 21 days before GA");
    has(&ends(GA), 145, None, "Ends 21 days after the thaw, with GA");
    has(&ends(GA + 1), 145, WEIGH, "Ends after GA; a grant reaches until GA at most");
    has(&ends(CF), 145, WEIGH, "Ends before the freeze, which has been moved since");
    has(&ends(THAW).dated(|dates| dates.thaw = None), 145, None, "Ends 21 days before GA");
    let undated = ends(THAW).dated(|dates| (dates.thaw, dates.ga) = (None, None));
    assert!(found(&undated, 145).iter().all(|(_, words)| !words.starts_with("Ends")));
    let undated = ends(THAW).dated(|dates| dates.code_freeze = None);
    has(&undated, 145, WEIGH, "The Code Freeze has no date; nothing can be granted beyond it");
    let granted_ = ends(THAW).then(141, granted(1, CF + 1));
    has(&granted_, 145, None, "Ends 6 days before the thaw, 27 before GA");
}

#[test]
fn exactly_as_long_as_usual_is_not_long() {
    let ends = |until| late().then(140, ask_for(1, Some(Freeze::Code), until));
    assert!(found(&ends(CF + 14), 145).iter().all(|(_, words)| !words.starts_with("Longer")));
    has(&ends(CF + 15), 145, WEIGH, "Longer than the 14 days that are usual");
}

#[test]
fn one_for_another_edge_case_has_neither_freeze_nor_gate() {
    let world = late().then(140, ask_for(1, None, 150)).then(141, filed(1));
    finds(&world, 145, &[(None, "Ends 7 days before the thaw, 28 before GA")]);
    let long = late().then(140, ask_for(1, None, 160)).then(141, ask_for(2, None, 160)).then(141, filed(2));
    finds(
        &long,
        145,
        &[
            (WEIGH, "Second request for an edge case; the first is undecided"),
            (None, "Ends 3 days after the thaw, 18 before GA"),
            (WEIGH, "Longer than the 14 days that are usual"),
        ],
    );
}

#[test]
fn what_is_open_is_told_for_either_freeze() {
    let world = World::new().document(1, document()).then(10, accepted()).then(11, asked(1, Freeze::Enhancement));
    has(&world, 20, None, "Open: no commitment");
    has(&World::ready().then(140, asked(1, Freeze::Code)), 145, None, "Not verified: no PR seen +2");
    has(&World::built().then(140, asked(1, Freeze::Code)), 145, GOOD, "Nothing is open for CF");
}

#[test]
fn a_request_tells_its_steps_who_asked_whom_what_and_who_recorded_it() {
    let question = |words: &str| Event::ExceptionNeedsInformation { request: 1, question: words.to_owned() };
    let mut world = late().then(140, asked(1, Freeze::Code)).then(141, question("Which lanes?"));
    let id = world.history.events.iter().find(|r| matches!(r.event, Event::ExceptionSent { .. })).unwrap().id;
    world = world.then(142, Event::ExceptionAnswered { request: 1, answer: "All.".to_owned() });
    world = world.then(143, question("Since when?")).then(144, granted(1, CF + 3)).then(145, granted(1, CF + 6));
    let sent = world.history.events.iter_mut().find(|recorded| recorded.id == id).unwrap();
    (sent.actor, sent.on_behalf_of) = ("eve".to_owned(), Some("ada".to_owned()));
    sent.link = Some("https://lists.example/1".to_owned());
    let known = world.history.at(on(149));
    let requests = known.participation(V, &world.dates).requests;
    let view = &requests.all[0];
    assert_eq!((view.id, view.release, view.justification, view.impact), (id, V, "because", "because"));
    assert_eq!((view.requester, view.recorder, view.link), ("ada", Some("eve"), Some("https://lists.example/1")));
    let said: Vec<_> = view.exchanges.iter().map(|e| (e.question, e.answer.map(|(answer, _)| answer))).collect();
    assert_eq!(said, [("Which lanes?", Some("All.")), ("Since when?", None)]);
    assert_eq!((view.first_decided_at, view.decided_at), (Some(on(144)), Some(on(145))));
    assert_eq!(view.granted_until(), Some(on(CF + 6)));
    assert_eq!(view.log.iter().map(|recorded| recorded.id).collect::<Vec<_>>(), (id..id + 6).collect::<Vec<_>>());
    let own = late().then(140, asked(1, Freeze::Code));
    let known = own.history.at(on(149));
    assert_eq!(known.participation(V, &own.dates).requests.all[0].recorder, None, "ada's own");
}

#[test]
fn two_releases_that_by_accident_share_a_number_do_not_mix() {
    let elsewhere = match asked(1, Freeze::Code) {
        Event::ExceptionSent { request, freeze, requester, justification, until, impact, covers, .. } => {
            Event::ExceptionSent { request, release: NEXT, freeze, requester, justification, until, impact, covers }
        }
        _ => unreachable!(),
    };
    let world = late().then(140, asked(1, Freeze::Code)).then(141, elsewhere);
    let known = world.history.at(on(149));
    let logs: Vec<_> = known.participation(V, &world.dates).requests.all.iter().map(|r| r.log.len()).collect();
    assert_eq!(logs, [1]);
}

fn counted(sig: &str, sent: i64, decided: Option<i64>, state: RequestState, lapse: Option<Lapse>) -> Counted {
    Counted {
        release: V,
        freeze: Some(Freeze::Code),
        sig: sig.to_owned(),
        freeze_at: Some(on(CF)),
        sent_at: Some(on(sent)),
        decided_at: decided.map(on),
        state,
        lapse,
    }
}

#[test]
fn statistics_count_per_group_and_tell_medians_of_what_can_be_told() {
    let granted_ = |days| RequestState::Granted { until: on(CF + days) };
    let denied_ = || RequestState::Denied { reason: "because".to_owned() };
    let all = [
        counted("sig-ci", 140, Some(141), granted_(3), Some(Lapse::DoneInTime)),
        counted("sig-ci", 140, Some(144), granted_(10), Some(Lapse::Expired)),
        counted("sig-ci", 140, Some(142), granted_(6), None),
        counted("sig-ci", 140, Some(149), denied_(), None),
        counted("sig-ci", 140, None, RequestState::Withdrawn, None),
        counted("sig-net", 140, None, RequestState::Filed, Some(Lapse::Moot)),
        counted("sig-net", 140, None, RequestState::InReview, None),
        // A record that was decided before it was asked (FORMATS 5) tells no days.
        counted("sig-net", 140, Some(130), denied_(), None),
    ];
    let by_sig = Statistics::by(&all, |counted| counted.sig.clone());
    assert_eq!(
        by_sig["sig-ci"],
        Statistics {
            requested: 5,
            granted: 3,
            denied: 1,
            withdrawn: 1,
            undecided: 0,
            moot: 0,
            median_days_to_decision: Some(3.0),
            median_days_granted: Some(6.0),
            done_in_time: Share { done: 1, all: 2 },
        }
    );
    let net = by_sig["sig-net"];
    assert_eq!((net.requested, net.denied, net.undecided, net.moot), (3, 1, 2, 1));
    assert_eq!((net.median_days_to_decision, net.median_days_granted), (None, None));
    assert_eq!(Statistics::by(&all, |counted| (counted.release, counted.freeze)).len(), 1);
    let none = Statistics::of(&[]);
    assert_eq!((none.requested, none.median_days_granted, none.done_in_time), (0, None, Share { done: 0, all: 0 }));
}

#[test]
fn what_is_counted_comes_from_the_request_as_it_stands() {
    let world = late().then(140, asked(1, Freeze::Code)).then(142, granted(1, CF + 3)).then(144, granted(1, CF + 9));
    let known = world.history.at(on(CF + 20));
    let requests = known.participation(V, &world.dates).requests;
    let verdict: Verdict = world.verdict(on(CF + 20));
    let view = &requests.all[0];
    let counted = Counted::of(view, "sig-ci", view.lapse(&verdict, &world.dates), &world.dates);
    let statistics = Statistics::of([&counted]);
    assert_eq!(statistics.median_days_to_decision, Some(2.0), "an extension is no late decision");
    assert_eq!(statistics.median_days_granted, Some(9.0));
    assert_eq!(statistics.done_in_time, Share { done: 0, all: 1 });
    let _: &Recorded = view.log[0];
}
