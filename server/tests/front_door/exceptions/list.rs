//! The list, its exports, and the statistics.

use domain::{Decision, Freeze, Terms};

use super::{ask, missed, olga, rex, says, to};
use crate::support::{Answer, people::with_proposals};

#[tokio::test]
async fn the_list_is_filtered_by_its_address_and_exported() {
    let app = missed(3).await;
    let (olga, rex) = (olga(&app).await, rex(&app).await);
    let first = ask(&olga, &[]).await;
    let cf = Terms {
        release: "v1.10".parse().unwrap(),
        freeze: Some(Freeze::Code),
        justification: "Lanes are red.".to_owned(),
        time: "6".to_owned(),
        impact: "Later.".to_owned(),
        covers: Vec::new(),
    };
    app.decide("olga", "cep/2", Decision::Ask(cf)).await.unwrap();
    ask(&olga, &[("proposal", "cep/3"), ("freeze", "other"), ("time", "2026-10-30")]).await;
    to(&rex.post(&format!("{first}/deny"), &[("reason", "No.")]).await);
    let names =
        |answer: Answer| (1..=3).filter(|n| answer.text().contains(&format!("Proposal {n}"))).collect::<Vec<_>>();
    for (query, expected) in [
        ("", vec![1, 2, 3]),
        ("?freeze=cf", vec![2]),
        ("?freeze=other", vec![3]),
        ("?state=denied", vec![1]),
        ("?state=sent", vec![2, 3]),
        ("?q=lanes+red", vec![2]),
        ("?q=%40olga&release=current&sig=sig-ci&source=cep", vec![1, 2, 3]),
        ("?release=v1.11", vec![]),
        ("?at=2026-08-02", vec![]),
    ] {
        assert_eq!(names(app.get(&format!("/exceptions{query}")).await), expected, "{query}");
        let json = app.get(&format!("/exceptions.json{query}")).await.json();
        assert_eq!(json.as_array().unwrap().len(), expected.len(), "{query}");
        assert_eq!(app.get(&format!("/api/v1/exceptions{query}")).await.json()["total"], expected.len(), "{query}");
        let csv = app.get(&format!("/exceptions.csv{query}")).await;
        assert_eq!(csv.body.lines().count(), expected.len() + 1, "{query}: {}", csv.body);
    }
    says(&app.get("/exceptions").await, &["Undecided 2", "Settled 1", "release team"]);
    assert_eq!(app.get("/api/v1/exceptions?state=lost").await.status, 400);
    assert_eq!(app.get("/exceptions/999999").await.status, 404);
    let statistics = app.get("/exceptions/statistics").await;
    says(&statistics, &["Per release", "v1.10", "Code Freeze", "sig-ci", "median 0 days"]);
    let csv = app.get("/exceptions/statistics.csv").await.body;
    assert!(csv.contains("release,v1.10,3,0,1,0,2,0,,0,0"), "{csv}");
}

#[tokio::test]
async fn with_nothing_asked_the_list_says_what_to_do() {
    let app = with_proposals(1).await;
    says(&app.get("/exceptions").await, &["Nobody has asked for an exception yet", "Ask for an exception"]);
    says(&app.get("/exceptions/statistics").await, &["Numbers appear here with the first request"]);
}
