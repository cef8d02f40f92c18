//! The API about a release under way: check-ins, announcements, freeze day, who speaks for whom.

use axum::{body::Body, http::Request};
use serde_json::{Value, json};

use crate::{
    check_ins::tracked,
    freeze_day::frozen,
    support::{
        TestApp,
        people::{somebody, with_proposals},
    },
};

const WEEK: &str = "/api/v1/releases/v1.10/check-ins/2026-W32";

async fn items(app: &TestApp, address: &str) -> Vec<Value> {
    let answer = app.get(address).await;
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    answer.json()["items"].as_array().unwrap().clone()
}

/// A token for deciding.
async fn token(app: &TestApp, role: &str) -> String {
    let made = somebody(role).browser(app).await.post("/me/tokens", &[("name", "bot"), ("scope", "decide")]).await;
    format!("cept_{}", made.body.split_once("cept_").unwrap().1.split('<').next().unwrap())
}

fn order(token: &str, order: &Value) -> Request<Body> {
    Request::post("/api/v1/decisions")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::from(order.to_string()))
        .unwrap()
}

fn check_in(number: u32, outcome: &str, sentence: &str) -> Value {
    let decision = json!({ "action": "check-in", "release": "v1.10", "outcome": outcome, "sentence": sentence });
    json!({ "proposal": format!("cep/{number}"), "decision": decision })
}

#[tokio::test]
async fn a_program_checks_in_and_reads_which_half_is_done_and_what_is_a_gap() {
    let app = tracked().await;
    let before = items(&app, WEEK).await;
    assert_eq!(before.len(), 3);
    assert!(before.iter().all(|row| row["complete"] == false && row["outcome"].is_null()), "{before:?}");
    assert!(before[0]["suggestion"]["outcome"].is_string() && before[0]["suggestion"]["reason"].is_string());
    let (rex, ada) = (token(&app, "release team").await, token(&app, "approver").await);
    let said = app.send(order(&rex, &check_in(1, "at-risk", "Waits on a quota."))).await;
    assert_eq!(said.status, 201, "{}", said.body);
    let of_first = |rows: Vec<Value>| rows.into_iter().find(|row| row["number"] == 1).unwrap();
    let row = of_first(items(&app, WEEK).await);
    assert_eq!((&row["spoke"]["release_team"], &row["spoke"]["approver"]), (&json!(true), &json!(false)));
    assert_eq!(row["outcome"]["sentence"], "Waits on a quota.");
    // What others said meanwhile is told, and who knows it goes on.
    let mut theirs = check_in(1, "on-track", "I review it on Friday.");
    theirs["seen"] = before[0]["seen"].clone();
    assert_eq!(app.send(order(&ada, &theirs)).await.status, 409);
    theirs["seen"] = row["seen"].clone();
    assert_eq!(app.send(order(&ada, &theirs)).await.status, 201);
    let row = of_first(items(&app, WEEK).await);
    assert_eq!((row["complete"].as_bool(), row["said"].as_array().unwrap().len()), (Some(true), 2));
    assert_eq!(row["outcome"]["outcome"], "at-risk", "the graver word holds");
    let gaps = items(&app, &format!("{WEEK}?gaps=1")).await;
    assert_eq!(gaps.iter().map(|row| row["number"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 3]);
    let nina = token(&app, "contributor").await;
    let refused = app.send(order(&nina, &check_in(2, "on-track", "I think so."))).await;
    assert_eq!((refused.status.as_u16(), refused.json()["type"].as_str()), (403, Some("/problems/not-allowed")));
    let closed = json!({ "proposal": "cep/2", "decision": {
        "action": "check-in", "release": "v1.10", "week": "2026-W20", "outcome": "done", "sentence": "It was." } });
    assert_eq!(app.send(order(&rex, &closed)).await.status, 422);
}

#[tokio::test]
async fn weeks_come_in_pages_and_what_cannot_be_read_is_told() {
    let app = tracked().await;
    let first = app.get(&format!("{WEEK}?limit=2")).await;
    assert_eq!((first.json()["total"].as_u64(), first.json()["pages"].as_u64()), (Some(3), Some(2)));
    assert!(first.headers["link"].to_str().unwrap().contains("limit=2&page=2>; rel=\"next\""));
    assert_eq!(items(&app, "/api/v1/releases/current/check-ins/now").await.len(), 3);
    for (address, status) in [
        ("/api/v1/releases/v1.10/check-ins/soon", 400),
        ("/api/v1/releases/v1.10/check-ins/2026-W54", 400),
        ("/api/v1/releases/v1.10/check-ins/now?gaps=many", 400),
        ("/api/v1/releases/v9.9/check-ins/now", 404),
        ("/api/v1/proposals/cep/99/check-ins", 404),
        ("/api/v1/releases/soon/announcements", 400),
        ("/api/v1/releases/v9.9/announcements", 404),
        ("/api/v1/releases/v1.10/freeze/ga", 404),
        ("/api/v1/releases/soon/freeze/ef/proposals", 400),
    ] {
        let answer = app.get(address).await;
        assert_eq!(answer.status, status, "{address}: {}", answer.body);
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{address}");
    }
}

#[tokio::test]
async fn a_proposal_tells_its_weeks_gaps_included() {
    let app = tracked().await;
    let rex = token(&app, "release team").await;
    assert_eq!(app.send(order(&rex, &check_in(1, "on-track", "Fine."))).await.status, 201);
    app.set_clock("2026-08-19T12:00:00Z");
    let weeks = items(&app, "/api/v1/proposals/cep/1/check-ins").await;
    let told: Vec<_> = weeks
        .iter()
        .map(|week| (week["week"].as_str().unwrap(), week["outcome"]["outcome"].as_str(), week["complete"].as_bool()))
        .collect();
    let half = Some(false);
    assert_eq!(told, [("2026-W34", None, half), ("2026-W33", None, half), ("2026-W32", Some("on-track"), half)]);
    assert_eq!(weeks[2]["url"], "/check-ins/v1.10/2026-W32");
    let then = items(&app, "/api/v1/proposals/cep/1/check-ins?at=2026-08-10").await;
    assert_eq!(then.len(), 2);
}

#[tokio::test]
async fn an_announcement_is_a_draft_then_overdue_then_announced() {
    let app = tracked().await;
    let text = async |kind: &str| {
        let all = app.get("/api/v1/releases/current/announcements").await.json();
        let all = all.as_array().unwrap().clone();
        assert_eq!(all.len(), 8);
        all.into_iter().find(|text| text["kind"] == kind).unwrap()
    };
    let call = text("call").await;
    assert_eq!((call["state"].as_str(), call["overdue"].as_bool()), (Some("draft"), Some(false)));
    assert_eq!(call["subject"], "[v1.10] Call for proposals");
    assert!(call["body"].as_str().unwrap().contains("- CEP 1: Proposal 1"), "{call}");
    let document = text("highlights").await;
    assert!(document["subject"].is_null() && document["body"].as_str().unwrap().starts_with("# Highlights"));
    app.set_clock("2026-09-04T13:00:00Z");
    assert_eq!(text("ef").await["overdue"], true);
    let link = "https://groups.google.com/g/kubevirt-dev/c/x";
    let rex = somebody("release team").browser(&app).await;
    assert_eq!(rex.post("/announcements/v1.10/ef/link", &[("link", link)]).await.status, 303);
    let told = text("ef").await;
    assert_eq!((told["state"].as_str(), told["link"].as_str()), (Some("announced"), Some(link)));
    assert_eq!((told["announced_by"].as_str(), told["overdue"].as_bool()), (Some("rex"), Some(false)));
}

#[tokio::test]
async fn a_freeze_is_a_simulation_then_judged_then_a_snapshot_beside_what_was_learned() {
    let (app, rex) = frozen().await;
    let day = async |query: &str| {
        let answer = app.get(&format!("/api/v1/releases/v1.10/freeze/ef{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    };
    let groups = json!({ "met": 1, "exception": 1, "others": 2 });
    let before = day("?at=2026-09-01").await;
    assert_eq!((before["state"].as_str(), &before["groups"]), (Some("simulation"), &groups), "{before}");
    let judged = day("").await;
    assert_eq!((judged["state"].as_str(), &judged["groups"]), (Some("judged"), &groups), "{judged}");
    assert_eq!((judged["unsettled"].as_u64(), judged["open_sources"][0].as_str()), (Some(2), Some("cep")));
    assert_eq!(rex.post("/releases/v1.10/freeze/ef/close", &[]).await.status, 303);
    let waive = json!({ "proposal": "cep/2", "decision": {
        "action": "waive", "release": "v1.10", "rule": "commitment", "reason": "Away." } });
    assert_eq!(rex.post_json("/api/v1/decisions", &waive).await.status, 201);
    let closed = day("").await;
    assert_eq!((closed["state"].as_str(), closed["snapshot"]["by"].as_str()), (Some("closed"), Some("rex")));
    assert_eq!((closed["snapshot"]["learned"].as_u64(), &closed["open_sources"]), (Some(1), &json!([])));
    let all = items(&app, "/api/v1/releases/v1.10/freeze/ef/proposals").await;
    let told: Vec<_> =
        all.iter().map(|one| (one["number"].as_u64().unwrap(), one["group"].as_str().unwrap())).collect();
    assert_eq!(told[..2], [(1, "met"), (3, "exception")]);
    assert!(all.iter().all(|one| one["kept"] == true));
    let second = all.iter().find(|one| one["number"] == 2).unwrap();
    assert_eq!(second["status_words"], "Exception required (EF)");
    assert_eq!(second["learned"]["group"], "met", "the waiver came after: {second}");
    assert!(second["now"]["status_words"].is_string(), "{second}");
    let page = app.get("/api/v1/releases/v1.10/freeze/ef/proposals?limit=3&page=2").await.json();
    assert_eq!((page["total"].as_u64(), page["items"].as_array().unwrap().len()), (Some(4), 1));
}

#[tokio::test]
async fn the_roster_tells_who_speaks_for_whom_and_where_nobody_does() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let line = [("seat", "sig-ci"), ("login", "@sven"), ("from", "2026-W30"), ("to", "2026-W32")];
    assert_eq!(sigrid.post("/representation/set", &line).await.status, 303);
    let roster = app.get("/api/v1/representation").await.json();
    assert_eq!(roster["week"], "2026-W31");
    assert_eq!(roster["roster"], json!([{ "seat": "sig-ci", "login": "sven", "from": "2026-W30", "to": "2026-W32" }]));
    assert_eq!(roster["gaps"], json!([{ "seat": "sig-ci", "from": "2026-W33", "to": "2026-W35" }]));
    let seats = roster["seats"].as_array().unwrap();
    assert_eq!((seats[0]["seat"].as_str(), seats[0]["kept"].as_bool()), (Some("release-team"), Some(false)));
    let ci = seats.iter().find(|seat| seat["seat"] == "sig-ci").unwrap();
    let weeks: Vec<_> = ci["weeks"].as_array().unwrap().iter().map(|week| week["login"].as_str()).collect();
    assert_eq!(weeks[..4], [Some("sven"), Some("sven"), Some("sven"), None]);
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let app = tracked().await;
    // Days left are told, so that a day more is a change.
    app.pass(chrono::TimeDelta::hours(1));
    for address in [
        WEEK,
        "/api/v1/proposals/cep/1/check-ins",
        "/api/v1/releases/v1.10/announcements",
        "/api/v1/releases/v1.10/freeze/ef",
        "/api/v1/releases/v1.10/freeze/ef/proposals",
        "/api/v1/representation",
    ] {
        let tag = app.get(address).await.headers["etag"].clone();
        app.pass(chrono::TimeDelta::minutes(3));
        let again = Request::get(address).header("if-none-match", &tag).body(Body::empty()).unwrap();
        assert_eq!(app.send(again).await.status, 304, "{address}");
    }
}
