//! The post-freeze checklist: evidence, signatures, and lines of one's own per release (P-14).

use domain::Decision;
use server::usecases::decide::{By, decide};

use crate::support::{
    Answer, TestApp,
    browser::Browser,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    key,
};

const PAGE: &str = "/cep/4702/checklist?release=v1.10";
const TABLE: &str = "/releases/v1.10/checklist";

/// An accepted proposal after the Code Freeze of v1.10, and sigrid in SIG CI.
async fn after_the_freeze() -> (TestApp, Browser) {
    let app = TestApp::start().await;
    app.set_clock("2026-08-01T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let aliases = "aliases:\n  ci-maintainers:\n  - sigrid\n";
    let next = cep(4704, "Next").replace("v1.10", "v1.11");
    let files =
        [(&*cep_path(4702), &*cep(4702, "Job linting")), (&*cep_path(4704), &*next), ("OWNERS_ALIASES", aliases)];
    app.import("cep", &files).await;
    decided(&app, Decision::Accept { release: "v1.10".parse().unwrap(), rank: Some(1) }).await;
    app.set_clock("2026-10-23T12:00:00Z");
    let sigrid = app.sign_in_as(1, "sigrid").await;
    (app, sigrid)
}

async fn decided(app: &TestApp, decision: Decision) {
    let by = By::operator("sigrid");
    decide(&app.context, &app.state.verdicts, &by, &key("cep/4702"), decision, None).await.unwrap();
}

async fn sign(browser: &Browser, line: &str, statement: &str) -> Answer {
    let field = format!("statement-{line}");
    browser.post("/cep/4702/checklist", &[("release", "v1.10"), ("line", line), (&field, statement)]).await
}

#[tokio::test]
async fn a_line_is_signed_with_a_name_and_a_statement() {
    let (app, sigrid) = after_the_freeze().await;
    let page = sigrid.get(PAGE).await;
    assert!(page.text().contains("0 of 5 done"), "{}", page.text());
    assert!(page.text().contains("Bugs are tracked"), "{}", page.text());
    let answer = sign(&sigrid, "bugs", "None known.").await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.headers["location"], "/cep/4702/checklist?release=v1.10#line-bugs");
    let page = app.get(PAGE).await.text();
    assert!(page.contains("1 of 5 done"), "{page}");
    assert!(page.contains("Signed by @sigrid , just now : “None known.”"), "{page}");
}

#[tokio::test]
async fn verified_is_locked_until_branch_and_docs_pass() {
    let (app, sigrid) = after_the_freeze().await;
    let page = sigrid.get(PAGE).await.text();
    assert!(page.contains("Locked: lines 1 and 2 have to pass first"), "{page}");
    let refused = sign(&sigrid, "verified", "Looked at it.").await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("lines 1 and 2 have to pass first"), "{}", refused.text());
    let release = "v1.10".parse().unwrap();
    decided(&app, Decision::NothingToMerge { release, reason: "A policy alone.".to_owned() }).await;
    decided(&app, Decision::NoDocsNeeded { release, reason: "Nobody sees it.".to_owned() }).await;
    assert_eq!(sign(&sigrid, "verified", "Looked at it.").await.status, 303);
    assert!(app.get(PAGE).await.text().contains("“Looked at it.”"));
}

#[tokio::test]
async fn only_the_sig_signs_and_what_was_typed_is_kept() {
    let (app, sigrid) = after_the_freeze().await;
    let olga = app.sign_in_as(7, "olga").await;
    let page = olga.get(PAGE).await;
    assert!(page.text().contains("Signing a line of the checklist is for members of sig-ci"), "{}", page.text());
    assert!(!page.body.contains("name=\"statement-bugs\""), "no form");
    let refused = sign(&olga, "bugs", "None known.").await;
    assert_eq!(refused.status, 403);
    let unknown = sign(&sigrid, "cake", "Eaten.").await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.text().contains("has no line `cake`"), "{}", unknown.text());
    let long = "x".repeat(3);
    let kept = sigrid
        .post("/cep/4702/checklist", &[("release", "v1.9"), ("line", "bugs"), ("statement-bugs", long.as_str())])
        .await;
    assert_ne!(kept.status, 303, "{}", kept.text());
    assert_eq!(sign(&app.browser(), "bugs", "None.").await.status, 401);
    assert!(app.get(PAGE).await.text().contains("0 of 5 done"));
}

#[tokio::test]
async fn before_the_freeze_the_page_says_when_it_starts() {
    let (app, sigrid) = after_the_freeze().await;
    app.set_clock("2026-09-10T12:00:00Z");
    let page = sigrid.get(PAGE).await;
    let words =
        "The checklist starts with the Code Freeze, at the end of 21 Oct 2026 (AoE). What is known so far is shown.";
    assert!(page.text().contains(words), "{}", page.text());
    assert!(!page.body.contains("name=\"statement-bugs\""), "nothing to sign yet");
    assert!(sigrid.get(TABLE).await.text().contains(words));
}

#[tokio::test]
async fn lines_of_ones_own_belong_to_one_release() {
    let (app, sigrid) = after_the_freeze().await;
    let action = "/releases/v1.10/checklist/lines";
    let added = sigrid.post(action, &[("source", "cep"), ("text", "The dashboard is updated")]).await;
    assert_eq!(added.status, 303, "{}", added.text());
    let table = sigrid.get(&format!("{TABLE}?source=cep")).await.text();
    assert!(table.contains("Lines added for v1.10 1 line The dashboard is updated"), "{table}");
    assert!(table.contains("0 of 6"), "{table}");
    assert_eq!(sign(&sigrid, "extra-1", "Done today.").await.status, 303);
    assert!(app.get(PAGE).await.text().contains("1 of 6 done"));
    let next = sigrid.get("/releases/v1.11/checklist?source=cep").await.text();
    assert!(!next.contains("The dashboard is updated"), "{next}");
    let twice = sigrid.post(action, &[("source", "cep"), ("text", "the dashboard is updated")]).await;
    assert_eq!(twice.status, 422);
    assert!(twice.text().contains("What is asked : the checklist has this line already"), "{}", twice.text());
    let olga = app.sign_in_as(7, "olga").await;
    assert_eq!(olga.post(action, &[("source", "cep"), ("text", "Mine")]).await.status, 403);
    let removed = sigrid.post(action, &[("source", "cep"), ("remove", "extra-1")]).await;
    assert_eq!(removed.status, 303);
    assert!(app.get(PAGE).await.text().contains("0 of 5 done"));
    let gone = sigrid.post(action, &[("source", "cep"), ("remove", "extra-1")]).await;
    assert_eq!(gone.status, 422);
}

#[tokio::test]
async fn the_table_filters_by_what_is_open_and_exports() {
    let (app, sigrid) = after_the_freeze().await;
    sign(&sigrid, "bugs", "=1+1").await;
    let open = app.get(&format!("{TABLE}?source=cep&open=docs")).await.text();
    assert!(open.contains("1 of 1 tracked"), "{open}");
    let none = app.get(&format!("{TABLE}?source=cep&open=bugs")).await.text();
    assert!(none.contains("None matches the filter."), "{none}");
    let csv = app.get("/releases/v1.10/checklist.csv?source=cep").await.body;
    assert!(
        csv.contains("v1.10,cep,4702,Job linting,bugs,Bugs are tracked,true,pass,,sigrid,2026-10-23T12:00:00Z,'=1+1"),
        "{csv}"
    );
    assert_eq!(app.get("/releases/v9.9/checklist").await.status, 404);
    assert_eq!(app.get("/cep/9/checklist").await.status, 404);
}
