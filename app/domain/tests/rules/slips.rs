//! Slips: what was planned and did not make it, told once, and counted once (P-15).

use chrono::{DateTime, Utc};
use domain::{
    Departure, Ending, Event, Freeze, ReleaseVersion, RetargetReason, ScheduleReading, Stage, Status, TargetReading,
    slip::{Cause, Fate, Move, Standing, Tally, biography, long_stays, median_days, post_moves},
    verdict,
};
use proptest::prelude::*;

use crate::support::{
    CF, EF, GA, NEXT, V, World, document,
    generator::{instant, world_with_undos},
    moved, on, removed, target,
};

const LATER: ReleaseVersion = ReleaseVersion::new(1, 12);

fn standings(world: &World, now: DateTime<Utc>) -> Vec<Standing> {
    let judge = |release| {
        // Each release has a cycle of its own; the second one is far ahead.
        let far = domain::ReleaseDates::default();
        let dates = if release == V { world.dates } else { far };
        let subject = domain::Subject { dates: &dates, ..world.subject(release) };
        Standing { release, status: verdict(subject, now).status, dates }
    };
    world.history.releases().into_iter().map(judge).filter(|s| s.status != Status::NotTargeted).collect()
}

fn told(world: &World, day: i64) -> Vec<Move> {
    let now = on(day);
    biography(&world.history.at(now), &standings(world, now))
}

fn ways(moves: &[Move]) -> Vec<String> {
    moves.iter().map(|told| format!("{}: {}", told.way(), told.cause.words())).collect()
}

fn stating(stages: &[(Stage, ReleaseVersion)]) -> domain::DocumentReading {
    let targets = stages.iter().map(|(stage, release)| target(stage.clone(), TargetReading::Version(*release)));
    domain::DocumentReading { targets: targets.collect(), ..document() }
}

#[test]
fn a_retarget_tells_reason_and_who() {
    let world = World::ready().then(60, moved(V, NEXT));
    let moves = told(&world, 61);
    assert_eq!(moves.len(), 1);
    let decision = &moves[0];
    assert_eq!((decision.from, decision.to, decision.at), (V, Some(NEXT), Some(on(60))));
    assert!(matches!(decision.cause, Cause::Retargeted { .. }));
    assert!(decision.who.is_some() && decision.decision.is_some() && decision.is_slip());
}

#[test]
fn a_target_changed_in_the_document_is_a_move_of_its_own_until_a_decision_says_the_same() {
    let world = World::ready()
        .document(20, stating(&[(Stage::Alpha, V), (Stage::Beta, NEXT)]))
        .document(60, stating(&[(Stage::Alpha, NEXT), (Stage::Beta, LATER)]));
    assert_eq!(ways(&told(&world, 61)), ["v1.10 → v1.11: target changed in the document"]);
    let decided = world.then(62, moved(V, NEXT));
    let moves = told(&decided, 63);
    assert_eq!(moves.len(), 1, "{:?}", ways(&moves));
    assert!(matches!(moves[0].cause, Cause::Retargeted { .. }));
}

#[test]
fn a_document_that_follows_a_decision_tells_nothing_new_and_goes_on_from_there() {
    let world = World::ready()
        .document(20, stating(&[(Stage::Alpha, V)]))
        .then(60, moved(V, NEXT))
        .document(61, stating(&[(Stage::Alpha, NEXT)]));
    assert_eq!(told(&world, 62).len(), 1);
    let world = world.document(70, stating(&[(Stage::Alpha, LATER)]));
    let moves = told(&world, 71);
    assert_eq!(moves.iter().map(Move::way).collect::<Vec<_>>(), ["v1.10 → v1.11", "v1.11 → v1.12"]);
}

#[test]
fn a_target_that_is_rewritten_after_the_release_is_no_slip() {
    let world =
        World::built().document(20, stating(&[(Stage::Alpha, V)])).document(GA + 5, stating(&[(Stage::Alpha, NEXT)]));
    assert!(told(&world, GA + 6).iter().all(|told| !matches!(told.cause, Cause::TargetChanged { .. })));
}

#[test]
fn a_removed_one_that_is_accepted_for_a_later_release_tells_where_it_went() {
    let world = World::ready().then(EF + 1, removed());
    assert_eq!(told(&world, EF + 2)[0].way(), "v1.10 → nowhere yet");
    let world = world.then(EF + 3, Event::Accepted { release: NEXT, rank: None });
    assert_eq!(told(&world, EF + 4).iter().map(Move::way).collect::<Vec<_>>(), ["v1.10 → v1.11"]);
}

#[test]
fn one_that_missed_a_freeze_slips_at_ga_or_once_a_later_release_has_it() {
    let world = World::ready();
    assert_eq!(told(&world, CF + 1), [], "it stays tracked until somebody ends it");
    let accepted = world.clone().then(CF + 1, Event::Accepted { release: NEXT, rank: None });
    for (world, day, way) in [(&world, GA + 1, "v1.10 → nowhere yet"), (&accepted, CF + 2, "v1.10 → v1.11")] {
        let world = world.clone().then(CF - 1, Event::RepositoriesRead);
        let moves = told(&world, day);
        assert_eq!(moves.iter().map(Move::way).collect::<Vec<_>>(), [way]);
        assert_eq!((&moves[0].cause, moves[0].at), (&Cause::Missed { freeze: Freeze::Code }, Some(on(CF))));
    }
}

#[test]
fn going_back_is_told_as_no_slip_and_a_second_slip_is_told_again() {
    let world = World::ready().then(60, moved(V, NEXT)).then(61, moved(NEXT, V)).then(62, moved(V, NEXT));
    let moves = told(&world, 63);
    assert_eq!(moves.iter().map(Move::is_slip).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn alpha_lasts_two_releases_and_beta_three() {
    let v = |minor| ReleaseVersion::new(1, minor);
    let calendar: Vec<_> = (6..=14).map(v).collect();
    let (alpha, beta, ga) = ([Stage::Alpha], [Stage::Beta], [Stage::Ga]);
    let told = |parts: &[(ReleaseVersion, &[Stage], Fate)], current| {
        long_stays(parts, &calendar, Some(v(current))).iter().map(domain::slip::Stay::sentence).collect::<Vec<_>>()
    };
    assert_eq!(told(&[(v(8), &alpha, Fate::In), (v(10), &beta, Fate::Open)], 10), Vec::<String>::new());
    assert_eq!(
        told(&[(v(8), &alpha, Fate::In), (v(11), &beta, Fate::Open)], 10),
        ["Alpha for 3 releases (v1.8, v1.9, v1.10); the rule of thumb is at most 2."],
    );
    // Not yet anywhere as long as it slips; without a next stage it lasts until the current release.
    assert_eq!(told(&[(v(8), &alpha, Fate::Slipped), (v(9), &alpha, Fate::In)], 10), Vec::<String>::new());
    assert_eq!(told(&[(v(8), &alpha, Fate::In)], 10).len(), 1);
    assert_eq!(told(&[(v(7), &beta, Fate::In), (v(10), &ga, Fate::In)], 12), Vec::<String>::new());
    assert_eq!(told(&[(v(7), &beta, Fate::In), (v(11), &ga, Fate::Open)], 12).len(), 1);
}

#[test]
fn moved_dates_are_told_from_first_to_last_and_the_median_counts_those_that_stayed() {
    let reading = |ef: &str, cf: Option<&str>| {
        let mut reading = ScheduleReading::default();
        reading.enhancement_freeze.date = Some(ef.parse().unwrap());
        reading.code_freeze.date = cf.map(|day| day.parse().unwrap());
        reading
    };
    let versions = [
        reading("2026-09-02", None),
        reading("2026-09-09", Some("2026-10-21")),
        reading("2026-09-11", Some("2026-10-21")),
    ];
    let moves = post_moves(&versions.iter().collect::<Vec<_>>());
    let days: Vec<_> = moves.iter().map(|moved| (moved.name(), moved.days())).collect();
    assert_eq!(days, [("Enhancement Freeze", Some(9)), ("Code Freeze", Some(0))]);
    assert_eq!(median_days(moves), Some(4.5));
    assert_eq!(median_days([]), None);
}

#[test]
fn every_status_has_a_fate_and_only_known_ones_are_in() {
    let retargeted = |to| Status::Departed { departure: Departure::Retargeted(to) };
    let left = |to| Move {
        from: V,
        to: Some(to),
        cause: Cause::Retargeted { reason: RetargetReason::Other, sentence: String::new() },
        at: None,
        who: None,
        decision: None,
        link: None,
    };
    for (status, moved, fate) in [
        (Some(Status::Shipped), None, Fate::In),
        (Some(Status::CompleteLandingNotVerified), None, Fate::In),
        (Some(Status::CompleteNotLanded), None, Fate::Slipped),
        (Some(Status::NeverVerified { freeze: Freeze::Code }), None, Fate::Unknown),
        (Some(Status::Missed { freeze: Freeze::Code }), None, Fate::Slipped),
        (Some(Status::ExceptionRequired { freeze: Freeze::Code }), None, Fate::Open),
        (Some(Status::ExceptionRequired { freeze: Freeze::Code }), Some(left(NEXT)), Fate::Slipped),
        (Some(retargeted(NEXT)), Some(left(NEXT)), Fate::Slipped),
        (Some(retargeted(ReleaseVersion::new(1, 9))), Some(left(ReleaseVersion::new(1, 9))), Fate::Ended),
        (Some(Status::Ended { ending: Ending::Deferred }), None, Fate::Ended),
        (None, None, Fate::Slipped),
    ] {
        assert_eq!(Fate::of(status.as_ref(), moved.as_ref()), fate, "{status:?}");
    }
}

/// Whether a decision is among those that count.
fn counts(world: &World, now: DateTime<Utc>, id: i64) -> bool {
    world.history.at(now).events.iter().any(|recorded| recorded.id == id)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_slip_is_told_exactly_once(world in world_with_undos(), now in instant()) {
        let moves = biography(&world.history.at(now), &standings(&world, now));
        for recorded in &world.history.events {
            let retargeted = matches!(&recorded.event, Event::Retargeted { from, to, .. } if from != to);
            let expected = usize::from(retargeted && counts(&world, now, recorded.id));
            let times = moves
                .iter()
                .filter(|told| matches!(told.cause, Cause::Retargeted { .. }) && told.decision == Some(recorded.id));
            prop_assert_eq!(times.count(), expected);
        }
        for (place, told) in moves.iter().enumerate() {
            prop_assert!(told.to != Some(told.from), "{}", told.way());
            let Some(again) = moves.iter().skip(place + 1).find(|m| (m.from, m.to) == (told.from, told.to)) else {
                continue;
            };
            // Told again only when it came back in between, by a decision or by its document.
            let back = |at: Option<DateTime<Utc>>| at >= told.at && at <= again.at;
            let decided = world.history.events.iter().any(|recorded| {
                let returned = match &recorded.event {
                    Event::Accepted { release, .. } | Event::Readmitted { release, .. } => *release == told.from,
                    Event::Retargeted { to, .. } => *to == told.from,
                    _ => false,
                };
                returned && back(recorded.occurred_at)
            });
            let stated = world.history.documents.iter().any(|version| version.main && back(version.occurred_at));
            let both = told.decision.is_some() && again.decision.is_some();
            prop_assert!(decided || stated || both, "{} twice", told.way());
        }
    }

    #[test]
    fn a_document_that_says_what_was_decided_changes_no_biography(day in 10..90_i64) {
        let world = World::ready().document(5, stating(&[(Stage::Alpha, V)])).then(day, moved(V, NEXT));
        let before = told(&world, 99);
        let after = told(&world.document(day + 1, stating(&[(Stage::Alpha, NEXT)])), 99);
        prop_assert_eq!(before, after);
    }

    #[test]
    fn planned_is_in_and_open_and_unknown_and_slipped_and_ended(
        worlds in prop::collection::vec(world_with_undos(), 0..6),
        now in instant(),
    ) {
        // Of a freeze that no schedule dates nobody can say that it was missed.
        let undated = |world: &World| world.dates.enhancement_freeze.is_none() || world.dates.code_freeze.is_none();
        let fates: Vec<Fate> = worlds
            .iter()
            .map(|world| {
                let standings = standings(world, now);
                let moves = biography(&world.history.at(now), &standings);
                let status = standings.iter().find(|standing| standing.release == V).map(|s| s.status);
                let fate = Fate::of(status.as_ref(), moves.iter().rev().find(|told| told.from == V));
                (fate, status)
            })
            .inspect(|(fate, status)| {
                let missed = matches!(status, Some(Status::Missed { .. }));
                assert!(!missed || *fate == Fate::Slipped);
            })
            .map(|(fate, _)| fate)
            .collect();
        let tally = Tally::of(fates.iter().copied());
        prop_assert_eq!(tally.total() as usize, worlds.len());
        prop_assert_eq!(Fate::ALL.iter().map(|fate| tally.count(*fate)).sum::<u32>(), tally.total());
        for (world, fate) in worlds.iter().zip(&fates) {
            let open = world.dates.released(now) && *fate == Fate::Open && !undated(world);
            prop_assert!(!open, "a release that is out leaves nothing open");
        }
    }
}
