//! P-13: where sources disagree, what both say, and the text that mends it.

use domain::{
    ChecklistLine, DocumentReading, DocumentStatus, Event, Judged, Matter, Mismatch, Stage, TargetReading, mismatches,
    verdict_on,
};

use crate::support::*;

fn found(world: &World) -> Vec<Mismatch> {
    mismatches(&Matter::new(&world.source, &world.history, &world.history.at(on(50))))
}

fn only(world: &World) -> Mismatch {
    let found = found(world);
    let [mismatch] = found.as_slice() else { panic!("{found:?}") };
    mismatch.clone()
}

fn written(change: impl FnOnce(&mut DocumentReading)) -> World {
    let mut reading = document();
    change(&mut reading);
    World::new().document(1, reading).then(2, issue())
}

fn called(title: &str) -> World {
    let Event::IssueObserved { open, labels, assignees, linked_document, targets, links, .. } = issue() else {
        unreachable!()
    };
    let title = title.to_owned();
    World::new()
        .document(1, document())
        .then(2, Event::IssueObserved { title, open, labels, assignees, linked_document, targets, links })
}

#[test]
fn where_all_agree_there_is_none() {
    assert_eq!(found(&World::ready()), []);
    assert_eq!(found(&World::new()), []);
}

#[test]
fn the_number_in_the_title_is_that_of_the_issue() {
    let mismatch = only(&written(|reading| reading.number = Some(stated(4700))));
    assert_eq!(mismatch.code, "number-differs");
    assert_eq!(mismatch.text, "The title says CEP 4700, the tracking issue is 4702.");
    assert_eq!(mismatch.fix, "# CEP #4702: Flaky tests by lane");
}

#[test]
fn issue_and_document_have_one_title_with_or_without_the_number_before_it() {
    for title in ["CEP 4702: Flaky tests by lane", "flaky tests by lane", "[CEP]: Flaky tests by lane "] {
        assert_eq!(found(&called(title)), [], "{title}");
    }
    assert_eq!(only(&called("CEP 4702: Stable tests")).code, "title-differs");
    let colon = written(|reading| reading.title = Some(stated("CEP 4702: Flaky tests by lane".to_owned())));
    assert_eq!(found(&colon), [], "a title may hold a colon of its own");
}

#[test]
fn after_a_retarget_the_document_still_says_the_old_release_until_it_follows() {
    let moved_ = World::ready().then(20, moved(V, NEXT));
    let mismatch = found(&moved_).into_iter().find(|mismatch| mismatch.code == "document-still-says").unwrap();
    assert_eq!(mismatch.text, "Document still says v1.10, the decision is v1.11.");
    assert_eq!((mismatch.since, mismatch.releases), (Some(on(20)), vec![V, NEXT]));
    let followed = DocumentReading { targets: vec![target(Stage::Alpha, TargetReading::Version(NEXT))], ..document() };
    let still = |world: &World| found(world).iter().any(|mismatch| mismatch.code == "document-still-says");
    assert!(!still(&moved_.clone().document(30, followed)));
    assert!(!still(&moved_.clone().then(30, accepted())), "taken back");
    assert!(!still(&moved_.undone(21)));
}

#[test]
fn issue_and_document_state_one_target_per_stage() {
    let other = vec![target(Stage::Alpha, TargetReading::Version(NEXT))];
    let mismatch = only(&written(|reading| reading.targets = other));
    assert_eq!(mismatch.code, "issue-target-differs");
    assert_eq!(mismatch.text, "Issue says v1.10 for Alpha, document says v1.11.");
    let silent = written(|reading| reading.targets.clear());
    assert_eq!(found(&silent), []);
}

#[test]
fn a_box_about_the_target_agrees_with_the_target_lines() {
    let ticked = |checked, targets| {
        written(|reading| {
            let text = "(R) Target version is set".to_owned();
            reading.checklist = vec![ChecklistLine { text, checked, struck: false, required: true, line: 5 }];
            reading.targets = targets;
        })
    };
    let stated_ = || vec![target(Stage::Alpha, TargetReading::Version(V))];
    assert_eq!(found(&ticked(true, stated_())), []);
    assert_eq!(found(&ticked(false, Vec::new())), []);
    let unticked = only(&ticked(false, stated_()));
    assert_eq!(
        (unticked.code.as_str(), unticked.fix.as_str()),
        ("checkbox-disagrees", "Line 5: - [x] (R) Target version is set")
    );
    assert_eq!(only(&ticked(true, Vec::new())).fix, "Line 5: - [ ] (R) Target version is set");
}

#[test]
fn a_decision_wins_over_the_status_in_the_document_and_the_difference_shows() {
    let world = |status| World::new().document(1, with_status(status));
    let says = |world: &World| found(world).into_iter().map(|mismatch| mismatch.text).collect::<Vec<_>>();
    let implementable = world(DocumentStatus::Implementable);
    assert_eq!(says(&implementable.clone().then(10, accepted())), [""; 0]);
    let deferred_ = implementable.then(10, deferred());
    assert_eq!(says(&deferred_), ["Document says implementable, the decision is deferred."]);
    assert_eq!(says(&deferred_.then(11, accepted())), [""; 0], "lifted");
    assert_eq!(says(&world(DocumentStatus::Deferred).then(10, deferred())), [""; 0]);
    let accepted_ = world(DocumentStatus::Deferred).then(10, accepted());
    assert_eq!(says(&accepted_), ["Document says deferred, the decision is implementable."]);
    let later =
        World::new().document(1, document()).then(10, accepted()).document(20, with_status(DocumentStatus::Deferred));
    assert_eq!(says(&later), [""; 0], "the document's word is the later one and counts");
    let rejected_ = world(DocumentStatus::Implemented).then(10, rejected()).then(11, accepted());
    assert_eq!(says(&rejected_), ["Document says implemented, the decision is rejected."], "nothing lifts it");
}

#[test]
fn after_a_handover_the_document_names_the_new_owner() {
    let handed = World::ready().then(20, handed_to("eve"));
    let mismatch = found(&handed).into_iter().find(|mismatch| mismatch.code == "owner-differs").unwrap();
    assert_eq!(mismatch.text, "Document names @ada as owner, @eve took over.");
    assert_eq!(found(&World::ready().then(20, handed_to("Ada"))), []);
}

#[test]
fn several_documents_of_one_proposal_state_one_target_per_stage() {
    let other = DocumentReading { targets: vec![target(Stage::Alpha, TargetReading::Version(NEXT))], ..document() };
    let mismatch = only(&World::ready().version(20, "docs/ci-enhancements/4702-flaky/design.md", false, other));
    assert_eq!(mismatch.code, "documents-disagree");
    assert_eq!(mismatch.releases, [NEXT, V]);
    assert_eq!(mismatch.fix_kind.words(), "Put this into the further document");
}

#[test]
fn what_was_decided_wins_over_issue_and_document_and_there_is_one_fix_for_it() {
    let says_next =
        || DocumentReading { targets: vec![target(Stage::Alpha, TargetReading::Version(NEXT))], ..document() };
    let fixes = |world: &World| {
        let now = on(50);
        let verdict = world.verdict(now);
        let judged = [Judged { verdict: &verdict, dates: &world.dates }];
        let known = world.history.at(now);
        let matter = Matter { judged: &judged, ..Matter::new(&world.source, &world.history, &known) };
        let targets = ["issue-target-differs", "document-still-says", "target-differs"];
        let mut all = mismatches(&matter);
        all.retain(|mismatch| targets.contains(&mismatch.code.as_str()));
        all
    };
    // The issue says what was accepted: the document follows.
    let accepted_here = World::new().document(1, says_next()).then(2, issue()).then(10, accepted());
    let found = fixes(&accepted_here);
    let [mismatch] = found.as_slice() else { panic!("{found:?}") };
    let told = "It is accepted for v1.10, the document says v1.11. Issue says v1.10 for Alpha, document says v1.11.";
    assert_eq!((mismatch.text.as_str(), mismatch.code.as_str()), (told, "target-differs"));
    assert!(mismatch.fix.contains("by v1.10"), "{}", mismatch.fix);
    // After a retarget the issue follows first: what is left is one change of the document.
    let found = fixes(&World::ready().then(20, moved(V, NEXT)));
    assert!(found.iter().all(|mismatch| !mismatch.fix.contains("v1.10 release target")), "{found:?}");
    // Accepted anew for the release that the document states: nothing is to be mended by going back.
    let anew = accepted_here.then(20, Event::Accepted { release: NEXT, rank: None });
    let now = on(50);
    let verdicts = [anew.verdict(now), verdict_on(anew.subject(NEXT), &anew.history.at(now), now)];
    let judged = verdicts.each_ref().map(|verdict| Judged { verdict, dates: &anew.dates });
    let known = anew.history.at(now);
    let found = mismatches(&Matter { judged: &judged, ..Matter::new(&anew.source, &anew.history, &known) });
    assert!(!found.iter().any(|mismatch| mismatch.code == "target-differs"), "{found:?}");
    // Nothing was decided: the document holds.
    let found = fixes(&World::new().document(1, says_next()).then(2, issue()));
    assert!(found[0].fix.contains("v1.11"), "{found:?}");
}
