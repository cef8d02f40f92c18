//! The demo world, in and out.

use std::collections::BTreeSet;

use axum::{body::Body, http::Request};
use server::usecases::load_demo::{DemoError, load_demo};

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
    assert!(app.get("/").await.text().contains("cep-tracker import"));
    assert_eq!(app.send(leave()).await.status, 409, "real data is never removed by it");
}

#[tokio::test]
async fn another_site_cannot_press_the_button() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let request = Request::post("/demo/leave").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
    assert_eq!(app.send(request).await.status, 403);
    assert!(app.events().await > 0);
}
