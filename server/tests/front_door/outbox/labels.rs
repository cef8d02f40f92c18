//! The label of approved work: put on and taken off where the rules say so, once, and only where that is needed.

use chrono::TimeDelta;
use domain::Decision;
use server::{store::outbox::State, usecases::set_labels::set_labels};

use super::{REPOSITORY, Tracker};
use crate::support::people::pull;

const KEY: &str = "label/kubevirt/project-infra/500/approved-vep";

/// A tracked proposal with an open implementation pull request, before the Enhancement Freeze.
async fn with_a_pull_request() -> Tracker {
    let tracker = Tracker::live().await;
    tracker.app.set_clock("2026-08-03T12:00:00Z");
    tracker.github.repository(REPOSITORY).pull(500).title("Lint changed jobs").by("olga").open();
    let accept = Decision::Accept { release: "v1.10".parse().unwrap(), rank: None };
    tracker.app.decide("sigrid", "cep/4702", accept).await.unwrap();
    tracker.app.observe(4702, pull(500)).await;
    tracker
}

impl Tracker {
    async fn look(&self) -> u32 {
        set_labels(&self.app.context, &self.app.state.verdicts).await.unwrap()
    }

    fn labels(&self) -> Vec<String> {
        let mut names = Vec::new();
        let repository = self.github.repository(REPOSITORY);
        repository.with_issue(500, |issue| names.extend(issue.labels.iter().map(|label| label.name().to_owned())));
        names
    }
}

#[tokio::test]
async fn nothing_is_labelled_until_an_admin_turns_it_on() {
    let tracker = with_a_pull_request().await;
    assert_eq!(tracker.look().await, 0);
    tracker.turn("labels", "yes").await;
    assert_eq!((tracker.look().await, tracker.look().await), (1, 0));
    assert_eq!((tracker.send().await, tracker.labels()), (1, vec!["approved-vep".to_owned()]));
    assert!(tracker.app.get("/outbox").await.text().contains("Put the label approved-vep on"));
}

#[tokio::test]
async fn a_label_that_is_there_already_is_not_put_on_again() {
    let tracker = with_a_pull_request().await;
    tracker.github.repository(REPOSITORY).label(500, "approved-vep", "ada", "2026-08-03T11:00:00Z");
    tracker.turn("labels", "yes").await;
    assert_eq!((tracker.look().await, tracker.send().await), (1, 1));
    assert_eq!((tracker.github.asked("GET", "/500/labels"), tracker.github.asked("POST", "/500/labels")), (1, 0));
}

#[tokio::test]
async fn whoever_takes_it_off_by_hand_is_not_argued_with() {
    let tracker = with_a_pull_request().await;
    tracker.turn("labels", "yes").await;
    tracker.look().await;
    tracker.send().await;
    tracker.github.repository(REPOSITORY).unlabel(500, "approved-vep", "ada", "2026-08-03T13:00:00Z");
    tracker.app.observe(4702, pull(500)).await;
    assert_eq!((tracker.look().await, tracker.send().await, tracker.labels()), (0, 0, vec![]));
}

#[tokio::test]
async fn it_is_taken_off_when_the_proposal_leaves_the_release() {
    let tracker = with_a_pull_request().await;
    tracker.turn("labels", "yes").await;
    tracker.look().await;
    tracker.send().await;
    let remove = Decision::Remove { release: "v1.10".parse().unwrap(), reason: "Nobody answers.".into() };
    tracker.app.decide("rex", "cep/4702", remove).await.unwrap();
    assert_eq!(tracker.look().await, 1);
    tracker.app.pass(TimeDelta::seconds(1));
    assert_eq!((tracker.send().await, tracker.labels()), (1, vec![]));
    assert_eq!((tracker.entry(KEY).await.state, tracker.github.asked("DELETE", "/500/labels")), (State::Sent, 1));
}

#[tokio::test]
async fn labels_are_held_like_comments_while_nothing_goes_to_github() {
    let tracker = with_a_pull_request().await;
    tracker.turn("outbox", "no").await;
    tracker.turn("labels", "yes").await;
    assert_eq!((tracker.look().await, tracker.send().await), (1, 0));
    assert_eq!((tracker.entry(KEY).await.state, tracker.github.log().len()), (State::Held, 0));
}
