//! A server that follows the log step by step shows what one shows that has just read all of it.

use domain::{Decision, Event};

use crate::support::{
    TestApp,
    fixtures::{cep, cep_path},
    people::{pull, with_proposals},
};

/// Pages and files that between them show everything that a proposal's history tells.
const ADDRESSES: [&str; 6] =
    ["/proposals.json", "/api/v1/proposals/cep/1/history", "/api/v1/proposals/cep/1", "/cep/1", "/cep/9", "/decisions"];

async fn agree(following: &TestApp, after: &str) {
    let fresh = following.second().await;
    for address in ADDRESSES {
        let (one, other) = (following.get(address).await, fresh.get(address).await);
        assert_eq!((one.status, one.text()), (other.status, other.text()), "{address} after {after}");
    }
}

#[tokio::test]
async fn what_is_recorded_elsewhere_is_followed_event_by_event() {
    let app = with_proposals(2).await;
    let following = app.second().await;
    agree(&following, "the beginning").await;
    let accept = |rank| Decision::Accept { release: "v1.10".parse().unwrap(), rank: Some(rank) };
    app.decide("sigrid", "cep/1", accept(1)).await.unwrap();
    agree(&following, "a decision").await;
    app.decide("sigrid", "cep/2", accept(2)).await.unwrap();
    app.decide("sigrid", "cep/1", accept(3)).await.unwrap();
    agree(&following, "decisions on two").await;
    app.observe(1, pull(61)).await;
    agree(&following, "a pull request").await;
    app.import("cep", &[(&cep_path(1), &cep(1, "Another title")), (&cep_path(9), &cep(9, "A new one"))]).await;
    app.decide("sigrid", "cep/9", accept(4)).await.unwrap();
    agree(&following, "documents, with a decision on one that is new").await;
    app.observe(2, Event::Titled { title: "Titled by its issue".to_owned() }).await;
    agree(&following, "a title").await;
    for number in 0..600 {
        app.observe(1, pull(100 + number)).await;
    }
    agree(&following, "more than are taken one by one").await;
    app.decide("sigrid", "cep/1", accept(5)).await.unwrap();
    agree(&following, "one after many").await;
}
