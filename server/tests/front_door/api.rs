//! The API: the same verdicts as the pages.

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
};

#[tokio::test]
async fn releases_carry_their_deadlines() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let json = app.get("/api/v1/releases").await.json();
    let release = &json[0];
    assert_eq!(release["version"], "v1.10");
    assert_eq!(release["phase"], "implementation");
    for (name, date, instant) in [
        ("enhancement_freeze", "2026-09-02", "2026-09-03T12:00:00Z"),
        ("code_freeze", "2026-10-21", "2026-10-22T12:00:00Z"),
        ("ga", "2026-11-18", "2026-11-19T12:00:00Z"),
    ] {
        assert_eq!(release[name]["date"], date);
        assert_eq!(release[name]["instant"], instant);
        assert_eq!(release[name]["from"], "row");
    }
}

#[tokio::test]
async fn errors_are_problem_documents() {
    let app = TestApp::start().await;
    for (address, status) in [
        ("/api/v1/proposals/cep/1", 404),
        ("/api/v1/proposals/cep/x", 404),
        ("/api/v1/releases/v9.9", 404),
        ("/api/v1/releases/soon", 400),
        ("/api/v1/proposals?sort=colour", 400),
        ("/api/v2/anything", 404),
    ] {
        let answer = app.get(address).await;
        assert_eq!(answer.status, status, "{address}");
        assert_eq!(answer.json()["status"], status, "{address}");
        assert!(!answer.json()["detail"].as_str().unwrap().is_empty(), "{address}");
    }
}

#[tokio::test]
async fn a_proposal_carries_its_verdict_with_evidence() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    app.import("cep", &[(&cep_path(4702), &cep(4702, "Prow job config linting"))]).await;
    let json = app.get("/api/v1/proposals/cep/4702").await.json();
    assert_eq!(json["issue_url"], "https://github.com/kubevirt/project-infra/issues/4702");
    assert_eq!(json["targets"][0]["reading"], "version");
    let requirements = json["verdicts"][0]["judgements"][0]["requirements"].as_array().unwrap();
    assert_eq!(requirements.len(), 7, "CEPs ask for no sign-off");
    assert!(requirements.iter().all(|requirement| requirement["evidence"][0]["text"].is_string()));
}
