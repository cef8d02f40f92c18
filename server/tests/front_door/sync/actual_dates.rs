//! When releases were really tagged and branched, beside what was planned (P-4).

use super::Tracker;
use crate::github::Fault;

/// v1.10 as it may have gone: alpha on the day, a branch, a candidate that nobody planned.
async fn tagged() -> Tracker {
    let tracker = Tracker::start().await;
    let kubevirt = tracker.github.repository("kubevirt/kubevirt");
    let alpha = kubevirt.push("main", &[("a.go", "a\n")], "rolf", "2026-09-02T15:00:00Z");
    kubevirt.tag("v1.10.0-alpha.0", &alpha);
    let cut = kubevirt.push("main", &[("b.go", "b\n")], "rolf", "2026-10-30T09:00:00Z");
    kubevirt.branch("release-1.10", &cut);
    let fix = kubevirt.push("release-1.10", &[("c.go", "c\n")], "rolf", "2026-11-02T09:00:00Z");
    kubevirt.tag_by("v1.10.0-rc.0", &fix, "rolf", "2026-11-03T16:00:00Z");
    kubevirt.tag_by("v1.10.0-rc.9", &fix, "rolf", "2026-11-12T16:00:00Z");
    kubevirt.tag_by("v1.10.1", &fix, "rolf", "2026-11-13T16:00:00Z");
    kubevirt.push("main", &[("d.go", "d\n")], "rolf", "2026-11-14T09:00:00Z");
    tracker.app.set_clock("2026-11-20T12:00:00Z");
    tracker
}

async fn actual(tracker: &Tracker, address: &str) -> Vec<(String, String, Option<i64>)> {
    let json = tracker.app.get(address).await.json();
    let all = json["actual"].as_array().unwrap_or_else(|| panic!("{json}")).iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    all.map(|made| (text(&made["name"]), text(&made["day"]), made["late"].as_i64())).collect()
}

#[tokio::test]
async fn tags_and_the_branch_stand_beside_the_plan() {
    let tracker = tagged().await;
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    let all = actual(&tracker, "/api/v1/releases/v1.10").await;
    let told: Vec<_> = all.iter().map(|(name, day, _)| (name.as_str(), day.as_str())).collect();
    assert_eq!(
        told,
        [
            ("v1.10.0-alpha.0", "2026-09-02"),
            // The last commit that main and branch share; its morning is still the day before somewhere.
            ("release-1.10", "2026-10-29"),
            ("v1.10.0-rc.0", "2026-11-03"),
            ("v1.10.0-rc.9", "2026-11-12"),
        ],
        "a later patch is another matter"
    );
    assert_eq!(all.last().unwrap().2, None, "nobody planned it");
    let page = tracker.app.get("/releases/v1.10").await.text();
    for told in ["Planned", "Actual", "Not in the schedule", "v1.10.0-rc.9", "last commit that it shares with the main"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(page.contains("late") || page.contains("early") || page.contains("on the day"), "{page}");
    let before = actual(&tracker, "/api/v1/releases/v1.10?at=2026-09-15").await;
    assert_eq!(before.len(), 1, "as it was known that day: {before:?}");
}

#[tokio::test]
async fn each_date_is_asked_for_once_and_a_moved_tag_again() {
    let tracker = tagged().await;
    tracker.news().await;
    tracker.github.clear_log();
    let run = tracker.news().await;
    assert_eq!((run.changed, run.requests), (0, run.unchanged));
    assert_eq!(tracker.github.asked("GET", "/git/matching-refs/"), 2, "one for tags, one for branches");
    let kubevirt = tracker.github.repository("kubevirt/kubevirt");
    let next = kubevirt.push("release-1.10", &[("e.go", "e\n")], "rolf", "2026-11-15T09:00:00Z");
    kubevirt.tag_by("v1.10.0-rc.0", &next, "rolf", "2026-11-15T16:00:00Z");
    kubevirt.untag("v1.10.0-rc.9");
    tracker.github.clear_log();
    tracker.news().await;
    assert_eq!(tracker.github.asked("GET", "/git/tags/"), 1);
    assert_eq!(tracker.github.asked("GET", "/compare/"), 0, "a branch is cut once, however it grows");
    let all = actual(&tracker, "/api/v1/releases/v1.10").await;
    assert_eq!(all.last().map(|(name, day, _)| (name.as_str(), day.as_str())), Some(("v1.10.0-rc.0", "2026-11-15")));
}

#[tokio::test]
async fn what_cannot_be_read_of_tags_makes_no_verdict_unknown() {
    let tracker = tagged().await;
    tracker.vep(421);
    tracker.news().await;
    let before = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    tracker.github.repository("kubevirt/kubevirt").tag("v1.10.0", "release-1.10");
    tracker.github.fault(Fault::Status(500)).on("GET", "/git/commits/").next(1000);
    tracker.app.set_clock("2026-11-20T14:00:00Z");
    let run = tracker.news().await;
    assert!(!run.errors.is_empty());
    tracker.app.set_clock("2026-11-20T12:00:00Z");
    let after = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(before["verdicts"], after["verdicts"]);
}
