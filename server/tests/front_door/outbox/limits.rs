//! Politeness: where GitHub says to wait, nothing is asked until then.

use std::time::Duration;

use chrono::TimeDelta;
use server::store::outbox::State;

use super::Tracker;
use crate::github::Fault;

/// A limit is met; the requests until it is over, then what comes after.
async fn silence_after(tracker: &Tracker, fault: Fault, wait: i64) {
    tracker.github.fault(fault).on("POST", "/comments").next(1);
    tracker.say("w41", 1, "On track.").await;
    tracker.say("w42", 1, "On track, still.").await;
    let ways = tracker.ways();
    assert_eq!(tracker.send_by(&ways).await, 0);
    let entry = tracker.entry("w41").await;
    assert_eq!(entry.state, State::Waiting);
    assert!(entry.last_error.as_deref().unwrap().contains("asks to wait until"), "{entry:?}");
    assert!(entry.next_attempt_at > tracker.app.context.clock.now() + TimeDelta::seconds(wait - 1), "{entry:?}");
    assert_eq!(tracker.github.log().len(), 1, "the second row does not try it: {:?}", tracker.github.log());
    tracker.send_by(&ways).await;
    // Even a clock that runs ahead does not make it ask sooner.
    tracker.app.pass(TimeDelta::seconds(wait));
    tracker.send_by(&ways).await;
    assert_eq!(tracker.github.log().len(), 1, "{:?}", tracker.github.log());
    tracker.github.set_now(tracker.github.now() + TimeDelta::seconds(wait + 1));
    tokio::time::sleep(Duration::from_secs(u64::try_from(wait).unwrap())).await;
    // A second between changes, then, is GitHub's wish too.
    while tracker.comments().len() < 2 {
        tracker.app.pass(TimeDelta::seconds(wait));
        tracker.send_by(&ways).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let log = tracker.github.log();
    let silent = log[1].at.saturating_sub(log[0].at);
    assert!(silent >= Duration::from_secs(u64::try_from(wait).unwrap()), "{silent:?}: {log:?}");
    assert_eq!((tracker.posted("w41"), tracker.posted("w42")), (1, 1));
}

#[tokio::test]
async fn retry_after_is_kept_to() {
    silence_after(&Tracker::live().await, Fault::TooMany(2), 2).await;
}

#[tokio::test]
async fn an_exhausted_limit_is_waited_for() {
    let tracker = Tracker::live().await;
    let reset = tracker.github.now() + TimeDelta::seconds(2);
    silence_after(&tracker, Fault::Exhausted(reset), 2).await;
}
