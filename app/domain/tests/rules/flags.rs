//! P-7, P-12: five facts, "at risk", what is open, whom it waits on, and the warnings of P-10.

use domain::{Acceptance, CheckInOutcome, Event, Freeze, Outcome, PullKind, PullState, Request, Share, Status, Who};

use crate::support::*;

fn reviewed(since: i64) -> World {
    World::ready().then(since, in_review(7, since))
}

#[test]
fn five_facts_stand_side_by_side() {
    let bare = World::new().document(1, document()).verdict(on(50)).facts;
    assert_eq!((bare.accepted, bare.merged, bare.landed), (None, None, (Outcome::Unknown, None)));
    assert_eq!(bare.ready, Some((Freeze::Enhancement, Outcome::Fail)));
    let world = World::built().then(131, code(9, PullState::Open)).then(140, landing(7, "release-1.10", true));
    let facts = world.then(141, asked(1, Freeze::Code)).verdict(on(145)).facts;
    assert_eq!(facts.accepted, Some(Acceptance { at: Some(on(10)), rank: Some(1) }));
    assert_eq!(facts.ready, Some((Freeze::Code, Outcome::Fail)));
    assert_eq!(facts.exceptions, [(Freeze::Enhancement, Request::None), (Freeze::Code, Request::Undecided)]);
    assert_eq!(facts.merged, Some(Share { done: 1, all: 2 }));
    assert_eq!(facts.landed, (Outcome::Fail, Some(Share { done: 1, all: 2 })));
    assert_eq!(facts.branch.as_deref(), Some("release-1.10"));
    assert_eq!(World::built().verdict(on(CF + 1)).facts.ready, None, "both freezes are met");
}

#[test]
fn it_has_landed_when_every_merged_pull_request_is_in_the_branch_of_the_release() {
    let two = World::built().then(131, code(9, PullState::Merged)).then(140, landing(7, "release-1.10", true));
    let landed = |world: &World| world.verdict(on(160)).facts.landed.0;
    assert_eq!(landed(&two), Outcome::Unknown, "nobody looked for the other");
    assert_eq!(landed(&two.clone().then(141, landing(9, "main", true))), Outcome::Pass, "no release branches there");
    assert_eq!(landed(&two.clone().then(141, landing(9, "release-1.10", false))), Outcome::Fail);
    let picked = two.then(141, landing(9, "release-1.10", false)).then(150, landing(9, "release-1.10", true));
    assert_eq!(landed(&picked), Outcome::Pass, "cherry-picked");
    assert_eq!(landed(&picked.then(155, landing(9, "main", false))), Outcome::Pass, "its own branch decides");
}

#[test]
fn what_is_open_names_what_fails_and_leaves_the_unknown_aside() {
    let world = World::new().document(1, document()).then(10, accepted());
    assert_eq!(world.status(20), "Not ready for EF: no commitment", "issue and labels were not read");
    let read = world.then(
        11,
        Event::IssueObserved {
            title: String::new(),
            open: true,
            labels: Vec::new(),
            assignees: Vec::new(),
            linked_document: None,
            targets: Vec::new(),
            links: Vec::new(),
        },
    );
    assert_eq!(read.status(20), "Not ready for EF: issue has no link +2");
    let verdict = World::ready().verdict(on(CF - 10));
    assert_eq!(verdict.judgement(Freeze::Code).open(), "no PR seen +2", "nothing fails, three are unknown");
    assert_eq!(World::built().verdict(on(140)).judgement(Freeze::Code).open(), "");
}

#[test]
fn at_risk_when_the_latest_check_in_says_so() {
    let world = World::ready().then(20, check_in(CheckInOutcome::AtRisk));
    assert_eq!(world.verdict(on(30)).at_risk.as_deref(), Some("Check-in 2026-W20: at risk. Bob is away."));
    let blocked = World::ready().then(20, check_in(CheckInOutcome::Blocked)).verdict(on(30));
    assert_eq!(blocked.at_risk.as_deref(), Some("Check-in 2026-W20: blocked. Bob is away."));
    assert_eq!(world.clone().then(27, check_in(CheckInOutcome::OnTrack)).verdict(on(30)).at_risk, None);
    assert_eq!(world.verdict(on(19)).at_risk, None);
}

#[test]
fn at_risk_when_a_review_lags_for_more_than_seven_days() {
    assert_eq!(reviewed(110).verdict(on(117)).at_risk, None, "seven days are not more than seven");
    let verdict = reviewed(110).verdict(on(118));
    assert_eq!(verdict.at_risk.as_deref(), Some("#7 has waited 8 days for a review (limit 7)."));
    let owed = domain::Pull {
        waiting_since: Some(on(110)),
        waiting_on: vec!["ada".to_owned()],
        ..pull(7, PullKind::Implementation, PullState::Open)
    };
    let owed = World::ready().then(110, Event::PullObserved(owed));
    assert_eq!(owed.verdict(on(125)).at_risk, None, "the author owes changes");
    let merged = reviewed(110).then(119, code(7, PullState::Merged));
    assert_eq!(merged.verdict(on(125)).at_risk, None);
}

#[test]
fn at_risk_when_a_tracked_one_is_not_ready_within_seven_days_of_its_gate() {
    let world = World::ready().then(115, code(7, PullState::Open));
    assert_eq!(world.verdict(on(CF - 8)).at_risk, None);
    let risk = |world: &World, day| world.verdict(on(day)).at_risk;
    assert_eq!(risk(&world, CF - 7).as_deref(), Some("Not ready, and the Code Freeze is 7 days away."));
    assert_eq!(risk(&world, CF - 1).as_deref(), Some("Not ready, and the Code Freeze is 1 day away."));
    assert_eq!(risk(&world, CF), None, "it is missed now");
    let granted = world.then(CF - 9, asked(1, Freeze::Code)).then(CF - 8, granted(1, CF + 9));
    assert_eq!(risk(&granted, CF + 1), None);
    assert_eq!(risk(&granted, CF + 5).as_deref(), Some("Not ready, and the end of its exception is 4 days away."));
}

#[test]
fn at_risk_is_neither_the_unknown_nor_the_untracked_nor_the_done() {
    assert_eq!(World::ready().verdict(on(CF - 2)).at_risk, None, "not verified is not failed");
    assert_eq!(World::new().document(1, document()).verdict(on(EF - 2)).at_risk, None, "not accepted");
    let warned = World::built().then(140, check_in(CheckInOutcome::AtRisk));
    assert!(warned.verdict(on(145)).at_risk.is_some());
    assert_eq!(warned.verdict(on(CF)).at_risk, None, "complete");
    assert_eq!(warned.then(146, removed()).verdict(on(147)).at_risk, None);
}

#[test]
fn it_waits_on_the_owning_sig_for_acceptance() {
    let verdict = World::new().document(1, document()).then(2, issue()).verdict(on(20));
    let first = &verdict.waiting[0];
    assert_eq!((&first.who, first.what.as_str()), (&Who::Sig("sig-ci".to_owned()), "Decide whether v1.10 takes it"));
    assert_eq!(first.link.as_deref(), Some("https://github.com/kubevirt/project-infra/issues/4702"));
}

#[test]
fn it_waits_on_whoever_can_clear_an_open_requirement_until_the_deadline_of_the_gate() {
    let verdict = reviewed(110).then(110, no_docs_needed()).then(111, Event::RepositoriesRead).verdict(on(120));
    let [waiting] = verdict.waiting.as_slice() else { panic!("{:?}", verdict.waiting) };
    assert_eq!(waiting.who, Who::Reviewers(vec!["bob".to_owned()]));
    assert_eq!(waiting.logins, ["bob"]);
    assert_eq!(waiting.what, "Merge the implementation: 1 PR");
    assert_eq!((waiting.since, waiting.deadline), (Some(on(110)), Some(on(CF))));
}

#[test]
fn it_waits_on_the_author_too_where_another_pull_request_waits_on_its_reviewer() {
    let world = reviewed(110).then(110, code(9, PullState::Open)).then(110, no_docs_needed());
    let verdict = world.then(111, Event::RepositoriesRead).verdict(on(120));
    let told: Vec<_> =
        verdict.waiting.iter().map(|waiting| (waiting.what.as_str(), waiting.logins.join(" "))).collect();
    assert_eq!(
        told,
        [("Merge the implementation: 2 PRs", "bob".to_owned()), ("Answer the review of 1 PR", "ada".to_owned())]
    );
}

#[test]
fn after_a_miss_the_owner_asks_for_an_exception_or_leaves() {
    let verdict = reviewed(110).verdict(on(CF + 1));
    let first = &verdict.waiting[0];
    assert_eq!(first.what, "Ask for an exception, or leave the milestone");
    assert_eq!((first.why.as_str(), first.since), ("Missed the Code Freeze: 1 PR.", Some(on(CF))));
    let denied = reviewed(110).then(CF + 1, asked(1, Freeze::Code)).then(CF + 2, denied(1)).verdict(on(CF + 3));
    assert_eq!(denied.waiting[0].what, "Retarget it; its exception was denied");
}

#[test]
fn what_has_ended_or_is_done_waits_on_nobody() {
    for world in [World::ready().then(20, removed()), World::ready().then(20, rejected()), World::built()] {
        let verdict = world.verdict(on(CF + 1));
        assert_eq!(verdict.waiting, [], "{:?}", verdict.status);
    }
    let stuck = World::built().then(170, landing(7, "release-1.10", false)).verdict(on(GA + 1));
    assert_eq!(stuck.status, Status::CompleteNotLanded);
    assert_eq!(stuck.waiting[0].why, "Not all of it is in release-1.10.");
}

#[test]
fn warnings_are_no_requirements() {
    let warnings = |world: &World| world.verdict(on(140)).warnings.into_iter().map(|w| w.text).collect::<Vec<_>>();
    let behind = World::built().then(11, supported());
    assert_eq!(warnings(&behind), ["The document is older than #7 Lane report, which is merged."]);
    assert_eq!(warnings(&behind.document(131, document())), [""; 0]);
    let changing = World::ready().then(11, supported());
    let changing = changing.then(20, Event::PullObserved(pull(9, PullKind::Proposal, PullState::Open)));
    assert_eq!(warnings(&changing), ["#9 Lane report is open and changes the document."]);
    assert_eq!(World::built().status(140), "Ready for CF");
}

#[test]
fn acceptance_without_support_and_tracking_without_commitment_are_pointed_out() {
    let warnings = |world: &World, day| world.verdict(on(day)).warnings.into_iter().map(|w| w.text).collect::<Vec<_>>();
    let bare = "It was accepted, but no support by the community is on record.";
    assert_eq!(warnings(&World::ready(), 50), [bare]);
    assert_eq!(warnings(&World::new().document(1, document()), 50), ["No support by the community is on record."]);
    assert_eq!(warnings(&World::ready().then(11, supported()), 50), [""; 0]);
    assert_eq!(warnings(&World::ready(), GA), [""; 0], "the release is out");
    for out in [World::ready().then(11, removed()), World::ready().then(11, deferred()), World::new()] {
        assert_eq!(warnings(&out, 50), [""; 0]);
    }
    assert_eq!(World::ready().verdict(on(50)).words, "Ready for EF", "a warning, not a block");
    let handed = World::ready().then(11, supported()).then(EF + 1, handed_to("eve"));
    assert_eq!(warnings(&handed, EF + 2), ["It is tracked without a commitment to v1.10 by @eve."]);
    let again = handed.clone().then(EF + 3, committed());
    assert_eq!(warnings(&again, EF + 4), [""; 0]);
    let early = World::ready().then(11, supported()).then(12, handed_to("eve"));
    assert_eq!((warnings(&early, 50), early.status(50)), (vec![], "Not ready for EF: no commitment".to_owned()));
}

#[test]
fn a_verdict_survives_being_written_and_read() {
    for day in [20, EF + 1, 140, CF + 1, GA + 1] {
        let verdict = reviewed(110).then(141, asked(1, Freeze::Code)).verdict(on(day));
        let json = serde_json::to_string(&verdict).unwrap();
        assert_eq!(serde_json::from_str::<domain::Verdict>(&json).unwrap(), verdict);
    }
}
