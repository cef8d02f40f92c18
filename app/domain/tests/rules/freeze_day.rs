//! P-5, P-26: how each is judged at a freeze, in which group it is announced, and the texts of freeze day.

use domain::{
    Event, Freeze, Frozen, Group, PullState, Rule,
    freeze_day::{comes_up, settled, simulated},
    outgoing::{About, freeze_comment},
};

use crate::support::*;

fn group(world: &World, day: i64) -> Group {
    Group::of(&world.verdict(on(day)), Freeze::Code)
}

/// Ready at the Enhancement Freeze; a pull request is open at the Code Freeze.
fn late() -> World {
    World::ready()
        .then(120, Event::RepositoriesRead)
        .then(130, code(7, PullState::Open))
        .then(130, docs(8, PullState::Merged))
}

#[test]
fn what_met_a_freeze_is_announced_first_what_has_an_exception_next_then_all_others() {
    assert_eq!(group(&World::built(), CF), Group::Met);
    assert_eq!(group(&late(), CF), Group::Others);
    assert_eq!(group(&late().then(140, asked(1, Freeze::Code)), CF), Group::Exception);
    assert_eq!(group(&late().then(140, asked(1, Freeze::Code)).then(141, granted(1, CF + 6)), CF), Group::Exception);
    assert_eq!(group(&late().then(140, asked(1, Freeze::Code)).then(141, denied(1)), CF), Group::Others);
    assert_eq!(group(&World::built().then(140, removed()), CF), Group::Others);
}

#[test]
fn a_freeze_is_not_met_while_one_before_it_is_missed() {
    let world = World::new()
        .document(1, document())
        .then(10, accepted())
        .then(120, Event::RepositoriesRead)
        .then(130, code(7, PullState::Merged))
        .then(130, docs(8, PullState::Merged));
    assert!(world.verdict(on(CF)).judgement(Freeze::Code).met());
    assert_eq!(group(&world, CF), Group::Others);
}

#[test]
fn an_early_request_for_the_next_freeze_does_not_move_what_met_this_one() {
    let world = World::ready().then(90, asked(1, Freeze::Code));
    let verdict = world.verdict(on(EF));
    assert_eq!((Group::of(&verdict, Freeze::Enhancement), settled(&verdict, Freeze::Enhancement)), (Group::Met, true));
}

#[test]
fn if_the_freeze_were_now_it_is_judged_as_on_its_day() {
    for world in [World::built(), late(), late().then(140, asked(1, Freeze::Code)), World::new()] {
        let real = world.verdict(on(CF));
        let simulated = simulated(world.subject(V), Freeze::Code, on(CF - 5));
        assert_eq!((simulated.status, simulated.tracked), (real.status, real.tracked));
        assert_eq!(Group::of(&simulated, Freeze::Code), Group::of(&real, Freeze::Code));
    }
    assert_eq!(late().status(CF - 5), "Not ready for CF: 1 PR");
    assert_eq!(simulated(late().subject(V), Freeze::Code, on(CF - 5)).words, "Exception required (CF)");
}

#[test]
fn before_both_freezes_a_simulated_code_freeze_has_the_enhancement_freeze_passed_too() {
    let dates = cycle().frozen_at(Freeze::Code, on(50));
    assert_eq!((dates.enhancement_freeze, dates.code_freeze), (Some(on(50)), Some(on(50))));
    let dates = cycle().frozen_at(Freeze::Code, on(120));
    assert_eq!((dates.enhancement_freeze, dates.code_freeze), (Some(on(EF)), Some(on(120))));
    let dates = cycle().frozen_at(Freeze::Enhancement, on(50));
    assert_eq!((dates.enhancement_freeze, dates.code_freeze), (Some(on(50)), Some(on(CF))));
}

#[test]
fn what_waits_for_a_decision_is_not_settled() {
    let open = late();
    assert!(comes_up(&open.verdict(on(CF)), Freeze::Code));
    let is_settled = |world: &World| settled(&world.verdict(on(CF + 1)), Freeze::Code);
    assert!(!is_settled(&open));
    assert!(is_settled(&open.clone().then(CF, waived(Rule::Implementation))));
    assert!(is_settled(&open.clone().then(CF, removed())));
    let asked = open.then(CF, asked(1, Freeze::Code));
    assert!(!is_settled(&asked));
    assert!(is_settled(&asked.clone().then(CF, granted(1, CF + 6))));
    assert!(is_settled(&asked.then(CF, denied(1))));
    assert!(!comes_up(&World::built().then(140, removed()).verdict(on(CF)), Freeze::Code));
}

#[test]
fn a_snapshot_keeps_status_and_words() {
    let judged = Frozen::of(4702, "Flaky tests by lane", &late().verdict(on(CF)), Freeze::Code);
    let json = serde_json::to_value(&judged).unwrap();
    let expected = serde_json::json!({
        "number": 4702,
        "title": "Flaky tests by lane",
        "group": "others",
        "status": "exception-required-cf",
        "words": "Exception required (CF)",
    });
    assert_eq!(json, expected);
}

#[test]
fn the_comment_says_what_is_open_and_what_is_next() {
    let world = late();
    let about = About {
        source: &world.source,
        number: 4702,
        title: "Flaky tests by lane",
        release: V,
        freeze: Some(Freeze::Code),
        dates: &world.dates,
        base: "https://ceps.example/",
        id: None,
    };
    let text = freeze_comment(&about, &world.verdict(on(CF + 1)), Freeze::Code);
    assert!(text.starts_with("**Code Freeze of v1.10: Exception required (CF)**\n\nJudged at 30 May 2026, "), "{text}");
    assert!(text.contains("- Open: Implementation is merged (1 PR). "), "{text}");
    assert!(text.contains("exceptions/new?proposal=cep/4702&freeze=cf&release=v1.10)\n"), "{text}");
    let waived =
        freeze_comment(&about, &world.clone().then(CF, waived(Rule::Implementation)).verdict(on(CF + 1)), Freeze::Code);
    assert!(waived.contains("- Implementation is merged: Waived by @ada: because"), "{waived}");
    assert!(!waived.contains("Ask for an exception"), "{waived}");
    let of = About { freeze: Some(Freeze::Enhancement), ..about };
    let met = freeze_comment(&of, &late().verdict(on(CF + 1)), Freeze::Enhancement);
    assert!(met.starts_with("**Enhancement Freeze of v1.10: met**\n\nJudged at 10 Apr 2026, "), "{met}");
    assert!(!met.contains("exception"), "what it misses later is no matter of this freeze: {met}");
}

#[test]
fn what_changes_how_it_stands_with_a_freeze_is_told_beside_the_snapshot_and_progress_is_not() {
    let kept = |world: &World| Frozen::of(4702, "Flaky tests by lane", &world.verdict(on(EF)), Freeze::Enhancement);
    let since = |then: &World, now: World, day| kept(then).since(&now.verdict(on(day)), Freeze::Enhancement);
    let met = World::ready();
    assert_eq!(kept(&met).group, Group::Met);
    // Its words are others after every merge, and the freeze stays met.
    let merged = met.clone().then(120, Event::RepositoriesRead).then(130, code(7, PullState::Merged));
    assert_ne!(merged.verdict(on(131)).words, kept(&met).words);
    assert_eq!(since(&met, merged, 131), None);
    let gone = since(&met, met.clone().then(130, removed()), 131).unwrap();
    assert_eq!((gone.group, gone.told(Freeze::Enhancement)), (Group::Others, "Removed from Milestone".to_owned()));
    let missed = World::new().document(1, document()).then(2, issue()).then(10, accepted());
    assert_eq!(kept(&missed).group, Group::Others);
    assert_eq!(since(&missed, missed.clone(), EF + 1), None);
    let waived = since(&missed, missed.clone().then(EF + 1, waived(Rule::Commitment)), EF + 2).unwrap();
    assert_eq!(waived.group, Group::Met);
    assert!(waived.told(Freeze::Enhancement).ends_with(" (Enhancement Freeze met)"), "{waived:?}");
}
