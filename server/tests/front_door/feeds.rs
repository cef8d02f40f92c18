//! Calendars and Atom feeds, as programs read them. That a parser of another hand reads the calendars, and where daylight
//! saving puts the meetings, is tested in `end2end`.

use std::collections::BTreeMap;

use axum::{body::Body, http::Request};
use domain::{Decision, Freeze, Terms};
use server::config::Config;

use crate::support::{
    Answer, TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    people::with_proposals,
};

/// The lines of a calendar, unfolded. Every line ends with CRLF and is at most 75 octets long before that.
fn lines(calendar: &Answer) -> Vec<String> {
    assert_eq!(calendar.status, 200, "{}", calendar.body);
    assert_eq!(calendar.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(calendar.body.ends_with("END:VCALENDAR\r\n"), "{}", calendar.body);
    assert_eq!(calendar.body.matches('\n').count(), calendar.body.matches("\r\n").count(), "a bare line feed");
    let mut lines: Vec<String> = Vec::new();
    for line in calendar.body.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The events of a calendar by the beginning of their UID, each with its properties.
fn events(calendar: &Answer) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut events = BTreeMap::new();
    let mut event: Option<BTreeMap<String, String>> = None;
    for line in lines(calendar) {
        match line.as_str() {
            "BEGIN:VEVENT" => event = Some(BTreeMap::new()),
            "END:VEVENT" => {
                let done = event.take().unwrap();
                for needed in ["UID", "DTSTAMP", "SUMMARY"] {
                    assert!(done.contains_key(needed), "{needed} is missing: {done:?}");
                }
                let uid = done["UID"].split('@').next().unwrap().to_owned();
                assert!(events.insert(uid.clone(), done).is_none(), "{uid} twice");
            }
            _ => {
                if let (Some(event), Some((name, value))) = (&mut event, line.split_once(':')) {
                    assert!(event.insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice");
                }
            }
        }
    }
    events
}

#[tokio::test]
async fn a_calendar_has_the_deadlines_at_the_end_of_their_days_anywhere_on_earth() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    for address in ["/calendar.ics", "/releases/v1.10/calendar.ics", "/releases/current/calendar.ics"] {
        let events = events(&app.get(address).await);
        for (uid, starts) in [
            ("v1.10-enhancement-freeze", "20260903T120000Z"),
            ("v1.10-code-freeze", "20261022T120000Z"),
            ("v1.10-thaw", "20261029T120000Z"),
            ("v1.10-ga", "20261119T120000Z"),
        ] {
            assert_eq!(events[uid]["DTSTART"], starts, "{address}");
            assert_eq!((events[uid]["SEQUENCE"].as_str(), events[uid]["STATUS"].as_str()), ("0", "CONFIRMED"));
        }
        assert_eq!(events["v1.10.0-rc.0"]["DTSTART;VALUE=DATE"], "20261028", "{address}");
        assert_eq!(events["v1.10-code-freeze"]["SUMMARY"], "KubeVirt v1.10: Code Freeze");
        assert_eq!(events["v1.10-code-freeze"]["URL"], "http://127.0.0.1:3000/releases/v1.10");
    }
    assert_eq!(app.get("/releases/v9.9/calendar.ics").await.status, 404);
    assert_eq!(app.get("/releases/soon/calendar.ics").await.status, 404);
}

#[tokio::test]
async fn a_date_that_moves_keeps_its_name_and_raises_its_sequence() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let first = events(&app.get("/calendar.ics").await);
    app.set_clock("2026-10-10T09:00:00Z");
    app.import_schedules(&[(V1_10_PATH, &V1_10.replace("2026/10/21", "2026/10/23"))]).await;
    let moved = events(&app.get("/calendar.ics").await);
    let freeze = &moved["v1.10-code-freeze"];
    assert_eq!((freeze["DTSTART"].as_str(), freeze["SEQUENCE"].as_str()), ("20261024T120000Z", "1"));
    assert_eq!(freeze["LAST-MODIFIED"], "20261010T090000Z");
    assert_eq!(freeze["UID"], first["v1.10-code-freeze"]["UID"]);
    assert_eq!(moved["v1.10-ga"], first["v1.10-ga"], "what did not move is as it was");

    // A date that is taken away is cancelled, so that it does not stay in calendars for ever.
    app.set_clock("2026-10-11T09:00:00Z");
    let without: String = V1_10.split("- when: 2026/10/21").next().unwrap().to_owned();
    app.import_schedules(&[(V1_10_PATH, &without)]).await;
    let gone = events(&app.get("/calendar.ics").await);
    let freeze = &gone["v1.10-code-freeze"];
    assert_eq!((freeze["STATUS"].as_str(), freeze["SEQUENCE"].as_str()), ("CANCELLED", "2"));
}

#[tokio::test]
async fn meetings_come_again_at_the_same_time_of_day_in_their_zone() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let calendar = app.get("/calendar.ics").await;
    let events = events(&calendar);
    let (sync, grooming) = (&events["ci-operations-sync"], &events["ci-operations-grooming"]);
    assert_eq!(sync["DTSTART;TZID=Europe/Berlin"], "20260105T100000");
    assert_eq!(sync["RRULE"], "FREQ=WEEKLY;INTERVAL=1");
    assert_eq!(grooming["DTSTART;TZID=Europe/Berlin"], "20260105T113000");
    assert_eq!(grooming["DTEND;TZID=Europe/Berlin"], "20260105T115500");
    assert_eq!(grooming["RRULE"], "FREQ=WEEKLY;INTERVAL=2");
    let lines = lines(&calendar);
    let zone: Vec<_> = lines.iter().skip_while(|line| *line != "BEGIN:VTIMEZONE").collect();
    let zone: Vec<_> = zone.into_iter().take_while(|line| *line != "END:VTIMEZONE").map(String::as_str).collect();
    assert_eq!(zone.iter().filter(|line| line.starts_with("TZID:")).collect::<Vec<_>>(), [&"TZID:Europe/Berlin"]);
    assert!(!zone.iter().any(|line| line.starts_with("UID") || line.starts_with("DTSTAMP")), "{zone:?}");
    assert!(!app.get("/releases/v1.10/calendar.ics").await.body.contains("VTIMEZONE"), "it has no meeting");
}

async fn with_a_grant(title: &str) -> TestApp {
    let app = with_proposals(1).await;
    app.import("cep", &[(&cep_path(7), &cep(7, title))]).await;
    let release = "v1.10".parse().unwrap();
    app.decide("sigrid", "cep/7", Decision::Accept { release, rank: None }).await.unwrap();
    app.set_clock("2026-10-08T12:00:00Z");
    let terms = Terms {
        release,
        freeze: Some(Freeze::Code),
        justification: "The lanes are slow.".to_owned(),
        time: "2026-10-27".to_owned(),
        impact: "Later.".to_owned(),
        covers: Vec::new(),
    };
    app.decide("olga", "cep/7", Decision::Ask(terms)).await.unwrap();
    let grant = |until: &str| Decision::Grant { request: 1, until: until.to_owned(), reason: "Fine.".to_owned() };
    app.decide("rex", "cep/7", grant("2026-10-27")).await.unwrap();
    app
}

#[tokio::test]
async fn granted_time_ends_in_the_calendar_and_an_extension_moves_its_end() {
    let app = with_a_grant("Job, linting; again\\").await;
    let end = |events: BTreeMap<String, BTreeMap<String, String>>| {
        events.into_iter().find(|(uid, _)| uid.starts_with("exception-")).map(|(_, event)| event).unwrap()
    };
    let before = end(events(&app.get("/calendar.ics").await));
    assert_eq!((before["DTSTART"].as_str(), before["SEQUENCE"].as_str()), ("20261028T120000Z", "0"));
    assert_eq!(before["SUMMARY"], "Exception of CEP 7 ends");
    assert!(before["DESCRIPTION"].starts_with("Job\\, linting\\; again\\\\\\, v1.10."), "{}", before["DESCRIPTION"]);
    app.set_clock("2026-10-26T12:00:00Z");
    let extend = Decision::Extend { request: 1, until: "2026-10-29".to_owned(), reason: "Again.".to_owned() };
    app.decide("rex", "cep/7", extend).await.unwrap();
    let after = end(events(&app.get("/calendar.ics").await));
    assert_eq!((after["DTSTART"].as_str(), after["SEQUENCE"].as_str()), ("20261030T120000Z", "1"));
    assert_eq!(after["UID"], before["UID"]);
}

#[tokio::test]
async fn a_person_has_the_freezes_of_their_releases_and_the_ends_of_their_exceptions() {
    let app = with_a_grant("Job linting").await;
    let names = |answer: Answer| events(&answer).into_keys().collect::<Vec<_>>();
    let olga = names(app.get("/people/Olga/calendar.ics").await);
    assert_eq!(olga.len(), 3, "{olga:?}");
    assert!(olga.iter().any(|uid| uid.starts_with("exception-")), "{olga:?}");
    let rita = names(app.get("/people/rita/calendar.ics").await);
    assert_eq!(rita, ["v1.10-code-freeze", "v1.10-enhancement-freeze"], "a reviewer, whose exception it is not");
    let sigrid = names(app.get("/people/sigrid/calendar.ics").await);
    assert!(sigrid.is_empty(), "known by the SIG's alias, with nothing to keep");
    let nobody = app.get("/people/nobody/calendar.ics").await;
    assert_eq!(nobody.status, 404);
    assert!(nobody.body.contains("Nobody here knows @nobody"), "{}", nobody.body);
    assert_eq!(app.get("/people/no%20login/calendar.ics").await.status, 404);
}

#[tokio::test]
async fn a_feed_that_is_known_is_not_sent_again() {
    let app = with_a_grant("Job linting").await;
    for address in ["/calendar.ics", "/people/olga/calendar.ics", "/decisions.atom", "/cep/7/feed.atom"] {
        let first = app.get(address).await;
        let tag = first.headers["etag"].to_str().unwrap().to_owned();
        let again = || Request::get(address).header("if-none-match", &tag).body(Body::empty()).unwrap();
        app.pass(chrono::TimeDelta::minutes(5));
        let known = app.send(again()).await;
        assert_eq!((known.status.as_u16(), known.body.as_str()), (304, ""), "{address}");
        assert_eq!(known.headers["etag"], tag.as_str());
        let feedback = Decision::Feedback { links: Vec::new(), note: "They like it.".to_owned() };
        app.decide("sigrid", "cep/7", feedback).await.unwrap();
        let expected = if address.ends_with("atom") { 200 } else { 304 };
        assert_eq!(app.send(again()).await.status, expected, "{address}");
    }
}

#[tokio::test]
async fn decisions_and_the_history_of_a_proposal_are_valid_atom() {
    let config = Config { base_url: Some("https://ceps.example.org".to_owned()), ..Config::default() };
    let app = with_a_grant("<script>alert(1)</script> & \u{b}more").await.configured(config, false);
    for (address, page) in [
        ("/decisions.atom", "/decisions"),
        ("/decisions.atom?source=cep&action=grant", "/decisions?source=cep&action=grant"),
        ("/cep/7/feed.atom", "/cep/7"),
    ] {
        let answer = app.get(address).await;
        assert_eq!(answer.headers["content-type"], "application/atom+xml; charset=utf-8");
        assert!(!answer.body.contains("<script") && !answer.body.contains('\u{b}'), "{}", answer.body);
        let feed = atom_syndication::Feed::read_from(answer.body.as_bytes()).unwrap();
        let base = "https://ceps.example.org";
        assert_eq!(feed.id(), format!("{base}{address}"));
        let link = |rel: &str| feed.links().iter().find(|link| link.rel() == rel).map(|link| link.href().to_owned());
        assert_eq!(link("self"), Some(format!("{base}{address}")));
        assert_eq!(link("alternate"), Some(format!("{base}{page}")));
        let mut ids: Vec<_> = feed.entries().iter().map(|entry| entry.id().to_owned()).collect();
        assert!(!ids.is_empty() && ids.iter().all(|id| id.starts_with(base)), "{address}: {ids:?}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), feed.entries().len(), "{address}");
        for entry in feed.entries() {
            assert!(entry.updated() <= feed.updated(), "{address}");
            assert!(!entry.title().as_str().is_empty() && !entry.authors()[0].name().is_empty(), "{address}");
        }
    }
    let filtered = app.get("/decisions.atom?action=grant").await;
    let feed = atom_syndication::Feed::read_from(filtered.body.as_bytes()).unwrap();
    assert_eq!(feed.entries().len(), 1);
    assert_eq!(feed.entries()[0].authors()[0].name(), "rex");
    assert_eq!(app.get("/decisions.atom?action=dance").await.status, 400);
    assert_eq!(app.get("/cep/99/feed.atom").await.status, 404);
    assert_eq!(app.get("/cep/x/feed.atom").await.status, 404);
}

#[tokio::test]
async fn pages_name_their_feeds_for_programs_and_people() {
    let app = with_a_grant("\"><script>alert(1)</script>").await;
    for (address, feed, kind) in [
        ("/decisions?source=cep&page=2", "/decisions.atom?source=cep", "application/atom+xml"),
        ("/cep/7", "/cep/7/feed.atom", "application/atom+xml"),
        ("/releases", "/calendar.ics", "text/calendar"),
        ("/releases/current", "/releases/v1.10/calendar.ics", "text/calendar"),
    ] {
        let answer = app.get(address).await;
        let named = answer.headers["link"].to_str().unwrap();
        assert!(named.starts_with(&format!("<{feed}>; rel=\"alternate\"; type=\"{kind}\"")), "{address}: {named}");
        assert!(!named.contains("script"), "{address}");
        assert!(answer.body.contains(&format!("href=\"{feed}\"")), "{address}: no link");
    }
    let olga = app.sign_in_as(12, "olga").await;
    assert!(olga.get("/me").await.body.contains("/people/olga/calendar.ics"));
}
