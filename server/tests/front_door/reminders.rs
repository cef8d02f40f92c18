//! Reminders (P-27): who can act is told at 14, 7, 3 and 1 days until the check passes, the SIG after two; mail goes to
//! confirmed addresses alone, says what is so when it is sent, and ends with one press.

use domain::{Decision, Event, PullState, Rule, Stage};
use server::{
    config::{Config, MailConfig},
    jobs::send_outbox::{Ways, send_due},
    mail::Mailer,
    store::outbox::{self, Filter, State},
    usecases::remind::{Summary, remind},
};

use crate::support::{
    Browser, SmtpSink, TestApp,
    people::{pull, somebody, with_proposals},
};

/// 13 days and some hours before the Enhancement Freeze of v1.10.
const TWO_WEEKS: &str = "2026-08-21T08:00:00Z";

fn release() -> domain::ReleaseVersion {
    "v1.10".parse().unwrap()
}

fn issue() -> Event {
    Event::IssueObserved {
        title: "CEP 1: Proposal 1".to_owned(),
        open: true,
        labels: vec!["sig/ci".to_owned()],
        assignees: vec!["olga".to_owned()],
        linked_document: Some("docs/ci-enhancements/1-some-thing".to_owned()),
        targets: vec![(Stage::Alpha, release())],
        links: Vec::new(),
    }
}

/// Accepted, and all that is left is that olga commits.
async fn lacking_a_commitment() -> TestApp {
    let app = with_proposals(1).await;
    app.observe(1, issue()).await;
    app.decide("sigrid", "cep/1", Decision::Accept { release: release(), rank: None }).await.unwrap();
    app
}

/// Past the Enhancement Freeze; all that is left is one open pull request.
async fn lacking_a_merge() -> TestApp {
    let app = lacking_a_commitment().await;
    app.decide("olga", "cep/1", Decision::Commit { release: release(), on: None }).await.unwrap();
    app.set_clock("2026-09-10T12:00:00Z");
    app.observe(1, pull(50)).await;
    let reason = "Only jobs change.".to_owned();
    app.decide("sigrid", "cep/1", Decision::NoDocsNeeded { release: release(), reason }).await.unwrap();
    app.observe(1, Event::RepositoriesRead).await;
    app
}

async fn look(app: &TestApp, at: &str) -> u32 {
    app.set_clock(at);
    remind(&app.context, &app.state.verdicts).await.unwrap().reminders
}

/// What was sent, oldest first: "what: whom".
async fn sent(app: &TestApp) -> Vec<String> {
    let json = app.get("/api/v1/reminders").await.json();
    let told = json["items"].as_array().unwrap_or_else(|| panic!("{json}")).iter().rev();
    told.map(|one| {
        let logins: Vec<_> = one["logins"].as_array().unwrap().iter().map(|login| login.as_str().unwrap()).collect();
        format!("{} days, {}: {}", one["days_before"], one["what"].as_str().unwrap(), logins.join(" "))
    })
    .collect()
}

#[tokio::test]
async fn the_owner_is_reminded_once_at_each_step_and_the_sig_after_two() {
    let app = lacking_a_commitment().await;
    assert_eq!(look(&app, "2026-08-10T08:00:00Z").await, 0, "three weeks are left");
    for (at, count) in [
        (TWO_WEEKS, 1),
        ("2026-08-21T20:00:00Z", 0),
        ("2026-08-28T08:00:00Z", 1),
        ("2026-09-01T08:00:00Z", 1),
        ("2026-09-03T08:00:00Z", 1),
        ("2026-09-03T11:00:00Z", 0),
        ("2026-09-03T13:00:00Z", 0),
    ] {
        assert_eq!(look(&app, at).await, count, "{at}");
    }
    let what = "Commit to the release: no commitment";
    let told = [
        format!("14 days, {what}: olga"),
        format!("7 days, {what}: olga"),
        format!("3 days, {what}: olga sigrid sven"),
        format!("1 days, {what}: olga sigrid sven"),
    ];
    assert_eq!(sent(&app).await, told);
    let feed = app.get("/people/SIGRID/reminders.atom").await;
    assert_eq!(feed.body.matches("<entry>").count(), 2, "{}", feed.body);
    let csv = app.get("/reminders.csv").await;
    assert_eq!(csv.body.lines().count(), 5, "{}", csv.body);
}

#[tokio::test]
async fn a_check_that_passes_gets_no_further_reminder() {
    let app = lacking_a_commitment().await;
    assert_eq!(look(&app, TWO_WEEKS).await, 1);
    app.decide("olga", "cep/1", Decision::Commit { release: release(), on: None }).await.unwrap();
    for at in ["2026-08-28T08:00:00Z", "2026-09-01T08:00:00Z", "2026-09-03T08:00:00Z"] {
        assert_eq!(look(&app, at).await, 0, "{at}");
    }
    let page = app.get("/reminders").await.text();
    assert!(page.contains("Nothing is due within 14 days."), "{page}");
    assert!(page.contains("14 days before"), "what was sent stays on record: {page}");
}

#[tokio::test]
async fn what_is_overdue_is_listed_first_and_nobody_is_reminded_of_it() {
    let app = lacking_a_commitment().await;
    assert_eq!(look(&app, TWO_WEEKS).await, 1);
    assert!(!app.get("/reminders").await.body.contains("id=\"overdue\""));
    assert_eq!(look(&app, "2026-09-06T08:00:00Z").await, 0, "reminders end with the deadline");
    let page = app.get("/reminders").await;
    let text = page.text();
    assert!(text.contains("1 overdue, 0 things due soon"), "{text}");
    assert!(text.contains("Ask for an exception, or leave the milestone CEP 1 Proposal 1"), "{text}");
    assert!(text.contains("2 Sep overdue by 2 days @olga"), "{text}");
    assert!(page.body.find("id=\"overdue\"") < page.body.find("id=\"due\""), "first");
    let remove = Decision::Remove { release: release(), reason: "Nobody works on it.".to_owned() };
    app.decide("rex", "cep/1", remove).await.unwrap();
    assert!(!app.get("/reminders").await.body.contains("id=\"overdue\""), "nobody can act any more");
}

#[tokio::test]
async fn a_mail_that_goes_out_anyway_tells_what_is_overdue_but_that_alone_is_no_mail() {
    let app = with_proposals(2).await;
    app.observe(1, issue()).await;
    for proposal in ["cep/1", "cep/2"] {
        app.decide("sigrid", proposal, Decision::Accept { release: release(), rank: None }).await.unwrap();
    }
    app.decide("olga", "cep/1", Decision::Commit { release: release(), on: None }).await.unwrap();
    app.set_clock("2026-09-10T12:00:00Z");
    let mailing = Mailing::over(&app);
    mailing.subscribed(1, "olga", "as-due").await;
    assert_eq!(mailing.remind().await, Summary::default(), "overdue alone");
    app.observe(1, pull(50)).await;
    app.observe(1, Event::RepositoriesRead).await;
    app.set_clock("2026-10-15T08:00:00Z");
    assert_eq!(mailing.remind().await.mails, 1);
    assert_eq!(mailing.send().await, 1);
    let digest = mailing.sink.mails().pop().unwrap();
    let (late, soon) = (digest.find("CEP 2: Proposal 2").unwrap(), digest.find("CEP 1: Proposal 1").unwrap());
    assert!(digest.contains("overdue by 41 days") && late < soon, "{digest}");
}

#[tokio::test]
async fn what_was_waived_or_removed_is_silent() {
    let app = lacking_a_commitment().await;
    let waive = Decision::Waive { release: release(), rule: Rule::Commitment, reason: "Away.".to_owned() };
    app.decide("sigrid", "cep/1", waive).await.unwrap();
    assert_eq!(look(&app, TWO_WEEKS).await, 0);
    let app = lacking_a_commitment().await;
    let remove = Decision::Remove { release: release(), reason: "Nobody works on it.".to_owned() };
    app.decide("rex", "cep/1", remove).await.unwrap();
    assert_eq!(look(&app, TWO_WEEKS).await, 0);
}

#[tokio::test]
async fn two_servers_that_look_at_once_remind_once() {
    let app = lacking_a_commitment().await;
    app.set_clock(TWO_WEEKS);
    let second = app.second().await;
    let (one, other) =
        tokio::join!(remind(&app.context, &app.state.verdicts), remind(&second.context, &second.state.verdicts));
    assert_eq!(one.unwrap().reminders + other.unwrap().reminders, 1);
    assert_eq!(sent(&app).await.len(), 1);
}

#[tokio::test]
async fn the_release_team_and_the_sig_remind_before_it_is_time_and_nobody_else() {
    let app = lacking_a_commitment().await;
    app.set_clock("2026-08-10T08:00:00Z");
    let press = async |role: &str| {
        let browser = somebody(role).browser(&app).await;
        browser.post("/cep/1/remind", &[("release", "v1.10")]).await
    };
    for role in ["contributor", "owner", "approver", "admin", "other SIG's member"] {
        assert_eq!(press(role).await.status, 403, "{role}");
    }
    assert!(!app.get("/cep/1").await.body.contains("Remind now"));
    assert_eq!(press("SIG member").await.status, 303);
    assert_eq!(sent(&app).await, ["24 days, Commit to the release: no commitment: olga"]);
    let again = press("release team").await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("Everybody who can act was reminded within a day."), "{}", again.text());
    let page = app.get("/reminders").await.text();
    assert!(page.contains("Commit to the release"), "it is due for those who were reminded: {page}");
    // It counts: one more of the tracker's own, then the SIG hears of it.
    let mut told = Vec::new();
    for at in [TWO_WEEKS, "2026-08-28T08:00:00Z"] {
        look(&app, at).await;
        told.push(sent(&app).await.pop().unwrap());
    }
    assert!(told[0].ends_with(": olga") && told[1].ends_with(": olga sigrid sven"), "{told:?}");
    assert!(app.get("/cep/1").await.text().contains("Reminded 3 times"), "{}", app.get("/cep/1").await.text());
}

struct Mailing {
    app: TestApp,
    sink: SmtpSink,
    ways: Ways,
}

impl Mailing {
    fn over(app: &TestApp) -> Self {
        let sink = SmtpSink::start();
        let mail =
            MailConfig { smtp_url: Some(sink.url().into()), from: Some("CEP Tracker <ceps@example.org>".into()) };
        let ways = Ways { mailer: Mailer::new(&mail).unwrap(), api: None };
        let config = Config { base_url: Some("https://ceps.example.org".into()), mail, ..Config::default() };
        Self { app: app.configured(config, false), sink, ways }
    }

    async fn send(&self) -> u32 {
        send_due(&self.app.context, &self.app.state.verdicts, &self.ways).await.unwrap()
    }

    async fn remind(&self) -> Summary {
        remind(&self.app.context, &self.app.state.verdicts).await.unwrap()
    }

    /// Signed in, with an address that is confirmed; gives the link of their mails too.
    async fn subscribed(&self, id: i64, login: &str, cadence: &str) -> (Browser, String) {
        let browser = self.app.sign_in_as(id, login).await;
        let address = format!("{login}@example.org");
        let kept = browser.post("/me/reminders", &[("address", &address), ("cadence", cadence)]).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
        assert_eq!(self.send().await, 1);
        let link = Self::link(&self.sink.mails().pop().unwrap());
        assert_eq!(self.app.browser().post(&link, &[("act", "confirm")]).await.status, 303);
        (browser, link)
    }

    /// Path of the personal link in a mail; mail breaks long lines.
    fn link(mail: &str) -> String {
        let text = mail.replace("=\r\n", "").replace("=\n", "");
        let at = text.find("/reminders/").unwrap_or_else(|| panic!("no link in {mail}"));
        text[at..].chars().take_while(|c| !c.is_whitespace() && *c != '>').collect()
    }

    async fn in_outbox(&self, state: &str) -> Vec<outbox::Entry> {
        let mut conn = self.app.context.pool.acquire().await.unwrap();
        let filter = Filter { state: Some(state.to_owned()), ..Filter::default() };
        outbox::page(&mut conn, &filter, 50, 0).await.unwrap().0
    }
}

#[tokio::test]
async fn an_address_gets_mail_only_once_its_own_link_confirmed_it_and_is_shown_to_nobody() {
    let mailing = Mailing::over(&lacking_a_commitment().await);
    let app = &mailing.app;
    app.set_clock(TWO_WEEKS);
    let olga = app.sign_in_as(1, "olga").await;
    let fields = [("address", "olga@example.org"), ("cadence", "as-due")];
    assert_eq!(olga.post("/me/reminders", &fields).await.status, 303);
    assert_eq!(mailing.remind().await, Summary { reminders: 1, mails: 0 }, "not confirmed yet");
    assert_eq!(mailing.send().await, 1);
    let mails = mailing.sink.mails();
    assert!(mails[0].contains("To: olga@example.org"), "{mails:?}");
    let link = Mailing::link(&mails[0]);
    let outbox = app.get("/outbox").await.body + &app.get("/api/v1/outbox").await.body;
    assert!(!outbox.contains("olga@example.org") && !outbox.contains(&link), "{outbox}");
    // Programs that look through mail open links.
    assert!(app.get(&link).await.text().contains("Is olga@example.org yours?"));
    assert_eq!(mailing.remind().await.mails, 0);
    assert_eq!(app.browser().post(&link, &[("act", "confirm")]).await.status, 303);
    assert!(olga.get("/me").await.text().contains("to olga@example.org, 14, 7, 3 and 1 days"));
    assert_eq!(mailing.remind().await, Summary { reminders: 0, mails: 1 }, "what was due is told");
    assert_eq!(mailing.send().await, 1);
    let digest = mailing.sink.mails().pop().unwrap();
    assert!(digest.contains("Commit to the release: no commitment"), "{digest}");
    assert!(digest.contains("Until 2 Sep AoE (13 days left), as owner."), "{digest}");
    assert!(digest.contains(&format!("List-Unsubscribe: <https://ceps.example.org{link}>")), "{digest}");
    assert_eq!(mailing.remind().await.mails, 0, "once");
    assert_eq!(app.get("/reminders/0123").await.status, 404);
}

#[tokio::test]
async fn one_press_ends_the_mails() {
    let mailing = Mailing::over(&lacking_a_commitment().await);
    mailing.app.set_clock("2026-08-18T08:00:00Z");
    let (olga, link) = mailing.subscribed(1, "olga", "as-due").await;
    mailing.app.set_clock(TWO_WEEKS);
    assert_eq!(mailing.remind().await.mails, 1);
    // As mail programs do it, after the mail was written and before it went out.
    let pressed = mailing.app.browser().post(&link, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(pressed.status, 200, "{}", pressed.body);
    assert_eq!(mailing.send().await, 0);
    mailing.app.set_clock("2026-08-28T08:00:00Z");
    assert_eq!(mailing.remind().await, Summary { reminders: 1, mails: 0 });
    assert!(mailing.app.get(&link).await.text().contains("No reminders are sent"));
    assert!(olga.get("/me").await.text().contains("Reminders no mail"));
}

#[tokio::test]
async fn a_pull_request_that_is_merged_between_writing_and_sending_stops_the_mail() {
    let mailing = Mailing::over(&lacking_a_merge().await);
    let app = &mailing.app;
    app.set_clock("2026-10-01T08:00:00Z");
    mailing.subscribed(1, "olga", "as-due").await;
    app.set_clock("2026-10-15T08:00:00Z");
    assert_eq!(mailing.remind().await, Summary { reminders: 1, mails: 1 });
    let Event::PullObserved(open) = pull(50) else { panic!("not a pull request") };
    app.observe(1, Event::PullObserved(domain::Pull { state: PullState::Merged, ..open })).await;
    assert_eq!(mailing.send().await, 0);
    let stopped = mailing.in_outbox(State::Cancelled.slug()).await;
    let [stopped] = stopped.as_slice() else { panic!("{stopped:?}") };
    assert_eq!(stopped.last_error.as_deref(), Some("everything that it was about is done"));
    assert_eq!(mailing.sink.mails().len(), 1, "the confirmation alone");
}

#[tokio::test]
async fn a_mail_says_what_is_so_when_it_is_sent() {
    let app = with_proposals(2).await;
    for proposal in ["cep/1", "cep/2"] {
        app.decide("sigrid", proposal, Decision::Accept { release: release(), rank: None }).await.unwrap();
    }
    let mailing = Mailing::over(&app);
    mailing.app.set_clock("2026-08-18T08:00:00Z");
    mailing.subscribed(1, "olga", "as-due").await;
    mailing.app.set_clock(TWO_WEEKS);
    assert_eq!(mailing.remind().await.mails, 1);
    app.decide("olga", "cep/2", Decision::Commit { release: release(), on: None }).await.unwrap();
    assert_eq!(mailing.send().await, 1);
    let digest = mailing.sink.mails().pop().unwrap();
    assert!(digest.contains("CEP 1: Proposal 1, v1.10") && !digest.contains("CEP 2"), "{digest}");
    let sent = mailing.in_outbox(State::Sent.slug()).await;
    let shown = sent.iter().find(|entry| entry.key.starts_with("reminders/")).unwrap();
    assert!(!shown.preview.contains("CEP 2"), "shown as sent: {}", shown.preview);
    assert!(!shown.preview.contains("example.org/reminders/"), "{}", shown.preview);
}

#[tokio::test]
async fn who_wants_a_mail_a_week_gets_one_a_week() {
    let mailing = Mailing::over(&lacking_a_commitment().await);
    mailing.app.set_clock("2026-08-18T08:00:00Z");
    mailing.subscribed(1, "olga", "weekly").await;
    let mut mails = Vec::new();
    for at in [TWO_WEEKS, "2026-08-27T13:00:00Z", "2026-08-28T09:00:00Z", "2026-09-01T08:00:00Z"] {
        mailing.app.set_clock(at);
        mails.push(mailing.remind().await.mails);
    }
    assert_eq!(mails, [1, 0, 1, 0]);
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_and_kept_and_nobody_is_asked_without_end() {
    let mailing = Mailing::over(&lacking_a_commitment().await);
    let olga = mailing.app.sign_in_as(1, "olga").await;
    let bad = olga.post("/me/reminders", &[("address", "olga at example"), ("cadence", "weekly")]).await;
    assert_eq!(bad.status, 422);
    assert!(bad.body.contains("value=\"olga at example\""), "{}", bad.body);
    assert!(bad.text().contains("is not a mail address"), "{}", bad.text());
    for n in 1..=5 {
        let address = format!("somebody{n}@example.org");
        assert_eq!(olga.post("/me/reminders", &[("address", &address), ("cadence", "weekly")]).await.status, 303);
    }
    let sixth = olga.post("/me/reminders", &[("address", "else@example.org"), ("cadence", "weekly")]).await;
    assert_eq!(sixth.status, 422, "{}", sixth.body);
    assert_eq!(mailing.send().await, 1, "only the last address that was given is asked");
    let without = lacking_a_commitment().await;
    let nora = without.sign_in_as(2, "nora").await;
    let refused = nora.post("/me/reminders", &[("address", "nora@example.org"), ("cadence", "weekly")]).await;
    assert_eq!(refused.status, 422, "no mail server");
}

#[tokio::test]
async fn several_accounts_cannot_flood_one_mailbox() {
    let mailing = Mailing::over(&lacking_a_commitment().await);
    let app = &mailing.app;
    let give = async |id: i64, address: &str| {
        let browser = app.sign_in_as(id, &format!("somebody{id}")).await;
        browser.post("/me/reminders", &[("address", address), ("cadence", "weekly")]).await
    };
    let same = ["victim@example.org", "Victim@Example.org", "victim+more@example.org"];
    for (id, address) in (41..).zip(same) {
        assert_eq!(give(id, address).await.status, 303, "{address}");
    }
    let fourth = give(44, "victim@example.org").await;
    assert_eq!(fourth.status, 422, "{}", fourth.text());
    assert!(fourth.text().contains("went to this address today"), "{}", fourth.text());
    assert_eq!(mailing.send().await, 3);
    assert_eq!(give(45, "another@example.org").await.status, 303, "others are asked all the same");
    app.set_clock("2026-08-02T13:00:00Z");
    assert_eq!(give(46, "victim@example.org").await.status, 303, "a day later");
}
