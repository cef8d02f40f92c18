//! Documents in open pull requests: candidates, and documents in review, from their first commit to their end.

use serde_json::Value;
use server::usecases::sync::Extent;

use super::{Tracker, document, webhooks};

const PULL: u64 = 500;
const PATH: &str = "veps/sig-compute/430-thing/vep.md";

/// An open pull request that adds a document for which there is no issue.
fn proposing(tracker: &Tracker) {
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    let pull = enhancements.pull(PULL).title("Add VEP 430").by("olga").file(PATH, &document(430));
    pull.file("veps/sig-compute/430-thing/notes.md", "# Notes\n").at("2026-10-01").open();
}

async fn candidates(tracker: &Tracker, query: &str) -> Vec<Value> {
    let json = tracker.app.get(&format!("/api/v1/candidates{query}")).await.json();
    json.as_array().unwrap_or_else(|| panic!("{json}")).clone()
}

#[tokio::test]
async fn a_document_without_an_issue_is_a_candidate() {
    let tracker = Tracker::start().await;
    proposing(&tracker);
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    let found = candidates(&tracker, "").await;
    assert_eq!(found.len(), 1, "a further document is none by itself: {found:?}");
    let candidate = &found[0];
    assert_eq!((&candidate["title"], &candidate["source"]), (&"A thing".into(), &"vep".into()));
    assert_eq!((&candidate["number_in_path"], &candidate["number_in_title"]), (&430.into(), &430.into()));
    assert_eq!((&candidate["owners"][0], &candidate["author"]), (&"olga".into(), &"olga".into()));
    assert_eq!(candidate["targets"][0][1], "v1.10");
    assert_eq!(candidate["readiness"].as_array().unwrap().iter().filter(|line| line["holds"] == true).count(), 4);
    let list = tracker.app.get("/candidates").await.text();
    assert!(list.contains("A thing") && list.contains("kubevirt/enhancements#500"), "{list}");
    let page = tracker.app.get("/candidates/kubevirt/enhancements/500").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("github.com/kubevirt/enhancements/issues/new?title=VEP"), "the issue is ready to open");
    let text = page.text();
    for told in [
        "No tracking issue #430 is known",
        "Both say 430.",
        "GitHub gives the issue its number",
        "Graduation criteria are filled in",
        "kubevirt/enhancements/tree/main/veps/sig-compute/430-thing",
        "veps/sig-compute/430-thing/notes.md",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert_eq!(tracker.app.get("/vep/430").await.status, 404, "it is no proposal");
    assert_eq!(tracker.app.get("/candidates/kubevirt/enhancements/501").await.status, 404);
}

#[tokio::test]
async fn lists_count_filter_search_and_export_candidates() {
    let tracker = Tracker::start().await;
    proposing(&tracker);
    let infra = tracker.github.repository("kubevirt/project-infra");
    let text = "# CEP: Lane budget\n\n- Owner: @carla\n";
    infra.pull(12).title("Budget").by("carla").file("docs/ci-enhancements/NNNN-lane-budget/cep.md", text).open();
    infra.file("docs/ci-enhancements/NNNN-cep-template/cep.md", "# CEP #NNNN: Your short title\n");
    let template = infra.pull(13).title("Mend the template").by("carla");
    template.file("docs/ci-enhancements/NNNN-cep-template/cep.md", "# CEP #NNNN: Title\n").open();
    tracker.news().await;
    let titles = async |query: &str| -> Vec<String> {
        candidates(&tracker, query).await.iter().map(|found| found["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles("").await, ["Lane budget", "A thing"], "the template is no candidate");
    assert_eq!(titles("?source=VEP").await, ["A thing"]);
    assert_eq!(titles("?release=v1.10").await, ["A thing"]);
    assert_eq!(titles("?release=v1.12").await, Vec::<String>::new());
    assert_eq!(titles("?q=%40Carla+budget").await, ["Lane budget"]);
    assert_eq!(titles("?q=430").await, ["A thing"]);
    assert_eq!(tracker.app.get("/api/v1/candidates?release=soon").await.status, 400);
    let csv = tracker.app.get("/candidates.csv?source=cep").await;
    assert!(csv.body.lines().nth(1).unwrap().starts_with("cep,kubevirt/project-infra,12,Lane budget,"), "{}", csv.body);
    let searched = tracker.app.get("/proposals?q=budget").await;
    assert!(searched.body.contains("/candidates?q=budget") && searched.text().contains("1 candidate found too"));
    assert!(tracker.app.get("/").await.text().contains("2 candidates"));
    assert!(!tracker.app.get("/?at=2026-09-01").await.text().contains("candidates in"), "pull requests have no past");
    let nothing = tracker.app.get("/candidates?q=nobody").await.text();
    assert!(nothing.contains("No candidate matches."), "{nothing}");
}

#[tokio::test]
async fn a_new_head_is_read_once_and_nothing_new_costs_nothing() {
    let tracker = Tracker::start().await;
    proposing(&tracker);
    tracker.news().await;
    assert_eq!(tracker.github.asked("GET", "/contents/"), 2, "each document of the head");
    tracker.github.clear_log();
    let run = tracker.news().await;
    assert_eq!((run.changed, run.requests), (0, run.unchanged), "only 304s");
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    enhancements.comment(PULL, "rita", "Please say more.", "2026-10-08T10:00:00Z");
    enhancements.retitle(PULL, "Add VEP 430: a better thing", "olga", "2026-10-08T10:01:00Z");
    tracker.github.clear_log();
    tracker.news().await;
    assert_eq!(tracker.github.asked("GET", "/contents/"), 0, "talk does not change a document");
    assert_eq!(candidates(&tracker, "").await[0]["pull_title"], "Add VEP 430: a better thing");
    let better = document(430).replace("A thing", "A better thing").replace("- Approvers: @ada\n", "");
    enhancements.push_to(PULL, &[(PATH, &better)], "olga", "2026-10-08T11:00:00Z");
    tracker.news().await;
    let found = candidates(&tracker, "").await;
    assert_eq!(found[0]["title"], "A better thing");
    let reviewers = found[0]["readiness"].as_array().unwrap().iter().find(|line| line["rule"] == "reviewers");
    assert_eq!(reviewers.unwrap()["text"], "No approver is named.");
    let whole = tracker.read(Extent::Everything).await;
    assert_eq!((whole.errors.len(), whole.events), (0, 0));
}

#[tokio::test]
async fn a_merged_candidate_is_a_proposal_and_a_closed_one_is_gone() {
    let tracker = Tracker::start().await;
    proposing(&tracker);
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    let other = "veps/sig-storage/NNNN-other/vep.md";
    enhancements.pull(501).title("Another").by("olga").file(other, &document(431)).at("2026-10-01").open();
    tracker.news().await;
    assert_eq!(candidates(&tracker, "").await.len(), 2);
    enhancements.merge(PULL, "rolf", "2026-10-08T10:00:00Z");
    enhancements.close(501, "olga", "2026-10-08T10:00:00Z");
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    assert_eq!(candidates(&tracker, "").await, Vec::<Value>::new());
    assert_eq!(tracker.app.get("/api/v1/proposals/vep/430").await.json()["title"], "A thing");
    assert_eq!(tracker.app.get("/candidates/kubevirt/enhancements/500").await.status, 404);
    enhancements.reopen(501, "olga", "2026-10-08T11:00:00Z");
    tracker.news().await;
    assert_eq!(candidates(&tracker, "").await[0]["title"], "A thing", "it is read anew");
}

#[tokio::test]
async fn the_document_of_a_known_proposal_is_in_review_and_judges_nothing() {
    let tracker = Tracker::start().await;
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    enhancements.issue(430).title("VEP 430: A thing").by("olga").labels(&["sig/compute"]).at("2026-09-01").open();
    proposing(&tracker);
    tracker.news().await;
    assert_eq!(candidates(&tracker, "").await, Vec::<Value>::new(), "it has an issue");
    let page = tracker.app.get("/vep/430").await;
    assert!(page.body.contains("href=\"/candidates/kubevirt/enhancements/500\""), "{}", page.text());
    assert!(page.text().contains("Document in review"));
    let review = tracker.app.get("/candidates/kubevirt/enhancements/500").await.text();
    assert!(review.contains("document in review of VEP 430") && !review.contains("What is missing"), "{review}");
    let answer = tracker.app.get("/api/v1/proposals/vep/430").await.json();
    assert_eq!(answer["verdicts"].as_array().map_or(0, Vec::len), 0, "what is not merged states no target: {answer}");
}

#[tokio::test]
async fn a_removed_document_and_a_hostile_one_do_no_harm() {
    let tracker = Tracker::start().await;
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    enhancements.file("veps/sig-compute/7-old/vep.md", &document(7));
    enhancements.pull(510).title("Remove it").by("olga").without("veps/sig-compute/7-old/vep.md").open();
    let hostile = "# VEP #9: <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n";
    enhancements.pull(511).title("<b>Hm</b>").by("olga").file("veps/sig-compute/9-x/vep.md", hostile).open();
    let sweep = enhancements.pull(512).title("Spelling").by("olga");
    let sweep = (100..125).fold(sweep, |pull, n| pull.file(&format!("veps/sig-compute/{n}-x/vep.md"), "# VEP\n"));
    sweep.open();
    assert_eq!(tracker.news().await.errors, []);
    tracker.github.clear_log();
    let run = tracker.news().await;
    assert_eq!(run.requests, run.unchanged, "what is not there is not looked for again");
    let found = candidates(&tracker, "").await;
    assert_eq!(found.iter().map(|found| found["pull"].as_u64().unwrap()).collect::<Vec<_>>(), [511]);
    let page = tracker.app.get("/candidates/kubevirt/enhancements/511").await;
    assert!(!page.body.contains("<script>alert") && !page.body.contains("onerror="), "{}", page.body);
}

#[tokio::test]
async fn what_cannot_be_read_of_a_candidate_makes_no_verdict_unknown() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    proposing(&tracker);
    tracker.github.fault(crate::github::Fault::Status(500)).on("GET", "/contents/").next(1000);
    let run = tracker.news().await;
    assert!(run.errors.iter().any(|error| error.what.contains("of #500")), "{:?}", run.errors);
    let answer = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert!(!answer.to_string().contains("could not be read"), "{answer}");
    tracker.github.clear_faults();
    assert_eq!(tracker.news().await.errors, []);
    assert_eq!(candidates(&tracker, "").await.len(), 1);
}

#[tokio::test]
async fn a_webhook_shows_and_ends_a_candidate_at_once() {
    let tracker = webhooks::tracker().await;
    tracker.news().await;
    proposing(&tracker);
    webhooks::deliver_all(&tracker).await;
    assert_eq!(candidates(&tracker, "").await.len(), 1);
    tracker.github.collect_webhooks(webhooks::SECRET);
    tracker.github.repository("kubevirt/enhancements").close(PULL, "olga", "2026-10-09T10:00:00Z");
    webhooks::deliver_all(&tracker).await;
    assert_eq!(candidates(&tracker, "").await, Vec::<Value>::new());
}
