//! The forms of decisions, the menu of actions, and the log of decisions, as a browser without script sees them.

use domain::{Action, Decision};

use crate::support::{
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    people::{OWNERS_ALIASES, pull, somebody, with_proposals},
};

const V: &str = "v1.10";

fn accept() -> Decision {
    Decision::Accept { release: V.parse().unwrap(), rank: None }
}

#[tokio::test]
async fn a_form_says_what_follows_and_records_with_a_permanent_address() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let page = sigrid.get("/cep/1/decide/retarget?release=v1.10").await;
    let text = page.text();
    for words in [
        "Retarget CEP 1 from v1.10",
        "Proposed for consideration",
        "No convergence",
        "Cancel",
        "a member of the owning SIG",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let fields =
        [("release", V), ("to", "v1.11"), ("reason", "new-blocker"), ("sentence", "The pool is gone."), ("seen", "0")];
    let done = sigrid.post("/cep/1/decide/retarget?release=v1.10", &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let place = done.headers["location"].to_str().unwrap().to_owned();
    assert!(place.starts_with("/decisions/") && place.ends_with("?done=1"), "{place}");
    let text = sigrid.get(&place).await.text();
    for words in [
        "Recorded.",
        "Retargeted v1.10 → v1.11, new blocker: The pool is gone.",
        "Proposed for consideration",
        "Retargeted to v1.11",
        "@sigrid as a member of the owning SIG",
        "Undo",
        "10 minutes left",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[tokio::test]
async fn what_was_typed_stays_when_it_is_not_taken() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let fields = [("release", V), ("to", "v1.11"), ("reason", "other"), ("sentence", ""), ("link", "a mail of Monday")];
    let page = sigrid.post("/cep/1/decide/retarget", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("`a mail of Monday` is not a link"), "{}", page.text());
    assert!(page.body.contains("value=\"a mail of Monday\""), "{}", page.body);
    let page = sigrid.post("/cep/1/decide/retarget", &fields[..4]).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("A reason is needed"), "{}", page.text());
    assert!(
        page.body.contains("value=\"other\" checked") || page.body.contains("checked value=\"other\""),
        "{}",
        page.body
    );
    let none = sigrid.post("/cep/1/decide/retarget", &[("release", V), ("to", "v1.11")]).await;
    assert!(
        none.text().contains("choose why it moves") || none.text().contains("Choose why it moves"),
        "{}",
        none.text()
    );
}

#[tokio::test]
async fn who_comes_second_is_told_what_the_first_did_and_can_press_again() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    app.decide("sven", "cep/1", accept()).await.unwrap();
    let fields = [("release", V), ("reason", "Users see nothing of it."), ("seen", "0")];
    let page = sigrid.post("/cep/1/decide/no-docs-needed", &fields).await;
    assert_eq!(page.status, 409);
    let text = page.text();
    assert!(text.contains("@sven decided at 12:00 UTC: Accepted for v1.10"), "{text}");
    assert!(text.contains("Users see nothing of it."), "{text}");
    let seen = page.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [fields[0], fields[1], ("seen", seen.as_str())];
    assert_eq!(sigrid.post("/cep/1/decide/no-docs-needed", &fields).await.status, 303);
}

#[tokio::test]
async fn what_cannot_be_decided_is_explained_in_place_of_the_form() {
    let app = with_proposals(1).await;
    let nobody = app.get("/cep/1/decide/remove").await.text();
    assert!(nobody.contains("Sign in first") && nobody.contains("the release team"), "{nobody}");
    let nina = somebody("contributor").browser(&app).await.get("/cep/1/decide/remove").await;
    assert!(nina.text().contains("is for the release team; you are a contributor"), "{}", nina.text());
    assert!(!nina.body.contains("name=\"reason\""), "{}", nina.body);
    let rex = somebody("release team").browser(&app).await.get("/cep/1/decide/readmit?release=v1.10").await;
    assert!(rex.text().contains("It was not removed from v1.10"), "{}", rex.text());
    for nowhere in ["/cep/1/decide/dance", "/cep/9/decide/accept", "/cep/1/decide/grant"] {
        assert_eq!(app.get(nowhere).await.status, 404, "{nowhere}");
    }
}

#[tokio::test]
async fn every_form_opens_for_who_may() {
    let app = with_proposals(1).await;
    app.observe(1, pull(5120)).await;
    app.decide("sigrid", "cep/1", accept()).await.unwrap();
    let sigrid = somebody("SIG member").browser(&app).await;
    for (action, field) in [
        (Action::Rank, "name=\"rank\""),
        (Action::Assign, "name=\"reviewers\""),
        (Action::Waive, "name=\"rule\""),
        (Action::Classify, "kubevirt/project-infra#5120"),
        (Action::SignLine, "name=\"line\""),
        (Action::Replace, "name=\"by\""),
        (Action::Support, "name=\"links\""),
        (Action::Feedback, "name=\"note\""),
        (Action::Commit, "name=\"on_behalf_of\""),
    ] {
        let page = sigrid.get(&format!("/cep/1/decide/{}?release=v1.10", action.slug())).await;
        assert_eq!(page.status, 200, "{}", action.slug());
        assert!(page.body.contains(field), "{}: {}", action.slug(), page.text());
    }
}

#[tokio::test]
async fn the_menu_holds_what_the_viewer_may_do_and_nothing_else() {
    let app = with_proposals(1).await;
    let page = app.get("/cep/1").await.text();
    assert!(page.contains("Sign in to decide") && !page.contains("Actions"), "{page}");
    let sigrid = somebody("SIG member").browser(&app).await;
    let page = sigrid.get("/cep/1").await.body;
    for there in [
        "/cep/1/decide/accept?release=v1.10",
        "/cep/1/decide/waive?release=v1.10&amp;rule=commitment",
        "/exceptions/new?proposal=cep/1",
    ] {
        assert!(page.contains(there), "{there}: {page}");
    }
    for gone in ["/decide/remove", "/decide/readmit", "/decide/rank?"] {
        let own = page.split("Record another").next().unwrap();
        assert!(!own.contains(gone), "{gone}: {page}");
    }
    let nina = somebody("contributor").browser(&app).await.get("/cep/1").await.body;
    assert!(!nina.contains("/decide/") && nina.contains("/exceptions/new?"), "{nina}");
    let then = sigrid.get("/cep/1?at=2026-07-01").await.body;
    assert!(!then.contains("/decide/"), "{then}");
}

#[tokio::test]
async fn ones_last_decision_can_be_undone_for_ten_minutes() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let done = sigrid.post("/cep/1/decide/accept", &[("release", V)]).await;
    let id = done.headers["location"].to_str().unwrap().trim_matches(|c: char| !c.is_ascii_digit());
    let id = id.split('?').next().unwrap().to_owned();
    app.pass(chrono::TimeDelta::minutes(4));
    let page = sigrid.get("/cep/1").await.text();
    assert!(page.contains("You decided: Accepted for v1.10") && page.contains("6 minutes left"), "{page}");
    let others = app.sign_in_as(31, "sven").await.get("/cep/1").await.text();
    assert!(!others.contains("You decided"), "{others}");
    let undone = sigrid.post("/cep/1/decide/undo", &[("event", &id)]).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    assert_eq!(app.status("cep/1", V).await, "Proposed for consideration");
    let page = app.get(&format!("/decisions/{id}")).await.text();
    assert!(page.contains("It was undone"), "{page}");
    sigrid.post("/cep/1/decide/accept", &[("release", V)]).await;
    app.pass(chrono::TimeDelta::minutes(11));
    assert!(!sigrid.get("/cep/1").await.text().contains("You decided"));
    let late = sigrid.post("/cep/1/decide/undo", &[("event", "1")]).await;
    assert_eq!(late.status, 422, "{}", late.text());
}

#[tokio::test]
async fn the_log_is_filtered_paged_and_exported() {
    let app = with_proposals(3).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    app.decide("sigrid", "cep/1", accept()).await.unwrap();
    app.pass(chrono::TimeDelta::days(1));
    app.decide("sven", "cep/2", accept()).await.unwrap();
    let defer = Decision::Defer { reason: "The pool of 100% is_gone.".to_owned() };
    app.decide("sven", "cep/3", defer).await.unwrap();
    let ask = serde_json::json!({ "action": "ask", "release": V, "freeze": "code", "justification": "j", "time": "5", "impact": "i" });
    app.decide("nina", "cep/1", serde_json::from_value(ask).unwrap()).await.unwrap();
    let deny = Decision::Deny { request: 1, reason: "No.".to_owned() };
    app.decide("rex", "cep/1", deny).await.unwrap();
    let plan = serde_json::json!({ "source": "cep", "decision": { "action": "close-plan", "release": V } });
    assert_eq!(sigrid.post_json("/api/v1/decisions", &plan).await.status, 201);
    for (query, total) in [
        ("", 6),
        ("?source=cep", 6),
        ("?source=vep", 0),
        ("?proposal=cep/1", 3),
        ("?proposal=2", 1),
        ("?release=v1.10", 5),
        ("?release=v1.11", 0),
        ("?action=accept", 2),
        ("?action=deny", 1),
        ("?person=sven", 2),
        ("?person=@SVEN", 2),
        ("?q=pool", 1),
        ("?q=100%25", 1),
        ("?q=0%25x", 0),
        ("?q=is_gone", 1),
        ("?q=pool+sven", 1),
        ("?q=Proposal+3", 1),
        ("?from=2026-08-02", 5),
        ("?to=2026-08-01", 1),
        ("?action=accept&person=sven&from=2026-08-02", 1),
    ] {
        let json = app.get(&format!("/api/v1/decisions{query}")).await.json();
        assert_eq!(json["total"], total, "{query}: {json}");
        let csv = app.get(&format!("/decisions.csv{query}")).await.body;
        assert_eq!(csv.lines().count(), total + 1, "{query}: {csv}");
        assert_eq!(app.get(&format!("/decisions{query}")).await.status, 200, "{query}");
    }
    let page = app.get("/decisions").await.text();
    for words in ["6 decisions", "Plan for v1.10 closed with 2 proposals", "Exception 1 denied: No.", "CEP 3"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(app.get("/decisions?page=99").await.status, 200);
    assert_eq!(app.get("/api/v1/decisions?action=dance").await.status, 400);
    let json = app.get("/decisions.json?action=close-plan").await.json();
    let closed = app.get(json[0]["url"].as_str().unwrap()).await;
    assert!(closed.text().contains("In this order"), "{}", closed.text());
    for nothing in ["/decisions/1", "/decisions/999999", "/decisions/x"] {
        assert_eq!(app.get(nothing).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn the_page_of_a_proposal_lists_what_people_say_and_ask() {
    let app = with_proposals(1).await;
    let support =
        Decision::Support { links: vec!["https://lists.example.org/x".to_owned()], note: "Three vendors.".to_owned() };
    app.decide("sigrid", "cep/1", support).await.unwrap();
    app.decide("sigrid", "cep/1", Decision::Feedback { links: Vec::new(), note: "They like it.".to_owned() })
        .await
        .unwrap();
    app.decide("ada", "cep/1", Decision::Acknowledge {}).await.unwrap();
    let ask = serde_json::json!({ "action": "ask", "release": V, "freeze": "code", "justification": "j", "time": "5", "impact": "i" });
    let asked = app.decide("nina", "cep/1", serde_json::from_value(ask).unwrap()).await.unwrap();
    let page = app.get("/cep/1").await;
    let text = page.text();
    for words in [
        "Three vendors. lists.example.org",
        "They like it.",
        "@ada acknowledged",
        "CF exception of v1.10",
        "Sent, asked until 26 Oct",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(page.body.contains(&format!("/exceptions/{}", asked.id)), "{}", page.body);
    assert!(page.body.contains(&format!("/decisions/{}", asked.id)), "{}", page.body);
}

#[tokio::test]
async fn the_api_says_what_is_wrong_and_where() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let order = |decision: serde_json::Value| serde_json::json!({ "proposal": "cep/1", "decision": decision });
    for (body, status, field) in [
        (order(serde_json::json!({ "action": "defer", "reason": " " })), 422, Some("reason")),
        (order(serde_json::json!({ "action": "defer" })), 400, Some("decision")),
        (order(serde_json::json!({ "action": "dance" })), 400, Some("decision")),
        (serde_json::json!({ "decision": {} }), 400, Some("proposal")),
        (serde_json::json!({ "proposal": "cep", "decision": {} }), 400, Some("proposal")),
        (serde_json::json!({ "proposal": "cep/1", "what": 1, "decision": {} }), 400, None),
        (serde_json::json!({ "proposal": "cep/9", "decision": { "action": "defer", "reason": "x" } }), 404, None),
        (serde_json::json!({ "source": "xep", "decision": { "action": "close-plan", "release": V } }), 404, None),
    ] {
        let answer = sigrid.post_json("/api/v1/decisions", &body).await;
        let json = answer.json();
        assert_eq!((answer.status.as_u16(), json["field"].as_str()), (status, field), "{body} {json}");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert!(json["type"].is_string() && json["title"].is_string() && json["detail"].is_string(), "{json}");
    }
}

#[tokio::test]
async fn a_proposal_moves_only_to_a_release_that_still_takes_proposals_in() {
    let app = with_proposals(1).await;
    let later = |version: &str, year: &str| V1_10.replace("2026/", year).replace("v1.10", version);
    let (before, next) = (later("v1.9", "2025/"), later("v1.11", "2027/"));
    let schedules = [
        ("releases/v1.9/schedule.yaml", before.as_str()),
        (V1_10_PATH, V1_10),
        ("releases/v1.11/schedule.yaml", next.as_str()),
    ];
    app.import_schedules(&schedules).await;
    // A document names a release that is long over and has no schedule, another one that is far away.
    let old = cep(2, "Old").replace("v1.10", "v1.8");
    let far = cep(3, "Far").replace("v1.10", "v1.13");
    let own = cep(1, "Proposal 1");
    let files = [(cep_path(1), own), (cep_path(2), old), (cep_path(3), far)];
    let mut files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("OWNERS_ALIASES", OWNERS_ALIASES));
    app.import("cep", &files).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let form = sigrid.get("/cep/1/decide/retarget?release=v1.10").await.body;
    let offered = |version: &str| form.contains(&format!("<option value=\"{version}\""));
    assert!(offered("v1.11") && offered("v1.12"), "{form}");
    assert!(!["v1.8", "v1.9", "v1.10", "v1.13"].into_iter().any(offered), "{form}");
    let post = async |from: &str, to: &str| {
        let fields = [("release", from), ("to", to), ("reason", "new-blocker"), ("sentence", "")];
        let answer = sigrid.post(&format!("/cep/1/decide/retarget?release={from}"), &fields).await;
        (answer.status.as_u16(), answer.text())
    };
    for (to, why) in [
        ("v1.8", "No schedule and no document names v1.8"),
        ("v1.9", "V1.9 has been released"),
        ("v1.15", "No schedule and no document names v1.15"),
    ] {
        let (status, text) = post("v1.10", to).await;
        assert!(status == 422 && text.contains(why), "{to}: {status} {text}");
    }
    assert_eq!(post("v1.10", "v1.11").await.0, 303);
    app.set_clock("2026-09-10T12:00:00Z");
    let sigrid = somebody("SIG member").browser(&app).await;
    let fields = [("release", "v1.11"), ("to", "v1.10"), ("reason", "new-blocker"), ("sentence", "")];
    let late = sigrid.post("/cep/1/decide/retarget?release=v1.11", &fields).await;
    assert!(late.status == 422 && late.text().contains("Enhancement Freeze of v1.10 has passed"), "{}", late.text());
}
