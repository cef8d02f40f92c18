//! P-13: what the tracking issue, its labels and its boxes disagree about.

use domain::{
    Event, FixKind, IssueReading, Judged, LinkedPull, Matter, Mismatch, PullKind, PullState, Source, Stage,
    TargetReading, TimelineBox, in_the_way_first, mismatches,
};

use crate::support::*;

/// All mismatches at a day, with the verdicts of both releases and what the issue's text states.
pub fn found(world: &World, text: Option<&IssueReading>, day: i64) -> Vec<Mismatch> {
    let now = on(day);
    let next = domain::ReleaseDates { enhancement_freeze: Some(on(EF + 200)), ..domain::ReleaseDates::default() };
    let verdicts = [domain::verdict(world.subject(V), now), {
        let subject = domain::Subject { dates: &next, ..world.subject(NEXT) };
        domain::verdict(subject, now)
    }];
    let judged: Vec<_> =
        verdicts.iter().zip([&world.dates, &next]).map(|(verdict, dates)| Judged { verdict, dates }).collect();
    let known = world.history.at(now);
    mismatches(&Matter { judged: &judged, issue_text: text, ..Matter::new(&world.source, &world.history, &known) })
}

fn only(world: &World, text: Option<&IssueReading>, day: i64) -> Mismatch {
    let all = found(world, text, day);
    let [one] = all.as_slice() else { panic!("{all:#?}") };
    one.clone()
}

/// The issue as it is in a complete world, with a change.
fn observed(change: impl FnOnce(&mut Observed)) -> Event {
    let Event::IssueObserved { title, open, labels, assignees, linked_document, targets, links } = issue() else {
        unreachable!()
    };
    let mut seen = Observed { title, open, labels, assignees, linked_document };
    change(&mut seen);
    let Observed { title, open, labels, assignees, linked_document } = seen;
    Event::IssueObserved { title, open, labels, assignees, linked_document, targets, links }
}

struct Observed {
    title: String,
    open: bool,
    labels: Vec<String>,
    assignees: Vec<String>,
    linked_document: Option<String>,
}

fn with(change: impl FnOnce(&mut Observed)) -> World {
    World::ready().then(20, observed(change))
}

fn strings(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn where_all_agree_there_is_none() {
    let text = IssueReading {
        number: Some(4702),
        title: Some("Flaky tests by lane".to_owned()),
        primary_sig: Some(stated("sig-ci".to_owned())),
        ..IssueReading::default()
    };
    assert_eq!(found(&World::ready(), Some(&text), 50), []);
    assert_eq!(found(&World::new(), None, 50), []);
}

#[test]
fn the_number_in_the_issues_title_is_its_own() {
    let world = with(|issue| issue.title = "CEP 108: Flaky tests by lane".to_owned());
    let text =
        IssueReading { number: Some(108), title: Some("Flaky tests by lane".to_owned()), ..IssueReading::default() };
    let mismatch = only(&world, Some(&text), 50);
    assert_eq!(mismatch.code, "issue-number-differs");
    assert_eq!(mismatch.text, "The issue's title says CEP 108, its number is 4702.");
    assert_eq!(
        (mismatch.fix.as_str(), mismatch.fix_kind),
        ("/retitle CEP 4702: Flaky tests by lane", FixKind::Command)
    );
    assert_eq!(mismatch.since, Some(on(20)));
}

#[test]
fn a_title_is_mended_on_the_issue() {
    let mismatch = only(&with(|issue| issue.title = "CEP 4702: Stable tests".to_owned()), None, 50);
    assert_eq!(
        (mismatch.fix.as_str(), mismatch.fix_kind),
        ("/retitle CEP 4702: Flaky tests by lane", FixKind::Command)
    );
}

#[test]
fn the_issue_links_where_the_document_is() {
    let mismatch = only(&with(|issue| issue.linked_document = Some("docs/old".to_owned())), None, 50);
    assert_eq!(mismatch.code, "link-differs");
    let url = "https://github.com/kubevirt/project-infra/tree/main/docs/ci-enhancements/4702-flaky";
    assert_eq!((mismatch.fix.as_str(), mismatch.fix_kind), (url, FixKind::Issue));
    assert_eq!(mismatch.releases, [V], "it stands in the way of the release");
    assert_eq!(found(&with(|issue| issue.linked_document = None), None, 50), [], "none is an omission");
}

#[test]
fn the_owner_is_assigned() {
    let mismatch = only(&with(|issue| issue.assignees = strings(&["eve"])), None, 50);
    assert_eq!(mismatch.text, "The issue is assigned to @eve, the owner is @ada.");
    assert_eq!((mismatch.fix.as_str(), mismatch.fix_kind), ("/unassign @eve\n/assign @ada", FixKind::Command));
    assert_eq!(found(&with(|issue| issue.assignees = strings(&["eve", "Ada"])), None, 50), []);
    assert_eq!(found(&with(|issue| issue.assignees = Vec::new()), None, 50), []);
    let handed = World::ready().then(21, handed_to("eve"));
    let mismatch = found(&handed, None, 50).into_iter().find(|m| m.code == "assignee-differs").unwrap();
    assert_eq!((mismatch.right.as_str(), mismatch.fix.as_str()), ("decision", "/unassign @ada\n/assign @eve"));
}

#[test]
fn the_issue_carries_the_label_of_the_owning_sig() {
    let mismatch = only(&with(|issue| issue.labels = strings(&["sig/compute", "target/v1.10"])), None, 50);
    assert_eq!(mismatch.text, "sig-ci owns it, the issue carries only `sig/compute`.");
    assert_eq!((mismatch.fix.as_str(), mismatch.fix_kind), ("/sig ci", FixKind::Command));
    assert_eq!(found(&with(|issue| issue.labels.push("sig/compute".to_owned())), None, 50), [], "others may join");
    let ownerless = with(|issue| issue.labels.clear()).of(Source { owning_sig: None, target_label: None, ..cep() });
    assert_eq!(found(&ownerless, None, 50), [], "nobody knows whose it is");
    let text = IssueReading { primary_sig: Some(stated("sig-compute".to_owned())), ..IssueReading::default() };
    let mismatch = only(&World::ready(), Some(&text), 50);
    assert_eq!((mismatch.code.as_str(), mismatch.fix.as_str()), ("issue-sig-differs", "Primary SIG:\n/sig ci"));
}

#[test]
fn target_labels_are_those_of_the_targets() {
    let labelled = |labels: &[&str]| {
        let labels = strings(labels);
        with(|issue| issue.labels = [strings(&["sig/ci"]), labels].concat())
    };
    let other = only(&labelled(&["target/v1.11"]), None, 50);
    assert_eq!(other.text, "The issue carries `target/v1.11` in place of `target/v1.10`.");
    assert_eq!(other.fix, "/remove-label target/v1.11\n/label target/v1.10");
    assert_eq!(only(&labelled(&[]), None, 50).text, "The issue lacks `target/v1.10`.");
    let stale = only(&labelled(&["target/v1.10", "target/v1.9", "target/soon"]), None, 50);
    assert_eq!(stale.fix, "/remove-label target/v1.9");
    assert_eq!(found(&labelled(&["target/v1.9"]).of(Source { target_label: None, ..cep() }), None, 50), []);
    let shipped = found(&World::built().then(131, landing(7, "release-1.10", true)), None, GA + 1);
    assert!(shipped.iter().all(|mismatch| mismatch.code != "target-label-differs"), "where it shipped may stay");
}

#[test]
fn the_issue_of_a_tracked_proposal_is_open() {
    let closed = with(|issue| issue.open = false);
    let mismatch = only(&closed, None, 50);
    assert_eq!((mismatch.code.as_str(), mismatch.fix.as_str()), ("issue-closed", "/reopen"));
    assert_eq!(mismatch.releases, [V]);
    assert_eq!(found(&closed, None, GA + 1), [], "its release is out");
}

#[test]
fn the_current_stage_is_neither_behind_what_shipped_nor_ahead_of_the_plan() {
    let stage = |stage, text: &str| IssueReading { stage, stage_text: text.to_owned(), ..IssueReading::default() };
    let shipped = World::built().then(131, landing(7, "release-1.10", true));
    let behind = only(&shipped, Some(&stage(None, "New")), GA + 1);
    assert_eq!(behind.text, "The issue's current stage says New, Alpha shipped in v1.10.");
    assert_eq!((behind.fix.as_str(), behind.fix_kind), ("**Current Feature Stage**: Alpha", FixKind::Issue));
    assert_eq!(found(&shipped, Some(&stage(Some(Stage::Alpha), "Alpha")), GA + 1), []);
    let ahead = only(&World::ready(), Some(&stage(Some(Stage::Ga), "GA")), 50);
    assert_eq!(ahead.text, "The issue's current stage says GA, the document plans no further than Alpha.");
    assert_eq!(found(&World::ready(), Some(&stage(None, "New")), 50), []);
}

#[test]
fn boxes_over_pull_requests_are_ticked_when_all_are_merged() {
    let link = |number, line| LinkedPull {
        repository: "kubevirt/project-infra".to_owned(),
        number,
        kind: Some(PullKind::Implementation),
        stage: Some(Stage::Alpha),
        line,
    };
    let text = |checked| {
        let line = |text: &str, checked, line| TimelineBox {
            text: text.to_owned(),
            checked,
            struck: false,
            stage: Some(Stage::Alpha),
            kind: None,
            line,
        };
        IssueReading {
            boxes: vec![line("Alpha", false, 30), line("Code PRs: #7", checked, 31), line("Docs PRs:", false, 34)],
            pulls: vec![link(7, 31), link(9, 32)],
            ..IssueReading::default()
        }
    };
    let world = |state| World::ready().then(110, code(7, PullState::Merged)).then(110, code(9, state));
    let ticked = only(&world(PullState::Open), Some(&text(true)), 120);
    assert_eq!((ticked.code.as_str(), ticked.left.as_str()), ("box-ticked", "issue, line 31"));
    assert_eq!(ticked.text, "“Code PRs” is ticked, but #9 Lane report is open.");
    assert_eq!((ticked.fix.as_str(), ticked.releases), ("* [ ] Code PRs: #7", vec![V]));
    let unticked = only(&world(PullState::Merged), Some(&text(false)), 120);
    assert_eq!((unticked.code.as_str(), unticked.fix.as_str()), ("box-not-ticked", "* [x] Code PRs: #7"));
    assert_eq!(found(&world(PullState::Merged), Some(&text(true)), 120), []);
    assert_eq!(found(&world(PullState::Open), Some(&text(false)), 120), []);
    assert_eq!(
        only(&world(PullState::Closed), Some(&text(false)), 120).code,
        "box-not-ticked",
        "closed is no part of it"
    );
    let half = World::ready().then(110, code(7, PullState::Merged));
    assert_eq!(found(&half, Some(&text(false)), 120), [], "one of them was never seen");
}

#[test]
fn a_pull_request_that_is_missing_comes_with_the_line_to_add() {
    let seen = domain::Pull {
        belonging: Some(domain::Belonging::Text),
        ..pull(41, PullKind::Implementation, PullState::Open)
    };
    let mismatch = only(&World::ready().then(30, Event::PullObserved(seen)), None, 50);
    assert_eq!(
        (mismatch.code.as_str(), mismatch.right.as_str()),
        ("missing-from-issue", "issue, Code PRs, under Alpha")
    );
    assert_eq!(mismatch.fix, "- https://github.com/kubevirt/project-infra/pull/41");
    assert_eq!(mismatch.releases, [V]);
}

#[test]
fn what_is_accepted_is_what_the_document_targets() {
    let other =
        domain::DocumentReading { targets: vec![target(Stage::Alpha, TargetReading::Version(NEXT))], ..document() };
    let bare = Event::IssueObserved {
        title: "CEP 4702: Flaky tests by lane".to_owned(),
        open: true,
        labels: strings(&["sig/ci", "target/v1.10", "target/v1.11"]),
        assignees: strings(&["ada"]),
        linked_document: Some("docs/ci-enhancements/4702-flaky".to_owned()),
        targets: Vec::new(),
        links: Vec::new(),
    };
    let world = World::new().document(1, other).then(2, bare).then(10, accepted());
    let mismatch = only(&world, None, 50);
    assert_eq!(mismatch.text, "It is accepted for v1.10, the document says v1.11.");
    assert_eq!((mismatch.code.as_str(), mismatch.since), ("target-differs", Some(on(10))));
    assert_eq!(mismatch.releases, [V, NEXT]);
}

#[test]
fn a_target_whose_freeze_passed_without_acceptance_has_to_move() {
    let proposed = World::new().document(1, document()).then(2, issue());
    assert_eq!(found(&proposed, None, 50), []);
    let mismatch = only(&proposed, None, EF + 1);
    assert_eq!(mismatch.code, "freeze-passed");
    assert_eq!(mismatch.text, "Document says v1.10, whose Enhancement Freeze passed without acceptance.");
    assert_eq!((mismatch.fix.as_str(), mismatch.since), ("Line 9: replace v1.10 by v1.11", Some(on(EF))));
    let asked_ = proposed.clone().then(EF, asked(1, domain::Freeze::Enhancement));
    assert_eq!(found(&asked_, None, EF + 1), [], "an exception is pending");
    assert_eq!(found(&proposed, None, GA + 1), [], "what is out is out");
}

#[test]
fn what_stands_in_the_way_of_the_release_comes_first_and_the_oldest_of_it() {
    let world = with(|issue| {
        issue.title = "CEP 4702: Stable tests".to_owned();
        issue.linked_document = Some("docs/old".to_owned());
    });
    let world = world.then(
        40,
        observed(|issue| {
            issue.title = "CEP 4702: Stable tests".to_owned();
            issue.linked_document = Some("docs/old".to_owned());
            issue.open = false;
        }),
    );
    let codes = |all: &[Mismatch]| all.iter().map(|mismatch| mismatch.code.clone()).collect::<Vec<_>>();
    let (first, rest) = in_the_way_first(found(&world, None, 50), Some(V));
    assert_eq!(
        (codes(&first), codes(&rest)),
        (strings(&["issue-closed", "link-differs"]), strings(&["title-differs"]))
    );
    let (first, rest) = in_the_way_first(found(&world, None, 50), None);
    assert_eq!((first.len(), rest.len()), (0, 3));
}
