//! P-13: what a release board disagrees about with the tracker.

use domain::{Event, FixKind, Freeze, Mismatch};

use crate::{issues::found, support::*};

fn board(status: &str, reviewer: Option<&str>, exception: Option<&str>) -> Event {
    Event::BoardObserved {
        release: V,
        status: status.to_owned(),
        reviewer: reviewer.map(str::to_owned),
        exception: exception.map(str::to_owned),
    }
}

fn differs(world: World, day: i64, event: Event) -> Vec<(String, String)> {
    let all = found(&world.then(day, event), None, day + 1).into_iter().filter(|m| m.code.starts_with("board"));
    all.map(|mismatch: Mismatch| (mismatch.code, mismatch.fix)).collect()
}

fn status(should: &str) -> Vec<(String, String)> {
    vec![("board-status-differs".to_owned(), format!("Status: {should}"))]
}

#[test]
fn its_status_is_that_of_the_tracker() {
    let proposed = || World::new().document(1, document()).then(2, issue());
    let missed = || World::ready().then(120, in_review(7, 110));
    for (world, day, said, should) in [
        (proposed(), 50, "Proposed for consideration", None),
        (proposed(), 50, "Tracked", Some("Proposed for consideration")),
        (World::ready(), 50, "Tracked", None),
        (World::ready(), 50, " unchanged ", None),
        (World::ready(), 50, "At risk", None),
        (World::ready(), 50, "Proposed for consideration", Some("Tracked")),
        (World::ready(), 50, "A new word", None),
        (World::ready().then(40, removed()), 50, "Tracked", Some("Removed from Milestone")),
        (World::ready().then(40, deferred()), 50, "Removed from Milestone", None),
        (World::ready().then(40, deferred()), 50, "Complete", Some("Deferred")),
        (missed(), CF + 1, "Tracked", Some("Exception Required")),
        (missed(), CF + 1, "Exception Required", None),
        (World::built(), CF + 1, "Tracked", Some("Complete")),
        (World::built(), CF + 1, "Complete", None),
        (World::built(), GA + 1, "Tracked", None),
    ] {
        let expected = should.map(status).unwrap_or_default();
        assert_eq!(differs(world, day, board(said, None, None)), expected, "{said} on day {day}");
    }
}

#[test]
fn its_reviewer_is_one_of_those_named() {
    assert_eq!(differs(World::ready(), 50, board("Tracked", Some("Bob"), None)), []);
    assert_eq!(differs(World::ready(), 50, board("Tracked", Some("@cyd"), None)), []);
    let expected = [("board-reviewer-differs".to_owned(), "CEP Reviewer: bob".to_owned())];
    assert_eq!(differs(World::ready(), 50, board("Tracked", Some("eve"), None)), expected);
}

#[test]
fn its_exception_is_where_the_requests_stand() {
    let asked_ = || World::ready().then(140, asked(1, Freeze::Code));
    let phase = |world: World, said: &str| {
        let found = differs(world, 145, board("Tracked", None, Some(said)));
        found.into_iter().find(|(code, _)| code == "board-exception-differs").map(|(_, fix)| fix)
    };
    assert_eq!(phase(World::ready(), "None"), None);
    assert_eq!(phase(World::ready(), "Pending"), Some("Exception phase: None".to_owned()));
    assert_eq!(phase(asked_(), "none"), Some("Exception phase: Pending".to_owned()));
    assert_eq!(phase(asked_().then(141, granted(1, CF + 5)), "accepted"), None);
    assert_eq!(phase(asked_().then(141, granted(1, CF + 5)), "Pending"), Some("Exception phase: Accepted".to_owned()));
    assert_eq!(phase(asked_().then(141, denied(1)), "Pending"), Some("Exception phase: Rejected".to_owned()));
}

#[test]
fn the_latest_look_at_the_board_counts_and_says_what_to_do() {
    let world = World::ready().then(30, board("Complete", None, None));
    let all = found(&world, None, 50);
    let [mismatch] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(
        (mismatch.since, mismatch.fix_kind, mismatch.releases.as_slice()),
        (Some(on(30)), FixKind::Board, &[V][..])
    );
    assert_eq!(mismatch.text, "The board says Complete, the tracker Ready for EF.");
    assert_eq!(FixKind::Board.words(), "Set this on the release board");
    assert_eq!(found(&world.then(31, board("Tracked", None, None)), None, 50), []);
}
