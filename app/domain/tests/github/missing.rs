//! Pull requests that name a proposal and are not in its issue, and what is said about them.

use domain::{Belonging, Event, LinkedPull, Outcome, Pull, PullKind, PullState, Stage, checklist, missing_from_issue};

use crate::support::*;

fn naming(number: u32, kind: PullKind, state: PullState, belonging: Option<Belonging>) -> Event {
    Event::PullObserved(Pull { belonging, ..pull(number, kind, state) })
}

fn linking(numbers: &[u32]) -> Event {
    let link = |number: &u32| LinkedPull {
        repository: "KubeVirt/project-infra".to_owned(),
        number: *number,
        kind: None,
        stage: None,
        line: 9,
    };
    let Event::IssueObserved { title, open, labels, assignees, linked_document, targets, .. } = issue() else {
        unreachable!()
    };
    Event::IssueObserved {
        title,
        open,
        labels,
        assignees,
        linked_document,
        targets,
        links: numbers.iter().map(link).collect(),
    }
}

fn text(number: u32) -> Event {
    naming(number, PullKind::Implementation, PullState::Open, Some(Belonging::Text))
}

fn missing(world: &World) -> Vec<(u32, String, String)> {
    let known = world.history.at(on(CF + 1));
    let all = missing_from_issue("CEP", &known);
    all.into_iter().map(|missing| (missing.number, missing.place(), missing.bullet)).collect()
}

#[test]
fn each_is_listed_with_the_line_to_add_and_its_section() {
    let world = World::ready()
        .then(110, text(41))
        .then(110, naming(40, PullKind::Proposal, PullState::Merged, Some(Belonging::Document)))
        .then(110, naming(42, PullKind::Docs, PullState::Open, Some(Belonging::Title)));
    let url = |number| format!("- https://github.com/kubevirt/project-infra/pull/{number}");
    let expected = [(40, "CEP PRs"), (41, "Code PRs"), (42, "Docs PRs")];
    assert_eq!(missing(&world), expected.map(|(number, place)| (number, format!("{place}, under Alpha"), url(number))));
    let known = world.history.at(on(CF));
    assert_eq!(missing_from_issue("CEP", &known)[0].stage, Some(Stage::Alpha));
}

#[test]
fn what_the_issue_links_or_need_not_link_is_not_listed() {
    let world = World::ready().then(110, text(41)).then(111, linking(&[41]));
    assert_eq!(missing(&world), []);
    let implementation = |state, belonging| naming(43, PullKind::Implementation, state, belonging);
    for (event, why) in [
        (implementation(PullState::Closed, Some(Belonging::Text)), "closed"),
        (implementation(PullState::Merged, Some(Belonging::CherryPick)), "carried over"),
        (implementation(PullState::Open, None), "nobody had to find out whose it is"),
        (naming(43, PullKind::Unrelated, PullState::Open, Some(Belonging::Text)), "unrelated"),
    ] {
        assert_eq!(missing(&World::ready().then(110, event)), [], "{why}");
    }
    assert_eq!(missing(&World::new().document(1, document()).then(110, text(41))), [], "the issue was not read");
}

#[test]
fn a_missing_one_is_a_warning_in_its_release() {
    let warned = |world: &World| world.verdict(on(120)).warnings.into_iter().map(|w| w.text).collect::<Vec<_>>();
    let text_ = "#41 Lane report names the proposal but is not in its issue.".to_owned();
    assert!(warned(&World::ready().then(110, text(41))).contains(&text_));
    let next = Event::PullObserved(Pull {
        release: NEXT,
        belonging: Some(Belonging::Text),
        ..pull(41, PullKind::Implementation, PullState::Open)
    });
    assert!(!warned(&World::ready().then(110, next)).contains(&text_));
}

#[test]
fn the_last_line_of_the_checklist_passes_when_none_is_missing() {
    let outcome = |world: &World| {
        let now = on(CF + 2);
        let lines = checklist::checklist(&world.history.at(now), &world.verdict(now), &[]);
        lines.into_iter().find(|line| line.key == "tracked").map(|line| (line.outcome, line.evidence.len()))
    };
    let read = World::built().then(131, linking(&[7, 8]));
    assert_eq!(outcome(&read), Some((Outcome::Pass, 1)));
    assert_eq!(outcome(&read.clone().then(131, text(41))), Some((Outcome::Fail, 1)));
    assert_eq!(outcome(&read.then(131, text(41)).then(132, linking(&[7, 8, 41]))), Some((Outcome::Pass, 1)));
    assert_eq!(outcome(&World::built()), Some((Outcome::Unknown, 0)), "nobody found out why they belong to it");
    assert_eq!(outcome(&World::ready()), Some((Outcome::Unknown, 0)), "the repositories were not read");
}

#[test]
fn the_first_line_of_the_checklist_names_exactly_what_is_missing_from_the_release() {
    let world = World::built()
        .then(CF + 1, landing(7, "release-1.10", true))
        .then(CF + 1, code(9, PullState::Merged))
        .then(CF + 1, landing(9, "release-1.10", false))
        .then(CF + 1, landing(9, "main", true))
        .then(CF + 1, code(11, PullState::Open));
    let now = on(CF + 2);
    let lines = checklist::checklist(&world.history.at(now), &world.verdict(now), &[]);
    let told: Vec<_> = lines[0].evidence.iter().map(|evidence| evidence.text.as_str()).collect();
    assert_eq!(told[told.len() - 2..], ["#9 Lane report is not in release-1.10.", "#11 Lane report is open."]);
    assert_eq!(told.len(), 4);
}
