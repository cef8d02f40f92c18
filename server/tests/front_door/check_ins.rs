//! The weekly check-in (PROCESS 5): who speaks, what is shown, what goes out, what others see at once.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    http::Request,
};
use domain::{CheckInOutcome, Decision, Proposed, RetargetReason};
use futures_util::StreamExt;
use serde_json::Value;

use crate::support::{
    Answer, Browser, TestApp,
    fixtures::{cep, cep_path},
    people::{OWNERS_ALIASES, somebody, with_proposals},
};

/// Three accepted proposals in the week that begins on 3 August 2026.
pub async fn tracked() -> TestApp {
    let app = with_proposals(3).await;
    app.set_clock("2026-08-05T12:00:00Z");
    for number in 1..=3_u32 {
        let decision = Decision::Accept { release: "v1.10".parse().unwrap(), rank: Some(number) };
        app.decide("sigrid", &format!("cep/{number}"), decision).await.unwrap();
    }
    app
}

const WEEK: &str = "/check-ins/v1.10/2026-W32";

async fn say(browser: &Browser, number: u32, outcome: &str, sentence: &str) -> Answer {
    let fields = [("outcome", outcome), ("sentence", sentence), ("then", "next")];
    browser.post(&format!("{WEEK}/cep/{number}"), &fields).await
}

async fn week(app: &TestApp) -> Vec<Value> {
    app.get(&format!("{WEEK}/check-ins.json")).await.json().as_array().unwrap().clone()
}

fn word(outcome: CheckInOutcome, proposed: Option<Proposed>) -> Decision {
    let (release, sentence) = ("v1.10".parse().unwrap(), "It moves.".to_owned());
    Decision::CheckIn { release, week: None, outcome, sentence, proposed }
}

#[tokio::test]
async fn current_and_now_mean_the_release_and_week_of_the_clock() {
    let app = tracked().await;
    let page = app.get("/check-ins/current/now").await.text();
    assert!(page.contains("Check-in, week 32"), "{page}");
    assert!(page.contains("0 complete, 0 half done, 3 open"), "{page}");
    assert!(page.contains("3 tracked of 3 that name v1.10"), "{page}");
    assert!(app.get("/check-ins/v1.10").await.text().contains("Check-ins of v1.10"));
    for missing in ["/check-ins/v1.10/soon", "/check-ins/never/now", "/check-ins/v9.9/now", "/check-ins/v1.10/2026-W54"]
    {
        assert_eq!(app.get(missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn one_role_alone_is_half_done_and_both_make_it_complete() {
    let app = tracked().await;
    let rex = somebody("release team").browser(&app).await;
    let ada = somebody("approver").browser(&app).await;
    let answer = say(&rex, 1, "at-risk", "Waits on a quota.").await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let next = answer.headers["location"].to_str().unwrap().to_owned();
    assert!(next.starts_with(&format!("{WEEK}/meeting?said=cep/1&on=cep/")) && !next.ends_with("/1"), "{next}");
    let page = rex.get(&next).await.text();
    assert!(page.contains("Recorded for CEP 1: at risk. “Waits on a quota.”"), "{page}");
    assert!(app.get(WEEK).await.text().contains("0 complete, 1 half done, 2 open"));
    assert_eq!(say(&ada, 1, "on-track", "I review it on Friday.").await.status, 303);
    let page = app.get(WEEK).await.text();
    assert!(page.contains("1 complete, 0 half done, 2 open"), "{page}");
    assert!(page.contains("Waits on a quota."), "the graver word holds: {page}");
    let gaps = app.get(&format!("{WEEK}/gaps")).await.text();
    assert!(!gaps.contains("CEP 1 ") && gaps.contains("CEP 2 ") && gaps.contains("CEP 3 "), "{gaps}");
}

#[tokio::test]
async fn one_person_in_both_roles_fills_both() {
    let app = tracked().await;
    // Rex, of the release team, approves the second.
    let documents: Vec<_> = (1..=3).map(|n| (cep_path(n), cep(n, &format!("Proposal {n}")))).collect();
    let of_rex = documents[1].1.replace("@ada", "@rex");
    let files = [
        (&*documents[0].0, &*documents[0].1),
        (&*documents[1].0, &*of_rex),
        (&*documents[2].0, &*documents[2].1),
        ("OWNERS_ALIASES", OWNERS_ALIASES),
    ];
    app.import("cep", &files).await;
    let rex = somebody("release team").browser(&app).await;
    assert_eq!(say(&rex, 2, "done", "Merged.").await.status, 303);
    let row = week(&app).await.into_iter().find(|row| row["number"] == 2).unwrap();
    assert_eq!(row["complete"], true, "{row}");
    assert!(app.get(WEEK).await.text().contains("release team and approver"));
}

#[tokio::test]
async fn who_amends_keeps_what_was_said_before() {
    let app = tracked().await;
    let rex = somebody("release team").browser(&app).await;
    say(&rex, 1, "on-track", "Fine.").await;
    say(&rex, 1, "blocked", "Not fine any more.").await;
    let row = week(&app).await.into_iter().find(|row| row["number"] == 1).unwrap();
    let said: Vec<_> = row["said"].as_array().unwrap().iter().map(|said| said["sentence"].as_str().unwrap()).collect();
    assert_eq!(said, ["Fine.", "Not fine any more."]);
    let page = app.get(&format!("{WEEK}/meeting?on=cep/1")).await;
    assert!(page.body.contains("class=\"amended\""), "{}", page.body);
    assert!(app.get("/cep/1?release=v1.10").await.text().contains("Not fine any more."));
}

#[tokio::test]
async fn what_was_typed_is_kept_when_it_is_refused() {
    let app = tracked().await;
    let rex = somebody("release team").browser(&app).await;
    let empty = say(&rex, 1, "at-risk", " ").await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("a reason is needed"), "{}", empty.text());
    let fields =
        [("outcome", "retarget-or-reject"), ("sentence", "Nobody answers."), ("propose", "retarget"), ("to", "soon")];
    let wrong = rex.post(&format!("{WEEK}/cep/1"), &fields).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.body.contains("value=\"Nobody answers.\"") && wrong.body.contains("value=\"soon\""),
        "{}",
        wrong.body
    );
    let nina = somebody("contributor").browser(&app).await;
    let refused = say(&nina, 1, "on-track", "I think it is fine.").await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("Checking in is for"), "{}", refused.text());
    assert!(week(&app).await.iter().all(|row| row["said"].as_array().unwrap().is_empty()));
}

#[tokio::test]
async fn two_who_type_at_once_lose_nothing() {
    let app = tracked().await;
    let rex = somebody("release team").browser(&app).await;
    let ada = somebody("approver").browser(&app).await;
    let page = rex.get(&format!("{WEEK}/meeting?on=cep/1")).await;
    let seen = page.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(say(&ada, 1, "blocked", "The lane is gone.").await.status, 303);
    let fields = [("outcome", "on-track"), ("sentence", "Looks good."), ("seen", &*seen)];
    let told = rex.post(&format!("{WEEK}/cep/1"), &fields).await;
    assert_eq!(told.status, 409);
    assert!(told.text().contains("The lane is gone."), "{}", told.text());
    assert!(told.body.contains("value=\"Looks good.\""), "{}", told.body);
    // Pressing again goes through: the form now knows what the other said.
    let seen = told.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("outcome", "on-track"), ("sentence", "Looks good."), ("seen", &*seen)];
    assert_eq!(rex.post(&format!("{WEEK}/cep/1"), &fields).await.status, 303);
    let row = week(&app).await.into_iter().find(|row| row["number"] == 1).unwrap();
    assert_eq!(row["said"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn leaving_goes_to_the_owning_sig_which_confirms_or_declines() {
    let app = tracked().await;
    let there = Proposed::Retarget { to: "v1.11".parse().unwrap(), reason: RetargetReason::NewBlocker };
    app.decide("rex", "cep/1", word(CheckInOutcome::RetargetOrReject, Some(there))).await.unwrap();
    let sigrid = somebody("SIG member").browser(&app).await;
    let waits = |me: &Value| -> Vec<String> {
        me["waits_on_you"].as_array().unwrap().iter().map(|task| task["what"].as_str().unwrap().to_owned()).collect()
    };
    let what = "Confirm or decline: retarget to v1.11, new blocker".to_owned();
    assert!(waits(&sigrid.get("/api/v1/me").await.json()).contains(&what));
    assert!(app.get(WEEK).await.text().contains("To be confirmed by sig-ci"));
    // Everybody sees on whom it waits.
    assert!(app.get("/").await.text().contains(&what));
    assert!(app.get("/proposals?waiting_on=sig&release=v1.10").await.body.contains("/cep/1?release=v1.10"));
    assert_eq!(say(&sigrid, 1, "at-risk", "One more week.").await.status, 303);
    assert!(!waits(&sigrid.get("/api/v1/me").await.json()).contains(&what), "declined");
}

#[tokio::test]
async fn an_approver_finds_their_half_on_their_own_page() {
    let app = tracked().await;
    let ada = somebody("approver").browser(&app).await;
    let rex = somebody("release team").browser(&app).await;
    let tasks = |me: Value| -> Vec<String> {
        let all = me["waits_on_you"].as_array().unwrap().clone();
        all.iter().map(|task| task["what"].as_str().unwrap().to_owned()).filter(|what| what.contains("heck")).collect()
    };
    assert_eq!(tasks(ada.get("/api/v1/me").await.json()), ["Check in for week 32"; 3]);
    assert_eq!(
        tasks(rex.get("/api/v1/me").await.json()),
        ["Check-in of week 32: 3 proposals without the release team's word"]
    );
    say(&ada, 3, "on-track", "Fine.").await;
    assert_eq!(tasks(ada.get("/api/v1/me").await.json()).len(), 2);
}

#[tokio::test]
async fn comments_go_out_as_previewed_once_for_each_issue_and_are_amended_in_place() {
    let app = tracked().await;
    let rex = somebody("release team").browser(&app).await;
    say(&rex, 1, "at-risk", "Waits on a quota.").await;
    let page = rex.get(&format!("{WEEK}/comments")).await;
    assert!(page.text().contains("&gt; Waits on a quota."), "{}", page.text());
    let digest = |page: &Answer| {
        let field = page.body.split("name=\"cep/1\" value=\"").nth(1).expect("a digest");
        field.split('"').next().unwrap().to_owned()
    };
    let seen = digest(&page);
    let post = |digest: String| {
        let rex = &rex;
        async move { rex.post(&format!("{WEEK}/comments"), &[("cep/1", &digest)]).await }
    };
    assert_eq!(post(seen.clone()).await.status, 303);
    let outbox = app.get("/outbox.json").await.json();
    let of_check_ins = |outbox: &Value| -> Vec<Value> {
        outbox
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["key"].as_str().unwrap().starts_with("check-in/"))
            .cloned()
            .collect()
    };
    assert_eq!(of_check_ins(&outbox).len(), 1, "{outbox}");
    assert_eq!(of_check_ins(&outbox)[0]["key"], "check-in/1/v1.10/2026-W32");

    say(&rex, 1, "blocked", "The quota was refused.").await;
    let stale = post(seen).await;
    assert_eq!(stale.status, 409, "what was not looked at is not posted");
    assert!(stale.text().contains("CEP 1 changed"), "{}", stale.text());
    let page = rex.get(&format!("{WEEK}/comments")).await;
    assert!(page.text().contains("changed; an older text is held in the outbox, not posted"), "{}", page.text());
    assert_eq!(post(digest(&page)).await.status, 303);
    let outbox = app.get("/outbox.json").await.json();
    assert_eq!(of_check_ins(&outbox).len(), 1, "amended in place: {outbox}");
    let nina = somebody("contributor").browser(&app).await;
    let refused = nina.post(&format!("{WEEK}/comments"), &[("cep/1", "x")]).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn minutes_name_everything_that_was_said_and_what_was_not_spoken_about() {
    let app = tracked().await;
    app.decide("rex", "cep/2", word(CheckInOutcome::Blocked, None)).await.unwrap();
    let minutes = app.get(&format!("{WEEK}/minutes.md")).await;
    assert_eq!(minutes.headers["content-type"], "text/markdown; charset=utf-8");
    let text = minutes.body;
    assert!(text.starts_with("# Check-in 2026-W32, v1.10\n"), "{text}");
    assert!(text.contains("## Blocked (1)") && text.contains("It moves. (@rex, release team)"), "{text}");
    assert!(text.contains("## Not spoken about (2)"), "{text}");
    assert!(app.get(&format!("{WEEK}/minutes")).await.text().contains("Not spoken about (2)"));
}

#[tokio::test]
async fn a_week_that_is_over_stays_as_it_was_and_shows_its_gaps() {
    let app = tracked().await;
    app.decide("rex", "cep/1", word(CheckInOutcome::OnTrack, None)).await.unwrap();
    app.set_clock("2026-08-19T12:00:00Z");
    let page = app.get(WEEK).await.text();
    assert!(page.contains("This week is closed") && page.contains("0 complete, 1 half done, 2 open"), "{page}");
    let heat = app.get("/check-ins/v1.10").await;
    assert_eq!(heat.body.matches("<a class=\"beat gap\" href").count(), 2 + 3, "two of week 32, three of week 33");
    assert_eq!(heat.text().matches("Nobody checked in").count(), 2 + 3, "in words too: {}", heat.text());
    let csv = app.get("/check-ins/v1.10/history.csv").await.body;
    assert!(csv.contains("2026-W32,on-track,It moves.,release team"), "{csv}");
    let rex = somebody("release team").browser(&app).await;
    let late = say(&rex, 2, "on-track", "I forgot.").await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("is closed"), "{}", late.text());
}

#[tokio::test]
async fn others_see_what_was_recorded_at_once_on_another_server_too() {
    let app = tracked().await;
    let other = app.second().await;
    let mut page = listen(&other, None).await;
    app.decide("rex", "cep/2", word(CheckInOutcome::AtRisk, None)).await.unwrap();
    let text = heard(&mut page, "event: check-in").await;
    assert!(text.contains("data: key cep/2"), "{text}");
    assert!(text.contains("It moves.") && text.contains("tally 1 of 3 spoken about, 0 complete"), "{text}");
}

#[tokio::test]
async fn what_was_undone_does_not_go_out() {
    let app = tracked().await;
    let rex = somebody("release team").browser(&app).await;
    say(&rex, 1, "at-risk", "Waits on a quota.").await;
    let page = rex.get(&format!("{WEEK}/comments")).await.body;
    let digest = page.split("name=\"cep/1\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(rex.post(&format!("{WEEK}/comments"), &[("cep/1", digest)]).await.status, 303);
    let states = async || -> Vec<Value> {
        let rows = app.get("/outbox.json").await.json().as_array().unwrap().clone();
        rows.into_iter()
            .filter(|row| row["key"] == "check-in/1/v1.10/2026-W32")
            .map(|row| row["state"].clone())
            .collect()
    };
    assert_eq!(states().await, ["held"]);
    let said = app.get(&format!("{WEEK}/check-ins.json")).await.json();
    let row = said.as_array().unwrap().iter().find(|row| row["number"] == 1).unwrap().clone();
    let event = row["said"][0]["event"].as_i64().unwrap();
    let undo = rex.post("/cep/1/decide/undo", &[("event", &event.to_string())]).await;
    assert_eq!(undo.status, 303, "{}", undo.text());
    assert_eq!(states().await, ["cancelled"]);
}

#[tokio::test]
async fn pages_of_a_week_without_the_week_are_those_of_the_present() {
    let app = tracked().await;
    for page in ["meeting", "gaps", "comments", "minutes"] {
        let led = app.get(&format!("/check-ins/current/{page}")).await;
        assert_eq!(led.headers["location"], format!("/check-ins/current/now/{page}"));
    }
}

#[tokio::test]
async fn what_the_sig_declines_is_told_at_once_and_stands_in_the_minutes() {
    let app = tracked().await;
    let release = "v1.10".parse().unwrap();
    let there = Proposed::Retarget { to: "v1.11".parse().unwrap(), reason: RetargetReason::NewBlocker };
    app.decide("rex", "cep/1", word(CheckInOutcome::RetargetOrReject, Some(there))).await.unwrap();
    let mut page = listen(&app, None).await;
    let decline = Decision::Decline { release, reason: "The quota came after all.".to_owned() };
    let declined = app.decide("sigrid", "cep/1", decline).await.unwrap();
    let text = heard(&mut page, "event: check-in").await;
    assert!(text.contains("data: key cep/1") && text.contains("The quota came after all."), "{text}");
    let minutes = app.get(&format!("{WEEK}/minutes.md")).await.body;
    let told =
        "  - proposed to sig-ci: retarget to v1.11, new blocker\n  - declined: The quota came after all. (@sigrid)\n";
    assert!(minutes.contains(told), "{minutes}");
    app.decide("sigrid", "cep/1", Decision::Undo { event: declined.id }).await.unwrap();
    let text = heard(&mut page, "event: check-in").await;
    assert!(text.contains("new blocker") && !text.contains("The quota came after all."), "{text}");
}

/// The stream of the meeting on a server, for somebody who is signed in there or not.
async fn listen(app: &TestApp, who: Option<&Browser>) -> BodyDataStream {
    let mut request = Request::get(format!("{WEEK}/live"));
    if let Some(browser) = who {
        request = request.header("cookie", browser.cookies());
    }
    let response = app.stream(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

/// The first event that holds these words.
async fn heard(stream: &mut BodyDataStream, words: &str) -> String {
    let find = async {
        loop {
            let text = String::from_utf8(stream.next().await.unwrap().unwrap().to_vec()).unwrap();
            if text.contains(words) {
                return text;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), find).await.unwrap_or_else(|_| panic!("nobody told “{words}”"))
}

#[tokio::test]
async fn who_is_in_the_meeting_is_shown_on_all_servers_by_name_to_those_who_are_signed_in() {
    let app = tracked().await;
    let other = app.second().await;
    let (rex, ada) = (somebody("release team").browser(&app).await, somebody("approver").browser(&other).await);
    let mut here = listen(&app, Some(&rex)).await;
    heard(&mut here, "data: Nobody else is here").await;
    let mut there = listen(&other, Some(&ada)).await;
    heard(&mut here, "data: Here: @ada and @rex").await;
    heard(&mut there, "data: Here: @ada and @rex").await;
    let mut guest = listen(&app, None).await;
    heard(&mut guest, "data: 3 people are here").await;
    heard(&mut there, "data: Here: @ada, @rex and one who is not signed in").await;
    drop((guest, there));
    // Whoever goes on to the next proposal is back before they count as gone.
    heard(&mut here, "data: Here: @ada and @rex").await;
    heard(&mut here, "data: Nobody else is here").await;
}

#[tokio::test]
async fn comments_by_people_since_the_last_are_counted_and_those_of_robots_are_not() {
    let tracker = crate::sync::Tracker::start().await;
    tracker.vep(421);
    let enhancements = tracker.github.repository("kubevirt/enhancements");
    enhancements.comment(421, "rita", "Who takes the review?", "2026-08-03");
    enhancements.comment(421, "rolf", "I do.", "2026-08-04");
    enhancements.comment(421, "kubevirt-bot", "Issues go stale.", "2026-08-04");
    assert_eq!(tracker.news().await.errors, []);
    tracker.app.set_clock("2026-08-05T12:00:00Z");
    let accept = Decision::Accept { release: "v1.10".parse().unwrap(), rank: None };
    tracker.app.decide("sigrid", "vep/421", accept).await.unwrap();
    let rows = week(&tracker.app).await;
    let row = rows.iter().find(|row| row["number"] == 421).unwrap_or_else(|| panic!("{rows:#?}"));
    assert_eq!(row["comments_by_people"], 2, "{row}");
}

#[tokio::test]
async fn what_both_halves_say_in_the_same_words_is_told_once_with_both_names() {
    let app = tracked().await;
    for role in ["release team", "approver"] {
        assert_eq!(say(&somebody(role).browser(&app).await, 1, "on-track", "It moves.").await.status, 303);
    }
    let text = app.get(&format!("{WEEK}/minutes.md")).await.body;
    assert_eq!(text.matches("It moves.").count(), 1, "{text}");
    assert!(text.contains("  - on track: It moves. (@rex, release team; @ada, approver)\n"), "{text}");
    let rex = somebody("release team").browser(&app).await;
    let comment = rex.get(&format!("{WEEK}/comments")).await.text();
    assert!(comment.contains("&gt; It moves. On track – @rex (release team), @ada (approver)."), "{comment}");
}

#[tokio::test]
async fn the_check_ins_without_a_release_lead_to_the_present_week() {
    let app = tracked().await;
    let answer = app.get("/check-ins").await;
    assert_eq!((answer.status.as_u16(), answer.headers["location"].to_str().unwrap()), (303, "/check-ins/current/now"));
}

#[tokio::test]
async fn the_heat_map_begins_with_the_present_week() {
    let app = tracked().await;
    app.set_clock("2026-08-12T12:00:00Z");
    let text = app.get("/check-ins/v1.10").await.text();
    assert!(text.find("W33").unwrap() < text.find("W32").unwrap(), "{text}");
}

#[tokio::test]
async fn a_cell_of_the_heat_map_leads_to_the_line_of_the_week_and_says_what_was_said() {
    let app = tracked().await;
    app.decide("rex", "cep/1", word(CheckInOutcome::AtRisk, None)).await.unwrap();
    let heat = app.get("/check-ins/v1.10").await;
    let words = "At risk, @rex (release team): It moves. (approver did not check in)";
    assert!(heat.body.contains(&format!("<span class=\"hidden\">{words}</span></a>")), "{}", heat.body);
    assert!(heat.body.contains(&format!("href=\"{WEEK}#cep-1\" title=\"{words}\"")), "{}", heat.body);
    let sheet = app.get(WEEK).await;
    for number in 1..=3 {
        assert!(heat.body.contains(&format!("href=\"{WEEK}#cep-{number}\"")), "{}", heat.body);
        assert!(sheet.body.contains(&format!("id=\"cep-{number}\"")), "{}", sheet.body);
    }
    // Looked at as of a day, so is the week.
    let then = app.get("/check-ins/v1.10?at=2026-08-05").await.body;
    assert!(then.contains(&format!("href=\"{WEEK}?at=2026-08-05#cep-1\"")), "{then}");
    // Dashboard and heat map say what they count in the same words, with the lists.
    let front = app.get("/").await;
    for page in [&heat, &front] {
        assert!(page.text().contains("3 tracked of 3 that name v1.10"), "{}", page.text());
        for list in ["/check-ins/v1.10/now", "/proposals?release=v1.10"] {
            assert!(page.body.contains(&format!("href=\"{list}\"")), "{list}: {}", page.body);
        }
    }
    // What left the release is found on its own page.
    let removed = Decision::Remove { release: "v1.10".parse().unwrap(), reason: "Missed.".to_owned() };
    app.decide("rex", "cep/1", removed).await.unwrap();
    let page = app.get("/check-ins/v1.10").await;
    for counted in ["2 tracked of 3 that name v1.10", "and 1 that left after somebody had spoken about it"] {
        assert!(page.text().contains(counted), "{}", page.text());
    }
    let after = page.body;
    assert!(after.contains(&format!("href=\"/cep/1?release=v1.10#check-ins\" title=\"{words}\"")), "{after}");
}

#[tokio::test]
async fn an_owner_finds_on_their_own_page_what_to_answer_until_they_did() {
    let app = tracked().await;
    let olga = somebody("owner").browser(&app).await;
    let task = "Answer the check-in of week 32";
    assert_eq!(olga.get("/me").await.text().matches(task).count(), 3, "{}", olga.get("/me").await.text());
    say(&somebody("release team").browser(&app).await, 1, "at-risk", "The quota is late.").await;
    let page = olga.get("/me").await;
    assert!(page.text().contains("@rex: The quota is late."), "{}", page.text());
    assert!(page.body.contains("href=\"/cep/1/decide/answer-check-in?release=v1.10\""), "{}", page.body);
    let fields = [("release", "v1.10"), ("sentence", "It came.")];
    assert_eq!(olga.post("/cep/1/decide/answer-check-in?release=v1.10", &fields).await.status, 303);
    assert_eq!(olga.get("/me").await.text().matches(task).count(), 2);
    assert!(!somebody("reviewer").browser(&app).await.get("/me").await.text().contains(task));
}

#[tokio::test]
async fn an_owner_answers_beside_the_two_halves_and_fills_neither() {
    let app = tracked().await;
    let olga = somebody("owner").browser(&app).await;
    assert!(olga.get("/cep/1").await.body.contains("/cep/1/decide/answer-check-in?release=v1.10"));
    let fields = [("release", "v1.10"), ("sentence", "The quota came; I merge on Friday.")];
    let form = olga.get("/cep/1/decide/answer-check-in?release=v1.10").await.body;
    assert!(form.contains("name=\"release\" value=\"v1.10\""), "{form}");
    let said = olga.post("/cep/1/decide/answer-check-in?release=v1.10", &fields).await;
    assert_eq!(said.status, 303, "{}", said.text());
    assert!(app.get(WEEK).await.text().contains("0 complete, 0 half done, 3 open"), "it is no outcome");
    let rex = somebody("release team").browser(&app).await;
    let meeting = rex.get(&format!("{WEEK}/meeting?on=cep/1")).await.text();
    assert!(meeting.contains("The quota came; I merge on Friday. @olga (owner)"), "{meeting}");
    say(&rex, 1, "on-track", "It moves.").await;
    let minutes = app.get(&format!("{WEEK}/minutes.md")).await.body;
    assert!(minutes.contains("owner: The quota came; I merge on Friday. (@olga)"), "{minutes}");
    let refused = rex.post("/cep/1/decide/answer-check-in?release=v1.10", &fields).await;
    assert_eq!(refused.status, 403);
}
