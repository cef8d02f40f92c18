//! Two people decide one exception in the same instant: one decision, and the other is told who decided what.

use serde_json::json;

use crate::support::people::with_proposals;

/// How often.
const TIMES: u32 = 200;

#[tokio::test]
async fn one_of_two_decisions_in_the_same_instant_counts_and_the_other_is_told() {
    let app = with_proposals(1).await;
    let other = app.second().await;
    let rex = app.sign_in_as(17, "rex").await;
    let rosa = app.sign_in_as(21, "rosa").await;
    let rosa = other.taken_over(&rosa);
    let nina = app.sign_in_as(11, "nina").await;
    let (mut granted, mut denied) = (0, 0);
    for request in 1..=TIMES {
        let asked = json!({ "proposal": "cep/1", "decision": {
            "action": "ask", "release": "v1.10", "freeze": "code", "justification": "A lane is gone.",
            "time": "5 days", "impact": "Alpha slips.",
        }});
        let asked = nina.post_json("/api/v1/decisions", &asked).await;
        assert_eq!(asked.status, 201, "{}", asked.body);
        let seen = asked.json()["id"].clone();
        let order = |decision| json!({ "proposal": "cep/1", "seen": seen, "decision": decision });
        let grant = order(json!({ "action": "grant", "request": request, "until": "2026-10-27", "reason": "Yes." }));
        let deny = order(json!({ "action": "deny", "request": request, "reason": "No." }));
        let before = app.events().await;
        let (yes, no) =
            tokio::join!(rex.post_json("/api/v1/decisions", &grant), rosa.post_json("/api/v1/decisions", &deny));
        assert_eq!(app.events().await, before + 1, "{} {}", yes.body, no.body);
        let (lost, words) = match (yes.status.as_u16(), no.status.as_u16()) {
            (201, 409) => {
                granted += 1;
                (no, format!("@rex: Exception {request} granted until 27 Oct"))
            }
            (409, 201) => {
                denied += 1;
                (yes, format!("@rosa: Exception {request} denied"))
            }
            other => panic!("{other:?}: {} {}", yes.body, no.body),
        };
        assert!(lost.json()["detail"].as_str().unwrap().contains(&words), "{words}: {}", lost.body);
    }
    assert_eq!(granted + denied, TIMES);
}
