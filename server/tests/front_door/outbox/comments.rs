//! Comments: from the decision to the issue, edited in place, others' left alone.

use chrono::TimeDelta;
use domain::Decision;
use server::store::outbox::{State, marker};

use super::{REPOSITORY, Tracker, grant};
use crate::{github::Fault, support::unchecked};

const SLOT: &str = "exception/4702/1/decision";

#[tokio::test]
async fn a_decision_on_an_exception_becomes_a_comment_on_the_tracking_issue() {
    let tracker = Tracker::live().await;
    tracker.ask_and(grant()).await;
    let shown = tracker.entry(SLOT).await.preview;
    assert_eq!(tracker.send().await, 1);
    let comments = tracker.comments();
    let [(author, body)] = comments.as_slice() else { panic!("{comments:?}") };
    assert_eq!((author.as_str(), body), ("ceps-bot", &shown), "exactly as it was shown");
    assert!(body.starts_with("**Code Freeze exception for v1.10: granted until 27 Oct 2026**"), "{body}");
    assert!(body.contains("> Low risk, reviewed."), "{body}");
    assert!(body.contains("<!-- cep-tracker:cep/exception/4702/1/decision -->"), "{body}");
    let page = tracker.app.get(&format!("/outbox/cep/{SLOT}")).await;
    let comment = tracker.entry(SLOT).await.remote_id.unwrap();
    assert!(page.body.contains(&format!("/{REPOSITORY}/issues/4702#issuecomment-{comment}")), "{}", page.body);
    // An extension is a decision of its own, of which those who follow the issue are told.
    let extend = Decision::Extend { request: 1, until: "2026-11-03".into(), reason: "One lane left.".into() };
    tracker.app.decide("rex", "cep/4702", extend).await.unwrap();
    assert_eq!((tracker.send().await, tracker.comments().len()), (1, 2));
}

#[tokio::test]
async fn the_same_slot_with_another_text_is_edited_in_place() {
    let tracker = Tracker::live().await;
    tracker.say("w41", 1, "On track.").await;
    tracker.say("w41", 1, "On track.").await;
    assert_eq!(tracker.send().await, 1);
    tracker.say("w41", 2, "At risk: a review lags.").await;
    assert_eq!(tracker.send().await, 1);
    let comments = tracker.comments();
    assert!(comments.len() == 1 && comments[0].1.starts_with("At risk: a review lags."), "{comments:?}");
    tracker.say("w41", 3, "At risk: a review lags.").await;
    assert_eq!(tracker.send().await, 0, "the same again is nothing new");
    assert_eq!((tracker.github.asked("POST", "/comments"), tracker.github.asked("PATCH", "/comments")), (1, 1));
}

#[tokio::test]
async fn a_text_that_changes_while_the_old_one_is_under_way_wins_in_the_end() {
    let tracker = Tracker::live().await;
    tracker.say("w41", 1, "On track.").await;
    tracker.github.fault(Fault::BadGatewayAfter).on("POST", "/comments").next(1);
    tracker.send().await;
    assert_eq!(tracker.entry("w41").await.state, State::Uncertain);
    tracker.say("w41", 2, "Blocked.").await;
    tracker.app.pass(TimeDelta::minutes(1));
    assert_eq!(tracker.send().await, 1);
    let comments = tracker.comments();
    assert!(comments.len() == 1 && comments[0].1.starts_with("Blocked."), "{comments:?}");
}

#[tokio::test]
async fn a_comment_of_somebody_else_that_quotes_the_marker_is_left_alone() {
    let tracker = Tracker::live().await;
    tracker.say("w41", 1, "On track.").await;
    tracker.github.fault(Fault::BadGatewayBefore).on("POST", "/comments").next(1);
    tracker.send().await;
    let quote = format!("> On track.\n\n{}", marker("cep", "w41"));
    tracker.github.repository(REPOSITORY).comment(4702, "eve", &quote, "2026-10-08T12:30:00Z");
    tracker.app.pass(TimeDelta::minutes(1));
    assert_eq!(tracker.send().await, 1);
    tracker.say("w41", 2, "Blocked.").await;
    assert_eq!(tracker.send().await, 1);
    let comments = tracker.comments();
    assert_eq!(comments[0], ("eve".to_owned(), quote));
    assert!(comments.len() == 2 && comments[1].1.starts_with("Blocked."), "{comments:?}");
}

#[tokio::test]
async fn a_deleted_comment_comes_back_only_when_somebody_says_so() {
    let tracker = Tracker::live().await;
    tracker.say("w41", 1, "On track.").await;
    tracker.send().await;
    let id = u64::try_from(tracker.entry("w41").await.remote_id.unwrap()).unwrap();
    tracker.github.repository(REPOSITORY).delete_comment(id, "olga", "2026-10-08T13:00:00Z");
    tracker.say("w41", 2, "Blocked.").await;
    assert_eq!(tracker.send().await, 0);
    let entry = tracker.entry("w41").await;
    assert!(entry.last_error.as_deref().unwrap().contains("was deleted on GitHub"), "{entry:?}");
    assert_eq!((entry.state, tracker.comments().len()), (State::Failed, 0));
    assert_eq!(tracker.press(&tracker.adam, "w41", "again").await, 303);
    assert_eq!((tracker.send().await, tracker.posted("w41")), (1, 1));
}

#[tokio::test]
async fn a_comment_follows_a_repository_that_was_renamed() {
    let tracker = Tracker::live().await;
    tracker.github.repository(REPOSITORY).rename("kubevirt/ci-infra");
    tracker.say("w41", 1, "On track.").await;
    // Finding out that it moved is a change that was not made, after which GitHub wants its second.
    let patient = server::github::Patience { limit: std::time::Duration::from_secs(5), ..super::PATIENCE };
    assert_eq!(tracker.send_by(&tracker.ways_with(patient)).await, 1);
    tracker.say("w41", 2, "Blocked.").await;
    assert_eq!(tracker.send_by(&tracker.ways_with(patient)).await, 1);
    let renamed = tracker.github.repository("kubevirt/ci-infra");
    let mut bodies = Vec::new();
    renamed.with_issue(4702, |issue| bodies.extend(issue.comments.iter().map(|comment| comment.body.clone())));
    assert!(bodies.len() == 1 && bodies[0].starts_with("Blocked."), "{bodies:?}");
}

#[tokio::test]
async fn what_is_about_one_proposal_goes_out_in_its_order() {
    let tracker = Tracker::live().await;
    tracker.say("first", 1, "First.").await;
    tracker.say("second", 2, "Second.").await;
    tracker.github.fault(Fault::BadGatewayBefore).on("POST", "/comments").next(1);
    assert_eq!((tracker.send().await, tracker.comments().len()), (0, 0), "the second waits for the first");
    for _ in 0..2 {
        tracker.app.pass(TimeDelta::minutes(1));
        tracker.send().await;
    }
    let comments = tracker.comments();
    assert!(comments.len() == 2 && comments[0].1.starts_with("First."), "{comments:?}");
}

#[tokio::test]
async fn what_github_refuses_for_good_is_shown_and_stands_in_nobodys_way() {
    let tracker = Tracker::live().await;
    tracker.say("gone", 1, "On track.").await;
    tracker.github.fault(Fault::Status(404)).on("POST", "/comments").next(1);
    assert_eq!(tracker.send().await, 0);
    let page = tracker.app.get("/outbox?state=failed").await.text();
    assert!(page.contains("Failed tried once") && page.contains("(404)"), "{page}");
    tracker.say("next", 2, "Still on track.").await;
    assert_eq!((tracker.send().await, tracker.posted("next")), (1, 1));
    let health = tracker.app.get("/healthz").await.body;
    assert!(health.contains("refused, or nobody knows whether it was sent: 1"), "{health}");
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_no_other_and_is_shown() {
    let tracker = Tracker::live().await;
    tracker.say("broken", 1, "On track.").await;
    let spoil = "update outgoing set payload = '{\"kind\": \"comment\", \"repository\": 7}' returning event";
    unchecked(spoil).fetch_one(&tracker.app.context.pool).await.unwrap();
    tracker.say("whole", 2, "On track.").await;
    assert_eq!((tracker.send().await, tracker.posted("whole"), tracker.posted("broken")), (1, 1, 0));
    let page = tracker.app.get("/outbox").await.text();
    assert!(page.contains("It cannot be read:"), "{page}");
    // Its proposal's and its request's pages read the same rows.
    assert_eq!(tracker.app.get("/cep/4702").await.status, 200);
}
