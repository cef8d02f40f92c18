//! One run reads everything, the next asks once for each list and hears that nothing changed.

use serde_json::Value;
use server::usecases::sync::Extent;

use super::Tracker;

#[tokio::test]
async fn what_github_shows_becomes_a_proposal_with_its_verdict() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    let answer = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(answer["title"], "A thing");
    let verdict = &answer["verdicts"][0];
    assert_eq!(verdict["release"], "v1.10");
    let requirements = verdict["judgements"][0]["requirements"].as_array().unwrap();
    let outcome = |rule: &str| {
        let of_rule = requirements.iter().find(|requirement| requirement["rule"] == rule);
        of_rule.unwrap_or_else(|| panic!("no {rule}: {requirements:?}"))["outcome"].clone()
    };
    assert_eq!(outcome("issue"), "pass");
    assert_eq!(outcome("labels"), "pass");
    assert_eq!(outcome("document"), "pass");
    let code = verdict["judgements"][1]["requirements"].as_array().unwrap();
    let text = code[0]["evidence"][0]["text"].as_str().unwrap();
    assert!(text.contains("#9421 Do the thing"), "{text}");
}

#[tokio::test]
async fn a_second_run_asks_once_for_each_list_and_changes_nothing() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    tracker.vep(422);
    tracker.news().await;
    let events = tracker.app.events().await;
    tracker.github.clear_log();
    let run = tracker.news().await;
    assert_eq!((run.changed, run.events, run.errors.len()), (0, 0, 0));
    let log = tracker.github.log();
    let loud: Vec<_> = log.iter().filter(|entry| entry.status != 304).map(|entry| entry.target.clone()).collect();
    assert_eq!(loud, Vec::<String>::new(), "only 304s");
    assert_eq!(run.requests, run.unchanged);
    assert_eq!(tracker.app.events().await, events);
}

#[tokio::test]
async fn a_full_run_reads_all_of_it_again_and_adds_nothing() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    tracker.news().await;
    let events = tracker.app.events().await;
    let run = tracker.read(Extent::Everything).await;
    assert_eq!((run.unchanged, run.events, run.errors.len()), (0, 0, 0));
    assert_eq!(tracker.app.events().await, events);
}

#[tokio::test]
async fn merging_reviewing_and_landing_are_seen() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    let kubevirt = tracker.github.repository("kubevirt/kubevirt");
    kubevirt.request_review(9421, "rita", "olga", "2026-08-02");
    tracker.news().await;
    let pull = |answer: &Value| answer["verdicts"][0]["facts"]["merged"].clone();
    let before = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(pull(&before)["done"], 0);
    let page = tracker.app.get("/vep/421").await.text();
    assert!(page.contains("rita"), "who it waits on is named");
    kubevirt.merge(9421, "rolf", "2026-10-10T10:00:00Z");
    tracker.app.set_clock("2026-10-11T12:00:00Z");
    tracker.news().await;
    let after = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(pull(&after)["done"], 1);
    // After Code Freeze the release branch is asked for.
    kubevirt.branch("release-1.10", "main");
    tracker.app.set_clock("2026-10-30T12:00:00Z");
    tracker.news().await;
    let landed = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(landed["verdicts"][0]["facts"]["branch"], "release-1.10");
    assert_eq!(landed["verdicts"][0]["facts"]["landed"][0], "pass");
}

#[tokio::test]
async fn a_deleted_and_a_transferred_issue_are_found_by_a_full_run() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    tracker.vep(422);
    tracker.news().await;
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    enhancements.delete(421, "admin", "2026-09-01");
    enhancements.transfer(422, "kubevirt/project-infra", 77, "admin", "2026-09-01");
    tracker.read(Extent::Everything).await;
    let told = |page: String| page.contains("Tracking issue was");
    assert!(told(tracker.app.get("/vep/421").await.text()));
    let moved = tracker.app.get("/vep/422").await.text();
    assert!(moved.contains("was moved to"), "{moved}");
}

#[tokio::test]
async fn a_renamed_repository_is_followed() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    tracker.news().await;
    tracker.github.repository("kubevirt/kubevirt").rename("kubevirt/virt");
    tracker.github.repository("kubevirt/virt").merge(9421, "rolf", "2026-10-07T10:00:00Z");
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    let after = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(after["verdicts"][0]["facts"]["merged"]["done"], 1);
}
