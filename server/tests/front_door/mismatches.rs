//! The list of all disagreements.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Decision, Event};
use serde_json::Value;
use server::{github::rows::Item, store::github::item, usecases::load_demo::load_demo};

use crate::support::{
    TestApp,
    people::{pull, with_proposals},
};

/// One proposal whose issue says another release than its document, and one whose issue has another title.
async fn with_mismatches() -> TestApp {
    let app = with_proposals(3).await;
    let issue = |title: &str, targets: Vec<(domain::Stage, domain::ReleaseVersion)>| Event::IssueObserved {
        title: title.to_owned(),
        open: true,
        labels: vec!["sig/ci".to_owned(), "target/v1.10".to_owned()],
        assignees: vec!["olga".to_owned()],
        linked_document: None,
        targets,
        links: Vec::new(),
    };
    app.observe(1, issue("CEP 1: Proposal 1", vec![(domain::Stage::Alpha, "v1.11".parse().unwrap())])).await;
    app.observe(2, issue("CEP 2: Something else", Vec::new())).await;
    app
}

#[tokio::test]
async fn those_in_the_way_of_the_current_release_come_first_with_a_fix_and_what_to_do_with_it() {
    let app = with_mismatches().await;
    let page = app.get("/mismatches").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(place("In the way of v1.10") < place("Issue says v1.11 for Alpha, document says v1.10."), "{text}");
    assert!(place("document says v1.10.") < place("The issue is called “Something else”"), "{text}");
    assert!(text.contains("Put this into the text of the tracking issue"), "{text}");
    assert!(text.contains("Post this as a comment on the tracking issue"), "{text}");
    assert!(page.body.contains("data-copy"));
}

#[tokio::test]
async fn filters_are_in_the_address_and_in_the_files() {
    let app = with_mismatches().await;
    let codes = async |query: &str| -> Vec<String> {
        let json = app.get(&format!("/mismatches.json{query}")).await.json();
        json.as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect()
    };
    let all = codes("").await;
    assert_eq!(all.first().map(String::as_str), Some("issue-target-differs"), "{all:?}");
    assert!(all.contains(&"title-differs".to_owned()), "{all:?}");
    assert_eq!(codes("?kind=title-differs").await, ["title-differs"]);
    assert!(codes("?release=v1.11").await.contains(&"issue-target-differs".to_owned()));
    assert!(!codes("?release=v1.11").await.contains(&"title-differs".to_owned()));
    assert!(codes("?source=vep").await.is_empty());
    let csv = app.get("/mismatches.csv?kind=title-differs").await.body;
    assert!(csv.contains("cep,2,Proposal 2,title-differs,"), "{csv}");
    assert!(csv.contains("Post this as a comment on the tracking issue"), "{csv}");
    assert!(app.get("/mismatches?source=vep").await.text().contains("No disagreement matches."));
    assert!(app.get("/mismatches?at=2026-07-01").await.text().contains("Nothing disagrees."));
}

#[tokio::test]
async fn without_a_disagreement_the_list_says_so() {
    let app = TestApp::start().await;
    assert!(app.get("/mismatches").await.text().contains("cep-tracker import"));
    let app = with_proposals(1).await;
    assert!(app.get("/mismatches").await.text().contains("Nothing disagrees."));
}

#[tokio::test]
async fn the_page_of_a_proposal_says_what_to_do_with_a_fix() {
    let app = with_mismatches().await;
    app.observe(2, pull(77)).await;
    let defer = Decision::Accept { release: "v1.10".parse().unwrap(), rank: None };
    app.decide("sigrid", "cep/2", defer).await.unwrap();
    let text = app.get("/cep/2").await.text();
    assert!(text.contains("Post this as a comment on the tracking issue"), "{text}");
}

/// Puts a tracking issue with a text of its own into the mirror for every proposal: its title names another number, and
/// its stage is far ahead.
async fn mirror_issues(app: &TestApp, proposals: &[Value]) {
    let mut tx = app.context.pool.begin().await.unwrap();
    item::lock(&mut tx).await.unwrap();
    for proposal in proposals {
        let (source, number) = (proposal["source"].as_str().unwrap(), proposal["number"].as_u64().unwrap());
        let repository = if source == "cep" { "kubevirt/project-infra" } else { "kubevirt/enhancements" };
        let issue = Item {
            number: u32::try_from(number).unwrap(),
            title: format!("{} 9999: {}", source.to_uppercase(), proposal["title"].as_str().unwrap()),
            body: "**Current Feature Stage**: GA\n\nPrimary SIG:\n/sig moon\n".to_owned(),
            updated_at: app.context.clock.now(),
            ..Item::default()
        };
        item::keep(&mut tx, repository, &issue, &[], true).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// What the list says of each proposal, in any order.
async fn listed(app: &TestApp) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in app.get("/mismatches.json").await.json().as_array().unwrap() {
        let of_it = all.entry(line["url"].as_str().unwrap().to_owned()).or_default();
        of_it.insert(format!("{} {} {}", line["code"], line["text"], line["fix"]));
    }
    all
}

#[tokio::test]
async fn the_list_says_of_every_proposal_of_the_demo_what_its_page_says() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let export = app.get("/proposals.json").await.json();
    let proposals = export.as_array().unwrap();
    assert!(proposals.len() > 30, "{}", proposals.len());
    for round in ["without texts of issues", "with texts of issues"] {
        let mut listed = listed(&app).await;
        let kinds: BTreeSet<String> = listed.values().flatten().cloned().collect();
        assert_eq!(kinds.iter().any(|kind| kind.contains("issue-number-differs")), round == "with texts of issues");
        let mut seen = BTreeSet::new();
        for url in proposals.iter().map(|proposal| proposal["url"].as_str().unwrap()) {
            if !seen.insert(url) {
                continue;
            }
            let answer = app.get(&format!("/api/v1/proposals{url}")).await.json();
            let own = answer["mismatches"].as_array().unwrap();
            let told: BTreeSet<String> =
                own.iter().map(|one| format!("{} {} {}", one["code"], one["text"], one["fix"])).collect();
            assert_eq!(told, listed.remove(url).unwrap_or_default(), "{round}: {url}");
            let page = app.get(url).await.text();
            for one in own {
                let text = one["text"].as_str().unwrap().replace('`', "");
                assert!(page.contains(&text), "{round}: {url}: {text}: {page}");
            }
        }
        assert!(listed.is_empty(), "{round}: {listed:?}");
        mirror_issues(&app, proposals).await;
    }
}
