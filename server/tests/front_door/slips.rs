//! Slips: of a proposal, of a release, over all releases, and as files (P-4, P-15).

use domain::{Decision, RetargetReason};
use server::usecases::load_demo::load_demo;

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep_path},
    people::with_proposals,
};

fn accept(release: &str) -> Decision {
    Decision::Accept { release: release.parse().unwrap(), rank: None }
}

fn retarget(to: &str) -> Decision {
    Decision::Retarget {
        release: "v1.10".parse().unwrap(),
        to: to.parse().unwrap(),
        reason: RetargetReason::NewBlocker,
        sentence: "The pool is gone.".to_owned(),
    }
}

/// Three planned and closed, then one retargeted, one rejected, one accepted beside the plan; the schedule moved by a
/// week meanwhile.
async fn slipped() -> TestApp {
    let app = with_proposals(4).await;
    for proposal in ["cep/1", "cep/2", "cep/3"] {
        app.decide("sigrid", proposal, accept("v1.10")).await.unwrap();
    }
    let sigrid = app.sign_in_as(15, "sigrid").await;
    let plan = sigrid.get("/releases/v1.10/plan").await;
    let seen = plan.body.split_once("name=\"seen\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let closed = sigrid.post("/releases/v1.10/plan/close", &[("source", "cep"), ("seen", &seen)]).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    app.set_clock("2026-08-20T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, &V1_10.replace("2026/09/02", "2026/09/09"))]).await;
    app.set_clock("2026-09-12T12:00:00Z");
    app.decide("sigrid", "cep/2", retarget("v1.11")).await.unwrap();
    app.decide("sigrid", "cep/3", Decision::Reject { reason: "Nobody needs it.".to_owned() }).await.unwrap();
    app.decide("sigrid", "cep/4", accept("v1.10")).await.unwrap();
    app
}

#[tokio::test]
async fn a_release_tells_what_became_of_its_plan_in_numbers_that_add_up() {
    let app = slipped().await;
    let page = app.get("/releases/v1.10/slips").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Of 3 planned proposals 1 is still open, 1 slipped and 1 ended."), "{text}");
    assert!(text.contains("3 CEPs planned: the plan that @sigrid closed on 1 Aug 2026"), "{text}");
    assert!(text.contains("v1.11 new blocker: The pool is gone. @sigrid · 12 Sep 2026 · decision"), "{text}");
    assert!(text.contains("Enhancement Freeze 2 Sep 2026 9 Sep 2026 7 days later"), "{text}");
    let json = app.get("/releases/v1.10/slips.json").await.json();
    let planned = &json["total"]["planned"];
    assert_eq!(*planned, serde_json::json!({ "in": 0, "open": 1, "unknown": 0, "slipped": 1, "ended": 1 }), "{json}");
    assert_eq!(json["total"]["added"]["open"], 1, "{json}");
    assert_eq!(json["lines"].as_array().unwrap().len(), 2, "{json}");
}

#[tokio::test]
async fn before_anything_slipped_nothing_did() {
    let app = slipped().await;
    let text = app.get("/releases/v1.10/slips?at=2026-08-10").await.text();
    assert!(text.contains("Of 3 planned proposals 3 are still open."), "{text}");
    assert!(!text.contains("slipped"), "{text}");
    let empty = app.get("/releases/v1.11/slips?at=2026-08-10").await.text();
    assert!(empty.contains("Nothing was planned for v1.11."), "{empty}");
}

#[tokio::test]
async fn a_proposal_tells_its_way_from_release_to_release() {
    let app = slipped().await;
    app.decide("sigrid", "cep/2", accept("v1.11")).await.unwrap();
    let text = app.get("/cep/2").await.text();
    assert!(text.contains("From release to release 1 slip v1.10 → v1.11 new blocker: The pool is gone."), "{text}");
    assert!(!app.get("/cep/1").await.text().contains("From release to release"));
    let json = app.get("/api/v1/proposals/cep/2").await.json();
    let moves = json["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 1, "{json}");
    assert_eq!(
        (&moves[0]["from"], &moves[0]["to"], &moves[0]["who"]),
        (&"v1.10".into(), &"v1.11".into(), &"sigrid".into())
    );
    assert_eq!(moves[0]["cause"]["reason"], "new-blocker");
    // The document follows: still one slip, not two.
    let text = crate::support::fixtures::cep(2, "Proposal 2").replace("v1.10", "v1.11");
    app.pass(chrono::TimeDelta::days(1));
    let all: Vec<_> =
        [1, 3, 4].map(|n| (cep_path(n), crate::support::fixtures::cep(n, &format!("Proposal {n}")))).into();
    let mut files: Vec<(&str, &str)> = all.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let path = cep_path(2);
    files.push((&path, &text));
    app.import("cep", &files).await;
    let json = app.get("/api/v1/proposals/cep/2").await.json();
    assert_eq!(json["moves"].as_array().unwrap().len(), 1, "{json}");
}

#[tokio::test]
async fn the_files_hold_a_line_for_each_proposal_and_each_sig() {
    let app = slipped().await;
    let csv = app.get("/releases/v1.10/slips.csv").await;
    assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"slips-v1.10.csv\"");
    let lines: Vec<_> = csv.body.lines().collect();
    assert_eq!(lines.len(), 5, "{}", csv.body);
    assert!(
        lines[2].starts_with("v1.10,cep,2,Proposal 2,sig-ci,planned,slipped,Retargeted to v1.11,v1.11,"),
        "{}",
        lines[2]
    );
    assert!(lines[4].starts_with("v1.10,cep,4,Proposal 4,sig-ci,added,open,"), "{}", lines[4]);
    let over = app.get("/slips.csv").await.body;
    assert!(over.contains("v1.10,sig-ci,3,0,1,0,1,1,1,0,0,0"), "{over}");
    assert_eq!(app.get("/releases/v9.9/slips.csv").await.status, 404);
    assert_eq!(app.get("/slips.json?at=yesterday").await.status, 400);
}

#[tokio::test]
async fn over_all_releases_the_counts_are_the_sum_of_their_parts() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let json = app.get("/slips.json").await.json();
    let number = |counts: &serde_json::Value, what: &str| -> u64 {
        counts["planned"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(k, _)| what == "all" || *k == what)
            .map(|(_, n)| n.as_u64().unwrap())
            .sum()
    };
    for (place, release) in json["releases"].as_array().unwrap().iter().enumerate() {
        let version = release["release"].as_str().unwrap();
        let sigs: u64 = json["sigs"].as_array().unwrap().iter().map(|sig| number(&sig["releases"][place], "all")).sum();
        assert_eq!(number(&release["counts"], "all"), sigs, "{version}");
        let own = app.get(&format!("/releases/{version}/slips.json")).await.json();
        assert_eq!(own["total"], release["counts"], "{version}");
        let slipped =
            own["lines"].as_array().unwrap().iter().filter(|l| l["fate"] == "slipped" && l["planned"] == true);
        assert_eq!(slipped.count() as u64, number(&own["total"], "slipped"), "{version}");
    }
    let often = json["often"].as_array().unwrap();
    assert!(often[0]["slips"].as_u64().unwrap() >= 2, "the demo has one that slips again and again: {often:?}");
    let text = app.get("/slips").await.text();
    assert!(text.contains("Slipped most often") && text.contains("Median slip"), "{text}");
    assert!(text.contains(often[0]["proposal"]["title"].as_str().unwrap()), "{text}");
}
