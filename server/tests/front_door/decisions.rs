//! Decisions through their use case, as the command line records them: the status follows by itself.

use domain::{Decision, RetargetReason};
use server::usecases::decide::{By, DecideError};

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    instant,
};

fn accept(release: &str, rank: Option<u32>) -> Decision {
    Decision::Accept { release: release.parse().unwrap(), rank }
}

fn commit(on: &str) -> Decision {
    Decision::Commit { release: "v1.10".parse().unwrap(), on: on.parse().ok() }
}

fn retarget(to: &str, sentence: &str) -> Decision {
    let (release, to) = ("v1.10".parse().unwrap(), to.parse().unwrap());
    Decision::Retarget { release, to, reason: RetargetReason::NewBlocker, sentence: sentence.to_owned() }
}

fn remove(reason: &str) -> Decision {
    Decision::Remove { release: "v1.10".parse().unwrap(), reason: reason.to_owned() }
}

fn assign(reviewers: &str, approvers: &str) -> Decision {
    let names = |text: &str| text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    Decision::Assign { reviewers: names(reviewers), approvers: names(approvers) }
}

async fn with_a_proposal() -> TestApp {
    let app = TestApp::start().await;
    app.set_clock("2026-08-01T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    app.import("cep", &[(&cep_path(4702), &cep(4702, "Prow job config linting"))]).await;
    app
}

#[tokio::test]
async fn a_target_alone_is_proposed_and_after_the_freeze_not_accepted() {
    let app = with_a_proposal().await;
    assert_eq!(app.status("cep/4702", "v1.10").await, "Proposed for consideration");
    app.set_clock("2026-09-03T12:00:00Z");
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not accepted");
}

#[tokio::test]
async fn acceptance_and_commitment_leave_only_what_github_has_to_tell() {
    let app = with_a_proposal().await;
    app.decide("sigrid", "cep/4702", accept("v1.10", Some(1))).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not ready for EF: no commitment");
    app.decide("olga", "cep/4702", commit("2026-08-01")).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not verified for EF");
    // Unknown is not fail: the freeze passes, and it still is not called missed.
    app.set_clock("2026-09-03T12:00:00Z");
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not verified, due (EF)");
}

#[tokio::test]
async fn acceptance_after_the_freeze_does_not_heal_it() {
    let app = with_a_proposal().await;
    app.set_clock("2026-09-04T12:00:00Z");
    app.decide("sigrid", "cep/4702", accept("v1.10", None)).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Exception required (EF)");
}

#[tokio::test]
async fn a_retarget_ends_one_participation_and_begins_another() {
    let app = with_a_proposal().await;
    app.decide("sigrid", "cep/4702", accept("v1.10", None)).await.unwrap();
    app.decide("sigrid", "cep/4702", retarget("v1.11", "The pool is gone.")).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Retargeted to v1.11");
    assert_eq!(app.status("cep/4702", "v1.11").await, "Proposed for consideration");
    let page = app.get("/cep/4702").await.text();
    assert!(page.contains("Document still says v1.10"), "{page}");
    // Back again: accepting lifts the retarget.
    app.decide("sigrid", "cep/4702", accept("v1.10", None)).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not ready for EF: no commitment");
}

#[tokio::test]
async fn a_removal_asks_for_a_reason_and_is_lifted_by_acceptance() {
    let app = with_a_proposal().await;
    let refused = app.decide("rex", "cep/4702", remove("  ")).await.unwrap_err();
    assert!(refused.to_string().contains("a reason is needed"), "{refused}");
    app.decide("rex", "cep/4702", remove("Nobody answers.")).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Removed from Milestone");
    let again = app.decide("rex", "cep/4702", remove("Again.")).await.unwrap_err();
    assert!(again.to_string().contains("removed from v1.10 already"), "{again}");
}

#[tokio::test]
async fn assignments_take_names_only() {
    let app = with_a_proposal().await;
    let refused = app.decide("sigrid", "cep/4702", assign("TBD, ", "")).await.unwrap_err();
    assert!(refused.to_string().contains("TBD does not count"), "{refused}");
    app.decide("sigrid", "cep/4702", assign("@rolf", "ada")).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    let app = with_a_proposal().await;
    let unknown = app.decide("sigrid", "cep/9", accept("v1.10", None)).await.unwrap_err();
    assert!(matches!(unknown, DecideError::NoProposal(_)), "{unknown}");
    let no_source = app.decide("sigrid", "xep/9", accept("v1.10", None)).await.unwrap_err();
    assert!(matches!(no_source, DecideError::NoSource(_)), "{no_source}");
    let other = By { on_behalf_of: Some("olga".to_owned()), ..By::operator("sigrid") };
    let no_link = app.decide_by(&other, "cep/4702", accept("v1.10", None)).await.unwrap_err();
    assert!(matches!(no_link, DecideError::NoLink(_)), "{no_link}");
    let ahead = By { at: Some(instant("2026-12-01T00:00:00Z")), ..By::operator("sigrid") };
    let ahead = app.decide_by(&ahead, "cep/4702", accept("v1.10", None)).await.unwrap_err();
    assert!(matches!(ahead, DecideError::InFuture(_)), "{ahead}");
    app.set_clock("2026-12-01T00:00:00Z");
    let released = app.decide("sigrid", "cep/4702", accept("v1.10", None)).await.unwrap_err();
    assert!(released.to_string().contains("has been released"), "{released}");
}

#[tokio::test]
async fn slips_of_the_hand_do_not_reach_the_log() {
    let app = with_a_proposal().await;
    let before = app.events().await;
    for (decision, words) in [
        (accept("v9.9", None), "no schedule and no document names v9.9; releases known: v1.10"),
        (retarget("v19.1", ""), "v19.1"),
        (accept("v1.10", Some(0)), "from 1"),
        (assign("not a login!", ""), "`not a login!` is not a GitHub login"),
        (commit("2026-08-01"), "@sigrid is not an owner of it (@olga)"),
    ] {
        let refused = app.decide("sigrid", "cep/4702", decision).await.unwrap_err();
        assert!(refused.to_string().contains(words), "{refused}");
    }
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn nothing_is_retargeted_to_a_release_that_is_out() {
    let app = with_a_proposal().await;
    let old = V1_10.replace("2026/", "2025/").replace("v1.10", "v1.9").replace("release-1.10", "release-1.9");
    app.import_schedules(&[(V1_10_PATH, V1_10), ("releases/v1.9/schedule.yaml", &old)]).await;
    let refused = app.decide("sigrid", "cep/4702", retarget("v1.9", "")).await.unwrap_err();
    assert!(refused.to_string().contains("v1.9 has been released"), "{refused}");
}

#[tokio::test]
async fn a_list_that_is_not_given_keeps_those_assigned_before() {
    let app = TestApp::start().await;
    app.import("cep", &[(&cep_path(3), "# CEP #3: Nobody named\n\nThis CEP targets alpha for version: v1.10\n")]).await;
    app.decide("sigrid", "cep/3", assign("rita,rolf", "ada")).await.unwrap();
    app.pass(chrono::TimeDelta::minutes(1));
    app.decide("sigrid", "cep/3", assign("rolf", "")).await.unwrap();
    let json = app.get("/proposals.json").await.json();
    assert_eq!(json[0]["reviewers"], serde_json::json!(["rolf"]));
    assert_eq!(json[0]["approvers"], serde_json::json!(["ada"]));
}

#[tokio::test]
async fn two_who_decide_at_once_are_both_heard_one_after_the_other() {
    let app = with_a_proposal().await;
    let (first, second) = tokio::join!(
        app.decide("sigrid", "cep/4702", accept("v1.10", None)),
        app.decide("sven", "cep/4702", accept("v1.10", None)),
    );
    // The second sees what the first did, and nothing is recorded twice.
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
}

#[tokio::test]
async fn a_second_server_on_the_same_database_sees_a_decision_at_once() {
    let app = with_a_proposal().await;
    let other = app.second().await;
    assert_eq!(other.status("cep/4702", "v1.10").await, "Proposed for consideration");
    app.decide("sigrid", "cep/4702", accept("v1.10", None)).await.unwrap();
    assert_eq!(other.status("cep/4702", "v1.10").await, "Not ready for EF: no commitment");
}
