//! The dashboard: who is waited on, and what whoever looks can do about it.

use domain::Decision;

use crate::support::{
    TestApp, owner_of,
    people::{somebody, with_proposals},
};

#[tokio::test]
async fn what_waits_leads_those_who_can_act_to_where_it_is_done() {
    let app = with_proposals(10).await;
    let accept = "href=\"/cep/1/decide/accept?release=v1.10\"";
    let sigrid = somebody("SIG member").browser(&app).await;
    let page = sigrid.get("/").await;
    assert!(page.body.contains(accept) && page.body.contains("aria-label=\"Accept: CEP 1\""), "{}", page.body);
    for role in ["anyone", "contributor", "release team"] {
        let page = somebody(role).browser(&app).await.get("/").await;
        assert!(!page.body.contains(accept), "{role}: {}", page.body);
    }
    // Of an earlier day there is nothing to do any more.
    assert!(!sigrid.get("/?at=2026-07-31").await.body.contains(accept));
}

/// Nina's request for an exception of the accepted CEP 1; its id.
async fn ask(app: &TestApp) -> i64 {
    let release = "v1.10".parse().unwrap();
    app.decide("sigrid", "cep/1", Decision::Accept { release, rank: None }).await.unwrap();
    let ask = serde_json::json!({
        "action": "ask", "release": "v1.10", "freeze": "enhancement", "justification": "The owner changed.",
        "time": "5 days", "impact": "It slips.",
    });
    app.decide("nina", "cep/1", serde_json::from_value(ask).unwrap()).await.unwrap().id
}

/// The button that leads to a request.
fn button(request: i64, label: &str) -> String {
    format!("href=\"/exceptions/{request}\" aria-label=\"{label}: CEP 1\"")
}

#[tokio::test]
async fn a_request_leads_deciders_to_the_decision_and_others_to_its_page() {
    let app = with_proposals(1).await;
    let request = ask(&app).await;
    // Nobody decides a request of their own (P-18).
    for (role, label) in [("release team", "Decide"), ("contributor", "Show"), ("anyone", "Show")] {
        let page = somebody(role).browser(&app).await.get("/").await;
        assert!(page.body.contains(&button(request, label)), "{role}: {}", page.body);
    }
}

#[tokio::test]
async fn where_the_sig_decides_too_its_members_are_led_there() {
    let app = with_proposals(1).await;
    let mut owner = owner_of(&app.owner).await;
    sqlx::raw_sql("update source set sig_decides_exceptions = true").execute(&mut owner).await.unwrap();
    let app = app.second().await;
    let request = ask(&app).await;
    for (role, label) in [("release team", "Decide"), ("SIG member", "Decide"), ("owner", "Show")] {
        let page = somebody(role).browser(&app).await.get("/").await;
        assert!(page.body.contains(&button(request, label)), "{role}: {}", page.body);
    }
}

#[tokio::test]
async fn all_that_wait_are_a_link_away() {
    let app = with_proposals(10).await;
    let text = app.get("/").await.text();
    assert!(text.contains("the first 8 of 10, first what can be decided now"), "{text}");
    let all = "/proposals?waiting_on=somebody&release=current&sort=waiting";
    let page = app.get("/").await.body;
    assert!(page.contains(&all.replace('&', "&amp;")), "{page}");
    let body = app.get(all).await.body;
    assert_eq!(body.matches("data-row>").count(), 10, "{body}");
}
