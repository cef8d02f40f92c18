//! Whatever breaks on the way, and however often the reader dies: in the end the same is known, and nothing twice.

use std::time::Duration;

use chrono::TimeDelta;
use server::{
    github::{Api, Patience},
    usecases::sync::{Extent, sync},
};

use super::Tracker;
use crate::github::Fault;

/// A world of some size: twenty proposals, each with a pull request.
async fn world() -> Tracker {
    let tracker = Tracker::start().await;
    for number in 401..=420 {
        tracker.vep(number);
    }
    let kubevirt = tracker.github.repository("kubevirt/kubevirt");
    kubevirt.merge(9401, "rolf", "2026-09-10T10:00:00Z");
    kubevirt.request_review(9402, "rita", "olga", "2026-09-11");
    kubevirt.review(9402, "rita", "CHANGES_REQUESTED", "2026-09-12");
    tracker
}

/// What the log holds of GitHub, in an order that does not depend on when it was read. That a reading failed, and that
/// all was read again, is part of the way and not of its end.
async fn facts(tracker: &Tracker) -> Vec<String> {
    let sql = "select source || '/' || number || ' ' || coalesce(occurred_at::text, '-') || ' ' || payload::text
               from event where payload ->> 'type' not in ('reading-failed', 'repositories-read') order by 1";
    texts(tracker, sql).await
}

#[expect(clippy::disallowed_methods, reason = "a dump of the log is no query of the product")]
pub async fn texts(tracker: &Tracker, sql: &str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(&tracker.app.context.pool).await.unwrap()
}

#[tokio::test]
async fn every_tenth_answer_broken_in_each_way_leads_to_the_same_end() {
    let calm = world().await;
    calm.news().await;
    let expected = facts(&calm).await;
    assert!(expected.len() > 60, "{} facts", expected.len());
    let faults = [
        Fault::Status(500),
        Fault::BadGatewayBefore,
        Fault::BadGatewayAfter,
        Fault::Silence,
        Fault::Drip(Duration::from_millis(1)),
        Fault::CutOff,
        Fault::BrokenOff,
        Fault::Reset,
        Fault::TooMany(1),
        Fault::SecondaryLimit(Some(1)),
    ];
    for fault in faults {
        let mut tracker = world().await;
        let patience = Patience {
            answer: Duration::from_secs(1),
            tries: 3,
            first_pause: Duration::from_millis(1),
            ..super::PATIENCE
        };
        let config = &tracker.app.context.config.github;
        tracker.api = Api::new(config, tracker.app.context.clock.clone(), patience).unwrap().unwrap();
        let name = format!("{fault:?}");
        tracker.github.fault(fault).on("GET", "/").every(10);
        tracker.news().await;
        tracker.github.clear_faults();
        let run = tracker.news().await;
        assert_eq!(run.errors, [], "{name}");
        assert_eq!(facts(&tracker).await, expected, "{name}");
    }
}

#[tokio::test]
async fn a_reader_that_dies_ten_times_goes_on_where_it_was() {
    let calm = world().await;
    calm.news().await;
    let expected = facts(&calm).await;
    let tracker = world().await;
    for round in 1..=10_u64 {
        let context = &tracker.app.context;
        let reading = sync(context, &tracker.api, &tracker.app.state.verdicts, ("test", Extent::News), &|_| {});
        // Dropped wherever it is: between two questions, in the middle of an answer or of a transaction.
        _ = tokio::time::timeout(Duration::from_millis(15 * round), reading).await;
    }
    let last = loop {
        let context = &tracker.app.context;
        let run =
            sync(context, &tracker.api, &tracker.app.state.verdicts, ("test", Extent::News), &|_| {}).await.unwrap();
        match run {
            Some(run) => break run,
            // PostgreSQL has not noticed yet that the last one is gone.
            None => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    };
    assert_eq!(last.errors, []);
    assert_eq!(facts(&tracker).await, expected);
}

#[tokio::test]
async fn after_retry_after_github_hears_nothing_until_then() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    tracker.github.fault(Fault::TooMany(2)).on("GET", "/issues").next(1);
    let begun = std::time::Instant::now();
    let run = tracker.news().await;
    assert_eq!(run.errors, []);
    assert!(begun.elapsed() >= Duration::from_secs(2), "it waited");
    let log = tracker.github.log();
    let refused = log.iter().position(|entry| entry.status == 429).expect("one was refused");
    let next = &log[refused + 1];
    assert!(log[refused].target == next.target, "the same is asked again: {} {}", log[refused].target, next.target);
}

#[tokio::test]
async fn with_its_limit_exhausted_github_is_left_alone_and_the_run_says_until_when() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    let reset = tracker.github.now() + TimeDelta::minutes(40);
    tracker.github.fault(Fault::Exhausted(reset)).on("GET", "/pulls").next(1);
    let run = tracker.news().await;
    assert!(run.errors.iter().any(|error| error.why.contains("wait until")), "{:?}", run.errors);
    let asked = tracker.github.log().len();
    tracker.news().await;
    assert_eq!(tracker.github.log().len(), asked, "silence");
}

#[tokio::test]
async fn an_hour_without_github_leaves_unknowns_with_a_reason_and_decisions_possible() {
    let tracker = Tracker::start().await;
    tracker.vep(421);
    tracker.news().await;
    let decision = |release: &str| domain::Decision::Accept { release: release.parse().unwrap(), rank: None };
    tracker.app.decide("sigrid", "vep/421", decision("v1.10")).await.unwrap();
    tracker.github.fault(Fault::Status(503)).on("GET", "/").always();
    tracker.app.pass(TimeDelta::hours(1));
    let run = tracker.news().await;
    assert!(!run.errors.is_empty());
    let answer = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    // The Code Freeze is ahead: what it asks for is judged now.
    let merged = &answer["verdicts"][0]["judgements"][1]["requirements"][0];
    assert_eq!((&merged["rule"], &merged["outcome"]), (&"implementation".into(), &"unknown".into()));
    let said = merged["evidence"][0]["text"].as_str().unwrap();
    assert!(said.contains("could not be read since") && said.contains("503"), "{said}");
    assert_eq!(tracker.app.get("/vep/421").await.status, 200);
    let defer = domain::Decision::Defer { reason: "GitHub being down does not stop decisions.".to_owned() };
    tracker.app.decide("sigrid", "vep/421", defer).await.unwrap();
    tracker.app.decide("sigrid", "vep/421", decision("v1.10")).await.unwrap();
    tracker.github.clear_faults();
    tracker.app.pass(TimeDelta::minutes(10));
    assert_eq!(tracker.news().await.errors, []);
    let healed = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(healed["verdicts"][0]["judgements"][1]["requirements"][0]["outcome"], "fail");
}
