//! The work list, the page of a pull request, and what should carry the label of approved work.

use std::process::Command;

use chrono::TimeDelta;
use domain::{Belonging, Decision, Event, Pull, PullKind, PullState};

use crate::support::{
    TestApp, instant,
    people::{pull, with_proposals},
    url,
};

/// A pull request as GitHub would show it, changed.
fn changed(number: u32, change: impl FnOnce(&mut Pull)) -> Event {
    let Event::PullObserved(mut seen) = pull(number) else { panic!("a pull request") };
    change(&mut seen);
    Event::PullObserved(seen)
}

fn waiting_on(number: u32, login: &str, since: &str) -> Event {
    changed(number, |pull| {
        pull.waiting_on = vec![login.to_owned()];
        pull.waiting_on_review = true;
        pull.waiting_since = Some(instant(since));
        pull.belonging = Some(Belonging::Issue);
    })
}

async fn accept(app: &TestApp, number: u32, rank: u32) {
    let accept = Decision::Accept { release: "v1.10".parse().unwrap(), rank: Some(rank) };
    app.decide("sigrid", &format!("cep/{number}"), accept).await.unwrap();
}

/// Two tracked proposals and one that is not accepted, each with a pull request.
async fn with_pulls() -> TestApp {
    let app = with_proposals(3).await;
    accept(&app, 1, 2).await;
    accept(&app, 2, 1).await;
    app.observe(1, waiting_on(51, "rita", "2026-07-20T12:00:00Z")).await;
    app.observe(2, waiting_on(52, "rolf", "2026-07-30T12:00:00Z")).await;
    app.observe(3, waiting_on(53, "rita", "2026-07-30T12:00:00Z")).await;
    app
}

fn numbers(json: &serde_json::Value) -> Vec<u64> {
    json.as_array().unwrap().iter().map(|item| item["number"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn the_list_shows_tracked_work_by_rank_and_what_lies_with_whom() {
    let app = with_pulls().await;
    let page = app.get("/pulls").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(place("project-infra #52") < place("project-infra #51"), "rank 1 comes first: {text}");
    assert!(!text.contains("#53"), "its proposal is not accepted");
    for words in ["Pull requests of v1.10", "2 open pull requests", "@rita", "1 lags", "review, 12 d", "EF in 33 days"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(page.body.contains("href=\"/pulls?waiting_on=%40rita\""), "the load leads to the list: {}", page.body);
    assert!(page.body.contains("href=\"/pulls/kubevirt/project-infra/51\""));
}

#[tokio::test]
async fn filters_and_order_are_in_the_address_and_in_the_files() {
    let app = with_pulls().await;
    for (query, expected) in [
        ("", vec![52, 51]),
        ("?sort=pull", vec![51, 52]),
        ("?sort=-pull", vec![52, 51]),
        ("?lagging=1", vec![51]),
        ("?waiting_on=@ROLF", vec![52]),
        ("?waiting_on=author", vec![]),
        ("?repository=kubevirt/kubevirt", vec![]),
        ("?kind=implementation&waiting_on=reviewers", vec![52, 51]),
        ("?release=v1.11", vec![]),
        ("?at=2026-07-30", vec![]),
    ] {
        let json = app.get(&format!("/pulls.json{query}")).await.json();
        assert_eq!(numbers(&json), expected, "{query}");
    }
    let csv = app.get("/pulls.csv?lagging=1").await.body;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains("kubevirt/project-infra,51,Lint changed jobs,olga,implementation,cep,1,"), "{csv}");
    let refused = app.get("/api/v1/pulls?kind=poem").await;
    assert_eq!(refused.status, 400);
    assert!(app.get("/pulls?kind=poem").await.text().contains("kind=poem, which cannot be used here"));
}

#[tokio::test]
async fn empty_lists_say_what_to_do_next() {
    let app = TestApp::start().await;
    assert!(app.get("/pulls").await.text().contains("cep-tracker import"));
    let app = with_proposals(1).await;
    assert!(app.get("/pulls").await.text().contains("CEP_TRACKER_GITHUB_TOKEN"));
    app.observe(1, pull(51)).await;
    assert!(app.get("/pulls").await.text().contains("no tracked proposal has an open pull request in v1.10"));
    assert!(app.get("/pulls?label=due").await.text().contains("No pull request matches."));
}

#[tokio::test]
async fn the_list_of_those_due_for_the_label_is_exactly_those_whose_verdict_says_so() {
    let app = with_pulls().await;
    app.observe(1, changed(54, |pull| pull.labels = vec!["approved-vep".to_owned()])).await;
    app.observe(1, changed(55, |pull| pull.kind = PullKind::Docs)).await;
    app.observe(3, changed(56, |pull| pull.labels = vec!["approved-vep".to_owned()])).await;
    let due = app.get("/api/v1/pulls?label=due").await.json();
    let mut found: Vec<_> = due["items"].as_array().unwrap().clone();
    found.sort_by_key(|item| item["number"].as_u64());
    let found: Vec<_> =
        found.iter().map(|item| (item["number"].as_u64().unwrap(), item["carries"].as_bool().unwrap())).collect();
    assert_eq!(found, [(51, false), (52, false), (54, true)]);
    assert_eq!(due["items"][0]["label"], "approved-vep");
    let differs = app.get("/pulls.json?label=differs").await.json();
    let mut differs = numbers(&differs);
    differs.sort_unstable();
    assert_eq!(differs, [51, 52, 56]);
    // After the Code Freeze work on a CEP stops.
    app.set_clock("2026-10-22T12:00:00Z");
    assert_eq!(app.get("/api/v1/pulls?label=due").await.json()["total"], 0);
}

#[tokio::test]
async fn the_page_of_a_pull_request_explains_its_label_condition_by_condition() {
    let app = with_pulls().await;
    let page = app.get("/pulls/kubevirt/project-infra/51").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for words in [
        "project-infra #51: Lint changed jobs",
        "It should carry approved-vep",
        "is missing it",
        "It is an implementation PR.",
        "Its proposal is tracked for v1.10.",
        "No running exception names it.",
        "Because the tracking issue links it.",
        "Waits for a review by @rita",
        "review lags",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let classify = "/cep/1/decide/classify?release=v1.10&amp;pull=kubevirt/project-infra%2351&amp;kind=implementation";
    assert!(page.body.contains(classify), "{}", page.body);
    let untracked = app.get("/pulls/kubevirt/project-infra/53").await.text();
    assert!(untracked.contains("It should not carry approved-vep"), "{untracked}");
    assert!(untracked.contains("Its proposal is not tracked for v1.10"), "{untracked}");
    let json = app.get("/api/v1/pulls/kubevirt/project-infra/51").await.json();
    assert_eq!((&json["should_carry"], &json["carries"]), (&"pass".into(), &false.into()));
    assert!(json["conditions"].as_array().unwrap().len() > 4);
}

#[tokio::test]
async fn the_page_tells_how_it_went_and_who_else_claims_it() {
    let app = with_pulls().await;
    app.pass(TimeDelta::days(1));
    let merged = |pull: &mut Pull| (pull.state, pull.belonging) = (PullState::Merged, Some(Belonging::Issue));
    app.observe(1, changed(51, merged)).await;
    app.observe(
        1,
        Event::LandingObserved {
            repository: "kubevirt/project-infra".to_owned(),
            number: 51,
            branch: "main".to_owned(),
            contained: true,
        },
    )
    .await;
    let text = app.get("/pulls/kubevirt/project-infra/51").await.text();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(place("Merged 2 Aug 2026") < place("Waits for a review by @rita"), "newest first: {text}");
    assert!(text.contains("main in it"), "{text}");
    let before = app.get("/pulls/kubevirt/project-infra/51?at=2026-08-01T13:00Z").await.text();
    assert!(!before.contains("Merged"), "{before}");
    app.observe(2, changed(51, |pull| pull.belonging = Some(Belonging::Title))).await;
    let text = app.get("/pulls/kubevirt/project-infra/51").await.text();
    assert!(text.contains("Other proposals claim it too."), "{text}");
    assert!(text.contains("CEP 2 , v1.10 : Because its title names the proposal."), "{text}");
}

#[tokio::test]
async fn an_unknown_pull_request_gets_a_page_that_says_what_is_read() {
    let app = with_pulls().await;
    let page = app.get("/pulls/kubevirt/kubevirt/999").await;
    assert_eq!(page.status, 404);
    for words in ["It was not read", "CEP_TRACKER_GITHUB_TOKEN", "kubevirt/user-guide", "the tracking issue links it"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    for address in ["/pulls/kubevirt/kubevirt/x", "/pulls/kubevirt/kubevirt/0", "/pulls/kubevirt"] {
        assert_eq!(app.get(address).await.status, 404, "{address}");
    }
    assert_eq!(app.get("/api/v1/pulls/kubevirt/kubevirt/999").await.status, 404);
}

#[tokio::test]
async fn the_command_line_explains_the_same() {
    let app = with_pulls().await;
    let explain = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cep-tracker"));
        command.args(["explain-pr", name, "--at", "2026-08-02"]).env("DATABASE_URL", url(&app.owner));
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), text, String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, text, said) = explain("kubevirt/project-infra#51");
    assert_eq!(code, Some(0), "{said}");
    for words in
        ["CEP 1: Proposal 1", "v1.10, tracked", "It should carry `approved-vep`. It does not carry it.", "It is open."]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let (code, text, said) = explain("kubevirt/kubevirt#999");
    assert_eq!(code, Some(1), "{said}");
    assert!(text.contains("was not read"), "{text}");
}
