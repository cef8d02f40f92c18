//! The demo world, in and out.

use std::collections::BTreeSet;

use axum::{body::Body, http::Request};
use server::{
    store::{self, setting},
    usecases::{
        import::{ImportError, import_schedules},
        load_demo::{DemoError, leave_demo, load_demo, load_demo_at_start},
    },
};

use crate::support::TestApp;

#[tokio::test]
async fn the_demo_shows_every_status() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let mut seen = BTreeSet::new();
    let releases = app.get("/api/v1/releases").await.json();
    assert_eq!(releases.as_array().unwrap().len(), 5, "{releases}");
    for release in releases.as_array().unwrap() {
        for count in release["counts"].as_array().unwrap() {
            seen.insert(count["slug"].as_str().unwrap().to_owned());
        }
    }
    let missing: Vec<_> = app::status::ALL.iter().map(|info| info.slug).filter(|slug| !seen.contains(*slug)).collect();
    // The first takes no part in any release; the second needs a schedule that states EF but not CF.
    assert_eq!(missing, ["not-targeted", "no-date-cf"]);
}

#[tokio::test]
async fn the_demo_shows_candidates_a_document_in_review_and_actual_dates() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let candidates = app.get("/api/v1/candidates").await.json();
    assert_eq!(candidates.as_array().unwrap().len(), 3, "{candidates}");
    assert!(app.get("/cep/5135").await.text().contains("Document in review"));
    let shipped = app.get("/api/v1/releases/v1.9").await.json();
    let actual = shipped["actual"].as_array().unwrap();
    assert_eq!(actual.len(), 7, "{actual:?}");
    assert!(actual.iter().any(|made| made["late"].as_i64() > Some(0)), "{actual:?}");
    assert!(app.get("/releases/v1.9").await.text().contains("Not in the schedule"));
}

#[tokio::test]
async fn the_demo_goes_into_an_empty_database_only() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    assert!(matches!(load_demo(&app.context).await, Err(DemoError::NotEmpty)));
}

#[tokio::test]
async fn leaving_the_demo_empties_the_tracker_and_works_once() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    assert!(app.get("/").await.text().contains("Demo world"));
    let leave = || Request::post("/demo/leave").header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap();
    let answer = app.send(leave()).await;
    assert_eq!((answer.status.as_u16(), answer.headers["location"].to_str().unwrap()), (303, "/"));
    assert_eq!(app.events().await, 0);
    assert_eq!(app.get("/api/v1/candidates").await.json(), serde_json::json!([]));
    assert!(app.get("/").await.text().contains("cep-tracker import"));
    assert_eq!(app.send(leave()).await.status, 409, "real data is never removed by it");
}

#[tokio::test]
async fn another_server_on_the_same_database_forgets_the_demo_too() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let other = app.second().await;
    assert!(other.get("/proposals").await.text().contains("Prow"));
    leave_demo(&store::connect(app.owner.clone()).await.unwrap()).await.unwrap();
    assert!(other.get("/proposals").await.text().contains("cep-tracker import"));
}

#[tokio::test]
async fn at_a_start_the_demo_does_not_come_back_after_it_was_left_and_is_finished_when_cut_short() {
    let app = TestApp::start().await;
    assert!(load_demo_at_start(&app.context, app.owner.clone()).await.unwrap());
    assert!(!load_demo_at_start(&app.context, app.owner.clone()).await.unwrap(), "it is there already");
    let events = app.events().await;
    let mut conn = app.context.pool.acquire().await.unwrap();
    setting::set(&mut conn, setting::DEMO, &setting::DEMO_LOADING.into()).await.unwrap();
    assert!(load_demo_at_start(&app.context, app.owner.clone()).await.unwrap(), "a load was cut short");
    assert_eq!(app.events().await, events);
    leave_demo(&store::connect(app.owner.clone()).await.unwrap()).await.unwrap();
    assert!(!load_demo_at_start(&app.context, app.owner.clone()).await.unwrap(), "somebody left it");
    assert_eq!(app.events().await, 0);
}

#[tokio::test]
async fn real_files_are_not_read_over_the_demo() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let refused = import_schedules(&app.context, "kubevirt", &[], &|_, _| {}).await.unwrap_err();
    assert!(matches!(refused, ImportError::Demo), "{refused}");
}

#[tokio::test]
async fn another_site_cannot_press_the_button() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let request = Request::post("/demo/leave").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
    assert_eq!(app.send(request).await.status, 403);
    assert!(app.events().await > 0);
}
