//! Must show 4: a sender that dies at each step of sending, and answers that do not say what was done; one comment each.

use server::{
    jobs::send_outbox::{LEASE, send_due},
    store::outbox::State,
};

use super::{Tracker, for_steps};
use crate::github::Fault;

/// What happens to a sender in a round.
fn fault_of(round: u32) -> Option<Fault> {
    match round % 8 {
        0 => Some(Fault::BadGatewayAfter),
        1 => Some(Fault::SilenceAfter),
        2 => Some(Fault::BrokenOff),
        3 => Some(Fault::BadGatewayBefore),
        // The process ends somewhere on the way.
        _ => None,
    }
}

#[tokio::test]
async fn in_a_hundred_rounds_each_comment_is_there_exactly_once() {
    let tracker = Tracker::live().await;
    let (mut stored_unnoted, mut nothing_stored) = (0, 0);
    for round in 0..100 {
        let slot = format!("check-in/4702/v1.10/2026-{round}");
        tracker.say(&slot, i64::from(round), &format!("Round {round}: on track.")).await;
        let ways = tracker.ways();
        let sending = send_due(&tracker.app.context, &tracker.app.state.verdicts, &ways);
        match fault_of(round) {
            Some(fault) => {
                tracker.github.fault(fault).on("POST", "/comments").next(1);
                sending.await.unwrap();
            }
            // Each number of steps from 0 to 51 once; it takes about half of them to send one.
            None => _ = Box::pin(for_steps(round / 8 * 4 + round % 4, sending)).await,
        }
        tracker.settle().await;
        let noted = tracker.entry(&slot).await.state == State::Sent;
        match (noted, tracker.posted(&slot)) {
            (false, 0) => nothing_stored += 1,
            (false, _) => stored_unnoted += 1,
            (true, _) => {}
        }
        // The next one may die as well; the one after does not.
        tracker.app.pass(LEASE);
        let ways = tracker.ways();
        let steps = if round % 3 == 0 { round / 3 } else { 0 };
        _ = Box::pin(for_steps(steps, send_due(&tracker.app.context, &tracker.app.state.verdicts, &ways))).await;
        tracker.settle().await;
        tracker.app.pass(LEASE);
        tracker.send().await;
        assert_eq!(tracker.posted(&slot), 1, "round {round}: {:?}", tracker.entry(&slot).await);
        assert_eq!(tracker.entry(&slot).await.state, State::Sent, "round {round}");
    }
    assert_eq!(tracker.comments().len(), 100);
    // Both are what the rounds are about; without them they would show nothing.
    assert!(stored_unnoted >= 30 && nothing_stored >= 15, "{stored_unnoted}, {nothing_stored}");
}

#[tokio::test]
async fn two_servers_share_the_outbox_and_each_comment_is_posted_once() {
    let tracker = Tracker::live().await;
    tracker.say("check-in/4702/v1.10/2026-W41", 1, "On track.").await;
    let (one, other) = (tracker.ways(), tracker.ways());
    let (one, other) = tokio::join!(tracker.send_by(&one), tracker.send_by(&other));
    assert_eq!((one + other, tracker.comments().len()), (1, 1));
}

#[tokio::test]
async fn a_sender_that_may_still_be_at_it_is_not_overtaken() {
    let tracker = Tracker::live().await;
    tracker.say("a", 1, "On track.").await;
    tracker.github.fault(Fault::SilenceAfter).on("POST", "/comments").next(1);
    let ways = tracker.ways();
    let dying = send_due(&tracker.app.context, &tracker.app.state.verdicts, &ways);
    // It waits for the answer to its change for ever.
    tokio::select! {
        _ = dying => panic!("it was answered"),
        () = async { while tracker.posted("a") == 0 { tokio::task::yield_now().await } } => {}
    }
    assert_eq!(tracker.entry("a").await.state, State::Sending);
    let asked = tracker.github.log().len();
    assert_eq!((tracker.send().await, tracker.github.log().len()), (0, asked), "its time is not over");
    tracker.app.pass(LEASE);
    assert_eq!((tracker.send().await, tracker.comments().len()), (1, 1));
    assert_eq!(tracker.entry("a").await.state, State::Sent);
}
