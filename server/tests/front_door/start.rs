//! Start a proposal: step by step, all of it in the address.

use domain::Decision;

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
};

const BEGUN: &str = "/start?source=cep&title=Faster+unit+lanes&release=v1.10&stage=alpha&owner=nina";

async fn planning() -> TestApp {
    let app = TestApp::start().await;
    app.set_clock("2026-08-01T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let aliases = "aliases:\n  ci-maintainers:\n  - sigrid\n";
    app.import("cep", &[(&cep_path(4702), &cep(4702, "Prow job config linting")), ("OWNERS_ALIASES", aliases)]).await;
    app
}

#[tokio::test]
async fn the_first_step_offers_sources_and_releases() {
    let app = planning().await;
    let page = app.get("/start").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for words in [
        "CEP in kubevirt/project-infra",
        "sig-ci owns every one.",
        "VEP in kubevirt/enhancements",
        "v1.10, Enhancement Freeze 2 Sep",
        "The document appears here, from the template, once the first step is filled in.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let signed_in = app.sign_in_as(1, "nina").await.get("/start").await;
    assert!(signed_in.body.contains("value=\"nina\""), "one's own login is filled in");
}

#[tokio::test]
async fn the_issue_can_be_copied_or_opened_filled_in() {
    let app = planning().await;
    let page = app.get(BEGUN).await;
    let text = page.text();
    for words in ["CEP NNNN: Faster unit lanes", "/assign @nina", "/sig ci", "* Alpha release target (x.y): v1.10"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let link = "https://github.com/kubevirt/project-infra/issues/new?title=CEP+NNNN:+Faster+unit+lanes&amp;labels=";
    assert!(page.body.contains(link), "{}", page.body);
    assert!(text.contains("Enter the number above"), "the document waits for its number: {text}");
    assert!(text.contains("@sigrid"), "whom to ask: {text}");
}

#[tokio::test]
async fn with_a_number_the_document_is_written_and_can_be_downloaded() {
    let app = planning().await;
    let page = app.get(&format!("{BEGUN}&number=4800&reviewers=rita&approvers=ada")).await;
    let text = page.text();
    assert!(text.contains("docs/ci-enhancements/4800-faster-unit-lanes/cep.md"), "{text}");
    assert!(text.contains("# CEP #4800: Faster unit lanes"), "{text}");
    assert!(
        page.body.contains("https://github.com/kubevirt/project-infra/new/main?filename=docs/ci-enhancements/4800-")
    );
    assert!(page.body.contains("/start/document?source=cep"), "{}", page.body);

    let file = app.get(&format!("{}&number=4800", BEGUN.replace("/start?", "/start/document?"))).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.headers["content-type"], "text/markdown; charset=utf-8");
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"cep.md\"");
    assert!(file.body.starts_with("# CEP #4800: Faster unit lanes\n\n- Owner: @nina\n"), "{}", file.body);
    assert_eq!(app.get("/start/document?source=cep").await.status, 422);
}

#[tokio::test]
async fn the_document_that_was_written_is_tracked_once_it_is_imported() {
    let app = planning().await;
    let address = format!("{}&number=4800", BEGUN.replace("/start?", "/start/document?"));
    let file = app.get(&address).await.body;
    let existing = cep(4702, "Prow job config linting");
    app.import("cep", &[(&cep_path(4702), &existing), ("docs/ci-enhancements/4800-faster-unit-lanes/cep.md", &file)])
        .await;
    assert_eq!(app.status("cep/4800", "v1.10").await, "Proposed for consideration");
}

#[tokio::test]
async fn steps_that_are_done_are_ticked() {
    let app = planning().await;
    let release = "v1.10".parse().unwrap();
    let address = "/start?source=cep&title=Prow+job+config+linting&release=v1.10&stage=alpha&owner=olga&number=4702";
    let done = |body: &str| body.matches("class=\"tick\"").count();
    let before = app.get(address).await;
    assert_eq!(done(&before.body), 6, "all but the commitment and the dates: {}", before.text());
    assert!(before.body.contains("href=\"/cep/4702/decide/commit?release=v1.10\""));
    app.decide("sigrid", "cep/4702", Decision::Accept { release, rank: None }).await.unwrap();
    app.decide("olga", "cep/4702", Decision::Commit { release, on: None }).await.unwrap();
    let after = app.get(address).await;
    assert_eq!(done(&after.body), 7);
    assert!(after.text().contains("The owner has committed to v1.10: CEP 4702"), "{}", after.text());
    assert_eq!(done(&app.get("/start").await.body), 0);
}

#[tokio::test]
async fn much_the_same_title_is_pointed_out() {
    let app = planning().await;
    let text = app.get("/start?source=cep&title=Linting+of+prow+config").await.text();
    assert!(text.contains("There are proposals with much the same title."), "{text}");
    assert!(text.contains("CEP 4702 Prow job config linting"), "{text}");
    assert!(!app.get(BEGUN).await.text().contains("much the same title"));
}

#[tokio::test]
async fn current_means_the_current_release() {
    let app = planning().await;
    let text = app.get("/start?source=cep&title=Thing&release=current&stage=alpha&number=4800").await.text();
    assert!(text.contains("This CEP targets alpha for version: v1.10"), "{text}");
    assert!(text.contains("Wed 2 Sep · 33 days left"), "{text}");
}

#[tokio::test]
async fn what_is_typed_is_inert_and_what_cannot_be_is_reported() {
    let app = planning().await;
    let page = app.get("/start?source=cep&title=%3Cscript%3Ealert(1)%3C/script%3E&number=soon&sig=../../x").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
    assert!(page.text().contains("The address says number=soon, which cannot be used here"), "{}", page.text());
    let vep = app.get("/start?source=vep&title=A+thing&sig=../../x&number=5").await;
    assert!(vep.text().contains("Still to be chosen: the owning SIG"), "{}", vep.text());
    assert!(vep.text().contains("veps/sig-NAME/5-a-thing/vep.md"), "{}", vep.text());
    assert_eq!(app.get("/start?source=nothing&title=x").await.status, 200);
}
