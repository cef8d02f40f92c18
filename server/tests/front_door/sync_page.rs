//! What is read from GitHub: the page, its forms, and the age of the data.

use chrono::TimeDelta;
use domain::Reading;
use server::{
    config::{Config, GitHubConfig},
    github::rows::Odd,
    store::{
        github::{
            delivery::{self, Fate},
            page,
            run::{self, Run, RunError},
        },
        setting,
    },
    usecases::ask_sync::{Asked, asked},
};

use crate::support::{
    TestApp,
    people::{somebody, with_proposals},
};

/// A server that reads GitHub, with `adam` as its admin.
async fn reading() -> TestApp {
    let app = with_proposals(1).await;
    let github = GitHubConfig {
        token: Some("token".to_owned().into()),
        webhook_secret: Some("secret".to_owned().into()),
        ..GitHubConfig::default()
    };
    app.configured(Config { admins: vec!["adam".to_owned()], github, ..Config::default() }, false)
}

/// Keeps a run that began now, with an end or without.
async fn ran(app: &TestApp, errors: Vec<RunError>, ended: bool) {
    let now = app.context.clock.now();
    let mut conn = app.context.pool.acquire().await.unwrap();
    let id = run::begin(&mut conn, "schedule", now).await.unwrap();
    let run = Run {
        id,
        reason: "schedule".to_owned(),
        started_at: now,
        finished_at: ended.then_some(now + TimeDelta::seconds(90)),
        progress: [("kubevirt/enhancements issues".to_owned(), (120, Some(263)))].into(),
        requests: 42,
        unchanged: 17,
        changed: 5,
        events: 3,
        odd: vec![Odd { row: "kubevirt/enhancements#7".to_owned(), what: "The label has no name.".to_owned() }],
        errors,
    };
    run::note(&mut conn, &run).await.unwrap();
}

fn failed() -> Vec<RunError> {
    vec![RunError {
        repository: "kubevirt/kubevirt".to_owned(),
        reading: Reading::Pulls,
        what: "pulls".to_owned(),
        why: "GitHub answers 502".to_owned(),
    }]
}

async fn wish(app: &TestApp) -> Option<Asked> {
    asked(&mut app.context.pool.acquire().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn without_a_token_the_page_says_which_variable_to_set() {
    let app = with_proposals(1).await;
    let page = app.get("/sync").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("CEP_TRACKER_GITHUB_TOKEN"), "{}", page.text());
    assert!(!page.body.contains("action=\"/sync\""));
}

#[tokio::test]
async fn runs_are_shown_with_their_numbers_errors_and_odd_rows() {
    let app = reading().await;
    assert!(app.get("/sync").await.text().contains("GitHub was not read yet."));
    ran(&app, failed(), true).await;
    app.pass(TimeDelta::minutes(10));
    ran(&app, Vec::new(), true).await;
    app.pass(TimeDelta::minutes(10));
    ran(&app, Vec::new(), false).await;
    app.pass(TimeDelta::minutes(1));
    let text = app.get("/sync").await.text();
    for words in [
        "Under way",
        "120 of 263",
        "42 requests, 17 of them unchanged (304); 5 changed, 3 events",
        "all read",
        "1 part not read",
        "kubevirt/kubevirt, pulls : GitHub answers 502",
        "kubevirt/enhancements#7 : The label has no name.",
        "everything was last read 9 min ago",
        "kubevirt/user-guide user documentation",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    app.pass(TimeDelta::minutes(10));
    ran(&app, Vec::new(), true).await;
    assert!(app.get("/sync").await.text().contains("cut short"), "a later run shows that the one before has no end");
}

#[tokio::test]
async fn the_history_of_runs_is_exported_whole() {
    let app = reading().await;
    for _ in 0..25 {
        ran(&app, failed(), true).await;
        app.pass(TimeDelta::minutes(10));
    }
    let json = app.get("/sync.json").await.json();
    let runs = json.as_array().unwrap();
    assert_eq!(runs.len(), 25, "the page shows the latest 20");
    assert_eq!((runs[0]["requests"].as_i64(), runs[0]["result"].as_str()), (Some(42), Some("parts not read")));
    assert_eq!(runs[0]["errors"][0], "kubevirt/kubevirt, pulls: GitHub answers 502");
    let csv = app.get("/sync.csv").await.body;
    assert_eq!(csv.lines().count(), 26, "{csv}");
    assert!(csv.contains(",schedule,2026-08-01T12:00:00Z,2026-08-01T12:01:30Z,parts not read,42,17,5,3,"), "{csv}");
    let page = app.get("/sync").await.body;
    assert!(page.contains("href=\"/sync.csv\"") && page.contains("href=\"/sync.json\""));
}

#[tokio::test]
async fn failed_deliveries_are_found_however_many_came_since() {
    let app = reading().await;
    let mut conn = app.context.pool.acquire().await.unwrap();
    let payload = serde_json::json!({ "action": "opened" });
    for n in 0..60 {
        let (id, now) = (format!("id-{n}"), app.context.clock.now());
        delivery::keep(&mut conn, &id, "issues", &payload, now).await.unwrap();
        let (fate, note) = if n == 0 { (Fate::Failed, "It has no number.") } else { (Fate::Done, "#1 was known.") };
        delivery::settle(&mut conn, &id, fate, note, now).await.unwrap();
        app.pass(TimeDelta::seconds(1));
    }
    drop(conn);
    let text = app.get("/sync").await.text();
    assert!(!text.contains("It has no number."), "fifty came since");
    let text = app.get("/sync?deliveries=failed").await.text();
    assert!(text.contains("It has no number.") && !text.contains("#1 was known."), "{text}");
    assert!(app.get("/sync?deliveries=ignored").await.text().contains("No delivery is in this state."));
    assert!(app.get("/sync?deliveries=eaten").await.text().contains("failed, waiting, done or ignored"));
}

#[tokio::test]
async fn a_run_that_did_not_read_all_is_told_first_and_an_empty_list_is_called_so() {
    let app = reading().await;
    ran(&app, Vec::new(), true).await;
    app.pass(TimeDelta::minutes(10));
    ran(&app, failed(), true).await;
    page::end_walk(&mut app.context.pool.acquire().await.unwrap(), "kubevirt/kubevirtci", "issues").await.unwrap();
    let text = app.get("/sync").await.text();
    assert!(text.contains("1 part not read everything was last read"), "{text}");
    assert!(text.contains("issues none"), "{text}");
}

#[tokio::test]
async fn refused_webhooks_are_counted_on_the_page() {
    let app = reading().await;
    setting::count(&mut app.context.pool.acquire().await.unwrap(), setting::WEBHOOKS_FORGED).await.unwrap();
    let text = app.get("/sync").await.text();
    assert!(text.contains("1 webhook came with a signature that is not ours."), "{text}");
    let mut conn = app.context.pool.acquire().await.unwrap();
    let payload = serde_json::json!({ "action": "created" });
    delivery::keep(&mut conn, "id-1", "star", &payload, app.context.clock.now()).await.unwrap();
    drop(conn);
    let text = app.get("/sync").await.text();
    assert!(text.contains("1 refused for their signature"), "{text}");
}

#[tokio::test]
async fn admins_and_nobody_else_have_github_read_now() {
    let app = reading().await;
    let adam = app.sign_in_as(18, "adam").await;
    assert!(adam.get("/sync").await.body.contains("action=\"/sync\""));
    assert_eq!(adam.post("/sync", &[("extent", "news")]).await.status, 303);
    let asked = wish(&app).await.unwrap();
    assert_eq!((asked.by.as_str(), asked.everything), ("adam", false));
    adam.post("/sync", &[("extent", "everything")]).await;
    adam.post("/sync", &[("extent", "news")]).await;
    assert!(wish(&app).await.unwrap().everything, "a wish for everything stays one");
    assert!(adam.get("/sync").await.text().contains("@adam asked for everything anew"));

    let app = reading().await;
    for role in ["contributor", "SIG member", "release team"] {
        let browser = somebody(role).browser(&app).await;
        assert!(!browser.get("/sync").await.body.contains("action=\"/sync\""), "{role} is offered no form");
        let refused = browser.post("/sync", &[("extent", "news")]).await;
        assert_eq!(refused.status, 403, "{role}");
        assert!(refused.text().contains("is for admins"), "{}", refused.text());
    }
    assert_ne!(app.browser().post("/sync", &[("extent", "news")]).await.status, 303);
    assert_eq!(wish(&app).await, None);
}

#[tokio::test]
async fn where_github_is_not_read_nobody_can_ask_for_it() {
    let app = with_proposals(1).await;
    let app = app.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    let adam = app.sign_in_as(18, "adam").await;
    let refused = adam.post("/sync", &[("extent", "news")]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("CEP_TRACKER_GITHUB_TOKEN"), "{}", refused.text());
    let mut conn = app.context.pool.acquire().await.unwrap();
    assert_eq!(setting::get(&mut conn, setting::SYNC_ASKED).await.unwrap(), None);
}

#[tokio::test]
async fn an_admin_has_a_delivery_processed_again() {
    let app = reading().await;
    let now = app.context.clock.now();
    let mut conn = app.context.pool.acquire().await.unwrap();
    let payload = serde_json::json!({ "action": "opened" });
    delivery::keep(&mut conn, "abc-1", "issues", &payload, now).await.unwrap();
    delivery::settle(&mut conn, "abc-1", Fate::Failed, "It has no number.", now).await.unwrap();
    drop(conn);
    let text = app.get("/sync").await.text();
    for words in ["issues opened", "abc-1", "failed", "It has no number.", "1 failed"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let nina = somebody("contributor").browser(&app).await;
    assert_eq!(nina.post("/sync/deliveries/abc-1/again", &[]).await.status, 403);
    let adam = app.sign_in_as(18, "adam").await;
    assert_eq!(adam.post("/sync/deliveries/no-such/again", &[]).await.status, 404);
    assert_eq!(adam.post("/sync/deliveries/abc-1/again", &[]).await.status, 303);
    let heads = delivery::heads(&mut app.context.pool.acquire().await.unwrap(), None, 10).await.unwrap();
    assert_eq!(heads.iter().map(|head| head.state.as_str()).collect::<Vec<_>>(), ["waiting"]);
}

#[tokio::test]
async fn where_github_is_read_the_age_is_that_of_the_last_good_reading() {
    let app = reading().await;
    let github = async || {
        let health = app.get("/healthz").await;
        let checks = health.json()["checks"].as_array().unwrap().clone();
        let check = checks.into_iter().find(|check| check["what"] == "github").unwrap();
        (health.status.as_u16(), check["outcome"].as_str().unwrap().to_owned(), check["words"].to_string())
    };
    assert_eq!(github().await.1, "unknown", "nothing was tried yet");
    ran(&app, Vec::new(), true).await;
    app.pass(TimeDelta::minutes(30));
    assert_eq!((github().await.0, github().await.1.as_str()), (200, "pass"));
    assert!(app.get("/").await.text().contains("GitHub read 28 min ago"));
    ran(&app, failed(), true).await;
    let (status, outcome, words) = github().await;
    assert_eq!((status, outcome.as_str()), (200, "unknown"));
    assert!(words.contains("kubevirt/kubevirt, pulls: GitHub answers 502"), "{words}");
    app.pass(TimeDelta::minutes(40));
    let (status, outcome, _) = github().await;
    assert_eq!((status, outcome.as_str()), (503, "fail"));
    let text = app.get("/cep/1").await.text();
    assert!(text.contains("GitHub was last read completely on 1 Aug 2026, 12:01 UTC."), "{text}");
    ran(&app, Vec::new(), true).await;
    assert_eq!(github().await.1, "pass", "back without help");
}

#[tokio::test]
async fn without_github_imports_count_and_grow_old_after_a_week() {
    let app = with_proposals(1).await;
    app.pass(TimeDelta::days(2));
    let health = app.get("/healthz").await;
    assert_eq!(health.status, 200);
    assert!(!health.body.contains("\"github\""), "{}", health.body);
    app.pass(TimeDelta::days(6));
    assert_eq!(app.get("/healthz").await.status, 503);
    assert!(app.get("/").await.text().contains("files were last imported on 1 Aug 2026"));
}
