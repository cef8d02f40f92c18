//! The list of what readers did not understand: in documents, tracking issues and comments.

use serde_json::Value;

use crate::sync::Tracker;

/// A VEP with something to mend in its document, its issue and a comment.
async fn with_diagnostics() -> Tracker {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    let body = enhancements.issue_body(421).replace("(x.y): 1.10", "(x.y): 1.10 or 1.11");
    enhancements.edit(421, &body, "olga", "2026-08-02");
    let document = "# VEP #421: A thing\n\n- This VEP targets alpha for version: soon, maybe\n\
         - This VEP targets beta for version: v1.10\n\n## Overview\n\nA thing.\n";
    enhancements.file("veps/sig-compute/421-thing/vep.md", document);
    enhancements.comment(421, "rita", "> /hold\n\nNot any more.\n", "2026-08-03");
    enhancements.comment(421, "rolf", "Ours.\n./sig compute", "2026-08-04");
    enhancements.comment(421, "ada", "/lgtm", "2026-08-05");
    let odd = "VEP tracking issue: https://github.com/kubevirt/enhancements/issue/421";
    tracker.github.repository("kubevirt/kubevirt").edit(9421, odd, "olga", "2026-08-06");
    assert_eq!(tracker.news().await.errors, []);
    tracker
}

async fn lines(tracker: &Tracker, query: &str) -> Vec<Value> {
    tracker.app.get(&format!("/diagnostics.json{query}")).await.json().as_array().unwrap().clone()
}

#[tokio::test]
async fn each_is_listed_with_its_text_its_line_and_how_to_mend_it_the_worst_first() {
    let tracker = with_diagnostics().await;
    let all = lines(&tracker, "").await;
    let find = |place: &str, kind: &str| {
        let found = all.iter().find(|line| line["where"] == place && line["kind"] == kind);
        found.unwrap_or_else(|| panic!("{place} {kind}: {all:#?}")).clone()
    };
    let rank = |line: &Value| match line["severity"].as_str().unwrap() {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    };
    assert!(all.windows(2).all(|pair| rank(&pair[0]) <= rank(&pair[1])), "{all:#?}");
    let document = find("document", "target-unreadable");
    let link = "https://github.com/kubevirt/enhancements/blob/main/veps/sig-compute/421-thing/vep.md?plain=1#L3";
    assert_eq!((&document["line"], &document["link"]), (&Value::from(3), &Value::from(link)));
    let issue = find("issue", "target-unreadable");
    assert_eq!(issue["link"], "https://github.com/kubevirt/enhancements/issues/421");
    assert!(issue["line"].as_u64().unwrap() > 5, "{issue}");
    let comments: Vec<_> = all.iter().filter(|line| line["where"] == "comment").collect();
    assert_eq!(comments.len(), 2, "{comments:#?}");
    assert_eq!(
        (comments[0]["text"].as_str(), comments[0]["line"].as_u64()),
        (Some("comment of @rolf on #421"), Some(2))
    );
    assert!(comments[0]["link"].as_str().unwrap().contains("issues/421#issuecomment-"));
    assert!(comments[1]["message"].as_str().unwrap().contains("it is quoted"), "{}", comments[1]);
    let pull = all.iter().find(|line| line["where"] == "pull-request").unwrap_or_else(|| panic!("{all:#?}"));
    assert_eq!(pull["link"], "https://github.com/kubevirt/kubevirt/pull/9421");
    let page = tracker.app.get("/diagnostics").await;
    assert_eq!(page.status, 200);
    for line in &all {
        let mend = line["mend"].as_str().unwrap().replace('`', "");
        assert!(page.text().contains(&mend), "{mend}: {}", page.text());
    }
    assert!(page.body.contains(link), "{}", page.body);
}

#[tokio::test]
async fn filters_are_in_the_address_the_files_and_the_interface() {
    let tracker = with_diagnostics().await;
    let all = lines(&tracker, "").await.len();
    assert_eq!(lines(&tracker, "?release=v1.10&source=vep&proposal=vep/421").await.len(), all);
    for none in ["?source=cep", "?release=v1.11", "?proposal=vep/422", "?kind=no-such", "?at=2026-01-01&where=comment"]
    {
        assert_eq!(lines(&tracker, none).await.len(), 0, "{none}");
    }
    assert_eq!(lines(&tracker, "?where=comment").await.len(), 2);
    assert_eq!(lines(&tracker, "?where=comment&severity=note").await.len(), 1);
    let csv = tracker.app.get("/diagnostics.csv?where=comment&severity=note").await.body;
    assert!(csv.contains("vep,421,A thing,comment,comment of @rita on #421,1,"), "{csv}");
    let answer = tracker.app.get("/api/v1/diagnostics?where=comment").await.json();
    assert_eq!((&answer["total"], answer["items"].as_array().unwrap().len()), (&Value::from(2), 2));
    assert_eq!(tracker.app.get("/api/v1/diagnostics?where=moon").await.status, 400);
    assert!(tracker.app.get("/diagnostics?where=moon").await.text().contains("document, issue or comment"));
    assert!(tracker.app.get("/diagnostics?source=cep").await.text().contains("No diagnostic matches."));
    for page in ["/vep/421", "/sync", "/mismatches"] {
        assert!(tracker.app.get(page).await.body.contains("href=\"/diagnostics"), "{page} leads there");
    }
}

#[tokio::test]
async fn an_issue_that_is_mended_is_read_again_and_leaves_the_list() {
    let tracker = with_diagnostics().await;
    assert_eq!(lines(&tracker, "?where=issue&kind=target-unreadable").await.len(), 1);
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    let body = enhancements.issue_body(421).replace("1.10 or 1.11", "1.10");
    enhancements.edit(421, &body, "olga", "2026-10-08");
    tracker.news().await;
    assert_eq!(lines(&tracker, "?where=issue&kind=target-unreadable").await.len(), 0);
}

#[tokio::test]
async fn where_nothing_was_read_the_page_says_how_to_begin() {
    let app = crate::support::TestApp::start().await;
    assert!(app.get("/diagnostics").await.text().contains("cep-tracker import"));
}
