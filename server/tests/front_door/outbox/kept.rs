//! Keeping the outbox: nothing goes out before an admin says so, and then only what they saw.

use domain::Decision;
use server::{config::Config, store::outbox::State};

use super::{Tracker, grant};
use crate::support::TestApp;

const SLOT: &str = "exception/4702/1/decision";

#[tokio::test]
async fn an_empty_outbox_says_what_comes_into_it() {
    let app = TestApp::start().await;
    let page = app.get("/outbox").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Nothing has gone out yet."), "{}", page.text());
    assert!(page.text().contains("neither a token nor a GitHub App is configured"), "{}", page.text());
    assert_eq!(app.get("/outbox/cep/nothing").await.status, 404);
}

#[tokio::test]
async fn until_an_admin_turns_it_on_everything_is_held_and_shown_as_it_would_be_sent() {
    let tracker = Tracker::start().await;
    tracker.ask_and(grant()).await;
    assert_eq!((tracker.send().await, tracker.github.log().len()), (0, 0));
    let entry = tracker.entry(SLOT).await;
    assert_eq!(entry.state, State::Held);
    let page = tracker.app.get("/outbox").await;
    let text = page.text();
    for words in [
        "Nothing goes to GitHub.",
        "Comment on kubevirt/project-infra#4702",
        "Code Freeze exception for v1.10: granted until 27 Oct 2026",
        "Copy all",
        "Held",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(page.body.contains(&format!("{}/kubevirt/project-infra/issues/4702", tracker.github.url())));
    assert!(!page.body.contains("action=\"/outbox/"), "nobody who is not an admin gets a form");
    let json = tracker.app.get("/outbox.json?state=held").await.json();
    assert_eq!((json[0]["text"].as_str().unwrap(), &json[0]["state"]), (entry.preview.as_str(), &"held".into()));
    let csv = tracker.app.get("/outbox.csv").await.body;
    assert!(csv.starts_with("source,key,kind,") && csv.contains("exception/4702/1/decision"), "{csv}");
}

#[tokio::test]
async fn going_live_sends_of_what_was_held_only_what_is_confirmed() {
    let tracker = Tracker::start().await;
    tracker.ask_and(grant()).await;
    assert_eq!(tracker.press(&tracker.adam, SLOT, "send").await, 409, "not before sending is turned on");
    tracker.turn("outbox", "yes").await;
    assert_eq!((tracker.send().await, tracker.entry(SLOT).await.state), (0, State::Held));
    let list = tracker.adam.get("/outbox?state=held").await;
    let seen = format!("1 cep/{SLOT}");
    assert!(list.body.contains(&format!("value=\"{seen}\"")), "{}", list.body);
    assert_eq!(tracker.press(&tracker.adam, SLOT, "send").await, 303);
    assert_eq!((tracker.send().await, tracker.posted(SLOT)), (1, 1));
}

#[tokio::test]
async fn a_text_that_changed_since_it_was_shown_is_not_sent_by_that_confirmation() {
    let tracker = Tracker::start().await;
    tracker.ask_and(Decision::Deny { request: 1, reason: "Too late.".into() }).await;
    tracker.turn("outbox", "yes").await;
    let seen = format!("{} cep/{SLOT}", tracker.entry(SLOT).await.version);
    tracker.say(SLOT, 9_000, "**Denied**, for another reason.").await;
    tracker.turn("outbox", "no").await;
    tracker.turn("outbox", "yes").await;
    let told = tracker.adam.post("/outbox/keep", &[("row", &seen), ("act", "send")]).await;
    assert_eq!(told.status, 409);
    assert!(
        told.text().contains("Nothing was changed: meanwhile cep/exception/4702/1/decision changed"),
        "{}",
        told.text()
    );
    assert_eq!((tracker.send().await, tracker.entry(SLOT).await.state), (0, State::Held));
}

#[tokio::test]
async fn turned_off_again_what_waits_is_held() {
    let tracker = Tracker::live().await;
    tracker.say("w41", 1, "On track.").await;
    tracker.turn("outbox", "no").await;
    assert_eq!((tracker.send().await, tracker.github.log().len()), (0, 0));
    assert_eq!(tracker.entry("w41").await.state, State::Held);
}

#[tokio::test]
async fn whoever_caused_it_and_admins_cancel_it_and_nobody_else() {
    let tracker = Tracker::live().await;
    // In the name of @rex, number 17.
    tracker.say("w41", 1, "On track.").await;
    let other = tracker.app.sign_in_as(18, "finn").await;
    assert_eq!(tracker.press(&other, "w41", "cancel").await, 403);
    assert_eq!(tracker.press(&other, "w41", "again").await, 403);
    let rex = tracker.app.sign_in_as(17, "rex").await;
    assert!(rex.get("/outbox/cep/w41").await.text().contains("Cancel it"));
    assert_eq!(tracker.press(&rex, "w41", "cancel").await, 303);
    let entry = tracker.entry("w41").await;
    assert_eq!((entry.state, entry.closed_by.as_deref()), (State::Cancelled, Some("rex")));
    assert_eq!((tracker.send().await, tracker.comments().len()), (0, 0));
    assert_eq!(tracker.press(&rex, "w41", "again").await, 403, "sending is the admins'");
    assert_eq!(tracker.press(&tracker.adam, "w41", "again").await, 303);
    assert_eq!((tracker.send().await, tracker.posted("w41")), (1, 1));
    assert_eq!(tracker.press(&tracker.adam, "w41", "cancel").await, 409, "it is on GitHub");
}

#[tokio::test]
async fn only_admins_turn_it_on_and_only_from_a_page_of_theirs() {
    let tracker = Tracker::start().await;
    let fields = [("which", "outbox"), ("on", "yes")];
    let finn = tracker.app.sign_in_as(18, "finn").await;
    let refused = finn.post("/outbox/switch", &fields).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("keeping the outbox is for admins; you are a contributor"), "{}", refused.text());
    assert_eq!(tracker.app.browser().post("/outbox/switch", &fields).await.status, 401);
    tracker.adam.set_csrf("guess");
    assert_eq!(tracker.adam.post("/outbox/switch", &fields).await.status, 403);
    let page = tracker.app.get("/outbox").await.text();
    assert!(page.contains("Nothing goes to GitHub."), "{page}");
}

#[tokio::test]
async fn without_an_account_it_cannot_be_turned_on() {
    let config = Config { admins: vec!["adam".to_owned()], ..Config::default() };
    let app = TestApp::start().await.configured(config, false);
    let adam = app.sign_in_as(5, "adam").await;
    let told = adam.post("/outbox/switch", &[("which", "outbox"), ("on", "yes")]).await;
    assert_eq!(told.status, 409);
    assert!(told.text().contains("neither a token nor a GitHub App is configured"), "{}", told.text());
}
