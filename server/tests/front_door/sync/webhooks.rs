//! Webhooks: signed, kept once each, harmless in any order.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::Event;
use server::{
    config::Config,
    jobs::{
        read_github::{self, Due},
        take_webhooks,
    },
    usecases::process_webhooks::process_webhooks,
};

use super::{Tracker, faults::texts};
use crate::{
    github::{Delivery, Fault},
    support::TestApp,
};

pub const SECRET: &str = "secret-of-the-webhooks";

/// A tracker that takes webhooks; the stand-in keeps its own for the test to deliver.
pub async fn tracker() -> Tracker {
    let mut tracker = Tracker::start().await;
    let mut config: Config = tracker.github.config();
    config.github.webhook_secret = Some(SECRET.into());
    tracker.app = tracker.app.configured(config, false);
    tracker.github.collect_webhooks(SECRET);
    tracker
}

async fn deliver(app: &TestApp, delivery: &Delivery) -> StatusCode {
    let mut request = Request::post("/webhooks/github").header("content-type", "application/json");
    for (name, value) in delivery.headers() {
        request = request.header(name, value);
    }
    app.send(request.body(Body::from(delivery.body.clone())).unwrap()).await.status
}

/// Delivers everything that was collected, and has it processed.
pub async fn deliver_all(tracker: &Tracker) {
    for delivery in tracker.github.deliveries() {
        assert_eq!(deliver(&tracker.app, &delivery).await, StatusCode::ACCEPTED);
    }
    work(tracker).await;
}

/// What the jobs do when they look for work.
async fn work(tracker: &Tracker) {
    let now = tracker.app.context.clock.now();
    let mut due = Due { run: now + chrono::TimeDelta::days(1), doubt: Some(now) };
    let (context, verdicts) = (&tracker.app.context, &tracker.app.state.verdicts);
    process_webhooks(context, verdicts).await.unwrap();
    read_github::round(context, &tracker.api, verdicts, &mut due).await.unwrap();
}

#[tokio::test]
async fn a_change_is_seen_as_soon_as_its_webhook_came() {
    let tracker = tracker().await;
    tracker.app.set_clock("2026-08-20T12:00:00Z");
    tracker.vep(421);
    tracker.news().await;
    tracker.github.collect_webhooks(SECRET);
    tracker.github.repository("kubevirt/enhancements").unlabel(421, "sig/compute", "rolf", "2026-08-20T11:59:00Z");
    for delivery in tracker.github.deliveries() {
        assert_eq!(deliver(&tracker.app, &delivery).await, StatusCode::ACCEPTED);
    }
    work(&tracker).await;
    let answer = tracker.app.get("/api/v1/proposals/vep/421").await.json();
    assert_eq!(answer["verdicts"][0]["judgements"][0]["requirements"][1]["outcome"], "fail");
}

#[tokio::test]
async fn a_webhook_is_taken_in_while_github_is_being_read_and_does_not_answer() {
    let tracker = tracker().await;
    tracker.vep(421);
    tracker.news().await;
    let (state, doubt) = (tracker.app.state.clone(), Arc::default());
    tokio::spawn(take_webhooks::run(state.context, state.verdicts, state.webhook_came, doubt));
    tracker.github.fault(Fault::Silence).on("GET", "/").always();
    tracker.github.clear_log();
    let seen = async {
        while tracker.github.log().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let known = tracker.github.deliveries().len();
        tracker.github.repository("kubevirt/enhancements").retitle(421, "VEP 421: Renamed", "olga", "2026-10-08");
        for delivery in &tracker.github.deliveries()[known..] {
            assert_eq!(deliver(&tracker.app, delivery).await, StatusCode::ACCEPTED);
        }
        while !tracker.app.get("/vep/421").await.text().contains("The issue is called “Renamed”") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        run = tracker.news() => panic!("it was not seen before the end of {run:?}"),
        () = seen => {}
    }
}

#[tokio::test]
async fn forged_and_unsigned_deliveries_are_refused_and_counted() {
    let tracker = tracker().await;
    tracker.vep(421);
    let delivery = tracker.github.deliveries().into_iter().next().unwrap();
    assert_eq!(deliver(&tracker.app, &delivery.forged()).await, StatusCode::UNAUTHORIZED);
    let bare = Request::post("/webhooks/github").body(Body::from("{}")).unwrap();
    assert_eq!(tracker.app.send(bare).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(texts(&tracker, "select value::text from setting where key = 'webhooks-forged'").await, ["2"]);
    assert_eq!(texts(&tracker, "select id from webhook_delivery").await, Vec::<String>::new());
}

#[tokio::test]
async fn without_a_secret_no_webhook_is_taken() {
    let tracker = Tracker::start().await;
    let request = Request::post("/webhooks/github").body(Body::from("{}")).unwrap();
    assert_eq!(tracker.app.send(request).await.status, StatusCode::NOT_FOUND);
}

/// Everything that a test does at GitHub, in order.
fn act(tracker: &Tracker) {
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    let kubevirt = tracker.github.repository("kubevirt/kubevirt");
    let at = |n: u64| format!("2026-10-08T12:{:02}:{:02}Z", n / 60, n % 60);
    for n in 0..70_u64 {
        let number = 401 + n % 10;
        enhancements.label(number, &format!("label/{n}"), "rolf", at(10 * n).as_str());
        enhancements.retitle(number, &format!("VEP {number}: Title {n}"), "olga", at(10 * n + 1).as_str());
        enhancements.comment(number, "rita", &format!("Word {n}"), at(10 * n + 2).as_str());
        kubevirt.request_review(9000 + number, "rita", "olga", at(10 * n + 3).as_str());
        kubevirt.review(
            9000 + number,
            "rita",
            if n % 2 == 0 { "APPROVED" } else { "CHANGES_REQUESTED" },
            at(10 * n + 4).as_str(),
        );
    }
    kubevirt.merge(9401, "rolf", "2026-10-08T13:00:00Z");
    enhancements.close(402, "olga", "2026-10-08T13:00:01Z");
}

/// The latest word on every issue and pull request.
async fn end_state(tracker: &Tracker) -> Vec<String> {
    let mut all = texts(
        tracker,
        "select repository || '#' || number || ' ' || facts::text || coalesce(detail::text, '') from github_item order by 1",
    )
    .await;
    all.extend(texts(tracker, "select id::text || facts::text || gone::text from github_comment order by 1").await);
    all.extend(texts(tracker, "select id::text || facts::text from github_review order by 1").await);
    let world = tracker.app.state.verdicts.world().await.unwrap();
    for record in world.proposals.values() {
        let last =
            |is: fn(&Event) -> bool| record.history.events.iter().rev().find(|r| is(&r.event)).map(|r| r.event.clone());
        all.push(format!("{:?}", last(|event| matches!(event, Event::IssueObserved { .. }))));
        all.push(format!("{:?}", last(|event| matches!(event, Event::PullObserved(_)))));
    }
    all
}

#[tokio::test]
async fn a_thousand_deliveries_shuffled_and_repeated_end_as_the_ordered_ones() {
    let (ordered, shuffled) = (tracker().await, tracker().await);
    for tracker in [&ordered, &shuffled] {
        for number in 401..=410 {
            tracker.vep(number);
        }
        tracker.news().await;
        tracker.github.collect_webhooks(SECRET);
        act(tracker);
    }
    for delivery in ordered.github.deliveries() {
        assert_eq!(deliver(&ordered.app, &delivery).await, StatusCode::ACCEPTED);
    }
    work(&ordered).await;
    let mut sent: Vec<Delivery> = Vec::new();
    for (place, delivery) in shuffled.github.deliveries().into_iter().enumerate() {
        sent.extend(std::iter::repeat_n(delivery, 1 + place * 7 % 4));
    }
    assert!(sent.len() >= 900, "{} deliveries", sent.len());
    shuffle(&mut sent);
    for (place, delivery) in sent.iter().enumerate() {
        if place % 20 == 0 {
            assert_eq!(deliver(&shuffled.app, &delivery.forged()).await, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(deliver(&shuffled.app, delivery).await, StatusCode::ACCEPTED);
        if place % 100 == 0 {
            work(&shuffled).await;
        }
    }
    work(&shuffled).await;
    assert_eq!(end_state(&shuffled).await, end_state(&ordered).await);
}

/// The same order each time, and no order at all.
fn shuffle<T>(all: &mut [T]) {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    for place in (1..all.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all.swap(place, usize::try_from(state >> 33).unwrap() % (place + 1));
    }
}
