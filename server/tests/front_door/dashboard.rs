//! The dashboard: who is waited on, and what whoever looks can do about it.

use domain::Decision;

use crate::support::people::{somebody, with_proposals};

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

#[tokio::test]
async fn a_request_leads_deciders_to_the_decision_and_others_to_its_page() {
    let app = with_proposals(1).await;
    let release = "v1.10".parse().unwrap();
    app.decide("sigrid", "cep/1", Decision::Accept { release, rank: None }).await.unwrap();
    let ask = serde_json::json!({
        "action": "ask", "release": "v1.10", "freeze": "enhancement", "justification": "The owner changed.",
        "time": "5 days", "impact": "It slips.",
    });
    let sent = app.decide("nina", "cep/1", serde_json::from_value(ask).unwrap()).await.unwrap();
    let button = |label: &str| format!("href=\"/exceptions/{}\" aria-label=\"{label}: CEP 1\"", sent.id);
    // Nobody decides a request of their own (P-18).
    for (role, label) in [("release team", "Decide"), ("contributor", "Show"), ("anyone", "Show")] {
        let page = somebody(role).browser(&app).await.get("/").await;
        assert!(page.body.contains(&button(label)), "{role}: {}", page.body);
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
