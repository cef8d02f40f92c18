//! What holds for every sequence of facts and decisions: whatever the rules let through keeps the process.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Decision, Departure, Ending, Event, History, Participation, Recorded, ReleaseVersion, RequestState, Subject,
    verdict,
};
use proptest::prelude::*;

use crate::support::{
    NEXT, V, World,
    deciding::OLD,
    generator::{Act, decision, sequence},
    on,
};

/// A decision that was let through.
struct Taken<'a> {
    decision: &'a Decision,
    event: &'a Event,
    before: &'a World,
    after: &'a World,
    now: DateTime<Utc>,
}

impl Taken<'_> {
    fn both<T>(&self, release: ReleaseVersion, see: impl Fn(&Participation<'_>) -> T) -> (T, T) {
        let look =
            |world: &World| see(&world.history.at(self.now).participation(release, &world.dates_of(release).unwrap()));
        (look(self.before), look(self.after))
    }

    fn takes_in(&self, release: ReleaseVersion) -> bool {
        match self.event {
            Event::Accepted { release: r, .. }
            | Event::Readmitted { release: r, .. }
            | Event::Retargeted { to: r, .. } => *r == release,
            _ => false,
        }
    }

    /// The release that it is about.
    fn release(&self) -> Option<ReleaseVersion> {
        self.event.release().or_else(|| {
            let request = self.event.request()?;
            self.after.history.events.iter().find_map(|recorded| match recorded.event {
                Event::ExceptionSent { request: number, release, .. } if number == request => Some(release),
                _ => None,
            })
        })
    }
}

const fn is_final(ending: Ending) -> bool {
    matches!(ending, Ending::Rejected | Ending::Withdrawn | Ending::Replaced(_))
}

/// Runs a sequence, showing every decision that was let through, and returns what became of the proposal.
fn run(
    (world, acts): (World, Vec<(i64, Act)>),
    mut check: impl FnMut(&Taken<'_>) -> Result<(), TestCaseError>,
) -> Result<World, TestCaseError> {
    let begin = world.history.events.iter().filter_map(|recorded| recorded.occurred_at).max();
    let mut now = begin.unwrap_or(on(0));
    let mut world = world;
    for (minutes, act) in acts {
        now += TimeDelta::minutes(minutes);
        let act = match act {
            Act::Try(person, Decision::Undo { event: 0 }) => {
                Act::Try(person, Decision::Undo { event: world.history.events.last().map_or(0, |last| last.id) })
            }
            act => act,
        };
        world = match act {
            Act::Fact(event) => world.said_by("reader", Some(now), event),
            Act::Document(reading) => {
                let mut world = world.document(0, *reading);
                let version = world.history.documents.last_mut().unwrap();
                (version.occurred_at, version.recorded_at) = (Some(now), now);
                world
            }
            Act::Try(person, decision) => match world.would(person, now, decision.clone()) {
                Ok(event) => {
                    let after = world.clone().said_by(person, Some(now), event.clone());
                    let (decision, event) = (&decision, &event);
                    check(&Taken { decision, event, before: &world, after: &after, now })?;
                    after
                }
                Err(refusal) => {
                    let words = refusal.to_string();
                    prop_assert!(!words.is_empty() && !words.ends_with('.') && !words.contains("Some("), "{}", words);
                    world
                }
            },
        };
    }
    Ok(world)
}

fn undoes(event: &Event) -> bool {
    matches!(event, Event::Undone { .. })
}

/// P-17, one step by one decision.
fn follows(before: &RequestState, after: &RequestState) -> bool {
    use RequestState::{Denied, Filed, Granted, InReview, NeedsInformation, Sent, Withdrawn};
    match (before, after) {
        _ if before == after => true,
        (Sent, Filed)
        | (Sent | Filed | NeedsInformation { .. }, InReview)
        | (Granted { .. }, Granted { .. })
        | (
            Sent | Filed | InReview | NeedsInformation { .. },
            NeedsInformation { .. } | Granted { .. } | Denied { .. } | Withdrawn,
        ) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: ProptestConfig::default().cases / 2,
        ..ProptestConfig::default()
    })]

    #[test]
    fn rejected_withdrawn_and_replaced_stay_so(sequence in sequence()) {
        run(sequence, |taken| {
            for release in [V, NEXT] {
                let (before, after) = taken.both(release, |participation| participation.ending);
                // Where the document alone says so, a decision in the tracker wins (P-6).
                let known = taken.before.history.at(taken.now);
                let decided = known.events.iter().any(|r| matches!(
                    r.event, Event::Rejected { .. } | Event::Withdrawn { .. } | Event::Replaced { .. }
                ));
                if let Some(ending) = before.filter(|ending| is_final(*ending) && decided) {
                    prop_assert!(undoes(taken.event) || after == Some(ending), "{:?} after {:?}", after, taken.event);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn other_endings_are_lifted_only_by_what_lifts_them(sequence in sequence()) {
        run(sequence, |taken| {
            for release in [V, NEXT] {
                let (before, after) = taken.both(release, |participation| (participation.ending, participation.departure));
                if undoes(taken.event) {
                    continue;
                }
                let lifted = before.0.is_some() && after.0.is_none();
                prop_assert!(!lifted || taken.takes_in(release), "{:?} lifted {:?}", taken.event, before.0);
                let back = before.1.is_some() && after.1.is_none();
                let granted = before.1 == Some(Departure::Removed)
                    && matches!(taken.event, Event::ExceptionGranted { .. }) && taken.release() == Some(release);
                prop_assert!(!back || granted || taken.takes_in(release), "{:?} lifted {:?}", taken.event, before.1);
            }
            Ok(())
        })?;
    }

    #[test]
    fn asked_and_granted_time_lies_after_the_freeze_ahead_and_at_most_at_general_availability(sequence in sequence()) {
        run(sequence, |taken| {
            let (Event::ExceptionSent { until, .. } | Event::ExceptionGranted { until, .. }) = taken.event else {
                return Ok(());
            };
            let release = taken.release().unwrap();
            let dates = taken.after.dates_of(release).unwrap();
            let number = taken.event.request().unwrap();
            let known = taken.after.history.at(taken.now);
            let requests = known.participation(release, &dates).requests;
            let freeze = requests.all.iter().find(|request| request.number == number).unwrap().freeze;
            prop_assert!(*until > taken.now);
            prop_assert!(dates.ga.is_none_or(|ga| *until <= ga));
            if let Some(freeze) = freeze {
                prop_assert!(dates.freeze(freeze).is_some_and(|instant| *until > instant), "none without a date");
            }
            Ok(())
        })?;
    }

    #[test]
    fn nothing_is_decided_about_a_release_that_is_out(sequence in sequence()) {
        run(sequence, |taken| {
            let clerical = undoes(taken.event) || matches!(taken.event, Event::ExceptionFiled { .. });
            let to = match taken.event {
                Event::Retargeted { to, .. } => Some(*to),
                _ => None,
            };
            for release in taken.release().into_iter().chain(to) {
                let dates = taken.after.dates_of(release).unwrap();
                prop_assert!(clerical || !dates.released(taken.now), "{:?}", taken.event);
                prop_assert!(release != OLD, "which is out from the beginning");
            }
            Ok(())
        })?;
    }

    #[test]
    fn requests_move_only_along_their_states_and_are_numbered_in_order(sequence in sequence()) {
        run(sequence, |taken| {
            for release in [V, NEXT] {
                let (before, after) = taken.both(release, |participation| {
                    let all = participation.requests.all.iter();
                    all.map(|request| (request.number, request.state.clone())).collect::<Vec<_>>()
                });
                for ((number, old), (same, new)) in before.iter().zip(&after) {
                    prop_assert_eq!(number, same);
                    prop_assert!(follows(old, new), "{:?} → {:?} by {:?}", old, new, taken.event);
                    let own = taken.event.request() == Some(*number);
                    let cut = matches!((old, new), (RequestState::Granted { .. }, RequestState::Granted { .. }));
                    prop_assert!(old == new || own || (cut && taken.event.request().is_none()), "{:?}", taken.event);
                }
                let asked = matches!(taken.event, Event::ExceptionSent { release: r, .. } if *r == release);
                prop_assert_eq!(after.len() - before.len(), usize::from(asked));
            }
            if let Event::ExceptionSent { request, .. } = taken.event {
                let earlier = taken.before.history.events.iter().filter_map(|recorded| recorded.event.request()).max();
                prop_assert_eq!(*request, earlier.unwrap_or(0) + 1);
            }
            Ok(())
        })?;
    }

    #[test]
    fn whatever_is_let_through_takes_effect(sequence in sequence()) {
        run(sequence, |taken| {
            let sees = |release, see: &dyn Fn(&Participation<'_>) -> bool| taken.both(release, see).1;
            let known = taken.after.history.at(taken.now);
            let ends = |ending: Ending| {
                let dates = taken.after.dates_of(V).unwrap();
                dates.released(taken.now) || sees(V, &|p| p.ending == Some(ending))
            };
            let effect = match taken.event {
                Event::Accepted { release, rank } => {
                    sees(*release, &|p| p.tracked() && p.accepted.is_some_and(|a| a.rank == *rank && a.at == Some(taken.now)))
                }
                Event::Ranked { release, rank } => {
                    let (before, after) = taken.both(*release, |p| p.accepted.unwrap());
                    before.at == after.at && after.rank == *rank && before.rank != after.rank
                }
                Event::Committed { release, on } => sees(*release, &|p| p.committed.is_some_and(|(_, day)| day == *on)),
                Event::Retargeted { from, to, .. } => {
                    let left = sees(*from, &|p| p.departure == Some(Departure::Retargeted(*to)) && p.accepted.is_none());
                    left && sees(*to, &|p| p.came_from == Some(*from) && p.departure.is_none() && p.ending.is_none_or(is_final))
                }
                Event::Removed { release, .. } => sees(*release, &|p| p.departure == Some(Departure::Removed)),
                Event::Readmitted { release, .. } => sees(*release, &|p| p.departure.is_none() && p.ending.is_none()),
                Event::Deferred { .. } => ends(Ending::Deferred),
                Event::Deprecated { .. } => ends(Ending::Deprecated),
                Event::Rejected { .. } => ends(Ending::Rejected),
                Event::Withdrawn { .. } => ends(Ending::Withdrawn),
                Event::Replaced { by, .. } => ends(Ending::Replaced(Some(*by))),
                Event::ExceptionGranted { request, until, .. } => sees(taken.release().unwrap(), &|p| {
                    let granted = RequestState::Granted { until: *until };
                    p.departure.is_none() && p.requests.all.iter().any(|r| r.number == *request && r.state == granted)
                }),
                Event::PullClassified { number, kind, release, .. } => {
                    known.pulls.iter().any(|pull| (pull.number, pull.kind, pull.release) == (*number, *kind, *release))
                }
                Event::Undone { event } => {
                    let there = |history: &History| history.at(taken.now).events.iter().any(|r| r.id == *event);
                    there(&taken.before.history) && !there(&taken.after.history)
                }
                Event::HandedOver { to } => known.owners() == [to.as_str()],
                Event::Waived { release, rule, .. } => {
                    let dates = taken.after.dates_of(*release).unwrap();
                    let outcome = |world: &World| {
                        let subject = Subject { dates: &dates, ..world.subject(*release) };
                        let verdict = verdict(subject, taken.now);
                        let found = verdict.judgement(rule.freeze()).requirements.iter().find(|r| r.rule == *rule).cloned();
                        found.is_some_and(|r| r.outcome == domain::Outcome::Pass)
                    };
                    !outcome(taken.before) && outcome(taken.after)
                }
                _ => true,
            };
            prop_assert!(effect, "{:?} changed nothing", taken.event);
            prop_assert!(taken.event.is_decision());
            let release = taken.decision.release();
            prop_assert!(release.is_none() || taken.event.release() == release);
            prop_assert!(taken.decision.request().is_none() || taken.decision.request() == taken.event.request());
            Ok(())
        })?;
    }

    #[test]
    fn the_same_log_read_anew_gives_the_same_verdicts(sequence in sequence(), later in 0..24 * 200_i64) {
        let world = run(sequence, |_| Ok(()))?;
        let events = serde_json::to_string(&world.history.events).unwrap();
        let documents = serde_json::to_string(&world.history.documents).unwrap();
        let mut again = world.clone();
        again.history.events = serde_json::from_str::<Vec<Recorded>>(&events).unwrap();
        again.history.documents = serde_json::from_str(&documents).unwrap();
        prop_assert_eq!(&again.history, &world.history);
        let now = on(0) + TimeDelta::hours(later);
        for release in [V, NEXT] {
            let dates = world.dates_of(release).unwrap();
            let judge = |world: &World| verdict(Subject { dates: &dates, ..world.subject(release) }, now);
            prop_assert_eq!(judge(&again), judge(&world));
        }
    }

    #[test]
    fn undoing_takes_a_decision_back_as_if_it_had_never_been(sequence in sequence(), later in 0..24 * 200_i64) {
        run(sequence, |taken| {
            let Event::Undone { event } = taken.event else { return Ok(()) };
            let undone = taken.before.history.events.iter().find(|recorded| recorded.id == *event).unwrap();
            prop_assert!(undone.event.is_decision() && undone.event.request().is_none());
            prop_assert!(taken.now - undone.recorded_at <= TimeDelta::minutes(10));
            if undoes(&undone.event) {
                return Ok(());
            }
            let mut never = taken.before.clone();
            never.history.events.retain(|recorded| recorded.id != *event);
            let now = taken.now + TimeDelta::hours(later);
            prop_assert_eq!(taken.after.verdict(now).words, never.verdict(now).words);
            Ok(())
        })?;
    }

    #[test]
    fn a_decision_reads_back_from_its_json_as_it_was(decision in decision()) {
        let json = serde_json::to_value(&decision).unwrap();
        prop_assert_eq!(&json["action"], decision.action().slug());
        prop_assert_eq!(serde_json::from_value::<Decision>(json).unwrap(), decision);
    }
}

#[test]
fn the_sequences_reach_every_decision() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut taken = std::collections::BTreeMap::new();
    for _ in 0..600 {
        let sequence = sequence().new_tree(&mut runner).unwrap().current();
        let counted = run(sequence, |one| {
            *taken.entry(one.decision.action()).or_insert(0) += 1;
            Ok(())
        });
        counted.unwrap();
    }
    let by_source = [domain::Action::ClosePlan, domain::Action::EditChecklist, domain::Action::CloseFreeze];
    let of_proposals = domain::Action::ALL.into_iter().filter(|action| !action.is_housekeeping());
    for action in of_proposals.filter(|action| !by_source.contains(action)) {
        assert!(taken.contains_key(&action), "{action:?}: {taken:?}");
    }
}
