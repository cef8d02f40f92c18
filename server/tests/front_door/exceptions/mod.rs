//! Exceptions as people ask for and decide them over HTTP, without script: from the form to the day the time is over.

mod drafts;
mod form;
mod list;

use domain::Decision;

use crate::support::{
    Answer, Browser, TestApp,
    people::{somebody, with_proposals},
};

const FORM: [(&str, &str); 8] = [
    ("proposal", "cep/1"),
    ("release", "v1.10"),
    ("freeze", "ef"),
    ("justification", "The criteria wait for legal."),
    ("time", "14 days"),
    ("impact", "Graduation moves to v1.11."),
    ("covers_more", "5141, kubevirt/kubevirtci#17"),
    ("do", "send"),
];

/// The form with some fields changed.
fn form<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name)).copied();
    kept.chain(changed.iter().copied()).collect()
}

/// Proposals that missed the Enhancement Freeze by a day: accepted after it.
async fn missed(count: u32) -> TestApp {
    let app = with_proposals(count).await;
    app.set_clock("2026-09-04T12:00:00Z");
    for number in 1..=count {
        let accept = Decision::Accept { release: "v1.10".parse().unwrap(), rank: None };
        app.decide("sigrid", &format!("cep/{number}"), accept).await.unwrap();
    }
    app
}

async fn olga(app: &TestApp) -> Browser {
    somebody("owner").browser(app).await
}

async fn rex(app: &TestApp) -> Browser {
    somebody("release team").browser(app).await
}

fn to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers["location"].to_str().unwrap().to_owned()
}

/// Sends the form and returns the address of the request.
async fn ask(browser: &Browser, changed: &[(&str, &str)]) -> String {
    let place = to(&browser.post("/exceptions/new", &form(changed)).await);
    place.strip_suffix("?sent=1").unwrap_or_else(|| panic!("{place}")).to_owned()
}

fn says(answer: &Answer, words: &[&str]) {
    let text = answer.text();
    for words in words {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// The hidden position that the forms of a page carry.
fn seen(answer: &Answer) -> String {
    let rest = answer.body.split_once("name=\"seen\" value=\"").unwrap_or_else(|| panic!("{}", answer.text())).1;
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_request_goes_from_the_form_to_the_end_of_its_time() {
    let app = missed(1).await;
    let (olga, rex) = (olga(&app).await, rex(&app).await);
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception required (EF)");
    let place = to(&olga.post("/exceptions/new", &form(&[])).await);
    let page = olga.get(&place).await;
    says(
        &page,
        &["The request is recorded", "ready to send", "Subject: [v1.10] Enhancement Freeze exception", "missing"],
    );
    assert!(page.body.contains("mailto:kubevirt-dev@googlegroups.com?subject="), "{}", page.body);
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception pending (EF)");
    let at = place.strip_suffix("?sent=1").unwrap();
    let link = "https://groups.google.com/g/kubevirt-dev/c/abc";
    to(&olga.post(&format!("{at}/file"), &[("thread", link)]).await);
    to(&rex.post(&format!("{at}/review"), &[]).await);
    to(&rex.post(&format!("{at}/decide"), &[("choice", "ask-more"), ("reason", "Who looks after it?")]).await);
    says(&olga.get(at).await, &["Needs information", "Who looks after it?", "Your answer"]);
    to(&olga.post(&format!("{at}/answer"), &[("answer", "I do.")]).await);
    let page = rex.get(at).await;
    says(
        &page,
        &["In review", "I do.", "Decide", "as a member of the release team", "Late: sent 1 day after the freeze"],
    );
    assert!(page.body.contains(link), "{}", page.body);
    app.pass(chrono::TimeDelta::days(1));
    let grant = [("choice", "grant"), ("until", "2026-09-10"), ("reason", "Low risk.")];
    to(&rex.post(&format!("{at}/decide"), &grant).await);
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception until 10 Sep (EF)");
    says(&rex.get(at).await, &["Granted until 10 Sep", "Low risk.", "Extend", "Hello @olga"]);
    to(&rex.post(&format!("{at}/extend"), &[("until", "2026-09-12"), ("reason", "The answer came late.")]).await);
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception until 12 Sep (EF)");
    says(&olga.get("/exceptions").await, &["Running 1", "12 Sep", "Proposal 1"]);
    says(&olga.get("/exceptions?at=2026-09-20").await, &["Settled 1", "Expired"]);
    app.set_clock("2026-09-13T12:00:00Z");
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception required (EF)");
    says(&olga.get(at).await, &["Expired", "The answer came late."]);
}

#[tokio::test]
async fn granted_time_lies_between_freeze_and_ga_and_asks_for_a_reason() {
    let app = missed(1).await;
    let at = ask(&olga(&app).await, &[]).await;
    let rex = rex(&app).await;
    let cases = [
        ("2026-08-20", "Fine.", "20 Aug is not after the Enhancement Freeze"),
        ("2026-12-24", "Fine.", "24 Dec is after the general availability"),
        ("as soon as possible", "Fine.", "no time that can be kept or missed"),
        ("2026-09-10", "", "A reason is needed"),
    ];
    for (until, reason, words) in cases {
        let fields = [("choice", "grant"), ("until", until), ("reason", reason)];
        let page = rex.post(&format!("{at}/decide"), &fields).await;
        assert_eq!(page.status, 422, "{}", page.text());
        let text = page.text().to_lowercase();
        assert!(text.contains(&words.to_lowercase()), "{words}: {text}");
        assert!(page.body.contains(&format!("value=\"{until}\"")) && page.body.contains(reason), "{}", page.body);
    }
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception pending (EF)");
}

#[tokio::test]
async fn nobody_decides_on_a_request_of_their_own() {
    let app = missed(1).await;
    let rex = rex(&app).await;
    let at = ask(&rex, &[]).await;
    let page = rex.get(&at).await;
    says(&page, &["This is your own request. Nobody decides on their own request"]);
    assert!(!page.body.contains("name=\"choice\""));
    for (action, fields) in [
        ("grant", vec![("until", "2026-09-10"), ("reason", "I need it.")]),
        ("deny", vec![("reason", "No.")]),
        ("decide", vec![("choice", "grant"), ("until", "2026-09-10"), ("reason", "I need it.")]),
        ("review", vec![]),
    ] {
        let page = rex.post(&format!("{at}/{action}"), &fields).await;
        assert_eq!(page.status, 403, "{action}: {}", page.text());
        says(&page, &["obody decides on their own request"]);
        assert!(fields.iter().all(|(name, value)| *name == "choice" || page.body.contains(value)), "{}", page.body);
    }
    let sigrid = somebody("SIG member").browser(&app).await;
    let page = sigrid.post(&format!("{at}/deny"), &[("reason", "No.")]).await;
    assert_eq!(page.status, 403);
    says(&page, &["enying an exception is for the release team", "What you wrote"]);
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception pending (EF)");
}

#[tokio::test]
async fn a_second_and_a_late_request_are_taken_and_pointed_out() {
    let app = missed(1).await;
    let (olga, rex) = (olga(&app).await, rex(&app).await);
    let first = ask(&olga, &[]).await;
    to(&rex.post(&format!("{first}/deny"), &[("reason", "The design is not agreed on.")]).await);
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception denied (EF)");
    let page = olga.get("/exceptions/new?proposal=cep/1&freeze=ef").await;
    says(&page, &["There is a request for this already, which is denied", "EF passed"]);
    let second = ask(&olga, &[("justification", "It is agreed on now.")]).await;
    let page = rex.get(&second).await;
    says(
        &page,
        &["Second request for this freeze; the first was denied", "Late: sent", "Earlier requests of it", "Denied"],
    );
}

#[tokio::test]
async fn of_two_who_decide_the_second_is_told_and_keeps_their_words() {
    let app = missed(1).await;
    let at = ask(&olga(&app).await, &[]).await;
    let rex = rex(&app).await;
    let rosa = app.sign_in_as(27, "rosa").await;
    let known = seen(&rosa.get(&at).await);
    let grant = [("choice", "grant"), ("until", "2026-09-10"), ("reason", "Low risk."), ("seen", known.as_str())];
    to(&rex.post(&format!("{at}/decide"), &grant).await);
    let deny = [("choice", "deny"), ("reason", "Too late for this release."), ("seen", known.as_str())];
    let page = rosa.post(&format!("{at}/decide"), &deny).await;
    assert_eq!(page.status, 409, "{}", page.text());
    says(&page, &["@rex", "granted until 10 Sep", "Low risk.", "What you wrote", "Too late for this release."]);
    assert_eq!(app.status("cep/1", "v1.10").await, "Exception until 10 Sep (EF)");
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let app = missed(1).await;
    let at = ask(&olga(&app).await, &[]).await;
    let rex = rex(&app).await;
    let before = app.events().await;
    for action in ["decide", "grant", "deny", "ask-more", "review", "extend", "answer", "file", "take-back"] {
        let fields = [("choice", "deny"), ("reason", "x"), ("csrf", "guess")];
        rex.set_csrf("guess");
        assert_eq!(rex.post(&format!("{at}/{action}"), &fields).await.status, 403, "{action}");
        assert_eq!(app.browser().post(&format!("{at}/{action}"), &fields).await.status, 401, "{action}");
    }
    assert_eq!(rex.post("/exceptions/new", &form(&[])).await.status, 403);
    assert_eq!(app.events().await, before);
}
