//! Long lists, and odd rows in them.

use super::Tracker;
use crate::github::issue::Label;

#[tokio::test]
async fn three_pages_are_read_and_only_the_first_again() {
    let tracker = Tracker::start().await;
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    for number in 1..=250 {
        enhancements.issue(number).title(&format!("VEP {number}: Many")).by("olga").at("2026-06-01").open();
    }
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    assert_eq!(tracker.app.get("/api/v1/proposals?per_page=1").await.json()["total"], 250);
    enhancements.retitle(7, "VEP 7: Fewer", "olga", "2026-10-08");
    tracker.github.clear_log();
    let run = tracker.news().await;
    assert_eq!(run.changed, 1);
    assert_eq!(tracker.github.asked("GET", "/repos/kubevirt/enhancements/issues?"), 1, "the first page tells it");
}

#[tokio::test]
async fn odd_rows_are_read_with_a_remark_each() {
    let tracker = Tracker::start().await;
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    for number in 1..=100 {
        enhancements.issue(number).title(&format!("VEP {number}: Odd")).by("olga").at("2026-06-01").open();
    }
    enhancements.issue(101).title("VEP 101: By a ghost").at("2026-06-01").open();
    enhancements.with_issue(3, |issue| {
        issue.labels = vec![Label::Text("bare".to_owned()), Label::Colourless("grey".to_owned())];
        issue.state_reason = Some("eaten_by_dog".to_owned());
    });
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    assert_eq!(tracker.app.get("/api/v1/proposals?per_page=1").await.json()["total"], 101);
    let ghost = run.odd.iter().find(|odd| odd.row == "kubevirt/enhancements#101");
    assert!(ghost.is_some_and(|odd| odd.what.contains("deleted")), "{:?}", run.odd);
}
