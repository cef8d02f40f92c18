//! P-8 to P-10: each requirement with its ways to pass, to fail, to be unknown and to be waived.

use domain::{
    DocumentReading, Event, Freeze, LinkedPull, Outcome, PullKind, PullState, Reading, Requirement, Rule, SectionState,
    Source, Stage, TargetReading, Who,
};

use crate::support::*;

fn requirement(world: &World, rule: Rule, day: i64) -> Requirement {
    let verdict = world.verdict(on(day));
    let mut all = verdict.judgements.iter().flat_map(|judgement| &judgement.requirements);
    all.rfind(|requirement| requirement.rule == rule).unwrap().clone()
}

fn is(world: &World, rule: Rule, outcome: Outcome, open: &str) {
    let found = requirement(world, rule, 50);
    assert_eq!((found.outcome, found.open.as_str()), (outcome, open), "{rule:?}: {:?}", found.evidence);
    assert!(!found.evidence.is_empty(), "{rule:?} rests on something");
    assert!(outcome == Outcome::Fail || found.who == Who::Nobody || outcome == Outcome::Unknown);
    assert!(outcome != Outcome::Fail || found.who != Who::Nobody, "somebody can act on {rule:?}");
}

fn passes(world: &World, rule: Rule) {
    is(world, rule, Outcome::Pass, "");
}

fn fails(world: &World, rule: Rule, open: &str) {
    is(world, rule, Outcome::Fail, open);
}

fn unknown(world: &World, rule: Rule, open: &str) {
    is(world, rule, Outcome::Unknown, open);
}

fn written(change: impl FnOnce(&mut DocumentReading)) -> World {
    let mut reading = document();
    change(&mut reading);
    World::new().document(1, reading).then(2, issue())
}

fn linking(link: Option<&str>) -> World {
    let Event::IssueObserved { title, open, labels, assignees, targets, links, .. } = issue() else { unreachable!() };
    let linked_document = link.map(str::to_owned);
    let issue = Event::IssueObserved { title, open, labels, assignees, linked_document, targets, links };
    World::new().document(1, document()).then(2, issue)
}

fn labelled(labels: &[&str]) -> World {
    let Event::IssueObserved { title, open, assignees, linked_document, targets, links, .. } = issue() else {
        unreachable!()
    };
    let labels = labels.iter().map(|label| (*label).to_owned()).collect();
    let issue = Event::IssueObserved { title, open, labels, assignees, linked_document, targets, links };
    World::new().document(1, document()).then(2, issue)
}

#[test]
fn ef_a_the_issue_links_the_directory_of_the_document() {
    for link in [
        "docs/ci-enhancements/4702-flaky",
        "docs/ci-enhancements/4702-flaky/",
        "/docs/ci-enhancements/4702-flaky/cep.md",
        DOCUMENT,
    ] {
        passes(&linking(Some(link)), Rule::Issue);
    }
    fails(&linking(None), Rule::Issue, "issue has no link");
    fails(&linking(Some("docs/ci-enhancements/4702-flaky-tests")), Rule::Issue, "issue links another path");
    fails(&linking(Some("docs/ci-enhancements")), Rule::Issue, "issue links another path");
    unknown(&World::new().document(1, document()), Rule::Issue, "issue not read");
    unknown(&World::new().then(2, issue()), Rule::Issue, "no document to link");
}

#[test]
fn ef_b_the_issue_carries_the_label_of_its_sig_and_the_target_label_where_there_is_one() {
    passes(&labelled(&["sig/ci", "target/v1.10", "kind/feature"]), Rule::Labels);
    fails(&labelled(&["sig/ci", "target/v1.9"]), Rule::Labels, "1 label");
    fails(&labelled(&[]), Rule::Labels, "2 labels");
    passes(&labelled(&["sig/ci"]).of(Source { target_label: None, ..cep() }), Rule::Labels);
    unknown(&World::new().document(1, document()), Rule::Labels, "labels not read");
    let ownerless = Source { owning_sig: None, ..cep() };
    unknown(&labelled(&["target/v1.10"]).of(ownerless.clone()), Rule::Labels, "no owning SIG");
    let mut by_place = labelled(&["sig/compute", "target/v1.10"]).of(ownerless);
    by_place.history.directory_sig = Some("sig-compute".to_owned());
    passes(&by_place, Rule::Labels);
}

#[test]
fn ef_c_the_document_is_merged() {
    passes(&World::ready(), Rule::Document);
    fails(&World::new().then(2, issue()), Rule::Document, "document not merged");
    fails(&World::ready().gone(40, DOCUMENT), Rule::Document, "document not merged");
}

#[test]
fn ef_d_the_target_is_stated_and_accepted() {
    passes(&World::ready(), Rule::Target);
    fails(&written(|_| {}), Rule::Target, "not accepted");
    let other = TargetReading::Version(NEXT);
    let untargeted = written(|reading| reading.targets = vec![target(Stage::Alpha, other)]).then(10, accepted());
    fails(&untargeted, Rule::Target, "no target");
    passes(&untargeted.clone().then(11, moved(NEXT, V)), Rule::Target);
    fails(
        &untargeted.then(11, moved(NEXT, V)).then(12, moved(V, NEXT)).then(13, accepted()),
        Rule::Target,
        "no target",
    );
}

#[test]
fn ef_d_the_target_comes_from_the_front_matter_else_the_text_else_the_issue() {
    let world = |targets| written(|reading| reading.targets = targets).then(10, accepted());
    let front = |version| domain::Target { from: domain::Origin::FrontMatter, ..target(Stage::Alpha, version) };
    let line = |version| target(Stage::Alpha, version);
    let (here, there) = (TargetReading::Version(V), TargetReading::Version(NEXT));
    passes(&world(vec![front(here), line(there)]), Rule::Target);
    fails(&world(vec![front(there), line(here)]), Rule::Target, "no target");
    for silent in [TargetReading::Empty, TargetReading::Tbd, TargetReading::Unreadable] {
        passes(&world(vec![line(silent)]), Rule::Target);
    }
    for settled in [TargetReading::NotApplicable, TargetReading::Struck] {
        fails(&world(vec![line(settled)]), Rule::Target, "no target");
    }
    let beta = vec![target(Stage::Beta, there)];
    assert_eq!(world(beta).verdict(on(50)).stages, [Stage::Alpha], "the issue speaks where the document is silent");
}

#[test]
fn ef_e_graduation_criteria_are_filled_in() {
    let section = |state| written(|reading| reading.sections[0].state = state);
    passes(&section(SectionState::Filled), Rule::Graduation);
    fails(&section(SectionState::Template), Rule::Graduation, "no graduation criteria");
    fails(&section(SectionState::Missing), Rule::Graduation, "no graduation criteria");
    fails(&written(|reading| reading.sections.clear()), Rule::Graduation, "no graduation criteria");
    fails(&World::new().then(2, issue()), Rule::Graduation, "no graduation criteria");
}

#[test]
fn ef_f_a_reviewer_and_an_approver_are_named() {
    passes(&World::ready(), Rule::Reviewers);
    let nobody = written(|reading| (reading.reviewers, reading.approvers) = (Vec::new(), Vec::new()));
    fails(&nobody, Rule::Reviewers, "no reviewer, no approver");
    fails(&written(|reading| reading.reviewers.clear()), Rule::Reviewers, "no reviewer");
    fails(&written(|reading| reading.approvers.clear()), Rule::Reviewers, "no approver");
    let assigned = Event::Assigned { reviewers: vec!["bob".to_owned()], approvers: vec!["cyd".to_owned()] };
    passes(&nobody.then(20, assigned), Rule::Reviewers);
}

#[test]
fn ef_g_the_owner_is_named_and_has_committed() {
    passes(&World::ready(), Rule::Commitment);
    fails(&written(|_| {}), Rule::Commitment, "no commitment");
    let ownerless =
        World::new().document(1, DocumentReading { owners: Vec::new(), ..document() }).then(10, committed());
    fails(&ownerless, Rule::Commitment, "no owner");
    passes(&ownerless.clone().then(11, issue()), Rule::Commitment);
    passes(&ownerless.then(9, handed_to("ada")), Rule::Commitment);
}

#[test]
fn ef_g_who_takes_over_has_to_commit_anew() {
    let world = World::ready().then(20, handed_to("eve"));
    fails(&world, Rule::Commitment, "no commitment");
    let mut again = world.then(21, committed());
    again.history.events.last_mut().unwrap().on_behalf_of = Some("eve".to_owned());
    passes(&again, Rule::Commitment);
}

#[test]
fn ef_h_other_sigs_have_signed_off_where_the_source_asks_for_it() {
    let asks = Source { sign_off: vec!["sig-ci".to_owned(), "sig-x".to_owned(), "sig-y".to_owned()], ..cep() };
    let all = World::ready().verdict(on(50));
    assert!(all.judgement(Freeze::Enhancement).requirements.iter().all(|r| r.rule != Rule::SignOff));
    let sign = |sig: &str| Event::SignedOff { sig: sig.to_owned() };
    let world = World::ready().of(asks);
    fails(&world, Rule::SignOff, "2 sign-offs");
    fails(&world.clone().then(20, sign("sig-x")), Rule::SignOff, "1 sign-off");
    passes(&world.then(20, sign("sig-x")).then(21, sign("sig-y")), Rule::SignOff);
}

#[test]
fn cf_a_every_implementation_pull_request_is_merged() {
    let world = World::ready().then(20, code(7, PullState::Merged));
    passes(&world, Rule::Implementation);
    passes(&world.clone().then(21, code(8, PullState::Closed)), Rule::Implementation);
    fails(&world.clone().then(21, code(8, PullState::Open)), Rule::Implementation, "1 PR");
    fails(
        &world.clone().then(21, code(8, PullState::Open)).then(22, code(9, PullState::Open)),
        Rule::Implementation,
        "2 PRs",
    );
    fails(
        &World::ready().then(20, nothing_to_merge()).then(21, code(8, PullState::Open)),
        Rule::Implementation,
        "1 PR",
    );
    for kind in [PullKind::Proposal, PullKind::Docs, PullKind::Bug, PullKind::Unrelated] {
        passes(&world.clone().then(21, Event::PullObserved(pull(8, kind, PullState::Open))), Rule::Implementation);
    }
    let elsewhere = domain::Pull { release: NEXT, ..pull(8, PullKind::Implementation, PullState::Open) };
    passes(&world.then(21, Event::PullObserved(elsewhere)), Rule::Implementation);
}

#[test]
fn cf_a_no_implementation_pull_request_at_all_is_unknown_until_one_appears_or_somebody_signs() {
    unknown(&World::ready(), Rule::Implementation, "no PR seen");
    unknown(&World::ready().then(20, Event::RepositoriesRead), Rule::Implementation, "no PR seen");
    unknown(&World::ready().then(20, code(7, PullState::Closed)), Rule::Implementation, "no PR seen");
    passes(&World::ready().then(20, nothing_to_merge()), Rule::Implementation);
}

#[test]
fn cf_a_with_the_freeze_passed_and_the_repositories_read_since_it_is_a_fail() {
    let after = |world: World| requirement(&world, Rule::Implementation, CF + 5).outcome;
    assert_eq!(after(World::ready()), Outcome::Unknown);
    assert_eq!(after(World::ready().then(CF - 1, Event::RepositoriesRead)), Outcome::Unknown);
    assert_eq!(after(World::ready().then(CF, Event::RepositoriesRead)), Outcome::Fail);
    assert_eq!(after(World::ready().then(CF, Event::RepositoriesRead).then(CF + 1, nothing_to_merge())), Outcome::Pass);
}

#[test]
fn cf_a_who_can_act_are_the_reviewers_it_waits_on_else_the_owner() {
    let who = |world: World| requirement(&world, Rule::Implementation, 50).who;
    assert_eq!(who(World::ready().then(20, in_review(7, 20))), Who::Reviewers(vec!["bob".to_owned()]));
    assert_eq!(who(World::ready().then(20, code(7, PullState::Open))), Who::Owner);
    assert_eq!(who(World::ready()), Who::Nobody, "the tracker must read first");
    assert_eq!(who(World::ready().then(20, Event::RepositoriesRead)), Who::Owner, "who can sign or link");
}

#[test]
fn cf_b_docs_are_merged_or_under_way_or_not_needed() {
    passes(&World::ready().then(20, docs(8, PullState::Merged)), Rule::Docs);
    passes(&World::ready().then(20, docs(8, PullState::Open)), Rule::Docs);
    passes(&World::ready().then(20, no_docs_needed()), Rule::Docs);
    let closed = World::ready().then(20, docs(8, PullState::Closed));
    unknown(&closed, Rule::Docs, "docs not read");
    fails(&closed.then(21, Event::RepositoriesRead), Rule::Docs, "no docs PR");
    fails(&World::ready().then(21, Event::RepositoriesRead), Rule::Docs, "no docs PR");
}

#[test]
fn cf_c_no_open_linked_bug_blocks() {
    let urgent = "priority/critical-urgent";
    let read = World::ready().then(20, Event::RepositoriesRead);
    passes(&read, Rule::Bugs);
    passes(&read.clone().then(21, bug(3, true, "kind/bug")), Rule::Bugs);
    passes(&read.clone().then(21, bug(3, true, urgent)).then(22, bug(3, false, urgent)), Rule::Bugs);
    fails(&read.clone().then(21, bug(3, true, urgent)), Rule::Bugs, "1 bug");
    fails(&read.then(21, bug(3, true, urgent)).then(21, bug(4, true, urgent)), Rule::Bugs, "2 bugs");
    fails(&World::ready().then(21, bug(3, true, urgent)), Rule::Bugs, "1 bug");
    unknown(&World::ready(), Rule::Bugs, "bugs not read");
}

/// Reads everything but `owner/name#9`, which the issue links as this.
fn but_for_a_link(kind: PullKind, what: Reading) -> World {
    let mut linking = issue();
    if let Event::IssueObserved { links, .. } = &mut linking {
        let repository = "elsewhere/tool".to_owned();
        links.push(LinkedPull { repository, number: 9, kind: Some(kind), stage: None, line: 3 });
    }
    let (repository, reason) = ("elsewhere/tool#9".to_owned(), "GitHub shows nothing there".to_owned());
    let world = World::ready().then(20, linking).then(20, Event::RepositoriesRead);
    world.then(20, Event::ReadingFailed { repository, what, reason })
}

#[test]
fn nothing_passes_without_a_linked_item_that_cannot_be_read_and_what_fails_without_it_still_fails() {
    let bugs = but_for_a_link(PullKind::Bug, Reading::Issues);
    unknown(&bugs, Rule::Bugs, "elsewhere/tool#9 not read");
    let text = requirement(&bugs, Rule::Bugs, 50).evidence[0].text.clone();
    assert!(text.ends_with(": GitHub shows nothing there."), "{text}");
    fails(&bugs.clone().then(21, bug(3, true, "priority/critical-urgent")), Rule::Bugs, "1 bug");
    passes(&bugs.then(22, Event::RepositoriesRead), Rule::Bugs);
    let code_ = but_for_a_link(PullKind::Implementation, Reading::Pulls);
    unknown(&code_, Rule::Implementation, "elsewhere/tool#9 not read");
    unknown(&code_.clone().then(21, code(7, PullState::Merged)), Rule::Implementation, "elsewhere/tool#9 not read");
    fails(&code_.clone().then(21, code(7, PullState::Open)), Rule::Implementation, "1 PR");
    passes(&code_.then(21, docs(8, PullState::Merged)), Rule::Docs);
    let docs_ = but_for_a_link(PullKind::Docs, Reading::Pulls);
    unknown(&docs_, Rule::Docs, "elsewhere/tool#9 not read");
    passes(&docs_.then(21, docs(8, PullState::Merged)), Rule::Docs);
}

#[test]
fn every_requirement_can_be_waived_and_then_counts_as_a_pass_that_says_so() {
    let bare = World::new().then(1, bug(3, true, "priority/critical-urgent"));
    let asks = bare.of(Source { sign_off: vec!["sig-x".to_owned()], ..cep() });
    for rule in Freeze::BOTH.into_iter().flat_map(Rule::of) {
        let before = requirement(&asks, *rule, 50);
        assert_ne!(before.outcome, Outcome::Pass, "{rule:?}");
        let after = requirement(&asks.clone().then(20, waived(*rule)), *rule, 50);
        assert_eq!((after.outcome, after.who, after.open.as_str()), (Outcome::Pass, Who::Nobody, ""), "{rule:?}");
        assert_eq!(after.waived.as_deref(), Some("Waived by @ada: because"));
        assert_eq!(after.evidence.len(), before.evidence.len() + 1, "what was found is kept beside the waiver");
    }
}

#[test]
fn a_waiver_holds_for_its_requirement_and_release_only_and_is_not_shown_where_none_is_needed() {
    let other = Event::Waived { release: NEXT, rule: Rule::Docs, reason: "because".to_owned() };
    unknown(&World::ready().then(20, other).then(20, waived(Rule::Bugs)), Rule::Docs, "docs not read");
    assert_eq!(requirement(&World::ready().then(20, waived(Rule::Document)), Rule::Document, 50).waived, None);
}

#[test]
fn the_requirements_stand_in_the_order_of_the_process() {
    let verdict = World::ready().verdict(on(50));
    let sources: Vec<_> = verdict.judgements.iter().flat_map(|j| &j.requirements).map(|r| r.rule.source()).collect();
    assert_eq!(
        sources,
        [
            "P-9 (a)", "P-9 (b)", "P-9 (c)", "P-9 (d)", "P-9 (e)", "P-9 (f)", "P-9 (g)", "P-10 (a)", "P-10 (b)",
            "P-10 (c)"
        ]
    );
}
