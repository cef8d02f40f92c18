//! Who may do what, over HTTP: every action by every role, by form and by API, exactly as `domain::may` says.

use domain::{Action, CheckInOutcome, Circumstances, Decision, Proposed, policy::may};
use serde_json::{Value, json};

use crate::support::{
    Answer, Browser, TestApp,
    people::{PEOPLE, Somebody, pull, somebody, with_proposals},
};

const V: &str = "v1.10";

/// An action that a form takes, and its fields.
type Form = (Action, &'static [(&'static str, &'static str)]);

/// Every form with what is typed into it. Each has a proposal of its own, by its place here.
const FORMS: [Form; 26] = [
    (Action::Accept, &[("release", V), ("rank", "1")]),
    (Action::Rank, &[("release", V), ("rank", "7")]),
    (Action::Assign, &[("reviewers", "rolf, @rita"), ("approvers", "ada")]),
    (Action::Commit, &[("release", V), ("on", "2026-08-01")]),
    (Action::Retarget, &[("release", V), ("to", "v1.11"), ("reason", "new-blocker"), ("sentence", "")]),
    (Action::Defer, &[("reason", "Not this year.")]),
    (Action::Reject, &[("reason", "Nobody wants it.")]),
    (Action::Withdraw, &[("reason", "It is done elsewhere.")]),
    (Action::Replace, &[("by", "99"), ("reason", "The other one is better.")]),
    (Action::Deprecate, &[("reason", "Nobody uses it.")]),
    (Action::Remove, &[("release", V), ("reason", "Nobody answers.")]),
    (Action::Readmit, &[("release", V), ("reason", "Somebody answered.")]),
    (Action::HandOver, &[("to", "olaf")]),
    (Action::NoDocsNeeded, &[("release", V), ("reason", "Users see nothing of it.")]),
    (Action::NothingToMerge, &[("release", V), ("reason", "It is a process.")]),
    (Action::Waive, &[("release", V), ("rule", "commitment"), ("reason", "The owner is on leave.")]),
    (Action::SignOff, &[("sig", "sig-scale")]),
    (Action::Classify, &[("release", V), ("pull", "kubevirt/project-infra#5120"), ("kind", "docs")]),
    (Action::SignLine, &[("release", V), ("line", "bugs"), ("statement", "None known.")]),
    (Action::Acknowledge, &[]),
    (Action::Support, &[("links", "https://example.org/thread"), ("note", "Three vendors.")]),
    (Action::Feedback, &[("links", ""), ("note", "They like it.")]),
    (Action::AnswerCheckIn, &[("release", V), ("sentence", "It goes on.")]),
    (Action::Decline, &[("release", V), ("reason", "It stays.")]),
    (Action::PutOnAgenda, &[("reason", "Which way?")]),
    (Action::TakeOffAgenda, &[("note", "The first.")]),
];

/// Brings a proposal to where an action is possible.
async fn prepare(app: &TestApp, number: u32, action: Action) {
    let proposal = format!("cep/{number}");
    let release = V.parse().unwrap();
    match action {
        Action::CloseFreeze => app.set_clock("2026-09-04T12:00:00Z"),
        Action::Rank | Action::SignLine | Action::CheckIn | Action::AnswerCheckIn => {
            app.decide("sigrid", &proposal, Decision::Accept { release, rank: Some(1) }).await.unwrap();
        }
        Action::Decline => {
            app.decide("sigrid", &proposal, Decision::Accept { release, rank: Some(1) }).await.unwrap();
            let (outcome, sentence) = (CheckInOutcome::RetargetOrReject, "Nobody reviews it.".to_owned());
            let proposed = Some(Proposed::Reject);
            let said = Decision::CheckIn { release, week: None, outcome, sentence, proposed };
            app.decide("rex", &proposal, said).await.unwrap();
        }
        Action::Readmit => {
            let reason = "Silence.".to_owned();
            app.decide("rex", &proposal, Decision::Remove { release, reason }).await.unwrap();
        }
        Action::Classify => app.observe(number, pull(5120)).await,
        Action::TakeOffAgenda => {
            let reason = "Which way?".to_owned();
            app.decide("sigrid", &proposal, Decision::PutOnAgenda { reason }).await.unwrap();
        }
        _ => {}
    }
}

/// Whether the rules let somebody do something here.
fn allowed(action: Action, who: &Somebody, at: &Circumstances) -> bool {
    may(action, &who.standing(), at).is_ok()
}

fn circumstances(action: Action) -> Circumstances {
    let sig = (action == Action::SignOff).then(|| "sig-scale".to_owned());
    Circumstances { sig, ..Circumstances::default() }
}

/// Those who may not come first, so that they find the proposal as it was.
fn refused_first(action: Action, at: &Circumstances) -> Vec<Somebody> {
    let mut people = PEOPLE.to_vec();
    people.sort_by_key(|who| allowed(action, who, at));
    people
}

#[tokio::test]
async fn every_form_is_for_exactly_those_whom_the_matrix_names() {
    let app = with_proposals(FORMS.len().try_into().unwrap()).await;
    for (place, (action, fields)) in FORMS.into_iter().enumerate() {
        let number = u32::try_from(place).unwrap() + 1;
        prepare(&app, number, action).await;
        let address = format!("/cep/{number}/decide/{}?release={V}", action.slug());
        let at = circumstances(action);
        let mut recorded = 0;
        for who in refused_first(action, &at) {
            let before = app.events().await;
            let answer = who.browser(&app).await.post(&address, fields).await;
            let told = format!("{} by {}: {} {}", action.slug(), who.role, answer.status, answer.text());
            let grown = app.events().await - before;
            match (who.id, allowed(action, &who, &at)) {
                (0, _) => {
                    assert_eq!((answer.status.as_u16(), grown), (401, 0), "{told}");
                    assert!(answer.text().contains("You are not signed in, or your session is over."), "{told}");
                }
                (_, false) => {
                    assert_eq!((answer.status.as_u16(), grown), (403, 0), "{told}");
                    assert!(answer.text().contains("Not recorded"), "{told}");
                }
                // What the rules refuse after somebody did it already is allowed all the same.
                (_, true) => match answer.status.as_u16() {
                    303 => recorded += grown,
                    422 => assert_eq!(grown, 0, "{told}"),
                    _ => panic!("{told}"),
                },
            }
        }
        let possible = action != Action::SignOff;
        assert_eq!(recorded > 0, possible, "{} was recorded by nobody", action.slug());
    }
}

/// A decision as the API takes it; on the proposal `number`.
fn decision(action: Action) -> Value {
    let (reason, release) = ("A good one.", V);
    let mut decision = match action {
        Action::Accept | Action::Rank => json!({ "release": release, "rank": 4 }),
        Action::Assign => json!({ "reviewers": ["rolf"], "approvers": ["ada"] }),
        Action::Commit => json!({ "release": release, "on": "2026-08-01" }),
        Action::Retarget => json!({ "release": release, "to": "v1.11", "reason": "other", "sentence": reason }),
        Action::Defer | Action::Reject | Action::Withdraw | Action::Deprecate | Action::PutOnAgenda => {
            json!({ "reason": reason })
        }
        Action::Replace => json!({ "by": 99, "reason": reason }),
        Action::Remove | Action::Readmit | Action::NoDocsNeeded | Action::NothingToMerge | Action::Decline => {
            json!({ "release": release, "reason": reason })
        }
        Action::HandOver => json!({ "to": "olaf" }),
        Action::Waive => json!({ "release": release, "rule": "labels", "reason": reason }),
        Action::SignOff => json!({ "sig": "sig-scale" }),
        Action::Classify => {
            json!({ "release": release, "repository": "kubevirt/project-infra", "number": 5120, "kind": "bug" })
        }
        Action::SignLine => json!({ "release": release, "line": "tracked" }),
        Action::Acknowledge => json!({}),
        Action::Support => json!({ "links": ["https://example.org"], "note": reason }),
        Action::AnswerCheckIn => json!({ "release": release, "sentence": "It goes on." }),
        Action::Feedback | Action::TakeOffAgenda => json!({ "note": reason }),
        Action::CheckIn => json!({ "release": release, "outcome": "on-track", "sentence": reason }),
        Action::Undo => json!({ "event": 1 }),
        Action::Ask => json!({
            "release": release, "freeze": "code", "justification": reason, "time": "5 days", "impact": reason,
        }),
        Action::File => json!({ "request": 1, "thread": "https://example.org/mail" }),
        Action::Review | Action::TakeBack => json!({ "request": 1 }),
        Action::AskMore => json!({ "request": 1, "question": "Why?" }),
        Action::Answer => json!({ "request": 1, "answer": "Because." }),
        Action::Grant => json!({ "request": 1, "until": "2026-10-27", "reason": reason }),
        Action::Extend => json!({ "request": 1, "until": "2026-11-03", "reason": reason }),
        Action::Deny => json!({ "request": 1, "reason": reason }),
        Action::ClosePlan => json!({ "release": release }),
        Action::EditChecklist => json!({ "release": release, "text": "The lanes are green" }),
        Action::CloseFreeze => json!({ "release": release, "freeze": "enhancement" }),
        Action::Remind
        | Action::Announce
        | Action::Represent
        | Action::KeepMeetings
        | Action::KeepTemplates
        | Action::KeepRosters
        | Action::KeepOutbox
        | Action::CancelOutgoing
        | Action::ReadGitHub
        | Action::ExportInstance => {
            panic!("no decision on a proposal")
        }
    };
    decision["action"] = json!(if action == Action::EditChecklist { "add-line" } else { action.slug() });
    decision
}

/// What the API is sent for an action on a proposal, or on its source.
fn order(action: Action, number: u32) -> Value {
    if matches!(action, Action::ClosePlan | Action::EditChecklist | Action::CloseFreeze) {
        return json!({ "source": "cep", "decision": decision(action) });
    }
    json!({ "proposal": format!("cep/{number}"), "decision": decision(action) })
}

/// Brings a request of the contributor to where a step is possible.
async fn prepare_request(app: &TestApp, number: u32, action: Action) {
    let proposal = format!("cep/{number}");
    let step = |action: Action| serde_json::from_value::<Decision>(decision(action)).unwrap();
    let steps: &[Action] = match action {
        Action::File | Action::Review | Action::AskMore | Action::Grant | Action::Deny | Action::TakeBack => &[],
        Action::Answer => &[Action::AskMore],
        Action::Extend => &[Action::Grant],
        _ => return,
    };
    app.decide("nina", &proposal, step(Action::Ask)).await.unwrap();
    for action in steps {
        app.decide("rex", &proposal, step(*action)).await.unwrap();
    }
}

#[tokio::test]
async fn the_api_is_for_exactly_those_whom_the_matrix_names() {
    let actions: Vec<_> = Action::ALL.into_iter().filter(|action| !action.is_housekeeping()).collect();
    let app = with_proposals(u32::try_from(actions.len()).unwrap() + 1).await;
    // Something has to be accepted for a plan to be closed.
    app.decide(
        "sigrid",
        &format!("cep/{}", actions.len() + 1),
        serde_json::from_value(decision(Action::Accept)).unwrap(),
    )
    .await
    .unwrap();
    for (place, action) in actions.into_iter().enumerate() {
        let number = u32::try_from(place).unwrap() + 1;
        prepare(&app, number, action).await;
        prepare_request(&app, number, action).await;
        let order = order(action, number);
        let mut recorded = 0;
        let at = |who: &Somebody| Circumstances { requester: who.login == "nina", ..circumstances(action) };
        let mut people = PEOPLE.to_vec();
        people.sort_by_key(|who| allowed(action, who, &at(who)));
        for who in people {
            let before = app.events().await;
            let answer = who.browser(&app).await.post_json("/api/v1/decisions", &order).await;
            let told = format!("{} by {}: {} {}", action.slug(), who.role, answer.status, answer.body);
            let grown = app.events().await - before;
            match (who.id, allowed(action, &who, &at(&who)), answer.status.as_u16()) {
                (0, _, status) => assert_eq!((status, grown), (401, 0), "{told}"),
                (_, false, status) => {
                    assert_eq!((status, grown), (403, 0), "{told}");
                    assert_eq!(answer.json()["status"], 403, "{told}");
                    assert!(!answer.json()["detail"].as_str().unwrap().is_empty(), "{told}");
                }
                (_, true, 201) => recorded += grown,
                (_, true, 422) => assert_eq!(grown, 0, "{told}"),
                _ => panic!("{told}"),
            }
        }
        let possible = !matches!(action, Action::SignOff | Action::Undo);
        assert_eq!(recorded > 0, possible, "{} was recorded by nobody", action.slug());
    }
}

#[tokio::test]
async fn from_the_freeze_on_only_the_release_team_waives() {
    let app = with_proposals(1).await;
    app.decide("sigrid", "cep/1", serde_json::from_value(decision(Action::Accept)).unwrap()).await.unwrap();
    app.set_clock("2026-09-04T12:00:00Z");
    let order = order(Action::Waive, 1);
    let sig = somebody("SIG member").browser(&app).await.post_json("/api/v1/decisions", &order).await;
    assert_eq!(sig.status, 403);
    assert!(sig.json()["detail"].as_str().unwrap().contains("the freeze has passed"), "{}", sig.body);
    let team = somebody("release team").browser(&app).await.post_json("/api/v1/decisions", &order).await;
    assert_eq!(team.status, 201, "{}", team.body);
}

#[tokio::test]
async fn nobody_decides_their_own_request_nor_waives_for_their_own_proposal() {
    let app = with_proposals(1).await;
    let rex = somebody("release team").browser(&app).await;
    assert_eq!(rex.post_json("/api/v1/decisions", &order(Action::Ask, 1)).await.status, 201);
    let own = rex.post_json("/api/v1/decisions", &order(Action::Grant, 1)).await;
    assert_eq!(own.status, 403);
    assert!(own.json()["detail"].as_str().unwrap().contains("nobody decides on their own request"), "{}", own.body);
    // Somebody in the SIG and owner at once.
    app.decide("olga", "cep/1", Decision::HandOver { to: "sven".to_owned() }).await.unwrap();
    let sven = app.sign_in_as(31, "sven").await;
    let own = sven.post_json("/api/v1/decisions", &order(Action::Waive, 1)).await;
    assert_eq!(own.status, 403);
    assert!(own.json()["detail"].as_str().unwrap().contains("their own proposal"), "{}", own.body);
}

/// A form as another site, or a script with nothing to show, would send it.
async fn sent(browser: &Browser, address: &str, fields: &[(&str, &str)], header: Option<(&str, &str)>) -> Answer {
    use crate::support::browser::{body, form};
    let mut request = form(address);
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    browser.send(request.body(body(fields)).unwrap()).await
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    let csrf = sigrid.csrf();
    let good = [("release", V), ("csrf", csrf.as_str())];
    let address = "/cep/1/decide/accept";
    let before = app.events().await;
    let forged = [
        sent(&sigrid, address, &good[..1], Some(("sec-fetch-site", "same-origin"))).await,
        sent(&sigrid, address, &[("release", V), ("csrf", "guess")], Some(("sec-fetch-site", "same-origin"))).await,
        sent(&sigrid, address, &good, Some(("sec-fetch-site", "cross-site"))).await,
        sent(&sigrid, address, &good, Some(("origin", "https://evil.example"))).await,
    ];
    for answer in forged {
        assert_eq!(answer.status, 403, "{}", answer.body);
    }
    // A request with the cookie alone, as a browser sends along unasked.
    let lone = axum::http::Request::post("/api/v1/decisions")
        .header("content-type", "application/json")
        .body(axum::body::Body::from(order(Action::Accept, 1).to_string()))
        .unwrap();
    let lone = sigrid.send(lone).await;
    assert_eq!((lone.status.as_u16(), lone.json()["type"].as_str()), (403, Some("/problems/forged")));
    assert_eq!(app.events().await, before);
    assert_eq!(sent(&sigrid, address, &good, Some(("sec-fetch-site", "same-origin"))).await.status, 303);
}

#[tokio::test]
async fn the_same_post_twice_records_once() {
    let app = with_proposals(2).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    for (address, fields) in [
        ("/cep/1/decide/feedback", [("note", "They like it."), ("seen", "0")]),
        ("/cep/2/decide/accept", [("release", V), ("seen", "0")]),
    ] {
        let before = app.events().await;
        assert_eq!(sigrid.post(address, &fields).await.status, 303);
        let again = sigrid.post(address, &fields).await;
        assert_eq!(again.status, 409, "{}", again.text());
        assert_eq!(app.events().await, before + 1, "{address}");
    }
    let mut order = order(Action::Support, 2);
    order["seen"] = json!(app.events().await);
    assert_eq!(sigrid.post_json("/api/v1/decisions", &order).await.status, 201);
    let again = sigrid.post_json("/api/v1/decisions", &order).await;
    assert_eq!((again.status.as_u16(), again.json()["type"].as_str()), (409, Some("/problems/meanwhile")));
}

#[tokio::test]
async fn a_renamed_login_gains_nothing() {
    let app = with_proposals(1).await;
    let before = app.events().await;
    // Somebody takes the free login of a member before that member was ever here, and after.
    app.sign_in_as(66, "mallory").await;
    let renamed = app.sign_in_as(66, "sigrid").await;
    let answer = renamed.post_json("/api/v1/decisions", &order(Action::Accept, 1)).await;
    assert_eq!(answer.status, 403, "{}", answer.body);
    app.sign_in_as(15, "sigrid").await;
    let later = app.sign_in_as(66, "sigrid").await;
    let form = later.post("/cep/1/decide/accept", &[("release", V)]).await;
    assert_eq!(form.status, 403, "{}", form.text());
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn another_word_is_recorded_only_by_who_keeps_records_and_with_a_link() {
    let app = with_proposals(1).await;
    let mut order = order(Action::Commit, 1);
    order["on_behalf_of"] = json!("olga");
    let sigrid = somebody("SIG member").browser(&app).await;
    let no_link = sigrid.post_json("/api/v1/decisions", &order).await;
    assert_eq!((no_link.status.as_u16(), no_link.json()["field"].as_str()), (422, Some("link")));
    order["link"] = json!("https://example.org/issue#1");
    let nina = somebody("contributor").browser(&app).await.post_json("/api/v1/decisions", &order).await;
    assert_eq!(nina.status, 403, "{}", nina.body);
    let done = sigrid.post_json("/api/v1/decisions", &order).await;
    assert_eq!(done.status, 201, "{}", done.body);
    assert_eq!(done.json()["recorded_by"], "sigrid");
    assert_eq!(done.json()["on_behalf_of"], "olga");
}
