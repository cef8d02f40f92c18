//! Which decisions are possible where a proposal stands, and what a refusal says.

use domain::{Decision, Event, Freeze, ReleaseVersion, RetargetReason, policy::Action};

use crate::support::{deciding::*, *};

fn because() -> String {
    " because ".to_owned()
}

fn accept(rank: Option<u32>) -> Decision {
    Decision::Accept { release: V, rank }
}

fn rank(rank: Option<u32>) -> Decision {
    Decision::Rank { release: V, rank }
}

fn commit() -> Decision {
    Decision::Commit { release: V, on: None }
}

fn remove() -> Decision {
    Decision::Remove { release: V, reason: because() }
}

fn readmit() -> Decision {
    Decision::Readmit { release: V, reason: because() }
}

fn retarget(to: ReleaseVersion) -> Decision {
    Decision::Retarget { release: V, to, reason: RetargetReason::NewBlocker, sentence: String::new() }
}

fn endings() -> [Decision; 5] {
    [
        Decision::Defer { reason: because() },
        Decision::Deprecate { reason: because() },
        Decision::Reject { reason: because() },
        Decision::Withdraw { reason: because() },
        Decision::Replace { by: 4711, reason: because() },
    ]
}

fn assign(reviewers: &[&str], approvers: &[&str]) -> Decision {
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Decision::Assign { reviewers: own(reviewers), approvers: own(approvers) }
}

fn hand_over(to: &str) -> Decision {
    Decision::HandOver { to: to.to_owned() }
}

/// Targets v1.10, and nothing was decided.
fn proposed() -> World {
    World::new().document(1, document()).then(2, issue())
}

fn taken(world: &World, day: i64, decision: Decision) -> Event {
    world.would("ada", on(day), decision).unwrap()
}

#[test]
fn accepting_takes_a_proposal_in_and_ranking_anew_does_not_accept_it_anew() {
    let world = proposed().decide("sig", 20, accept(None));
    assert_eq!(world.status(21), "Not ready for EF: no commitment");
    assert_eq!(world.refusal("sig", 21, accept(None)), "it is accepted for v1.10 already");
    assert_eq!(taken(&world, 21, accept(Some(2))), Event::Ranked { release: V, rank: Some(2) });
    let ranked = world.decide("sig", EF + 5, rank(Some(2)));
    let accepted = ranked.verdict(on(EF + 6)).facts.accepted.unwrap();
    assert_eq!((accepted.at, accepted.rank), (Some(on(20)), Some(2)), "acceptance counts from when it was given");
    assert_eq!(ranked.refusal("sig", EF + 6, rank(Some(2))), "it stands at that place already");
    assert_eq!(ranked.refusal("sig", EF + 6, accept(Some(2))), "it is accepted for v1.10 already");
    assert_eq!(taken(&ranked, EF + 6, rank(None)), Event::Ranked { release: V, rank: None });
    for decision in [accept(Some(0)), rank(Some(0))] {
        assert_eq!(ranked.refusal("sig", EF + 6, decision), "a rank is a place in the SIG's order, from 1");
    }
    let wanted = "it is not accepted for v1.10; accept it first, its rank goes with that";
    assert_eq!(proposed().refusal("sig", 20, rank(Some(1))), wanted);
}

#[test]
fn a_proposal_without_a_target_is_accepted_but_neither_ranked_nor_committed_to() {
    assert_eq!(World::new().decide("sig", 20, accept(None)).status(20), "Not ready for EF: document not merged +4");
    let no_part = "the proposal takes no part in v1.10: neither target nor decision names it";
    for decision in [rank(None), commit(), remove(), retarget(NEXT)] {
        assert_eq!(World::new().refusal("ada", 20, decision), no_part);
    }
    let unknown = Decision::Accept { release: ReleaseVersion::new(9, 9), rank: None };
    let known = "no schedule and no document names v9.9; releases known: v1.9, v1.10, v1.11";
    assert_eq!(proposed().refusal("sig", 20, unknown), known);
    let early = Decision::Accept { release: NEXT, rank: Some(1) };
    assert_eq!(taken(&proposed(), 20, early), Event::Accepted { release: NEXT, rank: Some(1) }, "it has no dates yet");
}

#[test]
fn the_owner_commits_with_a_date_once() {
    let world = proposed().decide("sig", 20, accept(None));
    assert_eq!(taken(&world, 21, commit()), Event::Committed { release: V, on: day_of(21) });
    let dated = |day| Decision::Commit { release: V, on: Some(day_of(day)) };
    assert_eq!(taken(&world, 21, dated(3)), Event::Committed { release: V, on: day_of(3) });
    assert_eq!(taken(&world, 21, dated(22)), Event::Committed { release: V, on: day_of(22) }, "it is that day already");
    let ahead = "a commitment cannot be dated 2026-01-24, which is still to come";
    assert_eq!(world.refusal("ada", 21, dated(23)), ahead);
    let other = "@eve is not an owner of it (@ada); an owner's word can be recorded on their behalf, with a link to it";
    assert_eq!(world.refusal("eve", 21, commit()), other);
    let committed = world.decide("ADA", 21, commit());
    assert_eq!(committed.status(21), "Ready for EF");
    assert_eq!(committed.refusal("ada", 21, commit()), "@ada committed to v1.10 that day already");
    assert!(committed.would("ada", on(22), commit()).is_ok(), "a word may be given again");
}

#[test]
fn a_new_owner_has_to_commit_anew() {
    let world = World::ready();
    assert_eq!(world.refusal("ada", 20, hand_over("@Ada")), "@Ada owns it already");
    for nobody in ["", "tbd", "  @ "] {
        assert!(world.refusal("ada", 20, hand_over(nobody)).ends_with("is not a GitHub login"), "{nobody}");
    }
    assert_eq!(world.refusal("ada", 20, hand_over("no body")), "`no body` is not a GitHub login");
    let handed = world.decide("ada", 20, hand_over(" @eve"));
    assert_eq!(handed.status(21), "Not ready for EF: no commitment");
    assert_eq!(handed.clone().decide("eve", 22, commit()).status(22), "Ready for EF");
    let other = "@ada is not an owner of it (@eve); an owner's word can be recorded on their behalf, with a link to it";
    assert_eq!(handed.refusal("ada", 22, commit()), other);
}

#[test]
fn one_of_two_owners_may_take_over_and_keeps_their_word() {
    let mut both = document();
    both.owners = logins(&["ada", "eve"]);
    let world = World::ready().document(11, both).decide("eve", 12, commit());
    let alone = world.decide("ada", 20, hand_over("EVE"));
    assert_eq!(alone.status(21), "Ready for EF");
    assert_eq!(alone.refusal("eve", 22, hand_over("eve")), "@eve owns it already");
}

#[test]
fn reviewers_and_approvers_are_assigned_by_name_and_an_empty_list_leaves_the_earlier() {
    let mut nobody = document();
    (nobody.reviewers, nobody.approvers) = (Vec::new(), Vec::new());
    let world = World::ready().document(11, nobody);
    assert_eq!(world.status(12), "Not ready for EF: no reviewer, no approver");
    let none = "name at least one reviewer or approver by GitHub login; TBD does not count";
    assert_eq!(world.refusal("sig", 12, assign(&["TBD", " "], &[])), none);
    assert_eq!(world.refusal("sig", 12, assign(&["bob the builder"], &[])), "`bob the builder` is not a GitHub login");
    let one = world.decide("sig", 12, assign(&["@bob", "BOB", "tbd"], &[]));
    assert_eq!(one.status(13), "Not ready for EF: no approver");
    let both = one.decide("sig", 13, assign(&[], &["cyd"]));
    let Some(Event::Assigned { reviewers, approvers }) = both.history.events.last().map(|r| &r.event) else { panic!() };
    assert_eq!((reviewers.as_slice(), approvers.as_slice()), (&["bob".to_owned()][..], &["cyd".to_owned()][..]));
    assert_eq!(both.status(14), "Ready for EF");
}

#[test]
fn a_retarget_needs_another_release_that_is_not_out_and_a_sentence_for_other_reasons() {
    let world = World::ready();
    assert_eq!(world.refusal("sig", 20, retarget(V)), "it targets v1.10 already; name another release");
    assert_eq!(world.refusal("sig", 20, retarget(OLD)), "v1.9 has been released; its record is closed");
    let other = |sentence: &str| Decision::Retarget {
        release: V,
        to: NEXT,
        reason: RetargetReason::Other,
        sentence: sentence.to_owned(),
    };
    let reason = "a reason is needed: write one sentence that others will understand later";
    assert_eq!(world.refusal("sig", 20, other("  ")), reason);
    let moved = world.clone().decide("sig", 20, other(" Bob left. "));
    assert_eq!(moved.status(21), "Retargeted to v1.11");
    assert!(world.would("sig", on(20), retarget(NEXT)).is_ok(), "a named reason needs no sentence");
    let late = Decision::Retarget { release: NEXT, to: V, reason: RetargetReason::NewBlocker, sentence: String::new() };
    let frozen = moved.refusal("sig", EF, late.clone());
    assert!(frozen.starts_with("the Enhancement Freeze of v1.10 has passed"), "{frozen}");
    assert!(moved.would("sig", on(EF - 1), late).is_ok(), "back again while it is ahead");
    let (dates, undated) = (moved.dates_of(NEXT).unwrap(), domain::ReleaseDates::default());
    let known = moved.history.at(on(21));
    let participation = known.participation(NEXT, &dates);
    let docket = domain::Docket { participation: &participation, release: NEXT, dates: &dates, now: on(21) };
    assert_eq!(docket.takes_in(V, &undated), Err(domain::RuleError::TargetBehind(V, NEXT)), "older and without a date");
    let left = "the proposal has left v1.10; accept it again or retarget it back first";
    for decision in [retarget(NEXT), remove(), commit(), rank(None)] {
        assert_eq!(moved.refusal("ada", 21, decision), left);
    }
    let back = moved.decide("sig", 21, accept(Some(3)));
    assert_eq!(back.status(22), "Not ready for EF: no commitment");
}

#[test]
fn what_was_removed_is_taken_back_and_nothing_else_is() {
    let world = World::ready();
    assert_eq!(world.refusal("rel", 20, readmit()), "it was not removed from v1.10; there is nothing to take back");
    let removed = world.clone().decide("rel", 20, remove());
    assert_eq!(removed.status(20), "Removed from Milestone");
    assert_eq!(removed.refusal("rel", 21, remove()), "it was removed from v1.10 already");
    assert_eq!(removed.clone().decide("rel", 21, readmit()).status(22), "Ready for EF", "it stays accepted");
    assert_eq!(removed.decide("sig", 21, accept(None)).status(22), "Ready for EF", "or the SIG accepts it anew");
    // P-6: re-admitting lifts Deferred, Deprecated and Retargeted too.
    for ending in endings().into_iter().take(2) {
        assert_eq!(world.clone().decide("sig", 20, ending).decide("rel", 21, readmit()).status(22), "Ready for EF");
    }
    let moved = world.decide("sig", 20, retarget(NEXT)).decide("rel", 21, readmit());
    assert_eq!(moved.status(22), "Proposed for consideration");
}

#[test]
fn every_ending_needs_a_reason_and_ends() {
    let words = ["Deferred", "Deprecated", "Rejected", "Withdrawn", "Replaced by 4711"];
    for (ending, status) in endings().into_iter().zip(words) {
        assert_eq!(World::ready().decide("sig", 20, ending).status(21), status);
    }
    let reason = "a reason is needed: write one sentence that others will understand later";
    let empty = || "\n ".to_owned();
    for decision in [
        Decision::Defer { reason: empty() },
        Decision::Deprecate { reason: empty() },
        Decision::Reject { reason: empty() },
        Decision::Withdraw { reason: empty() },
        Decision::Replace { by: 1, reason: empty() },
        Decision::Remove { release: V, reason: empty() },
        Decision::NoDocsNeeded { release: V, reason: empty() },
        Decision::NothingToMerge { release: V, reason: empty() },
        Decision::Waive { release: V, rule: domain::Rule::Docs, reason: empty() },
        Decision::Feedback { links: Vec::new(), note: empty() },
        Decision::PutOnAgenda { reason: empty() },
    ] {
        assert_eq!(World::ready().refusal("ada", 20, decision.clone()), reason, "{decision:?}");
    }
    for by in [0, 4702] {
        let itself = Decision::Replace { by, reason: because() };
        assert_eq!(World::ready().refusal("sig", 20, itself), "a proposal cannot be replaced by itself");
    }
}

#[test]
fn nothing_is_decided_about_what_has_ended_for_good() {
    for (ending, word) in endings().into_iter().skip(2).zip(["rejected", "withdrawn", "replaced"]) {
        let world = World::ready().decide("sig", 20, ending);
        let refusal = format!("the proposal was {word}, and nothing lifts that");
        let on_release = [accept(None), rank(None), commit(), remove(), readmit(), retarget(NEXT)];
        let elsewhere = [Decision::Accept { release: NEXT, rank: None }];
        for decision in on_release.into_iter().chain(endings()).chain(elsewhere) {
            assert_eq!(world.refusal("ada", 21, decision.clone()), refusal, "{decision:?}");
        }
    }
}

#[test]
fn what_is_put_off_has_to_be_taken_up_before_more_is_decided() {
    for (ending, word) in endings().into_iter().zip(["deferred", "deprecated"]) {
        let world = World::ready().decide("sig", 20, ending.clone());
        let refusal = format!("the proposal is {word}; it has to be accepted or taken back first");
        for decision in [commit(), rank(Some(4))] {
            assert_eq!(world.refusal("ada", 21, decision), refusal);
        }
        assert_eq!(world.refusal("sig", 21, ending.clone()), format!("it is {word} already"));
        let again = world.decide("sig", 21, accept(Some(4)));
        assert_eq!(again.status(22), "Ready for EF");
        assert_eq!(again.decide("sig", 23, ending).verdict(on(24)).status.slug(), word);
    }
    // One that can be lifted may turn into another.
    let [defer, deprecate, ..] = endings();
    let both = World::ready().decide("sig", 20, defer.clone()).decide("sig", 21, deprecate);
    assert_eq!(both.status(22), "Deprecated");
    assert_eq!(both.decide("sig", 22, defer).status(23), "Deferred");
    let moved =
        World::ready().decide("sig", 20, Decision::Defer { reason: because() }).decide("sig", 21, retarget(NEXT));
    assert_eq!(domain::verdict(moved.subject(NEXT), on(22)).words, "Proposed for consideration");
}

#[test]
fn the_record_of_a_released_version_is_closed() {
    let world = World::built();
    let classify = Decision::Classify {
        release: V,
        repository: "kubevirt/project-infra".to_owned(),
        number: 7,
        kind: domain::PullKind::Unrelated,
    };
    let away = Decision::Classify {
        release: NEXT,
        repository: "kubevirt/project-infra".to_owned(),
        number: 7,
        kind: domain::PullKind::Unrelated,
    };
    let line = Decision::SignLine { release: V, line: EXTRA.to_owned(), statement: String::new() };
    let waive = Decision::Waive { release: V, rule: domain::Rule::Docs, reason: because() };
    let statements = [Decision::NoDocsNeeded { release: V, reason: because() }, waive, line, classify, away];
    let on_release = [accept(None), rank(None), commit(), remove(), readmit(), retarget(NEXT)];
    for decision in on_release.into_iter().chain(statements) {
        let said = world.refusal("ada", GA, decision.clone());
        assert_eq!(said, "v1.10 has been released; its record is closed", "{decision:?}");
    }
    let nothing = Decision::NothingToMerge { release: V, reason: because() };
    let refused = World::ready().refusal("sig", GA, nothing);
    assert_eq!(refused, "v1.10 has been released; its record is closed");
    let shipped = world.then(170, landing(7, "release-1.10", true)).decide("sig", GA, endings()[1].clone());
    assert_eq!(shipped.status(GA + 1), "Shipped", "an ending may come, but does not touch it");
}

#[test]
fn every_decision_is_an_action_names_its_release_and_request_and_reads_back_from_json() {
    let json = |text: &str| serde_json::from_str::<Decision>(text).unwrap();
    let read = json(r#"{"action": "accept", "release": "v1.10"}"#);
    assert_eq!((&read, read.action(), read.release()), (&accept(None), Action::Accept, Some(V)));
    let read = json(r#"{"action": "hand-over", "to": "eve"}"#);
    assert_eq!((&read, read.release(), read.request()), (&hand_over("eve"), None, None));
    let read = json(r#"{"action": "deny", "request": 2, "reason": "late"}"#);
    assert_eq!((read.action(), read.request()), (Action::Deny, Some(2)));
    let ask = json(
        r#"{"action": "ask", "release": "v1.10", "freeze": "code", "justification": "j", "time": "6", "impact": "i"}"#,
    );
    assert_eq!((ask.action(), ask.release()), (Action::Ask, Some(V)));
    let Decision::Ask(terms) = ask else { panic!() };
    assert_eq!((terms.freeze, terms.covers), (Some(Freeze::Code), Vec::new()));
    assert_eq!(json(r#"{"action": "acknowledge"}"#), Decision::Acknowledge {});
    assert!(serde_json::from_str::<Decision>(r#"{"action": "accept"}"#).is_err());
    assert!(serde_json::from_str::<Decision>(r#"{"action": "sudo"}"#).is_err());
}
