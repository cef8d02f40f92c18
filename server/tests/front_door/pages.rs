//! Pages as the server sends them.

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
};

#[tokio::test]
async fn an_empty_tracker_says_what_to_do_next() {
    let app = TestApp::start().await;
    for address in ["/", "/proposals", "/releases"] {
        let page = app.get(address).await;
        assert_eq!(page.status, 200, "{address}");
        assert!(page.text().contains("cep-tracker import"), "{address}: {}", page.text());
    }
}

#[tokio::test]
async fn every_page_answers_and_carries_the_policy() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    app.import("cep", &[(&cep_path(4702), &cep(4702, "Prow job config linting"))]).await;
    for address in [
        "/",
        "/proposals",
        "/proposals?release=current&sort=-title",
        "/cep/4702",
        "/releases",
        "/releases/v1.10",
        "/releases/current",
        "/glossary",
        "/settings",
        "/cep/4702?at=2026-08-01",
        "/?at=2027-01-01",
    ] {
        let page = app.get(address).await;
        assert_eq!(page.status, 200, "{address}");
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        assert!(!page.body.contains(" style="), "{address} has an inline style");
        assert!(page.body.contains("<h1"), "{address} has no heading");
    }
}

#[tokio::test]
async fn unknown_addresses_get_a_page_that_helps() {
    let app = TestApp::start().await;
    for address in ["/nothing", "/cep/99999", "/releases/v9.9", "/xep/1", "/cep/abc"] {
        let page = app.get(address).await;
        assert_eq!(page.status, 404, "{address}");
        assert!(page.body.contains("href=\"/proposals\""), "{address}");
    }
}

#[tokio::test]
async fn a_release_is_shown_as_of_any_day() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let page = app.get("/releases/v1.10?at=2026-10-08").await.text();
    assert!(page.contains("Implementation"), "{page}");
    assert!(page.contains("13 days"), "{page}");
    let page = app.get("/releases/v1.10?at=2026-11-01").await.text();
    assert!(page.contains("Stabilization"), "{page}");
}

#[tokio::test]
async fn search_and_filters_find_what_they_should() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let files = [(cep_path(1), cep(1, "Quarantine dashboard")), (cep_path(2), cep(2, "Image cache"))];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    app.import("cep", &files).await;
    let numbers = async |query: &str| -> Vec<i64> {
        let json = app.get(&format!("/api/v1/proposals?{query}")).await.json();
        json["items"].as_array().unwrap().iter().map(|item| item["number"].as_i64().unwrap()).collect()
    };
    assert_eq!(numbers("q=quarantine").await, [1]);
    assert_eq!(numbers("q=nobody+reads+deleted").await, [1, 2], "the text of the documents is searched too");
    assert_eq!(numbers("q=%40rita&sort=-number").await, [2, 1]);
    assert_eq!(numbers("owner=OLGA&stage=alpha&source=cep").await, [1, 2]);
    assert_eq!(numbers("status=shipped").await, Vec::<i64>::new());
    assert_eq!(numbers("q=%22+or+'+%3A*+%26").await, Vec::<i64>::new(), "odd words are only words");
    let csv = app.get("/proposals.csv?q=quarantine").await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
}

#[tokio::test]
async fn a_spreadsheet_is_not_tricked_by_a_title() {
    let app = TestApp::start().await;
    app.import("cep", &[(&cep_path(7), &cep(7, "=HYPERLINK(\"x\")"))]).await;
    let csv = app.get("/proposals.csv").await.body;
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
}

#[tokio::test]
async fn the_health_check_warns_when_one_role_can_change_the_log() {
    let app = TestApp::start().await;
    let health = app.get("/healthz").await;
    assert_eq!(health.status, 200);
    let json = health.json();
    assert_eq!(json["checks"][1]["what"], "roles");
    assert_eq!(json["checks"][1]["outcome"], "unknown", "this test connects as the owner");
    assert_eq!(json["checks"][2]["words"], "nothing was read yet");
}

#[tokio::test]
async fn old_data_fails_the_health_check_and_is_named_on_pages() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    app.pass(chrono::TimeDelta::days(8));
    assert_eq!(app.get("/healthz").await.status, 503);
    assert!(app.get("/").await.text().contains("The data is 8 d old"));
}
