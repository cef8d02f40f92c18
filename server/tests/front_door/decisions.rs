//! Decisions through their use cases: the status follows by itself.

use domain::RetargetReason;
use server::usecases::{
    accept::accept,
    assign::assign,
    commit::commit,
    decision::{DecideError, Decider},
    remove::remove,
    retarget::retarget,
};

use crate::support::{
    TestApp, decider,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    instant, key,
};

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
    let v1_10 = "v1.10".parse().unwrap();
    accept(&app.context, &decider("sigrid"), &key("cep/4702"), v1_10, Some(1)).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not ready for EF: no commitment");
    commit(&app.context, &decider("olga"), &key("cep/4702"), v1_10, "2026-08-01".parse().unwrap()).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not verified for EF");
    // Unknown is not fail: the freeze passes, and it still is not called missed.
    app.set_clock("2026-09-03T12:00:00Z");
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not verified, due (EF)");
}

#[tokio::test]
async fn acceptance_after_the_freeze_does_not_heal_it() {
    let app = with_a_proposal().await;
    app.set_clock("2026-09-04T12:00:00Z");
    accept(&app.context, &decider("sigrid"), &key("cep/4702"), "v1.10".parse().unwrap(), None).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Exception required (EF)");
}

#[tokio::test]
async fn a_retarget_ends_one_participation_and_begins_another() {
    let app = with_a_proposal().await;
    let (v1_10, v1_11) = ("v1.10".parse().unwrap(), "v1.11".parse().unwrap());
    let sig = decider("sigrid");
    accept(&app.context, &sig, &key("cep/4702"), v1_10, None).await.unwrap();
    retarget(&app.context, &sig, &key("cep/4702"), v1_10, v1_11, RetargetReason::NewBlocker, "The pool is gone.")
        .await
        .unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Retargeted to v1.11");
    assert_eq!(app.status("cep/4702", "v1.11").await, "Proposed for consideration");
    let page = app.get("/cep/4702").await.text();
    assert!(page.contains("Document still says v1.10"), "{page}");
    // Back again: accepting lifts the retarget.
    accept(&app.context, &sig, &key("cep/4702"), v1_10, None).await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Not ready for EF: no commitment");
}

#[tokio::test]
async fn a_removal_asks_for_a_reason_and_is_lifted_by_acceptance() {
    let app = with_a_proposal().await;
    let v1_10 = "v1.10".parse().unwrap();
    let refused = remove(&app.context, &decider("rex"), &key("cep/4702"), v1_10, "  ").await.unwrap_err();
    assert!(refused.to_string().contains("a reason is needed"), "{refused}");
    remove(&app.context, &decider("rex"), &key("cep/4702"), v1_10, "Nobody answers.").await.unwrap();
    assert_eq!(app.status("cep/4702", "v1.10").await, "Removed from Milestone");
    let again = remove(&app.context, &decider("rex"), &key("cep/4702"), v1_10, "Again.").await.unwrap_err();
    assert!(again.to_string().contains("removed from v1.10 already"), "{again}");
}

#[tokio::test]
async fn assignments_take_names_only() {
    let app = with_a_proposal().await;
    let names = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    let refused = assign(&app.context, &decider("sigrid"), &key("cep/4702"), &names("TBD, "), &[]).await.unwrap_err();
    assert!(refused.to_string().contains("TBD does not count"), "{refused}");
    assign(&app.context, &decider("sigrid"), &key("cep/4702"), &names("@rolf"), &names("ada")).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    let app = with_a_proposal().await;
    let v1_10 = "v1.10".parse().unwrap();
    let unknown = accept(&app.context, &decider("sigrid"), &key("cep/9"), v1_10, None).await.unwrap_err();
    assert!(matches!(unknown, DecideError::NoProposal(_)), "{unknown}");
    let no_source = accept(&app.context, &decider("sigrid"), &key("xep/9"), v1_10, None).await.unwrap_err();
    assert!(matches!(no_source, DecideError::NoSource(_)), "{no_source}");
    let mut other = decider("sigrid");
    other.on_behalf_of = Some("olga".to_owned());
    let no_link = accept(&app.context, &other, &key("cep/4702"), v1_10, None).await.unwrap_err();
    assert!(matches!(no_link, DecideError::NoLink(_)), "{no_link}");
    let ahead = Decider { at: Some(instant("2026-12-01T00:00:00Z")), ..decider("sigrid") };
    let ahead = accept(&app.context, &ahead, &key("cep/4702"), v1_10, None).await.unwrap_err();
    assert!(matches!(ahead, DecideError::InFuture(_)), "{ahead}");
    app.set_clock("2026-12-01T00:00:00Z");
    let released = accept(&app.context, &decider("sigrid"), &key("cep/4702"), v1_10, None).await.unwrap_err();
    assert!(released.to_string().contains("has been released"), "{released}");
}

#[tokio::test]
async fn slips_of_the_hand_do_not_reach_the_log() {
    let app = with_a_proposal().await;
    let (v1_10, sig, target) = ("v1.10".parse().unwrap(), decider("sigrid"), key("cep/4702"));
    let before = app.events().await;
    let typo = accept(&app.context, &sig, &target, "v9.9".parse().unwrap(), None).await.unwrap_err();
    assert!(typo.to_string().contains("no schedule and no document names v9.9; releases known: v1.10"), "{typo}");
    let typo = retarget(&app.context, &sig, &target, v1_10, "v19.1".parse().unwrap(), RetargetReason::NewBlocker, "")
        .await
        .unwrap_err();
    assert!(typo.to_string().contains("v19.1"), "{typo}");
    let rank = accept(&app.context, &sig, &target, v1_10, Some(0)).await.unwrap_err();
    assert!(rank.to_string().contains("from 1"), "{rank}");
    let login = assign(&app.context, &sig, &target, &["not a login!".to_owned()], &[]).await.unwrap_err();
    assert!(login.to_string().contains("`not a login!` is not a GitHub login"), "{login}");
    let word = commit(&app.context, &sig, &target, v1_10, "2026-08-01".parse().unwrap()).await.unwrap_err();
    assert!(word.to_string().contains("@sigrid is not an owner of it (@olga)"), "{word}");
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn nothing_is_retargeted_to_a_release_that_is_out() {
    let app = with_a_proposal().await;
    let old = V1_10.replace("2026/", "2025/").replace("v1.10", "v1.9").replace("release-1.10", "release-1.9");
    app.import_schedules(&[(V1_10_PATH, V1_10), ("releases/v1.9/schedule.yaml", &old)]).await;
    let (from, to) = ("v1.10".parse().unwrap(), "v1.9".parse().unwrap());
    let refused =
        retarget(&app.context, &decider("sigrid"), &key("cep/4702"), from, to, RetargetReason::NewBlocker, "")
            .await
            .unwrap_err();
    assert!(refused.to_string().contains("v1.9 has been released"), "{refused}");
}

#[tokio::test]
async fn a_list_that_is_not_given_keeps_those_assigned_before() {
    let app = TestApp::start().await;
    app.import("cep", &[(&cep_path(3), "# CEP #3: Nobody named\n\nThis CEP targets alpha for version: v1.10\n")]).await;
    let names = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    let sig = decider("sigrid");
    assign(&app.context, &sig, &key("cep/3"), &names("rita,rolf"), &names("ada")).await.unwrap();
    app.pass(chrono::TimeDelta::minutes(1));
    assign(&app.context, &sig, &key("cep/3"), &names("rolf"), &[]).await.unwrap();
    let json = app.get("/proposals.json").await.json();
    assert_eq!(json[0]["reviewers"], serde_json::json!(["rolf"]));
    assert_eq!(json[0]["approvers"], serde_json::json!(["ada"]));
}

#[tokio::test]
async fn two_who_decide_at_once_are_both_heard_one_after_the_other() {
    let app = with_a_proposal().await;
    let v1_10 = "v1.10".parse().unwrap();
    let (one, other) = (decider("sigrid"), decider("sven"));
    let target = key("cep/4702");
    let (first, second) = tokio::join!(
        accept(&app.context, &one, &target, v1_10, None),
        accept(&app.context, &other, &target, v1_10, None),
    );
    // The second sees what the first did, and nothing is recorded twice.
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
}

#[tokio::test]
async fn a_second_server_on_the_same_database_sees_a_decision_at_once() {
    let app = with_a_proposal().await;
    let other = app.second().await;
    assert_eq!(other.status("cep/4702", "v1.10").await, "Proposed for consideration");
    accept(&app.context, &decider("sigrid"), &key("cep/4702"), "v1.10".parse().unwrap(), None).await.unwrap();
    assert_eq!(other.status("cep/4702", "v1.10").await, "Not ready for EF: no commitment");
}
