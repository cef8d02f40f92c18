//! The agenda: put on it, talked about, taken off again.

use domain::{CheckInOutcome, Decision, Freeze, Proposed, RetargetReason, Terms};
use server::usecases::load_demo::load_demo;

use crate::support::{
    TestApp,
    people::{somebody, with_proposals},
};

#[tokio::test]
async fn a_proposal_is_put_on_the_agenda_with_a_reason_and_taken_off_when_dealt_with() {
    let app = with_proposals(2).await;
    let olga = somebody("owner").browser(&app).await;
    let put = olga.post("/cep/1/decide/put-on-agenda", &[("reason", "Two ways to do it; which?")]).await;
    assert_eq!(put.status, 303, "{}", put.text());
    let text = olga.get("/agenda").await.text();
    assert!(text.contains("To discuss 1 CEP 1 Proposal 1 Two ways to do it; which? @olga"), "{text}");
    assert!(text.contains("Take off"), "{text}");
    assert!(!app.get("/agenda").await.body.contains("/decide/take-off-agenda"), "not for who is not signed in");
    let page = olga.get("/cep/1").await.body;
    assert!(page.contains("/decide/take-off-agenda") && !page.contains("/decide/put-on-agenda"), "{page}");
    let again = olga.post("/cep/1/decide/put-on-agenda", &[("reason", "Again.")]).await;
    assert_eq!(again.status, 422, "{}", again.text());
    let sigrid = somebody("SIG member").browser(&app).await;
    let off = sigrid.post("/cep/1/decide/take-off-agenda", &[("note", "The first way.")]).await;
    assert_eq!(off.status, 303, "{}", off.text());
    assert!(!app.get("/agenda").await.text().contains("To discuss"));
    let log = app.get("/decisions").await.text();
    assert!(log.contains("Taken off the agenda") && log.contains("The first way."), "{log}");
    let otto = somebody("other SIG's member").browser(&app).await;
    assert_eq!(otto.post("/cep/2/decide/put-on-agenda", &[("reason", "Mine.")]).await.status, 403);
}

#[tokio::test]
async fn putting_it_on_the_agenda_can_be_undone() {
    let app = with_proposals(1).await;
    let put = Decision::PutOnAgenda { reason: "Which way?".to_owned() };
    let event = app.decide("olga", "cep/1", put).await.unwrap().id;
    app.decide("olga", "cep/1", Decision::Undo { event }).await.unwrap();
    assert!(!app.get("/agenda").await.text().contains("Which way?"));
}

#[tokio::test]
async fn undecided_exceptions_and_what_waits_on_the_sig_come_by_themselves() {
    let app = with_proposals(1).await;
    let text = app.get("/agenda").await.text();
    assert!(text.contains("Waits on the SIG"), "acceptance: {text}");
    let ask = Decision::Ask(Terms {
        release: "v1.10".parse().unwrap(),
        freeze: Some(Freeze::Enhancement),
        justification: "It is late.".to_owned(),
        time: "50 days".to_owned(),
        impact: "It slips.".to_owned(),
        covers: Vec::new(),
    });
    app.decide("olga", "cep/1", ask).await.unwrap();
    let file = app.get("/agenda.md?sig=sig-ci").await;
    assert_eq!(file.headers["content-type"], "text/markdown; charset=utf-8");
    assert!(file.body.contains("## sig-ci") && file.body.contains("### Exceptions"), "{}", file.body);
    assert!(file.body.contains("asked for by @olga"), "{}", file.body);
    assert!(app.get("/agenda.md?sig=sig-nowhere").await.body.contains("Nothing is on it."));
}

#[tokio::test]
async fn the_demo_has_something_of_everything_to_talk_about() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let text = app.get("/agenda").await.text();
    for group in ["Exceptions", "Waits on the SIG", "Reviews that lag", "As Markdown"] {
        assert!(text.contains(group), "{group}: {text}");
    }
}

#[tokio::test]
async fn what_a_check_in_proposed_waits_for_the_sig_on_its_agenda() {
    let app = with_proposals(1).await;
    let release = "v1.10".parse().unwrap();
    app.decide("sigrid", "cep/1", Decision::Accept { release, rank: None }).await.unwrap();
    let text = app.get("/agenda.md").await.body;
    assert!(!text.contains("Confirm or decline"), "{text}");
    let proposed = Proposed::Retarget { to: "v1.11".parse().unwrap(), reason: RetargetReason::NewBlocker };
    let said = |outcome, proposed| Decision::CheckIn {
        release,
        week: None,
        outcome,
        sentence: "The quota was refused.".to_owned(),
        proposed,
    };
    app.decide("rex", "cep/1", said(CheckInOutcome::RetargetOrReject, Some(proposed))).await.unwrap();
    let text = app.get("/agenda").await.text();
    assert!(text.contains("Confirm or decline: retarget to v1.11, new blocker"), "{text}");
    assert!(text.contains("@rex proposed it: The quota was refused."), "{text}");
    let sigrid = somebody("SIG member").browser(&app).await;
    let fields = [("outcome", "on-track"), ("sentence", "It stays."), ("then", "next")];
    assert_eq!(sigrid.post("/check-ins/v1.10/2026-W31/cep/1", &fields).await.status, 303);
    assert!(!app.get("/agenda").await.text().contains("Confirm or decline"), "declined");
}

#[tokio::test]
async fn each_matter_is_on_the_agenda_once_under_the_sig_that_must_act() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let text = app.get("/agenda.md").await.body;
    let (mut sig, mut seen) = (String::new(), Vec::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut sig);
        } else if line.starts_with("- ") {
            // The same for another release is the same.
            let key = (sig.clone(), line.split(", until ").next().unwrap_or_default().to_owned());
            assert!(!seen.contains(&key), "twice under {sig}: {line}\n{text}");
            seen.push(key);
        }
    }
    let owed: Vec<_> = seen.iter().filter(|(_, line)| line.contains("sign-off")).collect();
    assert!(!owed.is_empty(), "{text}");
    let signing = ["sig-compute", "sig-network", "sig-storage"];
    assert!(owed.iter().all(|(sig, _)| signing.contains(&sig.as_str())), "{owed:?}");
    assert!(!text.contains("Decide the exception"), "exceptions have a part of their own: {text}");
}

#[tokio::test]
async fn each_line_has_its_button_for_those_who_may_and_says_what_is_overdue() {
    let app = with_proposals(1).await;
    let ask = Decision::Ask(Terms {
        release: "v1.10".parse().unwrap(),
        freeze: Some(Freeze::Enhancement),
        justification: "It is late.".to_owned(),
        time: "50 days".to_owned(),
        impact: "It slips.".to_owned(),
        covers: Vec::new(),
    });
    app.decide("rosa", "cep/1", ask).await.unwrap();
    let looks = async |login: &str, id: i64| app.sign_in_as(id, login).await.get("/agenda").await.body;
    let (decide, accept) = ("aria-label=\"Decide: CEP 1\"", "aria-label=\"Accept: CEP 1\"");
    let rex = looks("rex", 17).await;
    assert!(rex.contains(decide) && !rex.contains(accept), "{rex}");
    assert!(!looks("rosa", 19).await.contains(decide), "nobody decides their own");
    let sigrid = looks("sigrid", 15).await;
    assert!(sigrid.contains(accept) && sigrid.contains("href=\"/cep/1/decide/accept?release=v1.10\""), "{sigrid}");
    let anyone = app.get("/agenda").await;
    assert!(!anyone.body.contains(decide) && !anyone.body.contains(accept), "{}", anyone.body);
    assert!(!anyone.text().contains("overdue"), "{}", anyone.text());
    app.set_clock("2026-11-10T12:00:00Z");
    assert!(app.get("/agenda").await.text().contains("overdue by"), "{}", app.get("/agenda").await.text());
    assert!(app.get("/agenda.md").await.body.contains(", overdue by"), "{}", app.get("/agenda.md").await.body);
}

#[tokio::test]
async fn the_sig_declines_what_a_check_in_proposed_with_a_reason_wherever_it_could_confirm() {
    let app = with_proposals(1).await;
    let release = "v1.10".parse().unwrap();
    app.decide("sigrid", "cep/1", Decision::Accept { release, rank: None }).await.unwrap();
    let proposed = Proposed::Retarget { to: "v1.11".parse().unwrap(), reason: RetargetReason::NewBlocker };
    let said = Decision::CheckIn {
        release,
        week: None,
        outcome: CheckInOutcome::RetargetOrReject,
        sentence: "The quota was refused.".to_owned(),
        proposed: Some(proposed),
    };
    app.decide("rex", "cep/1", said).await.unwrap();
    let sigrid = somebody("SIG member").browser(&app).await;
    let nina = somebody("contributor").browser(&app).await;
    let (confirm, decline) =
        ("/cep/1/decide/retarget?release=v1.10&amp;to=v1.11", "/cep/1/decide/decline?release=v1.10");
    for page in ["/me", "/agenda", "/cep/1"] {
        let body = sigrid.get(page).await.body;
        assert!(body.contains(confirm) && body.contains(decline), "{page}: {body}");
        assert!(!nina.get(page).await.body.contains(decline), "{page}");
    }
    assert!(app.get("/cep/1").await.text().contains("Confirm or decline: retarget to v1.11, new blocker"));
    let form = sigrid.get(decline).await.text();
    assert!(form.contains("Retarget to v1.11, new blocker. @rex: The quota was refused."), "{form}");
    let silent = sigrid.post(decline, &[("release", "v1.10"), ("reason", " ")]).await;
    assert_eq!(silent.status, 422, "{}", silent.text());
    let fields = [("release", "v1.10"), ("reason", "The quota came after all.")];
    assert_eq!(nina.post(decline, &fields).await.status, 403);
    assert_eq!(sigrid.post(decline, &fields).await.status, 303);
    for page in ["/me", "/agenda", "/cep/1"] {
        assert!(!sigrid.get(page).await.body.contains(decline), "{page}");
    }
    let log = app.get("/decisions?action=decline").await.text();
    assert!(log.contains("Declined to let it leave v1.10: The quota came after all."), "{log}");
    // Whoever looks at the week finds what became of it, beside what was proposed.
    let told = "The quota was refused. @rex (release team), 1 Aug Proposed: retarget to v1.11, new blocker. \
                Declined: The quota came after all. @sigrid (SIG), 1 Aug";
    let week = app.get("/check-ins/v1.10/2026-W31").await.text();
    assert!(week.contains(told), "{week}");
    let said = &app.get("/api/v1/releases/v1.10/check-ins/2026-W31").await.json()["items"][0]["said"][0];
    assert_eq!(said["declined"]["by"], "sigrid", "{said}");
    let again = sigrid.post(decline, &fields).await;
    assert!(again.status == 422 && again.text().contains("nothing to decline"), "{}", again.text());
}
