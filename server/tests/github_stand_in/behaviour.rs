//! What the stand-in does, asked as a client would.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{Router, http::HeaderMap, routing::post};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::github::{
    Fault, GitHub,
    access::Token,
    graphql::{Board, Field, Item},
    webhook::sign,
    world::Label,
};

/// A client with the token that may everything.
struct Asker {
    http: Client,
    url: String,
    token: String,
}

impl Asker {
    fn new(github: &GitHub) -> Self {
        Self::with(github, github.token())
    }

    fn with(github: &GitHub, token: &str) -> Self {
        let http = Client::builder()
            .user_agent("tests")
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(10))
            .build()
            .unwrap();
        Self { http, url: github.url().to_owned(), token: token.to_owned() }
    }

    async fn try_send(&self, method: Method, path: &str, body: Value, tag: &str) -> reqwest::Result<Response> {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) };
        let mut request = self.http.request(method, address).bearer_auth(&self.token).header("if-none-match", tag);
        if !body.is_null() {
            request = request.body(body.to_string());
        }
        request.send().await
    }

    async fn get(&self, path: &str) -> Response {
        self.try_send(Method::GET, path, Value::Null, "").await.unwrap()
    }

    async fn json(&self, path: &str) -> Value {
        read(self.get(path).await).await
    }

    async fn post(&self, path: &str, body: Value) -> Response {
        self.try_send(Method::POST, path, body, "").await.unwrap()
    }
}

async fn read(answer: Response) -> Value {
    let text = answer.text().await.unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn lists_go_on_by_links_that_name_the_repository_by_its_id() {
    let github = GitHub::start().await;
    let repository = github.repository("kubevirt/enhancements");
    for number in 1..=5 {
        repository.issue(number).title("One").by("alice").at("2026-08-01").open();
    }
    let asker = Asker::new(&github);
    let mut address = "/repos/kubevirt/enhancements/issues?state=all&sort=created&direction=asc&per_page=2".to_owned();
    let mut seen = Vec::new();
    loop {
        let answer = asker.get(&address).await;
        let link = answer.headers().get("link").map(|link| link.to_str().unwrap().to_owned()).unwrap_or_default();
        seen.extend(read(answer).await.as_array().unwrap().iter().map(|row| row["number"].as_u64().unwrap()));
        let Some(next) = link.split(", ").find(|link| link.ends_with("rel=\"next\"")) else { break };
        address = next.split_once('>').unwrap().0.trim_start_matches('<').to_owned();
        assert!(address.contains(&format!("/repositories/{}/issues?state=all", repository.id)), "{address}");
    }
    assert_eq!(seen, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn what_has_not_changed_costs_nothing() {
    let github = GitHub::start().await;
    let repository = github.repository("kubevirt/enhancements");
    repository.issue(1).title("One").by("alice").at("2026-08-01").open();
    let asker = Asker::new(&github);
    let path = "/repos/kubevirt/enhancements/issues/1";
    let tag = header(&asker.get(path).await, "etag").to_owned();
    let before = github.remaining();
    let same = asker.try_send(Method::GET, path, Value::Null, &tag).await.unwrap();
    assert_eq!((same.status().as_u16(), github.remaining()), (304, before));
    repository.label(1, "sig/ci", "alice", "2026-08-02");
    let changed = asker.try_send(Method::GET, path, Value::Null, &tag).await.unwrap();
    assert_eq!((changed.status().as_u16(), github.remaining()), (200, before - 1));
    assert_eq!(header(&changed, "x-ratelimit-remaining"), (before - 1).to_string());
    let log = github.log();
    assert_eq!(log.iter().map(|entry| entry.status).collect::<Vec<_>>(), [200, 304, 200]);
    assert_eq!(log[1].if_none_match.as_deref(), Some(tag.as_str()));
}

#[tokio::test]
async fn what_moved_redirects_and_what_is_gone_says_so() {
    let github = GitHub::start().await;
    let repository = github.repository("kubevirt/old");
    repository.rename("kubevirt/new");
    for number in 1..=3 {
        repository.issue(number).title("One").by("alice").open();
    }
    repository.delete(2, "alice", "2026-10-09");
    repository.transfer(3, "kubevirt/other", 7, "alice", "2026-10-10");
    github.repository("kubevirt/secret").private();
    let asker = Asker::new(&github);
    let moved = asker.get("/repos/kubevirt/old/issues/1?a=b").await;
    let target = format!("{}/repositories/{}/issues/1?a=b", github.url(), repository.id);
    assert_eq!((moved.status().as_u16(), header(&moved, "location")), (301, target.as_str()));
    assert_eq!(asker.json(&target).await["number"], 1);
    let posted = asker.post("/repos/kubevirt/old/issues/1/comments", json!({ "body": "x" })).await;
    assert_eq!(posted.status().as_u16(), 307);
    assert_eq!(asker.get("/repos/kubevirt/new/issues/2").await.status().as_u16(), 410);
    let transferred = asker.get("/repos/kubevirt/new/issues/3").await;
    assert_eq!(transferred.status().as_u16(), 301);
    assert_eq!(asker.json(header(&transferred, "location")).await["number"], 7);
    github.add_token("ghp_public", Token::of("bob").for_public_only().for_reading_only());
    let bob = Asker::with(&github, "ghp_public");
    assert_eq!(bob.get("/repos/kubevirt/secret").await.status().as_u16(), 404);
    assert_eq!(asker.get("/repos/kubevirt/secret").await.status().as_u16(), 200);
    assert_eq!(bob.post("/repos/kubevirt/new/issues/1/comments", json!({ "body": "x" })).await.status().as_u16(), 403);
    assert_eq!(Asker::with(&github, "guess").get("/repos/kubevirt/new").await.status().as_u16(), 401);
}

#[tokio::test]
async fn comments_and_labels_are_written_edited_and_deleted() {
    let github = GitHub::start().await;
    github.repository("kubevirt/enhancements").issue(1).title("One").by("alice").open();
    let asker = Asker::new(&github);
    let issue = "/repos/kubevirt/enhancements/issues/1";
    let made = asker.post(&format!("{issue}/comments"), json!({ "body": "first" })).await;
    assert_eq!(made.status().as_u16(), 201);
    let made = read(made).await;
    let one = format!("/repos/kubevirt/enhancements/issues/comments/{}", made["id"]);
    let edited = asker.try_send(Method::PATCH, &one, json!({ "body": "second" }), "").await.unwrap();
    assert_eq!(read(edited).await["body"], "second");
    assert_eq!(asker.json(&format!("{issue}/comments")).await[0]["body"], "second");
    let labels = asker.post(&format!("{issue}/labels"), json!({ "labels": ["approved-vep"] })).await;
    assert_eq!(read(labels).await[0]["name"], "approved-vep");
    let path = format!("{issue}/labels/approved-vep");
    assert_eq!(asker.try_send(Method::DELETE, &path, Value::Null, "").await.unwrap().status().as_u16(), 200);
    assert_eq!(asker.try_send(Method::DELETE, &path, Value::Null, "").await.unwrap().status().as_u16(), 404);
    assert_eq!(asker.try_send(Method::DELETE, &one, Value::Null, "").await.unwrap().status().as_u16(), 204);
    assert_eq!(asker.json(issue).await["comments"], 0);
    let timeline = asker.json(&format!("{issue}/timeline")).await;
    let events: Vec<_> = timeline.as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["labeled", "unlabeled"]);
}

#[tokio::test]
async fn faults_strike_whom_they_are_meant_for_and_as_often() {
    let github = GitHub::start().await;
    github.repository("kubevirt/enhancements").issue(1).title("One").by("alice").open();
    let asker = Asker::new(&github);
    let path = "/repos/kubevirt/enhancements/issues/1/comments";
    github.fault(Fault::BadGatewayAfter).on("POST", "/comments").next(1);
    github.fault(Fault::BadGatewayBefore).on("POST", "/comments").next(1);
    for status in [502, 502, 201] {
        assert_eq!(asker.post(path, json!({ "body": "x" })).await.status().as_u16(), status);
    }
    assert_eq!(asker.json(path).await.as_array().unwrap().len(), 2, "one was stored in spite of its 502");

    github.fault(Fault::Status(500)).every(3);
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(asker.get(path).await.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 500, 200, 200, 500]);
    github.clear_faults();

    github.fault(Fault::SecondaryLimit(None)).next(1);
    github.fault(Fault::SecondaryLimit(Some(7))).next(1);
    github.fault(Fault::TooMany(9)).next(1);
    let limited = asker.get(path).await;
    assert_eq!((limited.status().as_u16(), limited.headers().contains_key("retry-after")), (403, false));
    let limited = asker.get(path).await;
    assert_eq!((limited.status().as_u16(), header(&limited, "retry-after")), (403, "7"));
    let limited = asker.get(path).await;
    assert_eq!((limited.status().as_u16(), header(&limited, "retry-after")), (429, "9"));
}

#[tokio::test]
async fn an_exhausted_limit_lasts_until_its_hour_is_over() {
    let github = GitHub::start().await;
    github.repository("kubevirt/enhancements");
    let asker = Asker::new(&github);
    let reset = "2026-10-08T12:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    github.fault(Fault::Exhausted(reset)).next(1);
    for _ in 0..2 {
        let refused = asker.get("/repos/kubevirt/enhancements").await;
        assert_eq!((refused.status().as_u16(), header(&refused, "x-ratelimit-remaining")), (403, "0"));
        assert_eq!(header(&refused, "x-ratelimit-reset"), reset.timestamp().to_string());
    }
    github.set_now(reset);
    assert_eq!(asker.get("/repos/kubevirt/enhancements").await.status().as_u16(), 200);
}

/// Ends a while after a request came in that is not answered.
async fn asked_in_vain(github: &GitHub) {
    while github.log().iter().all(|entry| entry.fault != Some(Fault::Silence)) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn bodies_and_connections_break_as_they_are_told() {
    let github = GitHub::start().await;
    github.repository("kubevirt/enhancements");
    let asker = Asker::new(&github);
    let path = "/repos/kubevirt/enhancements/tags";
    let whole = asker.get(path).await.text().await.unwrap();
    assert_eq!(whole, "[]");
    let path = "/repos/kubevirt/enhancements";
    let whole = asker.get(path).await.text().await.unwrap();

    github.fault(Fault::CutOff).next(1);
    let cut = asker.get(path).await;
    assert!(!cut.headers().contains_key("content-length"));
    let text = cut.text().await.unwrap();
    assert_eq!(text, whole[..whole.len() / 2], "it looks complete and is not");
    github.fault(Fault::BrokenOff).next(1);
    let broken = asker.get(path).await;
    assert_eq!(header(&broken, "content-length"), whole.len().to_string());
    assert!(broken.text().await.is_err());
    github.fault(Fault::Reset).next(1);
    let error = asker.try_send(Method::GET, path, Value::Null, "").await.unwrap_err();
    assert!(!error.is_timeout(), "{error:?}");
    github.fault(Fault::Silence).next(1);
    tokio::select! {
        answer = asker.try_send(Method::GET, path, Value::Null, "") => panic!("it answers: {answer:?}"),
        () = asked_in_vain(&github) => {}
    }
    github.fault(Fault::Drip(Duration::from_millis(1))).next(1);
    let begun = Instant::now();
    assert_eq!(asker.get("/repos/kubevirt/enhancements/tags").await.text().await.unwrap(), "[]");
    assert!(begun.elapsed() >= Duration::from_millis(2), "a pause before each byte");
    assert_eq!(github.log().iter().filter(|entry| entry.status == 0).count(), 2);
}

#[tokio::test]
async fn events_are_signed_as_github_documents_it_and_can_be_sent_again() {
    let documented = sign("It's a Secret to Everybody", b"Hello, World!");
    assert_eq!(documented, "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");

    let github = GitHub::start().await;
    let repository = github.repository("kubevirt/enhancements");
    github.collect_webhooks("secret");
    repository.issue(1).title("One").by("alice").labels(&["sig/ci"]).open();
    repository.comment(1, "bob", "Hello", "2026-10-09");
    repository.pull(2).title("Two").by("alice").file("a.md", "text\n").open();
    repository.review(2, "bob", "APPROVED", "2026-10-10");
    repository.merge(2, "bob", "2026-10-11");
    let deliveries = github.deliveries();
    let events: Vec<_> = deliveries
        .iter()
        .map(|delivery| format!("{} {}", delivery.event, delivery.action.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        events,
        [
            "issues opened",
            "issues labeled",
            "issue_comment created",
            "pull_request opened",
            "pull_request_review submitted",
            "pull_request closed",
            "push -"
        ]
    );
    let closed = deliveries[5].json();
    assert_eq!((&closed["pull_request"]["merged"], &closed["sender"]["login"]), (&json!(true), &json!("bob")));
    assert_ne!(deliveries[0].forged().signature, deliveries[0].signature);
    let asker = Asker::new(&github);
    let hook = format!("/repos/kubevirt/enhancements/hooks/{}/deliveries", github.hook_id());
    let rows = asker.json(&hook).await;
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["event"]), (7, &json!("push")));
    let again = asker.post(&format!("{hook}/{}/attempts", rows[0]["id"]), json!({})).await;
    assert_eq!(again.status().as_u16(), 202);
    let last = github.deliveries().pop().unwrap();
    assert_eq!((last.guid == deliveries[6].guid, last.again, last.id == deliveries[6].id), (true, true, false));
}

#[tokio::test]
async fn lines_are_ahead_behind_diverged_or_identical() {
    let github = GitHub::start().await;
    let repository = github.repository("kubevirt/kubevirt");
    repository.branch("release-1.10", "main");
    let fix = repository.push("main", &[("fix.go", "fixed\n")], "alice", "2026-10-09");
    let asker = Asker::new(&github);
    let status = async |range: &str| {
        let json = asker.json(&format!("/repos/kubevirt/kubevirt/compare/{range}")).await;
        (json["status"].as_str().unwrap().to_owned(), json["ahead_by"].as_u64().unwrap())
    };
    assert_eq!(status("main...main").await, ("identical".to_owned(), 0));
    assert_eq!(status("release-1.10...main").await, ("ahead".to_owned(), 1));
    assert_eq!(status(&format!("release-1.10...{fix}")).await, ("ahead".to_owned(), 1));
    assert_eq!(status("main...release-1.10").await, ("behind".to_owned(), 0));
    repository.cherry_pick("release-1.10", &fix, "bob", "2026-10-10");
    assert_eq!(status("main...release-1.10").await, ("diverged".to_owned(), 1));
    let picked = asker.json("/repos/kubevirt/kubevirt/commits?sha=release-1.10&path=fix.go").await;
    assert!(picked[0]["commit"]["message"].as_str().unwrap().contains(&format!("cherry picked from commit {fix}")));
}

#[tokio::test]
async fn a_merged_pull_request_brings_its_files_to_the_main_line() {
    let github = GitHub::start().await;
    let repository = github.repository("kubevirt/enhancements");
    repository.link("latest.md", "veps/a.md");
    let path = "veps/sig-compute/421-x/vep.md";
    repository.pull(500).title("Add").by("alice").file(path, "text\n").at("2026-10-09").open();
    repository.file("veps/a.md", "a\n");
    let asker = Asker::new(&github);
    let api = "/repos/kubevirt/enhancements";
    assert_eq!(asker.get(&format!("{api}/contents/{path}")).await.status().as_u16(), 404);
    let at_head = asker.json(&format!("{api}/contents/{path}?ref=refs/pull/500/head")).await;
    assert_eq!(at_head["content"], "dGV4dAo=\n");
    assert_eq!(at_head["sha"], "8e27be7d6154a1f68ea9160ef0e18691d20560dc", "as `git hash-object` says");
    let sha = repository.merge(500, "bob", "2026-10-10");
    assert_eq!(asker.json(&format!("{api}/contents/{path}")).await["sha"], at_head["sha"]);
    assert_eq!(asker.json(&format!("{api}/pulls/500")).await["merge_commit_sha"], sha);
    assert_eq!(asker.json(&format!("{api}/contents/latest.md")).await["content"], "YQo=\n");
    let tree = asker.json(&format!("{api}/git/trees/main?recursive=1")).await;
    let modes: Vec<_> = tree["tree"].as_array().unwrap().iter().map(|row| row["path"].as_str().unwrap()).collect();
    assert_eq!(modes, ["latest.md", "veps", "veps/a.md", "veps/sig-compute", "veps/sig-compute/421-x", path]);
    let commits = asker.json(&format!("{api}/commits?path={path}")).await;
    assert_eq!((commits.as_array().unwrap().len(), &commits[0]["commit"]["message"]), (1, &json!("Add")));
    assert_eq!(commits[0]["commit"]["committer"]["date"], "2026-10-09T00:00:00Z");
}

#[tokio::test]
async fn an_app_gets_a_token_that_ends() {
    let github = GitHub::start().await;
    github.repository("kubevirt/enhancements").private();
    github.install_app(7, "kubevirt");
    let app = Asker::with(&github, "head.claims.signature");
    assert_eq!(app.json("/app/installations").await[0]["account"]["login"], "kubevirt");
    let token = read(app.post("/app/installations/7/access_tokens", json!({})).await).await;
    let asker = Asker::with(&github, token["token"].as_str().unwrap());
    assert_eq!(asker.get("/repos/kubevirt/enhancements").await.status().as_u16(), 200);
    github.set_now(token["expires_at"].as_str().unwrap());
    assert_eq!(asker.get("/repos/kubevirt/enhancements").await.status().as_u16(), 401);
}

#[tokio::test]
async fn a_seed_file_and_the_control_addresses_say_the_same_as_sentences() {
    let github = GitHub::start().await;
    github.load(json!({ "accounts": [{ "id": 42, "login": "ada" }], "repositories": [{
        "full_name": "kubevirt/enhancements", "files": { "README.md": "Read me\n" },
        "branches": { "release-1.10": "main" }, "tags": { "v1.10.0": "main" },
        "issues": [{ "number": 1, "title": "One", "author": "ada", "labels": ["sig/ci"], "created_at": "2026-01-15",
                     "then": [{ "act": "comment", "by": "bob", "at": "2026-01-16", "body": "Hello" },
                              { "act": "close", "at": "2026-01-17" }] }],
        "pulls": [{ "number": 2, "title": "Two", "author": "ada", "pull": { "files": { "a.md": "text" } },
                    "then": [{ "act": "merge", "by": "bob", "at": "2026-02-01" }] }] }] }));
    let asker = Asker::new(&github);
    let all = asker.json("/repos/kubevirt/enhancements/issues?state=all").await;
    let row = |row: &Value| (row["number"].as_u64(), row["state"].as_str().unwrap().to_owned());
    let rows: Vec<_> = all.as_array().unwrap().iter().map(row).collect();
    assert_eq!(rows, [(Some(2), "closed".to_owned()), (Some(1), "closed".to_owned())]);
    assert_eq!((&all[1]["user"]["id"], &all[1]["updated_at"]), (&json!(42), &json!("2026-01-17T00:00:00Z")));
    assert!(all[0]["pull_request"]["merged_at"].is_string());
    let act = json!({ "repository": "kubevirt/enhancements", "number": 1, "by": "eve", "act": "reopen" });
    assert_eq!(asker.post("/_control/act", act).await.status().as_u16(), 200);
    assert_eq!(asker.json("/repos/kubevirt/enhancements/issues/1").await["state"], "open");
    let fault = json!({ "fault": "status", "value": 503, "method": "GET", "path": "/issues", "next": 1 });
    assert_eq!(asker.post("/_control/fault", fault).await.status().as_u16(), 200);
    assert_eq!(asker.get("/repos/kubevirt/enhancements/issues").await.status().as_u16(), 503);
    assert_eq!(asker.post("/_control/fault", json!({ "fault": "rain" })).await.status().as_u16(), 422);
}

const BOARD: &str = "query($org: String!, $number: Int!, $after: String) { organization(login: $org) { \
    projectV2(number: $number) { items(first: 1, after: $after) { nodes { \
        content { ... on Issue { number repository { nameWithOwner } } } \
        fieldValues(first: 20) { nodes { \
            ... on ProjectV2ItemFieldSingleSelectValue { name field { ... on ProjectV2FieldCommon { name } } } \
            ... on ProjectV2ItemFieldTextValue { text field { ... on ProjectV2FieldCommon { name } } } } } } \
        pageInfo { hasNextPage endCursor } } } } }";

#[tokio::test]
async fn a_board_is_read_page_by_page_and_only_with_the_right_to_it() {
    let github = GitHub::start().await;
    let fields = vec![
        ("Status".to_owned(), Field::Choice("Tracked".to_owned())),
        ("Impl PRs".to_owned(), Field::Text("#1".to_owned())),
    ];
    let issue = Some(("kubevirt/enhancements".to_owned(), 421));
    let items = vec![
        Item { issue, title: "VEP 421".to_owned(), fields },
        Item { issue: None, title: "A note".to_owned(), fields: Vec::new() },
    ];
    github.board(Board { organization: "kubevirt".to_owned(), number: 22, title: "1.10".to_owned(), items });
    let asker = Asker::new(&github);
    let query =
        |after: Value| json!({ "query": BOARD, "variables": { "org": "kubevirt", "number": 22, "after": after } });
    let first = read(asker.post("/graphql", query(Value::Null)).await).await;
    let first = &first["data"]["organization"]["projectV2"]["items"];
    assert_eq!(
        first["nodes"],
        json!([{
            "content": { "number": 421, "repository": { "nameWithOwner": "kubevirt/enhancements" } },
            "fieldValues": { "nodes": [
                { "name": "Tracked", "field": { "name": "Status" } },
                { "text": "#1", "field": { "name": "Impl PRs" } },
            ] },
        }])
    );
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let second = read(asker.post("/graphql", query(first["pageInfo"]["endCursor"].clone())).await).await;
    let second = &second["data"]["organization"]["projectV2"]["items"];
    assert_eq!((&second["nodes"][0]["content"], &second["pageInfo"]["hasNextPage"]), (&json!({}), &json!(false)));

    github.add_token("ghp_no_boards", Token::of("bob").without_projects());
    let refused = read(Asker::with(&github, "ghp_no_boards").post("/graphql", query(Value::Null)).await).await;
    assert_eq!(refused["data"]["organization"], Value::Null);
    assert_eq!(refused["errors"][0]["type"], "INSUFFICIENT_SCOPES");
    let wrong =
        json!({ "query": BOARD.replace("nameWithOwner", "fullName"), "variables": query(Value::Null)["variables"] });
    let wrong = read(asker.post("/graphql", wrong).await).await;
    assert!(wrong["errors"][0]["message"].as_str().unwrap().contains("'fullName' doesn't exist"), "{wrong}");
}

#[tokio::test]
async fn odd_rows_are_told_as_github_tells_them() {
    let github = GitHub::start().await;
    let repository = github.repository("kubevirt/enhancements");
    repository.issue(1).title("A ghost's").open();
    repository.comment(1, "bob", "Hello", "2026-10-09");
    repository.with_issue(1, |issue| {
        issue.state_reason = Some("evaporated".to_owned());
        issue.labels = vec![Label::Text("a string".to_owned()), Label::Colourless("pale".to_owned())];
        issue.comments[0].author = None;
    });
    let asker = Asker::new(&github);
    let issue = asker.json("/repos/kubevirt/enhancements/issues/1").await;
    assert_eq!((&issue["user"], &issue["state_reason"]), (&Value::Null, &json!("evaporated")));
    assert_eq!((&issue["labels"][0], &issue["labels"][1]["color"]), (&json!("a string"), &Value::Null));
    assert_eq!(asker.json("/repos/kubevirt/enhancements/issues/comments").await[0]["user"], Value::Null);
}

#[tokio::test]
async fn events_are_delivered_in_their_order_and_the_answers_are_kept() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let taken = seen.clone();
    let take = move |headers: HeaderMap, body: String| async move {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        let signed = header("x-hub-signature-256") == sign("secret", body.as_bytes());
        taken.lock().unwrap().push((header("x-github-delivery"), header("x-github-event"), signed));
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, Router::new().route("/hook", post(take))).await });
    let github = GitHub::start().await;
    let repository = github.repository("kubevirt/enhancements");
    github.send_webhooks(&url, "secret");
    repository.issue(1).title("One").by("alice").open();
    repository.comment(1, "bob", "Hello", "2026-10-09");
    github.delivered().await;
    let deliveries = github.deliveries();
    assert!(deliveries.iter().all(|delivery| delivery.status == Some(200)), "{deliveries:?}");
    let sent: Vec<_> = deliveries.into_iter().map(|delivery| (delivery.guid, delivery.event, true)).collect();
    assert_eq!(*seen.lock().unwrap(), sent);
}
