//! GitHub's own examples of webhooks, as published for whoever tests against them: each is taken within the request and
//! processed or ignored by name, and what it shows is what is stored.

use std::path::Path;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{
    Tracker,
    webhooks::{SECRET, tracker},
};
use crate::{github::webhook::sign, support::owner_of};

/// Events whose payloads hold facts that are kept.
const OURS: [&str; 4] = ["issues", "issue_comment", "pull_request", "pull_request_review"];

fn examples() -> Vec<(String, Value)> {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/node_modules");
    let index = modules.join("@octokit/webhooks-examples/api.github.com/index.json");
    let text = std::fs::read(&index).expect("the examples are not installed: run `npm --prefix end2end ci` first");
    let events: Vec<Value> = serde_json::from_slice(&text).unwrap();
    let of_event = |event: &Value| {
        let name = event["name"].as_str().unwrap().to_owned();
        let all = event["examples"].as_array().unwrap().clone();
        all.into_iter().map(move |example| (name.clone(), example))
    };
    events.iter().flat_map(of_event).collect()
}

async fn deliver(tracker: &Tracker, id: usize, event: &str, payload: &Value) -> StatusCode {
    let body = payload.to_string();
    let request = Request::post("/webhooks/github")
        .header("x-github-event", event)
        .header("x-github-delivery", format!("example-{id}"))
        .header("x-hub-signature-256", sign(SECRET, body.as_bytes()));
    tracker.app.send(request.body(Body::from(body)).unwrap()).await.status
}

#[tokio::test]
async fn every_published_example_is_taken_and_what_it_shows_is_stored() {
    let tracker = tracker().await;
    let mut owner = owner_of(&tracker.app.owner).await;
    let examples = examples();
    assert_eq!(examples.len(), 329);
    let mut compared = 0;
    for (id, (event, payload)) in examples.iter().enumerate() {
        // By itself: examples of one issue come from different times.
        empty(&mut owner).await;
        assert_eq!(deliver(&tracker, id, event, payload).await, StatusCode::ACCEPTED, "{event}");
        server::usecases::process_webhooks::process_webhooks(&tracker.app.context, &tracker.app.state.verdicts)
            .await
            .unwrap();
        let sql = format!("select state || ': ' || note from webhook_delivery where id = 'example-{id}'");
        let outcome = super::faults::texts(&tracker, &sql).await.remove(0);
        assert!(outcome.starts_with("done") || outcome.starts_with("ignored"), "{event}: {outcome}");
        if OURS.contains(&event.as_str()) {
            compare(&tracker, event, payload).await;
            compared += 1;
        }
    }
    assert_eq!(compared, 71);
}

#[expect(clippy::disallowed_methods, reason = "emptying the mirror is no query of the product")]
async fn empty(owner: &mut PgConnection) {
    sqlx::query("truncate github_item, github_comment, github_review").execute(owner).await.unwrap();
}

/// Field by field, by a reading of the payload that is the test's own.
async fn compare(tracker: &Tracker, event: &str, payload: &Value) {
    let item = if event.starts_with("pull") { &payload["pull_request"] } else { &payload["issue"] };
    let facts = one(tracker, "select facts::text from github_item").await;
    for (name, expected) in expected(item) {
        // Payloads about reviews show less of a pull request; what they do show is the same.
        assert_eq!(facts[name], expected, "{event} {}: {name}", payload["action"]);
    }
    match event {
        "issue_comment" => {
            let facts = one(tracker, "select facts::text from github_comment").await;
            let comment = &payload["comment"];
            assert_eq!(facts["id"], comment["id"]);
            assert_eq!(facts["body"], comment["body"]);
            assert_eq!(facts["author"], comment["user"]["login"]);
            assert_eq!(facts["updated_at"], comment["updated_at"]);
            let gone = super::faults::texts(tracker, "select gone::text from github_comment").await;
            assert_eq!(gone, [(payload["action"] == "deleted").to_string()]);
        }
        "pull_request_review" => {
            let facts = one(tracker, "select facts::text from github_review").await;
            let review = &payload["review"];
            assert_eq!(facts["id"], review["id"]);
            assert_eq!(facts["author"], review["user"]["login"]);
            assert_eq!(facts["state"], review["state"].as_str().unwrap().to_lowercase());
        }
        _ => {}
    }
}

fn expected(item: &Value) -> Vec<(&'static str, Value)> {
    let names = |all: &Value, name: &str| -> Vec<Value> {
        all.as_array().into_iter().flatten().map(|one| one[name].clone()).filter(|name| !name.is_null()).collect()
    };
    let mut labels: Vec<String> =
        names(&item["labels"], "name").iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    labels.sort_unstable();
    labels.dedup();
    let mut all = vec![
        ("number", item["number"].clone()),
        ("title", item["title"].clone()),
        ("body", item["body"].as_str().unwrap_or_default().into()),
        ("author", item["user"]["login"].clone()),
        // An example of a pinned issue does not say.
        ("state", item["state"].as_str().unwrap_or("open").into()),
        ("labels", json!(labels)),
        ("assignees", json!(names(&item["assignees"], "login"))),
        ("milestone", item["milestone"]["title"].clone()),
        ("created_at", item["created_at"].clone()),
        ("updated_at", item["updated_at"].clone()),
        ("closed_at", item["closed_at"].clone()),
    ];
    if item["base"].is_object() {
        all.extend([
            ("merged_at", item["merged_at"].clone()),
            ("draft", item["draft"].as_bool().unwrap_or(false).into()),
            ("base", item["base"]["ref"].clone()),
            ("head", item["head"]["sha"].clone()),
            ("requested", json!(names(&item["requested_reviewers"], "login"))),
        ]);
    }
    all
}

async fn one(tracker: &Tracker, sql: &str) -> Value {
    let rows = super::faults::texts(tracker, sql).await;
    assert_eq!(rows.len(), 1, "{sql}");
    serde_json::from_str(&rows[0]).unwrap()
}
