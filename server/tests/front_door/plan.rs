//! The planning page: what is accepted and in which order, what slipped, and the closed plan (P-5, P-15).

use domain::{Decision, RetargetReason};
use server::usecases::decide::{By, decide};

use crate::support::{
    Answer, TestApp,
    browser::Browser,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    key,
};

const PLAN: &str = "/releases/v1.10/plan";

/// Three proposals before the Enhancement Freeze of v1.10, one for v1.11, which has no dates, and two in SIG CI.
async fn planning() -> (TestApp, Browser) {
    let app = TestApp::start().await;
    app.set_clock("2026-08-01T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let mut texts: Vec<_> =
        [4701, 4702, 4703].map(|number| (cep_path(number), cep(number, &format!("Work {number}")))).into();
    texts.push((cep_path(4704), cep(4704, "Next").replace("v1.10", "v1.11")));
    let mut files: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("OWNERS_ALIASES", "aliases:\n  ci-maintainers:\n  - sigrid\n  - sven\n"));
    app.import("cep", &files).await;
    let sigrid = app.sign_in_as(1, "sigrid").await;
    (app, sigrid)
}

async fn decided(app: &TestApp, proposal: &str, decision: Decision) {
    let by = By::operator("sigrid");
    decide(&app.context, &app.state.verdicts, &by, &key(proposal), decision, None).await.unwrap();
}

/// The value of a hidden field of the page.
fn field(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split_once(&mark).unwrap_or_else(|| panic!("no field {name}: {}", page.body)).1;
    rest.split('"').next().unwrap().to_owned()
}

/// The accepted proposals in the order of the export.
async fn order(app: &TestApp) -> Vec<u64> {
    let plan = app.get("/releases/v1.10/plan.json").await.json();
    let accepted = plan.as_array().unwrap().iter().filter(|line| line["plan"] == "accepted");
    accepted.map(|line| line["number"].as_u64().unwrap()).collect()
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers["location"].to_str().unwrap()
}

async fn accept_all(sigrid: &Browser) {
    let fields = [("source", "cep"), ("accept", "4701"), ("accept", "4702"), ("accept", "4703")];
    assert!(location(&sigrid.post("/releases/v1.10/plan/accept", &fields).await).ends_with("done=accepted-3"));
}

#[tokio::test]
async fn a_proposal_is_accepted_by_one_press_with_the_next_place() {
    let (app, sigrid) = planning().await;
    let page = sigrid.get(PLAN).await;
    assert!(page.text().contains("Proposed for consideration 3 proposals"), "{}", page.text());
    assert!(page.text().contains("no commitment"), "{}", page.text());
    assert!(page.text().contains("no support on record"), "{}", page.text());
    assert!(page.text().contains("@rita 1 with it"), "{}", page.text());
    let seen = field(&page, "seen-4702");
    let accepted =
        sigrid.post("/releases/v1.10/plan/accept", &[("source", "cep"), ("only", "4702"), ("seen-4702", &seen)]).await;
    let told = sigrid.get(location(&accepted)).await.text();
    assert!(told.contains("Accepted 1 proposal for v1.10."), "{told}");
    assert!(told.contains("@rita 2 with it"), "{told}");
    sigrid.post("/releases/v1.10/plan/accept", &[("source", "cep"), ("only", "4701")]).await;
    assert_eq!(order(&app).await, [4702, 4701]);
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not ready for EF: no commitment");
}

#[tokio::test]
async fn the_ticked_ones_are_accepted_together_and_a_refusal_loses_nothing() {
    let (app, sigrid) = planning().await;
    decided(&app, "cep/4703", Decision::Reject { reason: "Nobody needs it.".to_owned() }).await;
    let fields = [("source", "cep"), ("accept", "4701"), ("accept", "4703"), ("accept", "4702")];
    let answer = sigrid.post("/releases/v1.10/plan/accept", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Accepted: CEP 4701, CEP 4702."), "{}", answer.text());
    assert!(answer.text().contains("CEP 4703: the proposal was rejected"), "{}", answer.text());
    assert_eq!(order(&app).await, [4701, 4702]);
    let none = sigrid.post("/releases/v1.10/plan/accept", &[("source", "cep")]).await;
    assert_eq!(none.status, 422);
    assert!(none.text().contains("Tick at least one proposal"), "{}", none.text());
}

#[tokio::test]
async fn what_somebody_else_decided_meanwhile_is_not_passed_over() {
    let (app, sigrid) = planning().await;
    let seen = field(&sigrid.get(PLAN).await, "seen-4702");
    app.pass(chrono::TimeDelta::minutes(1));
    decided(&app, "cep/4702", Decision::Defer { reason: "Later.".to_owned() }).await;
    let fields = [("source", "cep"), ("only", "4702"), ("seen-4702", seen.as_str())];
    let answer = sigrid.post("/releases/v1.10/plan/accept", &fields).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("Deferred"), "{}", answer.text());
    assert_eq!(app.status("cep/4702", "v1.10").await, "Deferred");
}

#[tokio::test]
async fn the_order_is_saved_by_numbers_and_by_steps() {
    let (app, sigrid) = planning().await;
    accept_all(&sigrid).await;
    assert_eq!(order(&app).await, [4701, 4702, 4703]);
    let places = |a: &'static str, b: &'static str, c: &'static str| {
        [("source", "cep"), ("rank-4701", a), ("rank-4702", b), ("rank-4703", c)]
    };
    sigrid.post("/releases/v1.10/plan/order", &places("3", "2", "1")).await;
    assert_eq!(order(&app).await, [4703, 4702, 4701]);
    let mut step = places("3", "2", "1").to_vec();
    step.push(("move", "up-4701"));
    let answer = sigrid.post("/releases/v1.10/plan/order", &step).await;
    assert!(sigrid.get(location(&answer)).await.text().contains("The order is saved."));
    assert_eq!(order(&app).await, [4703, 4701, 4702]);
    let wrong = sigrid.post("/releases/v1.10/plan/order", &places("first", "2", "1")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("“first” is no place in the order"), "{}", wrong.text());
    assert!(wrong.body.contains("value=\"first\""), "what was typed is kept");
}

#[tokio::test]
async fn two_who_order_at_once_are_told_of_each_other_and_lose_nothing() {
    let (app, sigrid) = planning().await;
    accept_all(&sigrid).await;
    let sven = app.sign_in_as(2, "sven").await;
    let (hers, his) = (field(&sigrid.get(PLAN).await, "seen"), field(&sven.get(PLAN).await, "seen"));
    let places = |a: &'static str, b: &'static str, c: &'static str| {
        [("source", "cep"), ("rank-4701", a), ("rank-4702", b), ("rank-4703", c)]
    };
    app.pass(chrono::TimeDelta::minutes(1));
    let first = [&places("2", "1", "3")[..], &[("seen", his.as_str())]].concat();
    assert_eq!(sven.post("/releases/v1.10/plan/order", &first).await.status, 303);
    let second = [&places("3", "2", "1")[..], &[("seen", hers.as_str())]].concat();
    let answer = sigrid.post("/releases/v1.10/plan/order", &second).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("CEP 4702: Ranked 1 for v1.10 (@sven)"), "{}", answer.text());
    // The page shows the typed order, and knows what he did, so that saving again goes through.
    let [first, last] = ["rank-4703", "rank-4701"].map(|name| answer.body.find(&format!("f-{name}")).unwrap());
    assert!(first < last);
    assert_eq!(order(&app).await, [4702, 4701, 4703]);
    let seen = field(&answer, "seen");
    let again = [&places("3", "2", "1")[..], &[("seen", seen.as_str())]].concat();
    assert_eq!(sigrid.post("/releases/v1.10/plan/order", &again).await.status, 303);
    assert_eq!(order(&app).await, [4703, 4702, 4701]);
}

#[tokio::test]
async fn what_slipped_is_carried_over_and_each_refusal_is_told() {
    let (app, sigrid) = planning().await;
    accept_all(&sigrid).await;
    let v1_10 = "v1.10".parse().unwrap();
    app.set_clock("2026-10-23T12:00:00Z");
    let sigrid = app.sign_in_as(1, "sigrid").await;
    decided(&app, "cep/4703", Decision::Remove { release: v1_10, reason: "No answer.".to_owned() }).await;
    let page = sigrid.get("/releases/next/plan").await;
    assert!(page.text().contains("Carry over to v1.11 3 proposals from v1.10"), "{}", page.text());
    assert!(page.text().contains("Accept for v1.11 : CEP 4703"), "{}", page.text());
    let why = "Two lanes are missing.";
    let plain = [("source", "cep"), ("from", "v1.10"), ("carry", "4701"), ("sentence", why)];
    let unsaid = sigrid.post("/releases/v1.11/plan/carry", &plain).await;
    assert_eq!(unsaid.status, 422);
    assert!(unsaid.text().contains("Reason : choose why they move"), "{}", unsaid.text());
    assert!(unsaid.body.contains("value=\"4701\" aria-label=\"Carry over CEP 4701\" checked"), "the tick is kept");
    assert!(unsaid.body.contains(why), "the sentence is kept");
    // Meanwhile somebody moved one of them.
    let reason = RetargetReason::NewBlocker;
    let moved = Decision::Retarget { release: v1_10, to: "v1.11".parse().unwrap(), reason, sentence: String::new() };
    decided(&app, "cep/4702", moved).await;
    let fields = [&plain[..], &[("carry", "4702"), ("reason", "no-convergence")]].concat();
    let answer = sigrid.post("/releases/v1.11/plan/carry", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Carried over: CEP 4701."), "{}", answer.text());
    assert!(answer.text().contains("CEP 4702: the proposal has left v1.10"), "{}", answer.text());
    assert_eq!(app.status("cep/4701", "v1.11").await, "Proposed for consideration");
    let plan = sigrid.get("/releases/v1.11/plan").await.text();
    assert!(plan.contains("slipped once: v1.10 → v1.11 (no convergence)"), "{plan}");
    // What was removed comes along by acceptance.
    sigrid.post("/releases/v1.11/plan/accept", &[("source", "cep"), ("only", "4703")]).await;
    let plan = sigrid.get("/releases/v1.11/plan").await.text();
    assert!(!plan.contains("Carry over"), "{plan}");
    assert!(plan.contains("removed from v1.10"), "{plan}");
}

#[tokio::test]
async fn a_closed_plan_stays_and_is_compared_with_what_follows() {
    let (app, sigrid) = planning().await;
    let empty = sigrid.post("/releases/v1.10/plan/close", &[("source", "cep")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Nothing is accepted for v1.10"), "{}", empty.text());
    let fields = [("source", "cep"), ("accept", "4701"), ("accept", "4702")];
    sigrid.post("/releases/v1.10/plan/accept", &fields).await;
    let seen = field(&sigrid.get(PLAN).await, "seen");
    let closed = sigrid.post("/releases/v1.10/plan/close", &[("source", "cep"), ("seen", &seen)]).await;
    let page = sigrid.get(location(&closed)).await.text();
    assert!(page.contains("Plan closed on 1 Aug 2026 by @sigrid with 2 proposals"), "{page}");
    assert!(page.contains("Nothing has changed since."), "{page}");
    let again = sigrid.post("/releases/v1.10/plan/close", &[("source", "cep")]).await;
    assert!(again.text().contains("is closed as it stands"), "{}", again.text());
    app.set_clock("2026-08-03T12:00:00Z");
    decided(&app, "cep/4701", Decision::Withdraw { reason: "No time.".to_owned() }).await;
    sigrid.post("/releases/v1.10/plan/accept", &[("source", "cep"), ("only", "4703")]).await;
    sigrid.post("/releases/v1.10/plan/order", &[("source", "cep"), ("rank-4702", "1"), ("rank-4703", "2")]).await;
    let page = sigrid.get(PLAN).await;
    let text = page.text();
    assert!(text.contains("Added since 1 CEP 4703 Work 4703 place 2"), "{text}");
    assert!(text.contains("Gone since 1 CEP 4701 Work 4701 Withdrawn"), "{text}");
    assert!(text.contains("Order changed 1 CEP 4702 Work 4702 place 2 → place 1"), "{text}");
    sigrid.post("/releases/v1.10/plan/close", &[("source", "cep")]).await;
    let address = page.body.split("href=\"").find(|rest| rest.contains("closed=")).unwrap().split('"').next().unwrap();
    let address = address.replace("&amp;", "&");
    let kept = app.get(&address).await.text();
    assert!(kept.contains("The plan as closed kept as it was"), "{kept}");
    assert!(kept.contains("place 1 CEP 4701 Work 4701 Withdrawn"), "{kept}");
    assert!(kept.contains("Closed plans 2 times"), "{kept}");
    let csv = app.get(&address.replace("/plan?", "/plan.csv?")).await.body;
    assert!(csv.contains("v1.10,2026-08-01T12:00:00Z,sigrid,cep,4701,Work 4701,1,,Withdrawn"), "{csv}");
    assert_eq!(app.get("/releases/v1.10/plan?closed=999999").await.status, 404);
}

#[tokio::test]
async fn only_members_of_the_sig_are_offered_forms_and_may_send_them() {
    let (app, _) = planning().await;
    let olga = app.sign_in_as(7, "olga").await;
    let page = olga.get(PLAN).await;
    assert!(!page.body.contains("/plan/accept"), "no form");
    assert!(page.text().contains("Accepting a proposal is for members of sig-ci; you are"), "{}", page.text());
    let before = app.events().await;
    let fields = [("source", "cep"), ("only", "4702"), ("rank-4702", "1")];
    for what in ["accept", "close", "order"] {
        let answer = olga.post(&format!("/releases/v1.10/plan/{what}"), &fields).await;
        assert_eq!(answer.status, 403, "{what}: {}", answer.text());
    }
    let nobody = app.browser();
    let page = nobody.get(PLAN).await.text();
    assert!(page.contains("Sign in first: accepting a proposal is recorded with your name."), "{page}");
    let answer = nobody.post("/releases/v1.10/plan/accept", &fields).await;
    assert_eq!(answer.status, 401);
    let sigrid = app.sign_in_as(1, "sigrid").await;
    sigrid.set_csrf("forged");
    assert_eq!(sigrid.post("/releases/v1.10/plan/accept", &fields).await.status, 403);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_plan_is_there_for_a_release_without_dates_and_in_the_past() {
    let (app, sigrid) = planning().await;
    let page = sigrid.get("/releases/v1.11/plan").await.text();
    assert!(page.contains("Plan of v1.11 no date yet"), "{page}");
    accept_all(&sigrid).await;
    app.set_clock("2026-08-10T12:00:00Z");
    let past = sigrid.get(&format!("{PLAN}?at=2026-07-01")).await;
    assert!(past.text().contains("Nothing is accepted for v1.10 yet."), "{}", past.text());
    assert!(!past.body.contains("/plan/accept"), "forms are for now");
    app.set_clock("2026-12-01T12:00:00Z");
    let over = sigrid.get(PLAN).await;
    assert!(!over.body.contains("/plan/close"), "{}", over.text());
    assert_eq!(app.get("/releases/v9.9/plan").await.status, 404);
    assert_eq!(app.get(&format!("{PLAN}?source=xep")).await.status, 404);
}

#[tokio::test]
async fn where_each_document_names_its_sig_every_sig_orders_its_own() {
    let (app, _) = planning().await;
    let text = |number| {
        format!(
            "# VEP #{number}: Work {number}\n\n## VEP Status Metadata\n\n### Target releases\n\n\
             - This VEP targets alpha for version: v1.10\n\n## Overview\n\nLess of it.\n"
        )
    };
    let path = |sig: &str, number| format!("veps/{sig}/{number}-some-thing/vep.md");
    let files = [
        (path("sig-network", 21), text(21)),
        (path("sig-network", 22), text(22)),
        (path("sig-storage", 31), text(31)),
        (
            "OWNERS_ALIASES".to_owned(),
            "aliases:\n  sig-network-approvers:\n  - nina\n  sig-storage-approvers:\n  - stan\n".to_owned(),
        ),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    app.import("vep", &files).await;
    let (nina, stan) = (app.sign_in_as(3, "nina").await, app.sign_in_as(4, "stan").await);
    let accept = "/releases/v1.10/plan/accept";
    nina.post(accept, &[("source", "vep"), ("accept", "21"), ("accept", "22")]).await;
    let others = nina.post(accept, &[("source", "vep"), ("only", "31")]).await;
    assert_eq!(others.status, 403);
    assert!(others.text().contains("VEP 31: accepting a proposal is for members of"), "{}", others.text());
    stan.post(accept, &[("source", "vep"), ("only", "31")]).await;
    let fields = [("source", "vep"), ("sig", "sig-network"), ("rank-21", "2"), ("rank-22", "1")];
    let answer = nina.post("/releases/v1.10/plan/order", &fields).await;
    assert!(location(&answer).ends_with("plan?source=vep&sig=sig-network&done=order"), "{}", location(&answer));
    let plan = app.get("/releases/v1.10/plan.json?source=vep").await.json();
    let ranks: Vec<_> =
        plan.as_array().unwrap().iter().map(|line| (line["number"].as_u64(), line["rank"].as_u64())).collect();
    assert_eq!(ranks, [(Some(22), Some(1)), (Some(31), Some(1)), (Some(21), Some(2))]);
    let page = nina.get(&format!("{PLAN}?source=vep")).await;
    assert!(page.text().contains("Choose a SIG above to order its proposals."), "{}", page.text());
    assert!(!page.body.contains("/plan/order"), "no order over several SIGs");
    let part = nina.get(&format!("{PLAN}?source=vep&sig=sig-storage")).await.text();
    assert!(part.contains("VEP 31") && !part.contains("VEP 21"), "{part}");
    assert!(part.contains("Accepting a proposal is for members of the owning SIG"), "{part}");
    assert_eq!(nina.get(&format!("{PLAN}?source=vep&sig=sig-nothing")).await.status, 404);
}
