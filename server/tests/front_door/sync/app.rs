//! Reading as a GitHub App: its key makes tokens of its installation, which end after an hour.

use chrono::TimeDelta;
use server::clock::Clock;

use super::Tracker;

/// octocrab holds the end of a token against the machine's clock, so GitHub's stands there.
async fn tracker() -> Tracker {
    let tracker = Tracker::start_as(|github| github.config_of_app("kubevirt")).await;
    tracker.github.set_now(Clock::system().now());
    tracker.vep(421);
    tracker
}

fn exchanges(tracker: &Tracker) -> usize {
    tracker.github.asked("POST", "/app/installations/7/access_tokens")
}

#[tokio::test]
async fn one_token_of_the_installation_serves_a_whole_run_and_the_next() {
    let tracker = tracker().await;
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    assert_eq!(exchanges(&tracker), 1);
    assert_eq!(tracker.app.get("/api/v1/proposals/vep/421").await.json()["title"], "A thing");
    let run = tracker.news().await;
    assert_eq!((run.errors.len(), run.requests), (0, run.unchanged), "only 304s");
    assert_eq!(exchanges(&tracker), 1);
}

#[tokio::test]
async fn a_token_that_ended_is_renewed_without_anything_lost() {
    let tracker = tracker().await;
    tracker.news().await;
    tracker.github.set_now(Clock::system().now() + TimeDelta::hours(2));
    tracker.github.repository("kubevirt/enhancements").retitle(421, "VEP 421: Another thing", "olga", "2026-10-09");
    let run = tracker.news().await;
    assert_eq!((run.errors.len(), run.changed), (0, 1));
    assert_eq!(exchanges(&tracker), 2);
}

#[tokio::test]
async fn a_key_of_another_app_reads_nothing_and_says_so() {
    let tracker = tracker().await;
    tracker.github.with(|world| world.access.app = Some(1));
    let run = tracker.news().await;
    assert!(!run.errors.is_empty());
    assert!(tracker.app.get("/api/v1/proposals/vep/421").await.status.is_client_error());
}
