//! What tracking issues link and no list brings: it is asked for by itself, and nothing passes without it.

use chrono::TimeDelta;
use serde_json::Value;

use super::Tracker;

const BUG: &str = "https://github.com/elsewhere/tool/issues/5";

/// A VEP whose issue links a bug besides.
fn with_bug(tracker: &Tracker, link: &str) {
    tracker.vep(421);
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    let body = enhancements.issue_body(421);
    enhancements.edit(421, &format!("{body}  * [ ] Bugs: {link}\n"), "olga", "2026-08-02");
}

fn bug(tracker: &Tracker, label: &str) {
    let tool = tracker.github.repository("elsewhere/tool");
    tool.file("README.md", "# Tool\n");
    tool.issue(5).title("It breaks").by("rolf").labels(&[label]).at("2026-07-01").open();
}

async fn bugs(tracker: &Tracker) -> (String, String) {
    let answer = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    let all = answer["verdicts"][0]["judgements"][1]["requirements"].as_array().unwrap().clone();
    let found = all.iter().find(|requirement| requirement["rule"] == "bugs").unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&found["outcome"]), text(&found["evidence"][0]["text"]))
}

async fn only_304s(tracker: &Tracker) {
    tracker.github.clear_log();
    let run = tracker.news().await;
    assert_eq!((run.changed, run.events, run.errors.len()), (0, 0, 0));
    let log = tracker.github.log();
    let loud: Vec<_> = log.iter().filter(|entry| entry.status != 304).map(|entry| entry.target.clone()).collect();
    assert_eq!(loud, Vec::<String>::new());
}

#[tokio::test]
async fn a_blocking_bug_in_a_repository_that_is_not_read_blocks_until_it_is_closed() {
    let tracker = Tracker::start().await;
    bug(&tracker, "priority/critical-urgent");
    with_bug(&tracker, BUG);
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    assert_eq!(bugs(&tracker).await, ("fail".to_owned(), "#5 It breaks is open and blocks.".to_owned()));
    only_304s(&tracker).await;
    assert_eq!(tracker.github.asked("GET", "/repos/elsewhere/tool/issues/5"), 1, "it is asked for every time");
    tracker.github.repository("elsewhere/tool").close(5, "rolf", "2026-09-01");
    assert_eq!(tracker.news().await.events, 1);
    assert_eq!(bugs(&tracker).await.0, "pass");
}

#[tokio::test]
async fn without_a_linked_bug_that_github_does_not_show_the_requirement_is_unknown_and_says_why() {
    let tracker = Tracker::start().await;
    with_bug(&tracker, BUG);
    let run = tracker.news().await;
    assert_eq!(run.errors, [], "what is not there is no failure of reading");
    let (outcome, text) = bugs(&tracker).await;
    assert_eq!(outcome, "unknown");
    assert!(text.starts_with("The linked elsewhere/tool#5 could not be read since"), "{text}");
    assert!(text.ends_with("GitHub shows nothing there; it was deleted, or this account may not see it."), "{text}");
    only_304s(&tracker).await;
    assert_eq!(tracker.github.asked("GET", "/repos/elsewhere/tool"), 0, "not before tomorrow");
    bug(&tracker, "kind/bug");
    tracker.app.pass(TimeDelta::days(2));
    tracker.news().await;
    assert_eq!(bugs(&tracker).await.0, "pass");
    only_304s(&tracker).await;
}

#[tokio::test]
async fn a_bug_that_was_known_before_its_link_counts_as_soon_as_it_is_linked() {
    let tracker = Tracker::start().await;
    let kubevirt = tracker.github.repository("kubevirt/kubevirt");
    kubevirt.issue(77).title("It breaks").by("rolf").labels(&["priority/critical-urgent"]).at("2026-07-01").open();
    tracker.vep(421);
    tracker.news().await;
    assert_eq!(bugs(&tracker).await.0, "pass");
    with_bug_added(&tracker, "https://github.com/kubevirt/kubevirt/issues/77");
    tracker.news().await;
    assert_eq!(bugs(&tracker).await.0, "fail");
}

fn with_bug_added(tracker: &Tracker, link: &str) {
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    let body = enhancements.issue_body(421);
    enhancements.edit(421, &format!("{body}  * [ ] Bugs: {link}\n"), "olga", "2026-10-08");
}

#[tokio::test]
async fn what_was_not_touched_for_longer_than_lists_are_read_back_is_asked_for_once() {
    let tracker = Tracker::start().await;
    let kubevirt = tracker.github.repository("kubevirt/kubevirt");
    kubevirt.issue(12).title("Old").by("rolf").labels(&["priority/critical-urgent"]).at("2024-01-01").open();
    // Lists end where everything is older, at the end of a page.
    for number in 1000..1100 {
        kubevirt.issue(number).title("Noise").by("rolf").at("2025-01-01").open();
    }
    with_bug(&tracker, "https://github.com/kubevirt/kubevirt/issues/12");
    tracker.news().await;
    assert_eq!(bugs(&tracker).await.0, "fail");
    only_304s(&tracker).await;
    assert_eq!(tracker.github.asked("GET", "/repos/kubevirt/kubevirt/issues/12"), 0, "lists bring what changes");
}

#[tokio::test]
async fn a_linked_pull_request_elsewhere_is_one_of_the_proposal() {
    let tracker = Tracker::start().await;
    let tool = tracker.github.repository("elsewhere/tool");
    tool.file("README.md", "# Tool\n");
    tool.pull(8).title("Do the other half").by("olga").at("2026-08-01").open();
    tracker.vep(421);
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    let body = enhancements.issue_body(421).replace("pull/9421", "pull/9421 https://github.com/elsewhere/tool/pull/8");
    enhancements.edit(421, &body, "olga", "2026-08-02");
    tracker.news().await;
    assert!(tracker.app.get("/vep/421").await.text().contains("Do the other half"));
    only_304s(&tracker).await;
    tool.merge(8, "rolf", "2026-09-01T10:00:00Z");
    tracker.github.repository("kubevirt/kubevirt").merge(9421, "rolf", "2026-09-01T10:00:00Z");
    tracker.news().await;
    let answer = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(answer["verdicts"][0]["facts"]["merged"], serde_json::json!({ "done": 2, "all": 2 }));
}
