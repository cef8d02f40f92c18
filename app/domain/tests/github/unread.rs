//! What could not be read is unknown with its time and reason, never a fail (P-8).

use domain::{Event, Freeze, Outcome, PullState, Reading, Rule, Status, checklist};

use crate::support::*;

fn requirement(world: &World, rule: Rule, day: i64) -> domain::Requirement {
    let verdict = world.verdict(on(day));
    verdict.judgement(rule.freeze()).requirements.iter().find(|r| r.rule == rule).cloned().unwrap()
}

fn outcome(world: &World, rule: Rule, day: i64) -> Outcome {
    requirement(world, rule, day).outcome
}

fn elsewhere(what: Reading) -> Event {
    Event::ReadingFailed { repository: "kubevirt/kubevirt".to_owned(), what, reason: "GitHub answered 502".to_owned() }
}

#[test]
fn a_requirement_that_rests_on_it_is_unknown_with_the_time_and_the_reason() {
    let world = World::built().then(131, code(9, PullState::Open)).then(140, unreadable(Reading::Pulls));
    let found = requirement(&world, Rule::Implementation, 141);
    assert_eq!((found.outcome, found.open.as_str()), (Outcome::Unknown, "pull requests not read"));
    let evidence = found.evidence.first().unwrap();
    assert_eq!(
        evidence.text,
        "The pull requests of kubevirt/project-infra could not be read since 21 May 2026, 12:00 UTC: GitHub answered 502."
    );
    assert_eq!(evidence.observed, Some(on(140)));
    assert_eq!(world.status(141), "Not verified for CF");
}

#[test]
fn each_requirement_rests_on_its_own_reading() {
    let cases = [
        (Reading::Issues, vec![Rule::Issue, Rule::Labels, Rule::Bugs]),
        (Reading::Pulls, vec![Rule::Implementation, Rule::Docs]),
        (Reading::Documents, vec![]),
        (Reading::Branches, vec![]),
    ];
    for (what, unknown) in cases {
        let world = World::built().then(140, unreadable(what));
        for rule in Freeze::BOTH.into_iter().flat_map(Rule::of).filter(|rule| **rule != Rule::SignOff) {
            // The Enhancement Freeze was judged before; what failed since does not touch it.
            let expected =
                if rule.freeze() == Freeze::Code && unknown.contains(rule) { Outcome::Unknown } else { Outcome::Pass };
            assert_eq!(outcome(&world, *rule, 141), expected, "{what:?} {rule:?}");
        }
        let early = World::ready().then(50, unreadable(what));
        for rule in Rule::of(Freeze::Enhancement).iter().filter(|rule| **rule != Rule::SignOff) {
            let expected = if unknown.contains(rule) { Outcome::Unknown } else { Outcome::Pass };
            assert_eq!(outcome(&early, *rule, 51), expected, "{what:?} {rule:?}");
        }
    }
}

#[test]
fn the_issue_is_read_from_the_sources_own_repository_and_code_from_any() {
    let world = |what| World::ready().then(50, elsewhere(what));
    assert_eq!(outcome(&world(Reading::Issues), Rule::Labels, 51), Outcome::Pass);
    assert_eq!(outcome(&world(Reading::Issues), Rule::Bugs, 51), Outcome::Unknown);
    assert_eq!(outcome(&World::built().then(140, elsewhere(Reading::Pulls)), Rule::Docs, 141), Outcome::Unknown);
}

#[test]
fn a_document_that_was_read_stands_and_one_that_was_not_is_no_fail() {
    let new = World::new().then(2, issue());
    assert_eq!(outcome(&new, Rule::Document, 50), Outcome::Fail);
    let unread = new.then(40, unreadable(Reading::Documents));
    assert_eq!(outcome(&unread, Rule::Document, 50), Outcome::Unknown);
    assert_eq!(outcome(&unread, Rule::Graduation, 50), Outcome::Unknown);
}

#[test]
fn a_complete_reading_heals_it_and_what_was_learned_late_counts() {
    let open = World::built().then(131, code(9, PullState::Open)).then(CF - 1, unreadable(Reading::Pulls));
    assert_eq!(open.status(CF + 1), "Not verified, due (CF)");
    let healed = open.clone().then(CF + 2, Event::RepositoriesRead);
    assert_eq!(healed.status(CF + 3), "Exception required (CF)");
    // The pull request was merged while nobody could look.
    let merged = open.then(CF - 1, code(9, PullState::Merged)).then(CF + 2, Event::RepositoriesRead);
    assert_eq!(merged.status(CF + 3), "Complete");
}

#[test]
fn what_fails_after_the_freeze_leaves_what_was_judged() {
    let world = World::built().then(CF + 1, unreadable(Reading::Pulls)).then(CF + 1, unreadable(Reading::Issues));
    assert_eq!(world.status(CF + 2), "Complete");
    let missed = World::built().then(131, code(9, PullState::Open)).then(CF + 1, unreadable(Reading::Pulls));
    assert_eq!(missed.status(CF + 2), "Exception required (CF)");
}

#[test]
fn since_is_when_it_failed_first_and_the_reason_is_the_last() {
    let later = Event::ReadingFailed {
        repository: "kubevirt/project-infra".to_owned(),
        what: Reading::Pulls,
        reason: "GitHub did not answer".to_owned(),
    };
    let world = World::built().then(140, unreadable(Reading::Pulls)).then(142, later);
    let known = world.history.at(on(143));
    let [unread] = known.unread.as_slice() else { panic!("{:?}", known.unread) };
    assert_eq!((unread.since, unread.reason), (on(140), "GitHub did not answer"));
    assert_eq!(world.then(144, Event::RepositoriesRead).history.at(on(144)).unread, []);
}

#[test]
fn what_people_signed_or_waived_does_not_rest_on_github() {
    let signed = World::ready().then(20, nothing_to_merge()).then(20, no_docs_needed());
    let unread = signed.then(140, unreadable(Reading::Pulls));
    assert_eq!(outcome(&unread, Rule::Implementation, 141), Outcome::Pass);
    assert_eq!(outcome(&unread, Rule::Docs, 141), Outcome::Pass);
    let waived_ = World::built().then(140, unreadable(Reading::Pulls)).then(141, waived(Rule::Docs));
    assert_eq!(outcome(&waived_, Rule::Docs, 142), Outcome::Pass);
}

#[test]
fn what_is_not_in_the_branch_may_have_come_while_nobody_could_look() {
    let not_in = World::built().then(CF + 5, landing(7, "release-1.10", false));
    assert_eq!(not_in.verdict(on(GA + 1)).status, Status::CompleteNotLanded);
    let unread = not_in.then(CF + 6, unreadable(Reading::Branches));
    assert_eq!(unread.verdict(on(GA + 1)).status, Status::CompleteLandingNotVerified);
    let within =
        World::built().then(CF + 5, landing(7, "release-1.10", true)).then(CF + 6, unreadable(Reading::Branches));
    assert_eq!(within.verdict(on(GA + 1)).status, Status::Shipped, "what is in it stays in it");
}

#[test]
fn the_checklist_is_not_answered_by_what_could_not_be_read() {
    let line = |world: &World, key: &str| {
        let now = on(CF + 3);
        let lines = checklist::checklist(&world.history.at(now), &world.verdict(now), &[]);
        lines.into_iter().find(|line| line.key == key).unwrap()
    };
    let open = World::built().then(131, docs(8, PullState::Open)).then(131, landing(7, "release-1.10", false));
    for (key, what) in [("landed", Reading::Branches), ("docs", Reading::Pulls), ("tracked", Reading::Issues)] {
        let unread = line(&open.clone().then(CF + 2, unreadable(what)), key);
        assert_eq!(unread.outcome, Outcome::Unknown, "{key}");
        assert!(unread.evidence.first().unwrap().text.contains("GitHub answered 502"), "{key}");
    }
    assert_eq!((line(&open, "landed").outcome, line(&open, "docs").outcome), (Outcome::Fail, Outcome::Fail));
    let merged = World::built().then(CF + 2, unreadable(Reading::Pulls));
    assert_eq!(line(&merged, "docs").outcome, Outcome::Pass, "what is merged stays merged");
}

#[test]
fn the_shapes_in_the_log_are_these() {
    let failed = serde_json::to_value(unreadable(Reading::Pulls)).unwrap();
    let expected = serde_json::json!({
        "type": "reading-failed", "repository": "kubevirt/project-infra", "what": "pulls", "reason": "GitHub answered 502"
    });
    assert_eq!(failed, expected);
    let board = serde_json::json!({ "type": "board-observed", "release": "v1.10", "status": "Tracked" });
    let read: Event = serde_json::from_value(board.clone()).unwrap();
    assert_eq!((serde_json::to_value(&read).unwrap(), read.release()), (board, Some(V)));
    assert!(!read.is_decision() && !unreadable(Reading::Pulls).is_decision());
    assert_eq!(read.tell(), "The board of v1.10 says “Tracked”");
    assert_eq!(
        unreadable(Reading::Pulls).tell(),
        "The pull requests of kubevirt/project-infra could not be read: GitHub answered 502"
    );
}
