//! Mail about exceptions against a real SMTP conversation: once, and where nobody knows, not again before a person says
//! so; always under the same Message-ID.

use chrono::TimeDelta;
use domain::{Decision, Freeze, Terms};
use server::{
    config::{Config, MailConfig},
    jobs::send_outbox::{LEASE, Ways, send_due},
    mail::Mailer,
    store::outbox::{self, State},
    usecases::decide::By,
};

use crate::support::{
    Browser, SmtpSink, TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    smtp::Mood,
};

struct Mailing {
    app: TestApp,
    sink: SmtpSink,
    ways: Ways,
}

impl Mailing {
    async fn start() -> Self {
        let sink = SmtpSink::start();
        let mail =
            MailConfig { smtp_url: Some(sink.url().into()), from: Some("CEP Tracker <ceps@example.org>".into()) };
        let ways = Ways { mailer: Mailer::new(&mail).unwrap(), api: None };
        let admins = vec!["adam".to_owned()];
        let config = Config { base_url: Some("https://ceps.example.org".into()), mail, admins, ..Config::default() };
        let app = TestApp::start().await.configured(config, false);
        app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
        app.import("cep", &[(&cep_path(4702), &cep(4702, "Prow job config linting"))]).await;
        Self { app, sink, ways }
    }

    async fn decide(&self, by: &By, decision: Decision) {
        self.app.decide_by(by, "cep/4702", decision).await.unwrap();
    }

    async fn ask(&self, by: &By) {
        let terms = Terms {
            release: "v1.10".parse().unwrap(),
            freeze: Some(Freeze::Code),
            justification: "The provider bump moved by a week.".into(),
            time: "6 days".into(),
            impact: "Beta moves to v1.11.".into(),
            covers: vec!["kubevirt/project-infra#5141".into()],
        };
        self.decide(by, Decision::Ask(terms)).await;
    }

    async fn send(&self) -> u32 {
        send_due(&self.app.context, &self.app.state.verdicts, &self.ways).await.unwrap()
    }

    /// The one mail in the outbox.
    async fn entry(&self) -> outbox::Entry {
        let mut conn = self.app.context.pool.acquire().await.unwrap();
        let mut all = outbox::of_proposal(&mut conn, "cep", 4702).await.unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    /// Somebody presses a button on its page.
    async fn press(&self, browser: &Browser, act: &str) -> u16 {
        let entry = self.entry().await;
        let row = format!("{} cep/{}", entry.version, entry.key);
        browser.post("/outbox/keep", &[("row", &row), ("act", act)]).await.status.as_u16()
    }

    /// A request whose mail the server took and did not say so.
    async fn with_a_lost_receipt() -> Self {
        let mailing = Self::start().await;
        mailing.sink.set(Mood::Forgetful);
        mailing.ask(&By::operator("olga")).await;
        assert_eq!(mailing.send().await, 0);
        mailing.sink.set(Mood::Well);
        mailing
    }
}

fn header<'m>(mail: &'m str, name: &str) -> &'m str {
    let line = mail.lines().find(|line| line.starts_with(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name} in {mail}")).split_once(": ").unwrap().1
}

#[tokio::test]
async fn the_request_goes_to_the_list_and_the_decision_answers_in_its_thread() {
    let mailing = Mailing::start().await;
    mailing.ask(&By::operator("olga")).await;
    assert_eq!(mailing.send().await, 1);
    let grant = Decision::Grant { request: 1, until: "2026-10-27".into(), reason: "Low risk, reviewed.".into() };
    mailing.decide(&By::operator("petra"), grant).await;
    assert_eq!(mailing.send().await, 1);
    assert_eq!(mailing.send().await, 0, "nothing goes out twice");
    let mails = mailing.sink.mails();
    let [request, answer] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(header(request, "To"), "kubevirt-dev@googlegroups.com");
    assert_eq!(header(request, "From"), "\"CEP Tracker\" <ceps@example.org>");
    assert!(request.contains("The provider bump moved by a week."), "{request}");
    assert!(header(request, "Message-ID").ends_with("@ceps.example.org>"), "{request}");
    assert_eq!(header(answer, "In-Reply-To"), header(request, "Message-ID"));
    assert_eq!(header(answer, "References"), header(request, "Message-ID"));
    assert!(header(answer, "Subject").starts_with("Re: [v1.10] Code Freeze exception for CEP 4702"), "{answer}");
    assert!(answer.contains("Low risk, reviewed."), "{answer}");
}

#[tokio::test]
async fn a_busy_server_is_tried_again_later_and_the_reason_is_on_record() {
    let mailing = Mailing::start().await;
    mailing.sink.set(Mood::Busy);
    mailing.ask(&By::operator("olga")).await;
    assert_eq!(mailing.send().await, 0);
    let waiting = mailing.entry().await;
    assert_eq!((waiting.state, waiting.attempts), (State::Waiting, 1));
    assert!(waiting.last_error.as_deref().unwrap().contains("did not take it"), "{waiting:?}");
    mailing.sink.set(Mood::Well);
    assert_eq!(mailing.send().await, 0, "not before its pause is over");
    mailing.app.pass(TimeDelta::seconds(31));
    assert_eq!(mailing.send().await, 1);
    assert_eq!(mailing.sink.mails().len(), 1);
}

#[tokio::test]
async fn a_mail_whose_receipt_was_lost_waits_for_a_person_and_is_not_repeated() {
    let mailing = Mailing::with_a_lost_receipt().await;
    mailing.app.pass(TimeDelta::days(1));
    assert_eq!(mailing.send().await, 0);
    assert_eq!((mailing.entry().await.state, mailing.sink.mails().len()), (State::Uncertain, 1));
    let page = mailing.app.get("/outbox?state=uncertain").await.text();
    assert!(page.contains("Mail") && page.contains("before it said whether it took the mail"), "{page}");
    let nina = mailing.app.sign_in_as(11, "nina").await;
    assert_eq!(mailing.press(&nina, "arrived").await, 403);
    let adam = mailing.app.sign_in_as(5, "adam").await;
    assert_eq!(mailing.press(&adam, "arrived").await, 303);
    let entry = mailing.entry().await;
    assert_eq!((entry.state, entry.closed_by.as_deref()), (State::Sent, Some("adam")));
    assert_eq!((mailing.send().await, mailing.sink.mails().len()), (0, 1));
}

#[tokio::test]
async fn sent_again_by_a_person_it_has_the_same_message_id() {
    let mailing = Mailing::with_a_lost_receipt().await;
    let adam = mailing.app.sign_in_as(5, "adam").await;
    assert_eq!(mailing.press(&adam, "again").await, 303);
    assert_eq!(mailing.send().await, 1);
    let mails = mailing.sink.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(header(&mails[0], "Message-ID"), header(&mails[1], "Message-ID"));
}

#[tokio::test]
async fn a_mail_whose_sender_died_waits_for_a_person() {
    let mailing = Mailing::start().await;
    mailing.ask(&By::operator("olga")).await;
    let roads = outbox::Roads { mail: true, github: false };
    let now = mailing.app.context.clock.now();
    let mut conn = mailing.app.context.pool.acquire().await.unwrap();
    let taken = outbox::claim(&mut conn, roads, now, now + LEASE).await.unwrap().unwrap();
    assert_eq!((mailing.send().await, mailing.entry().await.state), (0, State::Sending));
    mailing.app.pass(LEASE);
    assert_eq!(mailing.send().await, 0);
    let entry = mailing.entry().await;
    assert_eq!((entry.state, &entry.key), (State::Uncertain, &taken.key));
    assert_eq!(mailing.sink.mails(), Vec::<String>::new());
}

#[tokio::test]
async fn anothers_mail_that_was_recorded_is_not_sent_again() {
    let mailing = Mailing::start().await;
    let link = Some("https://groups.google.com/g/kubevirt-dev/c/abc".to_owned());
    mailing.ask(&By { on_behalf_of: Some("olga".into()), link, ..By::operator("petra") }).await;
    assert_eq!(mailing.send().await, 0);
    assert_eq!(mailing.sink.mails(), Vec::<String>::new());
}

#[tokio::test]
async fn two_servers_share_the_outbox_and_each_mail_goes_out_once() {
    let mailing = Mailing::start().await;
    mailing.ask(&By::operator("olga")).await;
    let second = mailing.app.second().await;
    let (one, other) = tokio::join!(mailing.send(), async {
        send_due(&second.context, &second.state.verdicts, &mailing.ways).await.unwrap()
    });
    assert_eq!(one + other, 1);
    assert_eq!(mailing.sink.mails().len(), 1);
}
