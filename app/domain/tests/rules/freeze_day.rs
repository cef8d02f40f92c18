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

/// What is told beside the snapshot of a freeze, on a later day.
fn news(freeze: Freeze, then: &World, now: World, day: i64) -> Option<(Group, String)> {
    let at = if freeze == Freeze::Enhancement { EF } else { CF };
    let kept = Frozen::of(4702, "Flaky tests by lane", &then.verdict(on(at)), freeze);
    kept.since(&now.verdict(on(day)), freeze).map(|since| (since.group, since.told))
}

fn told(group: Group, words: &str) -> (Group, String) {
    (group, words.to_owned())
}

#[test]
fn what_met_a_freeze_says_so_and_not_how_it_stood_with_the_next_one() {
    let verdict = World::ready().verdict(on(EF));
    assert!(verdict.words.ends_with("for CF"), "{}", verdict.words);
    let group = Group::of(&verdict, Freeze::Enhancement);
    assert_eq!(group.stood(Freeze::Enhancement, &verdict.words), "EF met");
    let missed = World::new().document(1, document()).then(2, issue()).then(10, accepted()).verdict(on(EF));
    let group = Group::of(&missed, Freeze::Enhancement);
    assert_eq!(group.stood(Freeze::Enhancement, &missed.words), "Exception required (EF)");
}

#[test]
fn work_towards_the_next_freeze_is_no_news_beside_the_snapshot() {
    let met = World::ready();
    let merged = met.clone().then(120, Event::RepositoriesRead).then(130, code(7, PullState::Merged));
    assert_ne!(merged.verdict(on(131)).words, met.verdict(on(EF)).words, "its words are others after every merge");
    assert_eq!(news(Freeze::Enhancement, &met, merged, 131), None);
    assert_eq!(news(Freeze::Code, &World::built(), World::built(), CF + 1), None);
}

#[test]
fn what_changes_how_it_stands_with_a_freeze_is_told_beside_the_snapshot() {
    let ef = Freeze::Enhancement;
    let met = World::ready();
    assert_eq!(
        news(ef, &met, met.clone().then(130, removed()), 131),
        Some(told(Group::Others, "Removed from Milestone"))
    );
    assert_eq!(news(ef, &met, met.clone().then(130, deferred()), 131), Some(told(Group::Others, "Deferred")));
    let missed = World::new().document(1, document()).then(2, issue()).then(10, accepted());
    assert_eq!(news(ef, &missed, missed.clone(), EF + 1), None);
    let waived = missed.clone().then(EF + 1, waived(Rule::Commitment));
    assert_eq!(news(ef, &missed, waived.clone(), EF + 2), Some(told(Group::Met, "EF met with a waiver")));
    assert_eq!(
        news(ef, &missed, waived.then(120, Event::RepositoriesRead), CF + 1),
        Some(told(Group::Met, "EF met with a waiver; then Exception required (CF)"))
    );
    let asked = missed.clone().then(EF + 1, asked(1, ef));
    assert_eq!(news(ef, &missed, asked.clone(), EF + 2), Some(told(Group::Exception, "Exception pending (EF)")));
    let granted = asked.then(EF + 2, granted(1, EF + 9));
    assert_eq!(news(ef, &missed, granted.clone(), EF + 3), Some(told(Group::Exception, "Exception until 19 Apr (EF)")));
    assert_eq!(
        news(ef, &missed, granted.clone().then(EF + 4, committed()), EF + 5),
        Some(told(Group::Met, "EF met in time under its exception"))
    );
    assert_eq!(news(ef, &missed, granted, EF + 10), None, "the exception ended as it began, with one required");
    assert_eq!(news(ef, &missed, missed.clone(), GA + 1), Some(told(Group::Others, "Missed (EF)")));
}

#[test]
fn what_the_next_freeze_and_the_release_did_is_told_beside_the_snapshot() {
    let (ef, cf) = (Freeze::Enhancement, Freeze::Code);
    let met = World::ready();
    let news_of_late = |world: World, day| news(ef, &met, world, day);
    assert_eq!(news_of_late(late(), CF + 1), Some(told(Group::Met, "Exception required (CF)")));
    let asked = late().then(140, asked(1, cf));
    assert_eq!(news_of_late(asked.clone(), 141), Some(told(Group::Met, "Exception pending (CF)")));
    let granted = asked.then(141, granted(1, CF + 6));
    assert_eq!(news_of_late(granted, CF + 1), Some(told(Group::Met, "Exception until 5 Jun (CF)")));
    assert_eq!(news_of_late(World::built(), CF + 1), Some(told(Group::Met, "Complete")));
    let landed = World::built().then(GA - 1, landing(7, "main", true));
    let words = landed.verdict(on(GA + 1)).words;
    assert!(["Shipped", "Complete, not landed", "Complete, landing not verified"].contains(&words.as_str()), "{words}");
    assert_eq!(news(cf, &World::built(), landed, GA + 1), Some(told(Group::Met, &words)));
    let waived = late().then(CF + 1, waived(Rule::Implementation));
    assert_eq!(news(cf, &late(), waived, CF + 2), Some(told(Group::Met, "CF met with a waiver")));
}
