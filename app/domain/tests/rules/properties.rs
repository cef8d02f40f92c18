//! What holds for every history.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Event, Freeze, Judged, Matter, Outcome, ReleaseVersion, Request, Status, Timing, Verdict, mismatches};
use proptest::{prelude::*, sample::Index};

use crate::support::{
    V, World,
    generator::{event, instant, world, world_with_undos},
};

/// What had happened by an instant, and nothing else.
fn until(world: &World, now: DateTime<Utc>) -> World {
    let mut past = world.clone();
    past.history.events.retain(|recorded| recorded.occurred_at.is_none_or(|at| at <= now));
    past.history.documents.retain(|version| version.occurred_at.is_none_or(|at| at <= now));
    past
}

/// What a pull request is for is evidence: it counts whenever it is learned (P-11).
fn unclassified(mut world: World) -> World {
    world.history.events.retain(|recorded| !matches!(recorded.event, Event::PullClassified { .. }));
    world
}

/// A verdict without the instants that are the clock's own.
fn timeless(mut verdict: Verdict) -> Verdict {
    for judgement in &mut verdict.judgements {
        let moves = !judgement.met() && judgement.deadline.is_none_or(|deadline| deadline > verdict.now);
        if moves && judgement.judged_at == verdict.now {
            judgement.judged_at = DateTime::UNIX_EPOCH;
        }
    }
    verdict.now = DateTime::UNIX_EPOCH;
    verdict
}

fn whenever(verdict: Verdict) -> Verdict {
    Verdict { valid_until: None, ..verdict }
}

const fn says_failed(status: Status, of: Freeze) -> bool {
    match status {
        Status::ExceptionRequired { freeze }
        | Status::ExceptionDenied { freeze }
        | Status::Missed { freeze }
        | Status::NotReady { freeze } => freeze as u8 == of as u8,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_event_reads_back_from_its_json_as_it_was(event in event()) {
        let json = serde_json::to_value(&event).unwrap();
        prop_assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
    }

    #[test]
    fn the_same_input_gives_the_same_verdict(world in world_with_undos(), now in instant()) {
        prop_assert_eq!(world.verdict(now), world.verdict(now));
    }

    #[test]
    fn without_an_event_exception_required_turns_into_at_most_missed(
        world in world_with_undos(),
        later in 0..24 * 250_i64,
    ) {
        let events = world.history.events.iter().filter_map(|recorded| recorded.occurred_at);
        for now in events.chain(world.dates.enhancement_freeze).chain(world.dates.code_freeze) {
            let world = until(&world, now);
            let before = world.verdict(now);
            if !matches!(before.status, Status::ExceptionRequired { .. }) {
                continue;
            }
            let after = world.verdict(now + TimeDelta::hours(later)).status;
            // An Enhancement grant that runs out beside a missed Code Freeze shows what was decided about it last.
            let ran_out = matches!(before.judgement(Freeze::Enhancement).request, Request::Granted(_))
                && after == Status::ExceptionDenied { freeze: Freeze::Enhancement };
            let expected = matches!(after, Status::ExceptionRequired { .. } | Status::Missed { .. });
            prop_assert!(expected || ran_out, "{:?} turned into {after:?}", before.status);
        }
    }

    #[test]
    fn an_unknown_is_never_counted_or_shown_as_a_fail(world in world_with_undos(), now in instant()) {
        let verdict = world.verdict(now);
        for judgement in &verdict.judgements {
            let fails = judgement.requirements.iter().filter(|r| r.outcome == Outcome::Fail);
            let failing: Vec<_> = fails.collect();
            prop_assert_eq!(judgement.result == Outcome::Fail, !failing.is_empty());
            if let Some(first) = failing.first() {
                prop_assert!(judgement.open().starts_with(&first.open));
                let more = failing.len() - 1;
                prop_assert_eq!(judgement.open().ends_with(&format!(" +{more}")), more > 0);
            }
            if judgement.result != Outcome::Fail {
                prop_assert!(!says_failed(verdict.status, judgement.freeze), "{:?}", verdict.status);
            }
        }
        let gate_fails = verdict.gate().is_some_and(|gate| gate.result == Outcome::Fail);
        prop_assert!(gate_fails || !verdict.at_risk.as_ref().is_some_and(|risk| risk.starts_with("Not ready")));
        prop_assert!(gate_fails || verdict.waiting.iter().all(|waiting| !waiting.why.starts_with("Missed")));
        prop_assert!(verdict.facts.landed.0 == Outcome::Fail || verdict.status != Status::CompleteNotLanded);
    }

    #[test]
    fn nothing_passes_for_lack_of_data(now in instant(), accepted in any::<bool>()) {
        let bare = World::new();
        let world = if accepted { bare.at(None, crate::support::accepted()) } else { bare };
        let verdict = world.verdict(now);
        let mut all = verdict.judgements.iter().flat_map(|judgement| &judgement.requirements);
        prop_assert!(all.all(|requirement| requirement.outcome != Outcome::Pass));
        prop_assert_eq!(verdict.facts.landed.0, Outcome::Unknown);
    }

    #[test]
    fn a_verdict_is_stable_until_it_says(world in world_with_undos(), now in instant(), part in 0.0..1.0_f64) {
        let first = world.verdict(now);
        let end = first.valid_until.unwrap_or(now + TimeDelta::days(400));
        prop_assert!(end > now);
        let first = timeless(first);
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let between = TimeDelta::milliseconds(((end - now).num_milliseconds() as f64 * part) as i64);
        for later in [now + between, end - TimeDelta::nanoseconds(1)] {
            prop_assert_eq!(&timeless(world.verdict(later)), &first, "at {}", later);
        }
    }

    #[test]
    fn the_order_of_the_log_does_not_matter(
        world in world_with_undos(),
        now in instant(),
        picks in prop::collection::vec(any::<Index>(), 60),
    ) {
        let mut shuffled = world.clone();
        let (events, documents) = (&mut shuffled.history.events, &mut shuffled.history.documents);
        for (place, pick) in picks.iter().enumerate() {
            if place < events.len() {
                let other = pick.index(events.len());
                events.swap(place, other);
            }
            if place < documents.len() {
                let other = pick.index(documents.len());
                documents.swap(place, other);
            }
        }
        prop_assume!(distinct_times(&world));
        prop_assert_eq!(shuffled.verdict(now), world.verdict(now));
    }

    #[test]
    fn an_instant_in_the_past_never_sees_later_facts(world in world_with_undos(), now in instant()) {
        prop_assert_eq!(whenever(until(&world, now).verdict(now)), whenever(world.verdict(now)));
    }

    #[test]
    fn undone_events_have_no_effect(world in world_with_undos(), now in instant()) {
        let undone: Vec<i64> = world.history.events.iter().filter(|recorded| recorded.happened_by(now)).filter_map(|r| {
            match r.event {
                Event::Undone { event } => Some(event),
                _ => None,
            }
        }).collect();
        let mut never = world.clone();
        let events = &mut never.history.events;
        events.retain(|r| !undone.contains(&r.id) && !matches!(r.event, Event::Undone { .. }));
        prop_assert_eq!(whenever(never.verdict(now)), whenever(world.verdict(now)));
    }

    #[test]
    fn a_grant_never_reaches_past_general_availability(world in world_with_undos(), now in instant()) {
        let known = world.history.at(now);
        let requests = known.participation(V, &world.dates).requests;
        let verdict = world.verdict(now);
        for freeze in Freeze::BOTH {
            let judgement = verdict.judgement(freeze);
            if let Some(ga) = world.dates.ga {
                prop_assert!(requests.grant_end(freeze).is_none_or(|end| end <= ga));
                prop_assert!(judgement.deadline.is_none_or(|end| end <= ga.max(world.dates.freeze(freeze).unwrap())));
                prop_assert!(now < ga || !matches!(judgement.request, Request::Granted(_)));
            }
            prop_assert!(judgement.timing != Timing::NoDate || requests.grant_end(freeze).is_none());
        }
        let by_exception = matches!(
            verdict.status,
            Status::ExceptionUntil { .. } | Status::ExceptionPending { .. }
                | Status::ExceptionDenied { .. } | Status::ExceptionRequired { .. }
        );
        prop_assert!(!by_exception || !world.dates.released(now));
    }

    #[test]
    fn what_happens_after_the_deadline_does_not_undo_a_pass(
        world in world(),
        now in instant(),
        later in 0..24 * 100_i64,
    ) {
        let world = unclassified(world);
        let (before, after) = (world.verdict(now), world.verdict(now + TimeDelta::hours(later)));
        for freeze in Freeze::BOTH {
            prop_assert!(!before.judgement(freeze).met() || after.judgement(freeze).met(), "{freeze:?}");
        }
    }

    #[test]
    fn a_miss_is_healed_only_by_a_grant_a_waiver_or_a_signed_statement(
        world in world(),
        now in instant(),
        later in 0..24 * 100_i64,
    ) {
        let mut world = unclassified(world);
        world.history.events.retain(|recorded| {
            let heals = matches!(
                recorded.event,
                Event::ExceptionGranted { .. } | Event::Waived { .. } | Event::NothingToMerge { .. }
                    | Event::NoDocsNeeded { .. } | Event::RepositoriesRead
            );
            !heals || recorded.occurred_at.is_some_and(|at| at <= now)
        });
        let (before, after) = (world.verdict(now), world.verdict(now + TimeDelta::hours(later)));
        for freeze in Freeze::BOTH {
            let judgement = before.judgement(freeze);
            let over = judgement.timing == Timing::Passed && judgement.deadline.is_some_and(|end| end <= now);
            prop_assert!(!over || judgement.met() == after.judgement(freeze).met(), "{freeze:?}");
        }
    }

    #[test]
    fn the_tracked_are_the_accepted_that_nothing_ended(world in world_with_undos(), now in instant()) {
        let verdict = world.verdict(now);
        let out = matches!(
            verdict.status,
            Status::Ended { .. } | Status::Departed { .. } | Status::NotTargeted | Status::Proposed | Status::NotAccepted
        );
        let by_exception = !verdict.tracked && verdict.facts.accepted.is_none()
            && matches!(verdict.status, Status::ExceptionUntil { .. } | Status::ExceptionPending { .. });
        prop_assert_eq!(verdict.tracked, !out && !by_exception, "{:?}", verdict.status);
        prop_assert!(!out || verdict.at_risk.is_none());
    }

    #[test]
    fn every_release_ever_named_gets_a_verdict_and_mismatches_never_panic(
        world in world_with_undos(),
        now in instant(),
    ) {
        let mut releases = world.history.releases();
        releases.push(ReleaseVersion::new(9, 9));
        let verdicts: Vec<_> =
            releases.into_iter().map(|release| domain::verdict(world.subject(release), now)).collect();
        for verdict in &verdicts {
            prop_assert!(!verdict.words.is_empty());
            prop_assert!(verdict.waiting.iter().all(|waiting| !waiting.what.is_empty() && waiting.link.is_some()));
        }
        let known = world.history.at(now);
        let judged: Vec<_> = verdicts.iter().map(|verdict| Judged { verdict, dates: &world.dates }).collect();
        let matter = Matter { judged: &judged, ..Matter::new(&world.source, &world.history, &known) };
        prop_assert!(mismatches(&matter).iter().all(|mismatch| !mismatch.fix.is_empty()));
    }
}

fn distinct_times(world: &World) -> bool {
    let mut times: Vec<_> = world.history.events.iter().map(|recorded| recorded.occurred_at).collect();
    let all = times.len();
    times.sort_unstable();
    times.dedup();
    times.len() == all
}
