//! Imports: what changed is an event, what did not is nothing.

use server::usecases::import::import_source;

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
};

#[tokio::test]
async fn importing_the_same_files_again_changes_nothing() {
    let app = TestApp::start().await;
    let path = cep_path(4702);
    let text = cep(4702, "Prow job config linting");
    let first = app.import("cep", &[(&path, &text)]).await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    assert_eq!((first.run.read, first.run.changed, first.proposals), (1, 1, 1));
    let events = app.events().await;
    let again = app.import("cep", &[(&path, &text)]).await;
    let schedules = app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    assert_eq!((again.run.changed, again.run.unchanged), (0, 1));
    assert_eq!((schedules.run.changed, schedules.run.unchanged), (0, 1));
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn the_template_is_not_taken_for_a_proposal() {
    let app = TestApp::start().await;
    let summary = app.import("cep", &[("docs/ci-enhancements/NNNN-cep-template/cep.md", "# CEP #NNNN: title\n")]).await;
    assert_eq!((summary.proposals, summary.skipped, app.events().await), (0, 1, 0));
}

#[tokio::test]
async fn further_documents_join_their_proposal() {
    let app = TestApp::start().await;
    let files = [
        ("veps/sig-network/21-passt/vep.md", "# VEP #21: Passt\n\n- This VEP targets beta for version: v1.10\n"),
        ("veps/sig-network/21-passt/passt-beta.md", "# Passt in beta\n"),
    ];
    let summary = app.import("vep", &files).await;
    assert_eq!((summary.proposals, summary.further), (1, 1));
    let page = app.get("/vep/21").await;
    assert!(page.text().contains("Passt in beta"), "{}", page.text());
}

#[tokio::test]
async fn a_document_that_is_gone_leaves_its_history() {
    let app = TestApp::start().await;
    let (path, text) = (cep_path(1), cep(1, "Short-lived"));
    let (other, stays) = (cep_path(2), cep(2, "Stays"));
    app.import("cep", &[(&path, &text), (&other, &stays)]).await;
    let summary = app.import("cep", &[(&other, &stays)]).await;
    assert_eq!(summary.run.gone, 1);
    let page = app.get("/cep/1").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Document gone"), "{}", page.text());
    app.import("cep", &[(&path, &text), (&other, &stays)]).await;
    assert!(app.get("/cep/1").await.text().contains("Jobs that nobody reads are deleted."));
}

#[tokio::test]
async fn the_wrong_directory_makes_nothing_gone() {
    let app = TestApp::start().await;
    let (one, other) = ((cep_path(1), cep(1, "One")), (cep_path(2), cep(2, "Two")));
    app.import("cep", &[(&one.0, &one.1), (&other.0, &other.1)]).await;
    let events = app.events().await;
    let refused = import_source(&app.context, "cep", &[], &|_, _| {}).await.unwrap_err();
    assert!(refused.to_string().contains("only 0 of the 2 proposals"), "{refused}");
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn what_appears_after_the_first_import_was_not_always_there() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let first = (cep_path(1), cep(1, "There from the start"));
    app.import("cep", &[(&first.0, &first.1)]).await;
    app.pass(chrono::TimeDelta::days(3));
    let later = (cep_path(2), cep(2, "Merged later"));
    app.import("cep", &[(&first.0, &first.1), (&later.0, &later.1)]).await;
    let shown = app.get("/proposals?at=2026-10-08").await.text();
    let known = app.get("/cep/2?at=2026-10-08").await.text();
    assert!(shown.contains("There from the start"), "{shown}");
    assert!(!known.contains("Jobs that nobody reads"), "{known}");
    assert!(app.get("/cep/2").await.text().contains("Jobs that nobody reads"));
}

#[tokio::test]
async fn a_moved_freeze_shows_both_dates_and_names_whom_it_touches() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    app.import("cep", &[(&cep_path(4702), &cep(4702, "Prow job config linting"))]).await;
    app.pass(chrono::TimeDelta::days(1));
    let moved = V1_10.replacen("2026/09/02", "2026/09/09", 2);
    app.import_schedules(&[(V1_10_PATH, &moved)]).await;
    let page = app.get("/releases/v1.10").await.text();
    for expected in ["2 Sep", "9 Sep", "Prow job config linting"] {
        assert!(page.contains(expected), "{expected} not in {page}");
    }
    let json = app.get("/api/v1/releases/v1.10").await.json();
    assert_eq!(json["enhancement_freeze"]["date"], "2026-09-09");
    assert_eq!(json["moves"][0]["from"], "2026-09-02");
    // As of the day before, the old date still held.
    let before = app.get("/api/v1/releases/v1.10?at=2026-10-07").await.json();
    assert_eq!(before["enhancement_freeze"]["date"], "2026-09-02");
}

#[tokio::test]
async fn a_broken_schedule_is_reported_and_the_rest_is_read() {
    let app = TestApp::start().await;
    let summary =
        app.import_schedules(&[(V1_10_PATH, V1_10), ("releases/v1.11/schedule.yaml", "- when: [never\n  x")]).await;
    assert_eq!(summary.run.changed, 2);
    assert!(summary.run.diagnostics.iter().any(|d| d.places.iter().any(|place| place.contains("v1.11"))));
    assert_eq!(app.get("/api/v1/releases/v1.10").await.json()["code_freeze"]["instant"], "2026-10-22T12:00:00Z");
}

#[tokio::test]
async fn aliases_are_read_into_the_log_and_only_when_they_change() {
    let app = TestApp::start().await;
    let aliases = "aliases:\n  ci-maintainers:\n  - sigrid\n  - sven # 2024-03-15\n";
    app.import("cep", &[("OWNERS_ALIASES", aliases)]).await;
    let events = app.events().await;
    assert_eq!(events, 1);
    let again = app.import("cep", &[("OWNERS_ALIASES", aliases)]).await;
    assert_eq!((again.run.unchanged, app.events().await), (1, events));
    app.import("cep", &[("OWNERS_ALIASES", &aliases.replace("sven", "sonja"))]).await;
    assert_eq!(app.events().await, events + 1);
    assert_eq!(app.get("/cep/0").await.status, 404, "what is about a source is no proposal");
}
