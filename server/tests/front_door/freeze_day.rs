//! Freeze day: what would happen, what is decided and commented, the announcement, the snapshot (P-5, P-11, P-26).

use domain::{Decision, Event, Freeze, Group, Stage};
use server::{usecases::decide::By, verdicts::Moment};

use crate::support::{
    Answer, TestApp,
    browser::Browser,
    instant, key,
    people::{pull, somebody, with_proposals},
};

pub const DAY: &str = "/releases/v1.10/freeze/ef";
const FREEZE: &str = "2026-09-03T12:00:00Z";

fn issue(number: u32) -> Event {
    Event::IssueObserved {
        title: format!("CEP {number}: Proposal {number}"),
        open: true,
        labels: vec!["sig/ci".to_owned()],
        assignees: vec!["olga".to_owned()],
        linked_document: Some(format!("docs/ci-enhancements/{number}-some-thing")),
        targets: vec![(Stage::Alpha, "v1.10".parse().unwrap())],
        links: Vec::new(),
    }
}

fn release() -> domain::ReleaseVersion {
    "v1.10".parse().unwrap()
}

async fn commit(app: &TestApp, number: u32) {
    app.decide("olga", &format!("cep/{number}"), Decision::Commit { release: release(), on: None }).await.unwrap();
}

/// Four proposals: one ready, one without a commitment, one that asked for an exception, one that nobody accepted.
async fn planned() -> TestApp {
    let app = with_proposals(4).await;
    for number in 1..=4 {
        app.observe(number, issue(number)).await;
    }
    for number in 1..=3 {
        let accept = Decision::Accept { release: release(), rank: None };
        app.decide("sigrid", &format!("cep/{number}"), accept).await.unwrap();
    }
    commit(&app, 1).await;
    let ask = serde_json::json!({
        "action": "ask", "release": "v1.10", "freeze": "enhancement", "justification": "The owner changed.",
        "time": "5 days", "impact": "It slips.",
    });
    app.decide("nina", "cep/3", serde_json::from_value(ask).unwrap()).await.unwrap();
    app
}

/// The day after the freeze, with a browser of the release team.
pub async fn frozen() -> (TestApp, Browser) {
    let app = planned().await;
    app.set_clock("2026-09-03T13:00:00Z");
    let rex = somebody("release team").browser(&app).await;
    (app, rex)
}

/// The value of the first field of that name.
pub fn field(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split_once(&mark).unwrap_or_else(|| panic!("no field {name}: {}", page.body)).1;
    let value = rest.split('"').next().unwrap();
    value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

pub fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers["location"].to_str().unwrap()
}

/// Words stand in this order.
fn in_order(text: &str, words: &[&str]) {
    let mut rest = text;
    for word in words {
        rest = rest.split_once(word).unwrap_or_else(|| panic!("no “{word}” in its place: {text}")).1;
    }
}

#[tokio::test]
async fn before_the_freeze_the_page_shows_what_would_happen() {
    let app = planned().await;
    let page = app.get(DAY).await;
    let text = page.text();
    in_order(
        &text,
        &["Enhancement Freeze, v1.10", "If the freeze were now", "1 would meet", "1 would stand", "2 others"],
    );
    // The others are of several kinds, and it is said of how many all of this is.
    in_order(&text, &["2 others", "1 Exception required (EF)", "1 Not accepted", "3 tracked of 4 that name v1.10"]);
    in_order(&text, &["All others", "Would meet the Enhancement Freeze", "CEP 1", "Would meet EF"]);
    in_order(&text, &["All others", "CEP 2", "Exception required (EF)", "no commitment", "CEP 4", "Not accepted"]);
    assert!(!page.body.contains("freeze/ef/close"), "there is nothing to close yet");
    // Nothing was decided by looking.
    assert_eq!(app.status("cep/2", "v1.10").await, "Not ready for EF: no commitment");
}

#[tokio::test]
async fn the_groups_are_the_verdicts_at_the_instant_of_the_freeze() {
    let (app, rex) = frozen().await;
    // Decided after the freeze: what stood at it stays.
    let waive = Decision::Waive { release: release(), rule: domain::Rule::Commitment, reason: "Away.".to_owned() };
    app.decide_by(&By::operator("rex"), "cep/2", waive).await.unwrap();
    let world = app.state.verdicts.world().await.unwrap();
    let rows = world.rows(Moment::At(instant(FREEZE)));
    let groups: Vec<_> = rows
        .iter()
        .flat_map(|rows| rows.iter())
        .map(|row| (row.number, Group::of(&row.verdict, Freeze::Enhancement)))
        .collect();
    let expected = [(1, Group::Met), (2, Group::Others), (3, Group::Exception), (4, Group::Others)];
    assert_eq!(groups, expected);
    let mail = rex.get(&format!("{DAY}/announcement.txt")).await;
    assert_eq!(mail.headers["content-type"], "text/plain; charset=utf-8");
    in_order(
        &mail.body,
        &[
            "Subject: [v1.10] Enhancement Freeze: what met it",
            "Enhancement Freeze met (1)",
            "- CEP 1: Proposal 1\n",
            "Exception pending or granted (1)",
            "- CEP 3: Proposal 3. Exception pending (EF)\n",
            "All others (2)",
            "- CEP 2: Proposal 2. Exception required (EF); since then: EF met",
            "- CEP 4: Proposal 4. Not accepted\n",
        ],
    );
}

#[tokio::test]
async fn one_proposal_after_the_other_is_decided_and_commented() {
    let (app, rex) = frozen().await;
    let page = rex.get(DAY).await;
    let text = page.text();
    in_order(
        &text,
        &[
            "1 of 3 settled: tracked or asking for an exception, of 4 that name v1.10",
            "CEP 2",
            "Exception required (EF)",
            "CEP 3",
            "CEP 1",
        ],
    );
    in_order(&text, &["Owner has committed", "Leave as it is", "Waive", "Record an exception", "Remove"]);
    let seen = field(&page, "seen");
    // What is wrong is told, and what was typed is kept.
    let typed =
        [("proposal", "cep/2"), ("seen", seen.as_str()), ("choice", "waive"), ("rule", "commitment"), ("reason", " ")];
    let refused = rex.post(&format!("{DAY}/decide"), &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("a reason is needed"), "{}", refused.text());
    assert!(refused.body.contains("value=\"waive\" checked"), "{}", refused.body);
    let mut good = typed.to_vec();
    good[4] = ("reason", "Merged 40 minutes late.");
    let stays = rex.post(&format!("{DAY}/decide"), &good).await;
    assert_eq!(location(&stays), "/releases/v1.10/freeze/ef?proposal=cep/2&done=waive");
    let page = rex.get(location(&stays)).await;
    in_order(&page.text(), &["2 of 3 settled", "at the freeze: Exception required (EF)", "Waived by @rex: Merged 40"]);
    // The comment goes out as it stood there.
    let shown = field(&page, "text");
    assert!(shown.contains("Waived by @rex: Merged 40 minutes late."), "{shown}");
    let before = app.events().await;
    let posted = rex.post(&format!("{DAY}/comment"), &[("proposal", "cep/2"), ("text", &shown)]).await;
    assert_eq!(location(&posted), "/releases/v1.10/freeze/ef?after=cep/2&done=held");
    assert_eq!(app.events().await, before, "a comment is no decision");
    let outgoing = rex.get("/outbox/cep/freeze/2/v1.10/ef").await;
    assert!(outgoing.text().contains("Waived by @rex: Merged 40 minutes late."), "{}", outgoing.text());
    let next = rex.get(location(&posted)).await;
    in_order(&next.text(), &["@nina asks for an exception", "The owner changed.", "Grant", "Deny"]);
}

#[tokio::test]
async fn an_open_request_is_decided_in_its_place() {
    let (app, rex) = frozen().await;
    let grant = [
        ("proposal", "cep/3"),
        ("choice", "grant"),
        ("request", "1"),
        ("until", "soon"),
        ("reason", "The work is there."),
    ];
    let refused = rex.post(&format!("{DAY}/decide"), &grant).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"soon\"") && refused.body.contains("The work is there."), "{}", refused.body);
    let mut good = grant.to_vec();
    good[3] = ("until", "2026-09-07");
    assert_eq!(rex.post(&format!("{DAY}/decide"), &good).await.status, 303);
    assert_eq!(app.status("cep/3", "v1.10").await, "Exception until 7 Sep (EF)");
    let removed = [("proposal", "cep/2"), ("choice", "remove"), ("reason", "Nobody answers.")];
    assert_eq!(rex.post(&format!("{DAY}/decide"), &removed).await.status, 303);
    assert_eq!(app.status("cep/2", "v1.10").await, "Removed from Milestone");
    let left = rex.post(&format!("{DAY}/decide"), &[("proposal", "cep/1"), ("choice", "leave")]).await;
    assert_eq!(location(&left), "/releases/v1.10/freeze/ef?after=cep/1&done=left");
    assert!(rex.get(DAY).await.text().contains("Everything is settled."));
}

#[tokio::test]
async fn only_the_release_team_runs_freeze_day() {
    let (app, _) = frozen().await;
    for role in ["contributor", "owner", "SIG member", "admin"] {
        let browser = somebody(role).browser(&app).await;
        let before = app.events().await;
        let page = browser.get(DAY).await;
        assert!(page.text().contains("Running freeze day is for the release team"), "{role}: {}", page.text());
        let close = browser.post(&format!("{DAY}/close"), &[]).await;
        assert_eq!(close.status, 403, "{role}");
        let remove = [("proposal", "cep/2"), ("choice", "remove"), ("reason", "Because I can.")];
        let remove = browser.post(&format!("{DAY}/decide"), &remove).await;
        assert_eq!(remove.status, 403, "{role}");
        assert_eq!(browser.post(&format!("{DAY}/comment"), &[("proposal", "cep/2"), ("text", "x")]).await.status, 403);
        assert_eq!(app.events().await, before, "{role}");
    }
    let anyone = app.browser().post(&format!("{DAY}/close"), &[]).await;
    assert_eq!(anyone.status, 401);
}

#[tokio::test]
async fn a_comment_that_changed_since_it_was_shown_is_shown_again() {
    let (app, rex) = frozen().await;
    let shown = field(&rex.get(&format!("{DAY}?proposal=cep/2")).await, "text");
    let waive = Decision::Waive { release: release(), rule: domain::Rule::Commitment, reason: "Away.".to_owned() };
    app.decide_by(&By::operator("rosa"), "cep/2", waive).await.unwrap();
    let refused = rex.post(&format!("{DAY}/comment"), &[("proposal", "cep/2"), ("text", &shown)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("the verdict has changed") || refused.text().contains("The verdict has changed"));
    assert_eq!(rex.get("/outbox/cep/freeze/2/v1.10/ef").await.status, 404);
}

#[tokio::test]
async fn the_snapshot_stays_and_what_is_learned_later_stands_beside_it() {
    let (app, rex) = frozen().await;
    let closed = rex.post(&format!("{DAY}/close"), &[]).await;
    assert_eq!(location(&closed), "/releases/v1.10/freeze/ef?show=then&done=closed");
    let page = rex.get(location(&closed)).await;
    in_order(&page.text(), &["Closed on 3 Sep 2026", "@rex", "Nothing has changed since then"]);
    let snapshot = |page: &Answer| -> Vec<String> {
        let rows =
            page.body.split("<tr data-row").skip(1).map(|row| row.split("class=\"since\"").next().unwrap().to_owned());
        rows.map(|row| {
            row.split("<td data-label=\"At the freeze\"")
                .nth(1)
                .unwrap_or_default()
                .split("</td>")
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
    };
    let before = snapshot(&page);
    assert_eq!(before.len(), 4);
    // Closing it again is no way to change it.
    let again = rex.post(&format!("{DAY}/close"), &[]).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("its snapshot is kept for ever"), "{}", again.text());
    // A month later a word is told that was given before the freeze.
    app.set_clock("2026-10-08T12:00:00Z");
    let by = By {
        on_behalf_of: Some("olga".to_owned()),
        link: Some("https://groups.google.com/g/kubevirt-dev/c/x".to_owned()),
        at: Some(instant("2026-08-20T12:00:00Z")),
        ..By::operator("sigrid")
    };
    app.decide_by(&by, "cep/2", Decision::Commit { release: release(), on: None }).await.unwrap();
    let later = rex.get(&format!("{DAY}?show=then")).await;
    assert_eq!(snapshot(&later), before);
    in_order(&later.text(), &["One of them has changed since then", "CEP 2", "Exception required (EF)", "EF met"]);
    let mail = rex.get(&format!("{DAY}/announcement.txt")).await;
    in_order(&mail.body, &["All others (2)", "CEP 2: Proposal 2. Exception required (EF); since"]);
    // Its decision has an address, and a replay keeps it.
    let log = app.get("/decisions?action=close-freeze").await;
    assert!(
        log.text().contains("Enhancement Freeze of v1.10 closed: 1 met it, 1 with an exception, 2 others"),
        "{}",
        log.text()
    );
    assert_eq!(key("cep/2").number, 2);
}

#[tokio::test]
async fn once_closed_nothing_is_decided_on_the_page_any_more() {
    let (app, rex) = frozen().await;
    assert_eq!(rex.post(&format!("{DAY}/close"), &[]).await.status, 303);
    let page = rex.get(&format!("{DAY}?proposal=cep/2")).await;
    in_order(
        &page.text(),
        &[
            "4 proposals in the snapshot: all that named v1.10",
            "closed",
            "CEP 2",
            "Freeze day is closed.",
            "the page of CEP 2",
        ],
    );
    for gone in ["freeze/ef/decide", "freeze/ef/close", "name=\"choice\"", ">Save<"] {
        assert!(!page.body.contains(gone), "{gone}: {}", page.body);
    }
    let late = [("proposal", "cep/2"), ("choice", "remove"), ("reason", "Too late here.")];
    let refused = rex.post(&format!("{DAY}/decide"), &late).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("decide on the page of the proposal instead"), "{}", refused.text());
    assert_eq!(app.status("cep/2", "v1.10").await, "Exception required (EF)");
}

#[tokio::test]
async fn page_and_announcement_tell_the_same_about_what_came_since() {
    let (app, rex) = frozen().await;
    assert_eq!(rex.post(&format!("{DAY}/close"), &[]).await.status, 303);
    let told = async || {
        let page = rex.get(&format!("{DAY}?show=then")).await.body.matches("class=\"since\"").count();
        let mail = rex.get(&format!("{DAY}/announcement.txt")).await.body;
        // The mail is wrapped.
        let mail = mail.split_whitespace().collect::<Vec<_>>().join(" ").matches("; since then: ").count();
        (page, mail)
    };
    assert_eq!(told().await, (0, 0));
    // Work towards the next freeze changes the words about what met this one, and nothing about how it met it.
    let before = app.status("cep/1", "v1.10").await;
    app.observe(1, pull(77)).await;
    assert_ne!(app.status("cep/1", "v1.10").await, before);
    assert_eq!(told().await, (0, 0));
    let waive = Decision::Waive { release: release(), rule: domain::Rule::Commitment, reason: "Away.".to_owned() };
    app.decide_by(&By::operator("rex"), "cep/2", waive).await.unwrap();
    assert_eq!(told().await, (1, 1));
}

#[tokio::test]
async fn the_snapshot_tells_what_was_so_at_the_freeze_and_beside_it_what_the_next_freeze_did() {
    let (app, rex) = frozen().await;
    assert_eq!(rex.post(&format!("{DAY}/close"), &[]).await.status, 303);
    let row = async |number: u32| {
        let page = app.get(&format!("{DAY}?show=then")).await.body;
        let of = |row: &&str| row.contains(&format!("CEP {number}</span>"));
        page.split("<tr data-row").skip(1).find(of).unwrap().split("</tr>").next().unwrap().to_owned()
    };
    // Its status was about the Code Freeze by then, which says nothing about this one.
    let met = row(1).await;
    assert!(met.contains("EF met") && !met.contains("for CF") && !met.contains("class=\"since\""), "{met}");
    // It came to nothing by the Code Freeze.
    app.set_clock("2026-10-30T13:00:00Z");
    let since = app.status("cep/1", "v1.10").await;
    assert!(since.ends_with("(CF)"), "{since}");
    let later = row(1).await;
    assert!(later.contains("EF met") && later.contains(&format!("<span class=\"since\">{since}</span>")), "{later}");
    let deferred = Decision::Defer { reason: "Next year.".to_owned() };
    app.decide("sigrid", "cep/1", deferred).await.unwrap();
    let gone = row(1).await;
    assert!(gone.contains("EF met") && gone.contains("<span class=\"since\">Deferred</span>"), "{gone}");
}

#[tokio::test]
async fn who_closed_freeze_day_can_undo_it_on_the_page_for_ten_minutes() {
    let (app, rex) = frozen().await;
    let undo = format!("{DAY}/undo");
    let nothing = rex.post(&undo, &[]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("there is nothing to undo"), "{}", nothing.text());
    assert_eq!(rex.post(&format!("{DAY}/close"), &[]).await.status, 303);
    app.pass(chrono::TimeDelta::minutes(9));
    for part in ["", "?show=then", "?show=announcement"] {
        let page = rex.get(&format!("{DAY}{part}")).await;
        assert!(
            page.body.contains("freeze/ef/undo") && page.text().contains("1 minute left"),
            "{part}: {}",
            page.text()
        );
    }
    let rosa = app.sign_in_as(21, "rosa").await;
    assert!(!rosa.get(DAY).await.body.contains("freeze/ef/undo"), "it is the decision of another");
    assert_eq!(rosa.post(&undo, &[]).await.status, 422);
    let undone = rex.post(&undo, &[]).await;
    assert_eq!(location(&undone), "/releases/v1.10/freeze/ef?show=then&done=reopened");
    let page = rex.get(location(&undone)).await;
    in_order(&page.text(), &["1 of 3 settled", "Freeze day is open again.", "Freeze day is not closed yet"]);
    assert!(rex.get(&format!("{DAY}?proposal=cep/2")).await.body.contains("freeze/ef/decide"));
    // Closed again, it stays so once the minutes are over.
    assert_eq!(rex.post(&format!("{DAY}/close"), &[]).await.status, 303);
    app.pass(chrono::TimeDelta::minutes(11));
    assert!(!rex.get(DAY).await.body.contains("freeze/ef/undo"));
    let late = rex.post(&undo, &[]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("The ten minutes in which it could be undone are over"), "{}", late.text());
}

#[tokio::test]
async fn what_ended_before_the_freeze_stands_apart_from_what_is_open() {
    let app = planned().await;
    app.decide("sigrid", "cep/2", Decision::Defer { reason: "Next year.".to_owned() }).await.unwrap();
    let page = app.get(DAY).await;
    in_order(&page.text(), &["1 others", "and 1 that ended", "All others", "CEP 4", "Not accepted", "not accepted"]);
    in_order(&page.text(), &["Ended before the freeze", "CEP 2", "Deferred"]);
}

#[tokio::test]
async fn freeze_day_is_not_closed_before_the_freeze() {
    let app = planned().await;
    let rex = somebody("release team").browser(&app).await;
    let early = rex.post(&format!("{DAY}/close"), &[]).await;
    assert_eq!(early.status, 422);
    assert!(early.text().contains("freeze day is closed after it"), "{}", early.text());
    let early = rex.post(&format!("{DAY}/comment"), &[("proposal", "cep/2"), ("text", "Hello")]).await;
    assert_eq!(early.status, 422);
    for unknown in ["/releases/v1.10/freeze/ga", "/releases/v9.9/freeze/ef"] {
        assert_eq!(rex.get(unknown).await.status, 404, "{unknown}");
    }
}
