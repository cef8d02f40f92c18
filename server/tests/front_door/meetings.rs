//! When SIGs and the release team meet, kept by those who meet (P-31).

use server::config::Config;

use crate::support::{
    Answer, TestApp,
    people::{somebody, with_proposals},
};

const PAGE: &str = "/meetings";
const SET: &str = "/meetings/set";

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers["location"].to_str().unwrap()
}

/// A meeting on Tuesdays in New York; 1 August 2026, a Saturday, is the present day.
fn tuesdays<'a>(of: &'a str, title: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("title", title),
        ("of", of),
        ("first", "2026-08-04"),
        ("begins", "09:30"),
        ("zone", "America/New_York"),
        ("minutes", "45"),
        ("weeks", "2"),
        ("place", "https://meet.example.org/ci"),
    ]
}

fn with<'a>(
    mut fields: Vec<(&'static str, &'a str)>,
    name: &'static str,
    value: &'a str,
) -> Vec<(&'static str, &'a str)> {
    fields.retain(|(known, _)| *known != name);
    fields.push((name, value));
    fields
}

async fn keys(app: &TestApp) -> Vec<String> {
    let calendars: serde_json::Value = serde_json::from_str(&app.get("/api/v1/calendars").await.body).unwrap();
    let meetings = calendars[0]["meetings"].as_array().unwrap().iter();
    meetings.map(|meeting| meeting["key"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_meeting_that_is_added_is_on_the_page_in_the_feed_in_the_api_and_above_the_agenda() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let set = sigrid.post(SET, &tuesdays("sig-ci", "Triage, and more")).await;
    assert_eq!(location(&set), "/meetings?done=kept");
    let page = app.get(PAGE).await.text();
    for words in ["every second Tuesday, 09:30 to 10:15 America/New_York", "Tue 4 Aug, 09:30 America/New_York"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let feed = app.get("/calendar.ics").await.body;
    for line in [
        "SUMMARY:Triage\\, and more",
        "DTSTART;TZID=America/New_York:20260804T093000",
        "DTEND;TZID=America/New_York:20260804T101500",
        "TZID:America/New_York",
        "TZID:Europe/Berlin",
        "UID:triage-and-more@kubevirt.cep-tracker",
        "SEQUENCE:0",
    ] {
        assert!(feed.contains(&format!("{line}\r\n")), "{line}: {feed}");
    }
    assert_eq!(keys(&app).await, ["ci-operations-grooming", "ci-operations-sync", "triage-and-more"]);
    let put = sigrid.post("/cep/1/decide/put-on-agenda", &[("reason", "Which of the two?")]).await;
    assert_eq!(put.status, 303, "{}", put.text());
    let agenda = app.get("/agenda").await.text();
    assert!(agenda.contains("Next: CI operations: weekly sync , Mon 3 Aug, 10:00 Europe/Berlin"), "{agenda}");
}

#[tokio::test]
async fn a_change_keeps_the_meeting_one_for_calendars_and_can_be_undone() {
    let app = with_proposals(1).await;
    let rex = somebody("release team").browser(&app).await;
    rex.post(SET, &tuesdays("release-team", "Check-in")).await;
    let change = with(with(tuesdays("release-team", "Check-in of the week"), "weeks", "1"), "key", "check-in");
    assert_eq!(rex.post(SET, &change).await.status, 303);
    let feed = app.get("/calendar.ics").await.body;
    let event = feed.split("BEGIN:VEVENT").find(|event| event.contains("UID:check-in@")).unwrap();
    assert!(event.contains("SUMMARY:Check-in of the week\r\n") && event.contains("SEQUENCE:1\r\n"), "{event}");
    assert_eq!(rex.post("/meetings/undo", &[]).await.status, 303);
    let feed = app.get("/calendar.ics").await.body;
    let event = feed.split("BEGIN:VEVENT").find(|event| event.contains("UID:check-in@")).unwrap();
    assert!(event.contains("SUMMARY:Check-in\r\n") && event.contains("SEQUENCE:2\r\n"), "{event}");
    assert_eq!(rex.post("/meetings/undo", &[]).await.status, 422, "what was undone is not done again");
    assert_eq!(rex.post("/meetings/remove", &[("key", "check-in")]).await.status, 303);
    assert_eq!(keys(&app).await, ["ci-operations-grooming", "ci-operations-sync"]);
    // A calendar that still has the one that was removed must not take the new one for it.
    rex.post(SET, &tuesdays("release-team", "Check-in")).await;
    assert_eq!(keys(&app).await, ["check-in-2", "ci-operations-grooming", "ci-operations-sync"]);
    app.pass(chrono::TimeDelta::minutes(11));
    let late = rex.post("/meetings/undo", &[]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("for ten minutes"), "{}", late.text());
    server::usecases::replay::replay(&app.context).await.unwrap();
    assert_eq!(keys(&app).await, ["check-in-2", "ci-operations-grooming", "ci-operations-sync"]);
}

#[tokio::test]
async fn a_sig_keeps_its_own_and_the_release_team_and_admins_keep_all() {
    let app =
        with_proposals(1).await.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    for (role, of, status) in [
        ("contributor", "sig-ci", 403),
        ("owner", "sig-ci", 403),
        ("SIG member", "release-team", 403),
        ("other SIG's member", "sig-ci", 403),
        ("SIG member", "sig-ci", 303),
        ("release team", "release-team", 303),
        ("admin", "sig-ci", 303),
    ] {
        let browser = somebody(role).browser(&app).await;
        let answer = browser.post(SET, &tuesdays(of, role)).await;
        assert_eq!(answer.status, status, "{role} for {of}: {}", answer.text());
    }
    let nina = somebody("contributor").browser(&app).await;
    assert_eq!(nina.post("/meetings/remove", &[("key", "ci-operations-sync")]).await.status, 403);
    assert!(!nina.get(PAGE).await.body.contains("/meetings/set"), "who may not sees no form");
    let anyone = app.browser().post(SET, &tuesdays("sig-ci", "Nobody's")).await;
    assert_eq!(anyone.status, 401);
}

#[tokio::test]
async fn what_cannot_be_is_told_and_what_was_typed_is_kept() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let one = || tuesdays("sig-ci", "Kept as typed");
    for (fields, words) in [
        (with(one(), "first", "soon"), "`soon` is no day"),
        (with(one(), "first", "0001-01-01"), "The first day lies between the years 2000 and 2100"),
        (with(one(), "begins", "9"), "`9` is no time of day"),
        (with(one(), "zone", "Mars/Olympus"), "`Mars/Olympus` is no time zone"),
        (with(one(), "minutes", "481"), "A meeting takes 1 to 480 minutes"),
        (with(one(), "weeks", "0"), "A meeting comes again after 1 to 52 weeks"),
        (with(one(), "weeks", "often"), "`often` is no whole number"),
        (with(one(), "place", &"x".repeat(201)), "At most 200 characters"),
    ] {
        let refused = sigrid.post(SET, &fields).await;
        assert_eq!(refused.status, 422, "{words}");
        assert!(refused.text().contains(words), "{words}: {}", refused.text());
        assert!(refused.body.contains("value=\"Kept as typed\""), "{}", refused.body);
    }
    let rex = somebody("release team").browser(&app).await;
    let nobody = rex.post(SET, &with(one(), "of", "sig-dance")).await;
    assert!(nobody.text().contains("`sig-dance` is no SIG"), "{}", nobody.text());
    let empty = sigrid.post(SET, &with(one(), "title", "")).await;
    assert!(empty.text().contains("A title is needed"), "{}", empty.text());
    let gone = sigrid.post(SET, &with(one(), "key", "no-such")).await;
    assert!(gone.text().contains("It is not there any more"), "{}", gone.text());
}
