//! What the release team writes every cycle: drafts, sending once, the archive link, templates (P-19, P-26).

use domain::Decision;
use server::config::Config;

use crate::support::{
    Answer, TestApp,
    people::{somebody, with_proposals},
};

const EF: &str = "/announcements/v1.10/ef";

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers["location"].to_str().unwrap()
}

async fn tracker() -> TestApp {
    let app = with_proposals(2).await;
    let release = "v1.10".parse().unwrap();
    app.decide("sigrid", "cep/1", Decision::Accept { release, rank: None }).await.unwrap();
    app
}

#[tokio::test]
async fn every_text_is_a_draft_made_of_facts() {
    let app = tracker().await;
    let list = app.get("/announcements").await.text();
    for title in ["Call for proposals", "Reminder of the Code Freeze", "Decisions on exceptions", "Release highlights"]
    {
        assert!(list.contains(title), "{list}");
    }
    let call = app.get("/announcements/v1.10/call/text").await;
    assert_eq!(call.headers["content-type"], "text/plain; charset=utf-8");
    assert!(call.body.starts_with("Subject: [v1.10] Call for proposals\n\nHello,\n"), "{}", call.body);
    assert!(call.body.contains("Accepted so far\n---------------\n- CEP 1: Proposal 1\n"), "{}", call.body);
    assert!(call.body.contains("Proposed so far\n---------------\n- CEP 2: Proposal 2\n"), "{}", call.body);
    let highlights = app.get("/announcements/v1.10/highlights/text").await;
    assert_eq!(highlights.headers["content-disposition"], "attachment; filename=\"v1.10-highlights.md\"");
    assert!(highlights.body.starts_with("# Highlights of v1.10\n"), "{}", highlights.body);
    for unknown in ["/announcements/v1.10/dance", "/announcements/v9.9/ef", "/announcements/templates/dance"] {
        assert_eq!(app.get(unknown).await.status, 404, "{unknown}");
    }
}

#[tokio::test]
async fn a_text_is_announced_once_its_link_is_recorded_and_overdue_after_one_working_day() {
    let app = tracker().await;
    let rex = somebody("release team").browser(&app).await;
    let early = rex.post(&format!("{EF}/link"), &[("link", "https://groups.google.com/g/kubevirt-dev/c/x")]).await;
    assert_eq!(early.status, 422, "{}", early.text());
    assert!(early.text().contains("has not passed yet"), "{}", early.text());
    // The freeze was on Thursday at noon.
    app.set_clock("2026-09-03T13:00:00Z");
    // The session of a month ago is over.
    let rex = somebody("release team").browser(&app).await;
    assert!(rex.get("/me").await.text().contains("Send the Enhancement Freeze announcement of v1.10"));
    assert!(!rex.get("/releases/v1.10").await.text().contains("is overdue"));
    app.set_clock("2026-09-04T13:00:00Z");
    for page in ["/", "/releases/v1.10"] {
        let text = rex.get(page).await.text();
        assert!(text.contains("The Enhancement Freeze announcement of v1.10 is overdue"), "{page}: {text}");
    }
    assert!(rex.get("/announcements").await.text().contains("overdue since 4 Sep"));
    let wrong = rex.post(&format!("{EF}/link"), &[("link", "in my mail program")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"in my mail program\""), "what was typed is kept: {}", wrong.body);
    for role in ["contributor", "SIG member", "admin"] {
        let browser = somebody(role).browser(&app).await;
        let refused = browser.post(&format!("{EF}/link"), &[("link", "https://example.org/x")]).await;
        assert_eq!(refused.status, 403, "{role}");
    }
    let link = "https://groups.google.com/g/kubevirt-dev/c/x";
    assert_eq!(location(&rex.post(&format!("{EF}/link"), &[("link", link)]).await), format!("{EF}?done=announced"));
    assert!(rex.get(EF).await.body.contains(link));
    assert!(!rex.get("/").await.text().contains("overdue"));
    assert!(!rex.get("/me").await.text().contains("Send the Enhancement Freeze announcement"));
}

#[tokio::test]
async fn the_draft_of_a_reminder_is_the_release_teams_to_send_in_the_two_weeks_before_its_freeze() {
    let app = tracker().await;
    let task = "Send the Reminder of the Code Freeze of v1.10";
    for (at, owed) in [("2026-10-07T12:00:00Z", false), ("2026-10-10T12:00:00Z", true), ("2026-10-22T13:00:00Z", false)]
    {
        app.set_clock(at);
        let page = somebody("release team").browser(&app).await.get("/me").await;
        assert_eq!(page.text().contains(task), owed, "{at}: {}", page.text());
        assert_eq!(page.body.contains("href=\"/announcements/v1.10/cf-reminder\""), owed, "{at}");
        assert!(!app.get("/").await.text().contains("Reminder of the Code Freeze of v1.10 is overdue"), "{at}");
    }
    assert!(!somebody("owner").browser(&app).await.get("/me").await.text().contains("Send the"));
}

#[tokio::test]
async fn what_is_not_true_yet_is_a_preview_and_what_is_over_says_so() {
    let app = tracker().await;
    let rex = somebody("release team").browser(&app).await;
    for (what, until) in [("cf", "Code Freeze"), ("clean-up", "general availability"), ("ef", "Enhancement Freeze")] {
        let page = rex.get(&format!("/announcements/v1.10/{what}")).await;
        let text = page.text();
        assert!(text.contains("Preview") && text.contains(&format!("the {until} of v1.10 has not passed")), "{text}");
        assert!(!page.body.contains("data-copy") && !page.body.contains("/text\""), "{what}: {}", page.body);
        assert!(!text.contains("Freeze of v1.10 passed on"), "a preview does not say that it has: {text}");
        assert_eq!(app.get(&format!("/announcements/v1.10/{what}/text")).await.status, 404, "{what}");
        let link = [("link", "https://groups.google.com/g/kubevirt-dev/c/x")];
        assert_eq!(rex.post(&format!("/announcements/v1.10/{what}/link"), &link).await.status, 422, "{what}");
    }
    let list = rex.get("/announcements").await.text();
    assert!(list.contains("not before 2 Sep") && !list.contains("no longer"), "{list}");
    assert!(rex.get("/announcements/v1.10/call").await.body.contains("data-copy"));
    app.set_clock("2026-09-03T13:00:00Z");
    let rex = somebody("release team").browser(&app).await;
    let list = rex.get("/announcements").await.text();
    assert_eq!(list.matches("no longer: the Enhancement Freeze has passed").count(), 2, "call and reminder: {list}");
    let call = rex.get("/announcements/v1.10/call").await;
    assert!(!call.body.contains("data-copy"), "{}", call.body);
    let call = call.text();
    assert!(
        call.contains("No longer: the Enhancement Freeze of v1.10 has passed, so this is neither sent nor"),
        "{call}"
    );
    let file = app.get("/announcements/v1.10/call/text").await;
    assert_eq!(file.status, 410);
    assert!(file.body.contains("No longer: the Enhancement Freeze of v1.10 has passed"), "{}", file.body);
    // One of a later freeze is still to come.
    let later = rex.get("/announcements/v1.10/cf-reminder").await.text();
    assert!(later.contains("Meant for 7 Oct 2026 or later."), "{later}");
    assert_eq!(app.get("/announcements/v1.10/cf-reminder/text").await.status, 200);
    assert!(rex.get(EF).await.body.contains("data-copy"));
    // Sent in time, its link can be told late.
    let link = [("link", "https://groups.google.com/g/kubevirt-dev/c/call")];
    assert_eq!(rex.post("/announcements/v1.10/call/link", &link).await.status, 303);
    assert_eq!(rex.get("/announcements").await.text().matches("no longer: the").count(), 1);
    // What was sent is in the archive; a draft of now is no record of it.
    let call = rex.get("/announcements/v1.10/call").await;
    assert!(call.text().contains("What was sent stands in the archive"), "{}", call.text());
    assert!(!call.body.contains("data-copy"), "{}", call.body);
    assert_eq!(app.get("/announcements/v1.10/call/text").await.status, 410);
}

#[tokio::test]
async fn without_a_mail_server_a_text_is_given_ready_to_send() {
    let app = tracker().await;
    let rex = somebody("release team").browser(&app).await;
    let page = rex.get("/announcements/v1.10/call").await;
    assert!(page.text().contains("no mail server is configured"), "{}", page.text());
    let sent = rex.post("/announcements/v1.10/call/send", &[("text", "x")]).await;
    assert_eq!(sent.status, 422);
    assert_eq!(rex.get("/outbox/kubevirt/announcement/v1.10/call").await.status, 404);
}

#[tokio::test]
async fn an_admin_changes_a_template_and_goes_back() {
    let app = tracker().await.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    let adam = somebody("admin").browser(&app).await;
    let address = "/announcements/templates/call";
    let page = adam.get(address).await;
    assert!(page.text().contains("{{ef}}") && page.text().contains("proposals that are accepted"), "{}", page.text());
    let wrong = [("subject", "[{{release}}] Hello"), ("body", "Dear {{friends}}, all of {{release}}.")];
    let refused = adam.post(address, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("nothing goes in for {{friends}}"), "{}", refused.text());
    assert!(refused.body.contains("Dear {{friends}}, all of {{release}}."), "what was typed is kept");
    let good = [("subject", "[{{release}}] Hello"), ("body", "Until {{ef}}.")];
    for role in ["contributor", "SIG member", "release team"] {
        assert_eq!(somebody(role).browser(&app).await.post(address, &good).await.status, 403, "{role}");
    }
    assert_eq!(location(&adam.post(address, &good).await), format!("{address}?done=kept"));
    let text = app.get("/announcements/v1.10/call/text").await.body;
    assert!(text.starts_with("Subject: [v1.10] Hello\n\nUntil 2 Sep 2026, the end of the day"), "{text}");
    assert!(app.get("/announcements").await.text().contains("template changed"));
    assert_eq!(location(&adam.post(&format!("{address}/reset"), &[]).await), format!("{address}?done=kept"));
    assert!(app.get("/announcements/v1.10/call/text").await.body.contains("Call for proposals"));
}
