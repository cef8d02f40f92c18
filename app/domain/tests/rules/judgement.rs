//! P-11, clause by clause: which instant a freeze is judged at, and what counts there.

use domain::{Event, Freeze, Outcome, PullState, Rule, Timing};

use crate::support::*;

/// One implementation pull request, open since before the Code Freeze; all else is met.
fn open() -> World {
    World::ready().then(120, Event::RepositoriesRead).then(120, no_docs_needed()).then(125, code(7, PullState::Open))
}

fn under_grant(until: i64) -> World {
    open().then(CF - 5, asked(1, Freeze::Code)).then(CF - 4, granted(1, until))
}

fn merged() -> Event {
    code(7, PullState::Merged)
}

fn met(world: &World, day: i64) -> bool {
    world.verdict(on(day)).judgement(Freeze::Code).met()
}

#[test]
fn the_deadline_is_the_instant_of_the_freeze() {
    let verdict = open().verdict(on(CF - 1));
    let judgement = verdict.judgement(Freeze::Code);
    assert_eq!((judgement.deadline, judgement.timing), (Some(on(CF)), Timing::Ahead));
}

#[test]
fn the_deadline_is_the_end_of_a_grant_where_that_is_later() {
    let deadline = |world: World| world.verdict(on(CF + 1)).judgement(Freeze::Code).deadline;
    assert_eq!(deadline(under_grant(CF + 6)), Some(on(CF + 6)));
    assert_eq!(deadline(under_grant(CF - 1)), Some(on(CF)), "the freeze was moved beyond the grant since");
    assert_eq!(deadline(under_grant(CF + 6).then(CF, granted(1, CF + 9))), Some(on(CF + 9)), "extended");
}

#[test]
fn the_deadline_is_at_most_general_availability() {
    let verdict = under_grant(GA + 30).verdict(on(CF + 1));
    assert_eq!(verdict.judgement(Freeze::Code).deadline, Some(on(GA)));
}

#[test]
fn a_freeze_without_a_date_has_no_deadline_and_no_grant() {
    let verdict = under_grant(CF + 6).dated(|dates| dates.code_freeze = None).verdict(on(CF + 1));
    let judgement = verdict.judgement(Freeze::Code);
    assert_eq!((judgement.deadline, judgement.timing), (None, Timing::NoDate));
    assert_eq!(judgement.request, domain::Request::None);
    assert_eq!(judgement.judged_at, on(CF + 1));
}

#[test]
fn a_grant_that_ends_before_a_freeze_that_was_moved_since_gives_no_time() {
    let verdict = under_grant(CF - 1).verdict(on(CF - 3));
    assert_eq!(verdict.words, "Not ready for CF: 1 PR");
    assert_eq!(verdict.judgement(Freeze::Code).request, domain::Request::None);
}

#[test]
fn it_is_judged_now_while_the_deadline_is_ahead_then_at_the_deadline() {
    let judged_at = |world: &World, day| world.verdict(on(day)).judgement(Freeze::Code).judged_at;
    assert_eq!(judged_at(&open(), CF - 1), on(CF - 1));
    assert_eq!(judged_at(&open(), CF + 1), on(CF));
    assert_eq!(judged_at(&under_grant(CF + 6), CF + 1), on(CF + 1));
    assert_eq!(judged_at(&under_grant(CF + 6), CF + 9), on(CF + 6));
}

#[test]
fn a_freeze_is_met_once_it_has_passed_and_its_result_is_pass() {
    let world = open().then(140, merged());
    assert!(!met(&world, CF - 1), "ready, but not passed");
    assert!(met(&world, CF));
    assert!(met(&open().then(CF, merged()), CF), "at the very instant");
    assert!(!met(&open(), CF));
}

#[test]
fn under_a_grant_a_pass_at_any_instant_since_the_freeze_counts() {
    let world = under_grant(CF + 6).then(CF + 2, merged()).then(CF + 3, code(9, PullState::Open));
    let verdict = world.verdict(on(CF + 8));
    let judgement = verdict.judgement(Freeze::Code);
    assert!(judgement.met());
    assert_eq!((judgement.done_in_time, judgement.judged_at), (Some(on(CF + 2)), on(CF + 2)));
    assert!(met(&world, CF + 5), "while the grant runs too");
}

#[test]
fn without_a_grant_a_pass_after_the_freeze_does_not_count() {
    assert!(!met(&open().then(CF + 2, merged()), CF + 8));
    assert!(!met(&under_grant(CF + 6).then(CF + 7, merged()), CF + 8), "nor one after the grant");
}

#[test]
fn a_pass_at_the_freeze_itself_is_not_done_in_time_but_simply_met() {
    let verdict = under_grant(CF + 6).then(140, merged()).verdict(on(CF + 2));
    assert_eq!(verdict.judgement(Freeze::Code).done_in_time, None);
    assert!(verdict.judgement(Freeze::Code).met());
}

#[test]
fn what_happens_afterwards_does_not_undo_a_pass() {
    let world = open().then(140, merged());
    for event in [code(9, PullState::Open), bug(3, true, "priority/critical-urgent"), handed_to("eve")] {
        assert!(met(&world.clone().then(CF + 1, event.clone()), CF + 8), "{event:?}");
    }
    let emptied = world.document(CF + 1, domain::DocumentReading::default());
    assert!(emptied.verdict(on(CF + 8)).judgement(Freeze::Enhancement).met());
}

#[test]
fn what_happens_afterwards_does_not_heal_a_miss() {
    for event in [merged(), code(7, PullState::Closed), readmitted(), accepted()] {
        assert!(!met(&open().then(CF + 1, event.clone()), CF + 8), "{event:?}");
    }
}

#[test]
fn a_grant_given_afterwards_heals() {
    let late = open().then(CF + 3, merged()).then(CF + 4, asked(1, Freeze::Code)).then(CF + 5, granted(1, CF + 9));
    assert!(!met(&late, CF + 4));
    assert!(met(&late, CF + 5));
}

#[test]
fn a_waiver_given_afterwards_heals() {
    let world = open().then(CF + 3, waived(Rule::Implementation));
    assert!(!met(&world, CF + 2));
    assert!(met(&world, CF + 3));
}

#[test]
fn a_readmission_only_lifts_the_removal() {
    let world = open().then(CF + 1, removed()).then(CF + 2, merged()).then(CF + 3, readmitted());
    assert_eq!(world.status(CF + 1), "Removed from Milestone");
    assert_eq!(world.status(CF + 4), "Exception required (CF)");
    let fine = World::built().then(CF + 1, removed()).then(CF + 3, readmitted());
    assert_eq!(fine.status(CF + 4), "Complete");
}

#[test]
fn evidence_learned_late_about_a_time_before_counts() {
    let mut world = open().then(140, merged());
    world.history.events.last_mut().unwrap().recorded_at = on(CF + 5);
    assert!(met(&world, CF + 1));
}

#[test]
fn signed_statements_count_whenever_they_were_signed() {
    let world = World::ready().then(120, Event::RepositoriesRead).then(CF + 3, nothing_to_merge());
    let world = world.then(CF + 4, no_docs_needed());
    assert!(!met(&world, CF + 3));
    assert!(met(&world, CF + 4));
}

#[test]
fn acceptance_counts_from_when_it_was_given() {
    let base = World::new().document(1, document()).then(2, issue()).then(10, committed());
    assert_eq!(base.clone().then(EF, accepted()).verdict(on(EF)).judgement(Freeze::Enhancement).result, Outcome::Pass);
    assert_eq!(base.then(EF + 1, accepted()).status(EF + 2), "Exception required (EF)");
}

#[test]
fn commitment_counts_from_when_it_was_given() {
    let base = World::new().document(1, document()).then(2, issue()).then(10, accepted());
    assert_eq!(base.clone().then(EF, committed()).status(EF), "Not verified for CF");
    assert_eq!(base.then(EF + 1, committed()).status(EF + 2), "Exception required (EF)");
}

#[test]
fn under_an_enhancement_grant_acceptance_may_come_until_its_end() {
    let base = World::new().document(1, document()).then(2, issue()).then(10, committed());
    let world = base.then(EF + 1, asked(1, Freeze::Enhancement)).then(EF + 2, granted(1, EF + 9));
    assert_eq!(world.clone().then(EF + 8, accepted()).status(EF + 20), "Not verified for CF");
    assert_eq!(world.then(EF + 10, accepted()).status(EF + 20), "Exception required (EF)");
}

#[test]
fn a_removal_ends_a_running_grant_for_good() {
    let world = under_grant(CF + 6).then(CF + 2, removed()).then(CF + 3, readmitted()).then(CF + 4, merged());
    let verdict = world.verdict(on(CF + 5));
    assert_eq!(verdict.words, "Exception required (CF)");
    assert_eq!(verdict.judgement(Freeze::Code).deadline, Some(on(CF + 2)));
    assert_eq!(world.then(CF + 5, granted(1, CF + 6)).status(CF + 5), "Complete", "granted anew");
}

#[test]
fn how_long_a_pull_request_waited_is_counted_up_to_the_judgement() {
    let world = World::ready().then(110, in_review(7, 110));
    let sentence = |day| world.verdict(on(day)).judgement(Freeze::Code).requirements[0].evidence[0].text.clone();
    assert_eq!(sentence(111), "#7 Lane report waits on @bob for 1 day.");
    assert_eq!(sentence(CF + 20), "#7 Lane report waits on @bob for 40 days.");
}
