//! Freeze day while others decide at the same time: what is closed is closed for all, and nobody closes over what they have
//! not seen (P-5, invariant 11).

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{CheckInOutcome, Decision, Event, Freeze, Frozen, Group, ReleaseVersion, Rule};
use server::{
    store::{event, project},
    usecases::decide::{By, DecideError, SourceDecision, decide_on_sources},
};

use crate::{
    freeze_day::{DAY, field, frozen, location},
    support::TestApp,
};

fn release() -> ReleaseVersion {
    "v1.10".parse().unwrap()
}

async fn open_sources(app: &TestApp) -> serde_json::Value {
    app.get("/api/v1/releases/v1.10/freeze/ef").await.json()["open_sources"].clone()
}

#[tokio::test]
async fn a_decision_that_waits_while_freeze_day_is_closed_is_refused() {
    let (app, rex) = frozen().await;
    let before = app.status("cep/2", "v1.10").await;
    let now: DateTime<Utc> = app.context.clock.now();
    let kept = Frozen {
        number: 2,
        title: "Proposal 2".to_owned(),
        group: Group::Others,
        status: "exception-required-ef".to_owned(),
        words: "Exception required (EF)".to_owned(),
    };
    let closing = event::NewEvent {
        source: "cep".to_owned(),
        number: 0,
        actor: "rosa".to_owned(),
        actor_id: None,
        on_behalf_of: None,
        link: None,
        occurred_at: Some(now),
        event: Event::FreezeClosed { release: release(), freeze: Freeze::Enhancement, at: now, judged: vec![kept] },
    };
    // Another is about to close it: they hold the log, and nobody sees yet what they write.
    let mut tx = app.context.pool.begin().await.unwrap();
    event::lock_log(&mut tx).await.unwrap();
    project::append(&mut tx, &closing, now).await.unwrap();
    let remove = [("proposal", "cep/2"), ("choice", "remove"), ("reason", "Nobody asked.")];
    let address = format!("{DAY}/decide");
    let (refused, ()) = tokio::join!(rex.post(&address, &remove), async {
        // Whatever can be looked at without the log has been looked at by now.
        tokio::time::sleep(Duration::from_millis(500)).await;
        tx.commit().await.unwrap();
    });
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("reeze day is closed, and its snapshot stays"), "{}", refused.text());
    assert_eq!(app.status("cep/2", "v1.10").await, before);
}

#[tokio::test]
async fn who_closes_freeze_day_is_shown_first_what_was_decided_since_they_looked() {
    let (app, rex) = frozen().await;
    let seen = field(&rex.get(&format!("{DAY}?show=announcement")).await, "seen");
    let close = async |seen: &str| rex.post(&format!("{DAY}/close"), &[("seen", seen)]).await;
    let waive = Decision::Waive { release: release(), rule: Rule::Commitment, reason: "Away.".to_owned() };
    app.decide_by(&By::operator("rosa"), "cep/2", waive).await.unwrap();
    let told = close(&seen).await;
    assert_eq!(told.status, 409, "{}", told.text());
    assert!(told.text().contains("eanwhile somebody else decided (@rosa: "), "{}", told.text());
    assert_eq!(open_sources(&app).await, serde_json::json!(["cep"]), "it is not closed");
    // Having seen that, they close it.
    let closed = close(&field(&told, "seen")).await;
    assert_eq!(location(&closed), "/releases/v1.10/freeze/ef?show=then&done=closed");
    assert!(rex.get(location(&closed)).await.text().contains("EF met with a waiver"));
}

#[tokio::test]
async fn a_word_at_a_check_in_hinders_nobody_from_closing_freeze_day() {
    let (app, rex) = frozen().await;
    let seen = field(&rex.get(&format!("{DAY}?show=announcement")).await, "seen");
    let (outcome, sentence) = (CheckInOutcome::OnTrack, "It moves.".to_owned());
    let word = Decision::CheckIn { release: release(), week: None, outcome, sentence, proposed: None };
    app.decide("rosa", "cep/1", word).await.unwrap();
    let closed = rex.post(&format!("{DAY}/close"), &[("seen", &seen)]).await;
    assert_eq!(location(&closed), "/releases/v1.10/freeze/ef?show=then&done=closed");
    assert_eq!(open_sources(&app).await, serde_json::json!([]));
}

#[tokio::test]
async fn freeze_day_is_closed_for_all_sources_or_for_none() {
    let (app, _) = frozen().await;
    let before = app.events().await;
    let close = || SourceDecision::CloseFreeze { release: release(), freeze: Freeze::Enhancement };
    let decisions = ["cep", "nowhere"].map(|source| (source.to_owned(), close())).to_vec();
    let by = By::operator("rex");
    let refused = decide_on_sources(&app.context, &app.state.verdicts, &by, decisions, None).await;
    assert!(matches!(&refused, Err(DecideError::NoSource(source)) if source == "nowhere"), "{refused:?}");
    assert_eq!(app.events().await, before);
    assert_eq!(open_sources(&app).await, serde_json::json!(["cep"]));
}
