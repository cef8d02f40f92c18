//! Every question that is asked agrees with GitHub's published description.

use std::collections::BTreeSet;

use reqwest::Method;

use super::Tracker;
use crate::prism::Prism;

#[tokio::test]
async fn every_question_of_a_whole_run_agrees_with_the_description() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    let kubevirt = tracker.github.repository("kubevirt/kubevirt");
    kubevirt.request_review(9421, "rita", "olga", "2026-08-02");
    kubevirt.merge(9421, "rolf", "2026-10-10T10:00:00Z");
    kubevirt.branch("release-1.10", "main").tag("v1.10.0-alpha.0", "main");
    kubevirt.tag_by("v1.10.0-beta.0", "main", "rolf", "2026-10-11");
    let proposing = tracker.github.repository("kubevirt/sig-release").pull(3).title("Propose v1.11").by("rolf");
    proposing.file("releases/v1.11/schedule.yaml", crate::support::fixtures::V1_10).at("2026-10-01").open();
    let change = tracker.github.repository("kubevirt/enhancements").pull(500).title("Change VEP 421").by("olga");
    change.file("veps/sig-compute/421-thing/vep.md", "# VEP #421: Other\n").at("2026-10-01").open();
    tracker.app.set_clock("2026-10-30T12:00:00Z");
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    enhancements.push("main", &[("veps/sig-compute/421-thing/more.md", "# More\n")], "olga", "2026-10-29");
    assert_eq!(tracker.news().await.errors, []);
    let asked: BTreeSet<String> = tracker.github.log().into_iter().map(|entry| entry.target).collect();
    for part in [
        "/timeline",
        "/pulls/500/files",
        "/git/trees/",
        "/git/blobs/",
        "/commits?",
        "/branches?",
        "/compare/",
        "/contents/",
        "/git/matching-refs/tags/v",
        "/git/matching-refs/heads/release-",
        "/git/tags/",
        "/git/commits/",
    ] {
        assert!(asked.iter().any(|target| target.contains(part)), "{part} is not among {asked:?}");
    }
    let prism = Prism::before(&tracker.github).await;
    let bad =
        prism.send(Method::GET, "/repos/kubevirt/enhancements/issues?per_page=many", &serde_json::Value::Null).await;
    assert!(!bad.violations.is_empty(), "a known-bad question is caught");
    for target in asked {
        // The proxy takes a path with slashes for another route.
        let parted =
            ["/contents/", "/matching-refs/"].into_iter().find_map(|part| Some((part, target.split_once(part)?)));
        let checked = match parted {
            Some((part, (before, path))) => prism.get(&format!("{before}{part}{}", path.replace('/', "%2F"))).await,
            None => prism.get(&target).await,
        };
        assert_eq!(checked.violations, Vec::<String>::new(), "{target}");
    }
}
