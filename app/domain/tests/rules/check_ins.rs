//! PROCESS 5: who spoke in which week, what holds, what is proposed, what changed, what is suggested.

use domain::{
    CheckInOutcome, Decision, Event, Freeze, Halves, Proposed, PullKind, PullState, RetargetReason, Week,
    check_in::{changes, check_in, check_ins, suggest, to_confirm, weeks},
};
use proptest::prelude::*;

use crate::support::*;

const BOTH: Halves = Halves { release_team: true, approver: true };
const TEAM: Halves = Halves { release_team: true, approver: false };
const SIG: Halves = Halves { release_team: false, approver: true };

fn week(text: &str) -> Week {
    text.parse().unwrap()
}

fn said(halves: Halves, week: Week, outcome: CheckInOutcome, sentence: &str) -> Event {
    let proposed = (outcome == CheckInOutcome::RetargetOrReject).then_some(Proposed::Reject);
    let (release_team, approver) = (halves.release_team, halves.approver);
    Event::CheckedIn { release: V, week, release_team, approver, outcome, sentence: sentence.to_owned(), proposed }
}

fn word(outcome: CheckInOutcome, week: Option<Week>, proposed: Option<Proposed>) -> Decision {
    Decision::CheckIn { release: V, week, outcome, sentence: "Going well.".to_owned(), proposed }
}

#[test]
fn a_week_is_written_as_the_standard_writes_it() {
    assert_eq!(week("2026-W41").monday(), "2026-10-05".parse().unwrap());
    assert_eq!(Week::of("2027-01-03T23:59:59Z".parse().unwrap()).to_string(), "2026-W53");
    assert_eq!(Week::of("2027-01-04T00:00:00Z".parse().unwrap()).to_string(), "2027-W01");
    for bad in ["", "2026-41", "2026-W54", "2027-W53", "2026-W00", "26-W01", "2026-W1", "2026-W011"] {
        assert!(bad.parse::<Week>().is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn a_week_reads_as_it_was_written_and_weeks_follow_each_other(day in 0_i64..20_000) {
        let week = Week::of(on(day));
        prop_assert_eq!(week.to_string().parse::<Week>().unwrap(), week);
        prop_assert_eq!(week.next().previous(), week);
        prop_assert!(week.begins() <= on(day) && on(day) < week.ends());
        prop_assert_eq!(week.until(week.next().next()).count(), 3);
    }
}

#[test]
fn one_person_in_both_roles_fills_both_and_one_role_alone_is_half_done() {
    let w = Week::of(on(20));
    let half = World::ready().said_by("lea", Some(on(20)), said(TEAM, w, CheckInOutcome::OnTrack, "Fine."));
    let known = half.history.at(on(20));
    let found = check_in(&known, V, w);
    assert_eq!((found.halves(), found.halves().missing()), (TEAM, "approver"));
    let whole = half.clone().said_by("dan", Some(on(21)), said(SIG, w, CheckInOutcome::OnTrack, "Fine."));
    assert!(check_in(&whole.history.at(on(21)), V, w).halves().both());
    assert!(!check_in(&whole.history.at(on(20)), V, w).halves().both(), "as of the day before");
    let alone = World::ready().said_by("eve", Some(on(20)), said(BOTH, w, CheckInOutcome::Done, "Merged."));
    assert!(check_in(&alone.history.at(on(20)), V, w).halves().both());
    assert_eq!(check_in(&known, V, w.next()).halves(), Halves::default(), "a gap");
}

#[test]
fn what_was_amended_is_kept_and_the_graver_of_both_sides_holds() {
    let w = Week::of(on(20));
    let world = World::ready()
        .said_by("lea", Some(on(20)), said(TEAM, w, CheckInOutcome::OnTrack, "Fine."))
        .said_by("dan", Some(on(20)), said(SIG, w, CheckInOutcome::Blocked, "Waits on a quota."))
        .said_by("lea", Some(on(21)), said(TEAM, w, CheckInOutcome::AtRisk, "Heard of the quota."));
    let known = world.history.at(on(21));
    let found = check_in(&known, V, w);
    let told: Vec<_> = found.said.iter().map(|said| (said.sentence.as_str(), found.is_amended(said))).collect();
    assert_eq!(told, [("Fine.", true), ("Waits on a quota.", false), ("Heard of the quota.", false)]);
    assert_eq!(found.outcome().unwrap().outcome, CheckInOutcome::Blocked);
    assert_eq!(found.release_team().unwrap().by, "lea");
    let flag = world.verdict(on(21)).at_risk.unwrap();
    assert_eq!(flag, format!("Check-in {w}: blocked. Waits on a quota."));
}

#[test]
fn check_ins_are_made_for_this_week_or_made_up_for_the_last() {
    let world = World::ready();
    let present = Week::of(on(30));
    let ok = |week| world.would("lea", on(30), word(CheckInOutcome::OnTrack, week, None));
    let Event::CheckedIn { week, release_team, approver, .. } = ok(None).unwrap() else { panic!("no check-in") };
    assert_eq!((week, release_team, approver), (present, true, true));
    assert!(ok(Some(present.previous())).is_ok());
    assert!(ok(Some(present.previous().previous())).unwrap_err().to_string().contains("is closed"));
    assert!(ok(Some(present.next())).unwrap_err().to_string().contains("still to come"));
}

#[test]
fn only_what_is_tracked_is_checked_until_its_release_is_out() {
    let day = |day, world: &World| world.would("lea", on(day), word(CheckInOutcome::OnTrack, None, None));
    let bare = World::new().document(1, document());
    assert!(day(20, &bare).unwrap_err().to_string().contains("not accepted"));
    assert!(day(20, &World::ready().then(15, removed())).unwrap_err().to_string().contains("has left"));
    assert!(day(GA - 1, &World::ready()).is_ok());
    assert!(day(GA + 1, &World::ready()).unwrap_err().to_string().contains("released"));
    let empty = Decision::CheckIn {
        release: V,
        week: None,
        outcome: CheckInOutcome::OnTrack,
        sentence: " ".to_owned(),
        proposed: None,
    };
    assert!(World::ready().would("lea", on(20), empty).unwrap_err().to_string().contains("a reason is needed"));
}

#[test]
fn leaving_is_proposed_with_where_to_and_the_sig_confirms_or_declines() {
    let world = World::ready();
    let outcome = CheckInOutcome::RetargetOrReject;
    let there = Proposed::Retarget { to: NEXT, reason: RetargetReason::NewBlocker };
    let refused = |proposed| world.would("lea", on(20), word(outcome, None, proposed)).unwrap_err().to_string();
    assert!(refused(None).contains("say what should happen"));
    let same = Proposed::Retarget { to: V, reason: RetargetReason::Other };
    assert!(refused(Some(same)).contains("already"));
    let quiet = world.would("lea", on(20), word(CheckInOutcome::OnTrack, None, Some(there))).unwrap();
    assert!(matches!(quiet, Event::CheckedIn { proposed: None, .. }), "only that outcome proposes");

    let w = Week::of(on(20));
    let event = world.would("lea", on(20), word(outcome, None, Some(there))).unwrap();
    let Event::CheckedIn { release, week, outcome, sentence, proposed, .. } = event else { panic!("no check-in") };
    let event = Event::CheckedIn { release, week, release_team: true, approver: false, outcome, sentence, proposed };
    let asked = world.said_by("lea", Some(on(20)), event);
    assert_eq!(to_confirm(&asked.history.at(on(21)), V).unwrap().1.proposed, Some(there));
    let declined = asked.clone().said_by("dan", Some(on(21)), said(SIG, w, CheckInOutcome::AtRisk, "One more week."));
    assert_eq!(to_confirm(&declined.history.at(on(22)), V), None);
    let again = declined.said_by("lea", Some(on(22)), said(TEAM, w, outcome, "Still no review."));
    assert_eq!(to_confirm(&again.history.at(on(22)), V).unwrap().1.proposed, Some(Proposed::Reject));
}

#[test]
fn the_sig_declines_what_was_proposed_with_a_reason_and_once() {
    let decline = || Decision::Decline { release: V, reason: "The review came.".to_owned() };
    let w = Week::of(on(20));
    let refused = |world: &World, decision| world.would("dan", on(21), decision).unwrap_err().to_string();
    assert!(refused(&World::ready(), decline()).contains("nothing to decline"));
    let proposed = || said(TEAM, w, CheckInOutcome::RetargetOrReject, "No review.");
    let asked = World::ready().said_by("lea", Some(on(20)), proposed());
    let silent = Decision::Decline { release: V, reason: " ".to_owned() };
    assert!(refused(&asked, silent).contains("a reason is needed"));
    let event = asked.would("dan", on(21), decline()).unwrap();
    assert_eq!(event.tell(), "Declined to let it leave v1.10: The review came.");
    let declined = asked.said_by("dan", Some(on(21)), event);
    assert_eq!(to_confirm(&declined.history.at(on(22)), V), None);
    assert!(refused(&declined, decline()).contains("nothing to decline"));
    let again = declined.said_by("lea", Some(on(22)), proposed());
    assert!(to_confirm(&again.history.at(on(23)), V).is_some(), "what is proposed anew waits anew");
}

#[test]
fn what_changed_since_is_told_once_with_its_time() {
    let merged = |labels: &[&str]| {
        let mut pull = pull(7, PullKind::Implementation, PullState::Open);
        pull.labels = labels.iter().map(|label| (*label).to_owned()).collect();
        Event::PullObserved(pull)
    };
    let world = World::ready()
        .then(20, in_review(7, 20))
        .then(22, merged(&["lgtm"]))
        .then(23, code(7, PullState::Merged))
        .then(23, code(9, PullState::Merged))
        .then(24, landing(7, "release-1.10", true))
        .then(25, waived(domain::Rule::Docs))
        .then(26, check_in_event())
        .then(40, docs(8, PullState::Open));
    let known = world.history.at(on(60));
    let told = |since, until| -> Vec<String> {
        let found = changes((&world.source, 4702), &known, V, (on(since), on(until)));
        found.into_iter().map(|change| change.text).collect()
    };
    assert_eq!(
        told(21, 30),
        [
            "#7 got lgtm, was reviewed",
            "#7 was merged",
            "#9 was merged",
            "#7 came into release-1.10",
            "Waived for v1.10, “Documentation is merged or under way”: because by @ada",
        ]
    );
    assert_eq!(told(19, 21), ["#7 was opened"]);
    assert_eq!(told(30, 60), ["#8 was opened"]);
}

fn check_in_event() -> Event {
    said(BOTH, Week::of(on(26)), CheckInOutcome::OnTrack, "Fine.")
}

#[test]
fn an_owner_who_answers_takes_back_no_warning_and_makes_no_week_spoken_about() {
    let answer = Event::CheckInAnswered { release: V, week: Week::of(on(142)), sentence: "It goes on.".to_owned() };
    let warned = World::built().then(140, said(BOTH, Week::of(on(135)), CheckInOutcome::AtRisk, "No reviewer."));
    let answered = warned.clone().then(142, answer);
    assert_eq!(answered.verdict(on(143)).at_risk, warned.verdict(on(143)).at_risk);
    assert!(answered.verdict(on(143)).at_risk.is_some());
    let known = answered.history.at(on(143));
    assert_eq!(check_ins(&known, V).len(), 1);
    let week = check_in(&known, V, Week::of(on(142)));
    assert_eq!((week.answers.len(), week.halves().any()), (1, false));
}

#[test]
fn the_suggestion_follows_from_the_state_and_says_why() {
    let suggested = |world: &World, day| {
        let open: Vec<_> = world.history.at(on(day)).open_pulls(V).cloned().collect();
        let suggestion = suggest(&world.verdict(on(day)), &open, on(day));
        (suggestion.outcome, suggestion.reason)
    };
    let (outcome, reason) = suggested(&World::ready(), 50);
    assert_eq!((outcome, reason.as_str()), (CheckInOutcome::OnTrack, "it is ready for EF"));
    assert_eq!(suggested(&World::built(), 140).0, CheckInOutcome::Done);
    let lag = World::ready().then(101, in_review(7, 101));
    let (outcome, reason) = suggested(&lag, 112);
    assert_eq!(outcome, CheckInOutcome::AtRisk);
    assert_eq!(reason, "the review of #7 has lagged for 11 days, one pull request is open");
    let open = World::ready().then(120, code(7, PullState::Open));
    assert_eq!(suggested(&open, 121).0, CheckInOutcome::OnTrack);
    assert_eq!(suggested(&open, CF - 5).0, CheckInOutcome::AtRisk);
    assert_eq!(suggested(&open, CF + 1).0, CheckInOutcome::Blocked, "missed, and nobody asked");
    let asked = open.then(CF - 1, asked(1, Freeze::Code));
    assert_eq!(suggested(&asked, CF + 1).0, CheckInOutcome::AtRisk);
    assert_eq!(suggested(&asked.then(CF + 1, denied(1)), CF + 2).0, CheckInOutcome::RetargetOrReject);
    let warned = World::ready().then(20, said(BOTH, Week::of(on(20)), CheckInOutcome::Blocked, "Stuck."));
    assert_eq!(suggested(&warned, 21).0, CheckInOutcome::OnTrack, "a check-in does not suggest itself");
}

#[test]
fn it_is_checked_each_week_from_its_acceptance_to_general_availability() {
    let all = weeks(Some(on(30)), on(0), on(50), Some(on(GA)));
    assert_eq!((all.first(), all.last()), (Some(&Week::of(on(30))), Some(&Week::of(on(50)))));
    assert_eq!(weeks(None, on(40), on(50), None).len(), 2);
    assert_eq!(weeks(Some(on(30)), on(0), on(400), Some(on(GA))).last(), Some(&Week::of(on(GA))));
    assert!(weeks(Some(on(60)), on(0), on(50), None).is_empty());
    let known = World::ready().then(20, said(BOTH, Week::of(on(20)), CheckInOutcome::OnTrack, "Fine."));
    assert_eq!(check_ins(&known.history.at(on(30)), V).len(), 1);
}
