//! Makes facts of webhooks that came: into the mirror, then into the log.
//!
//! Each delivery is one transaction and may be processed again without harm: the newer fact wins, and where two of one
//! second cannot be told apart, or a payload says less than everything, GitHub is asked. What nobody needs is named and
//! kept.

use serde_json::Value;
use sqlx::PgConnection;

use super::{Context, observe};
use crate::{
    github::rows,
    store::{
        self,
        github::{
            comment,
            delivery::{self, Delivery, Fate},
            item::{self, Kind},
            page,
        },
    },
    verdicts::Verdicts,
};

/// Deliveries taken at a time.
const BATCH: i64 = 50;

/// Processes everything that waits; how many deliveries that were.
///
/// # Errors
/// When the database fails; what was processed until then stays.
pub async fn process_webhooks(context: &Context, verdicts: &Verdicts) -> store::Result<u32> {
    let mut done = 0;
    loop {
        let mut tx = context.pool.begin().await?;
        let batch = delivery::next(&mut tx, BATCH).await?;
        if batch.is_empty() {
            break;
        }
        item::lock(&mut tx).await?;
        for delivery in &batch {
            let (fate, note) = take_in(&mut tx, delivery).await?;
            delivery::settle(&mut tx, &delivery.id, fate, &note, context.clock.now()).await?;
            done += 1;
        }
        tx.commit().await?;
        observe::observe(context, verdicts).await?;
    }
    Ok(done)
}

async fn take_in(conn: &mut PgConnection, delivery: &Delivery) -> store::Result<(Fate, String)> {
    let payload = &delivery.payload;
    let Some(repository) = payload["repository"]["full_name"].as_str() else {
        return Ok((Fate::Ignored, "It is about no repository.".to_owned()));
    };
    let action = payload["action"].as_str().unwrap_or_default();
    match delivery.event.as_str() {
        "issues" => issue(conn, repository, action, payload).await,
        "issue_comment" => {
            let outcome = comment_of(conn, repository, action, payload).await?;
            item_of(conn, repository, &payload["issue"]).await?;
            Ok(outcome)
        }
        "pull_request" => {
            let outcome = item_of(conn, repository, &payload["pull_request"]).await?;
            in_doubt(conn, repository, &payload["pull_request"]).await?;
            Ok(outcome)
        }
        "pull_request_review" | "pull_request_review_comment" => {
            let outcome = if delivery.event == "pull_request_review" {
                review_of(conn, repository, payload).await?
            } else {
                (Fate::Done, "Its pull request is read again.".to_owned())
            };
            item_of(conn, repository, &payload["pull_request"]).await?;
            in_doubt(conn, repository, &payload["pull_request"]).await?;
            Ok(outcome)
        }
        "push" => {
            // The tree is asked for by its own address, with its ETag.
            page::forget(conn, &format!("/repos/{repository}/git/trees/")).await?;
            Ok((Fate::Done, "Its files are read with the next run.".to_owned()))
        }
        "ping" => Ok((Fate::Done, "GitHub says hello.".to_owned())),
        other => Ok((Fate::Ignored, format!("`{other}` says nothing that is asked for."))),
    }
}

async fn issue(
    conn: &mut PgConnection,
    repository: &str,
    action: &str,
    payload: &Value,
) -> store::Result<(Fate, String)> {
    let number = payload["issue"]["number"].as_u64().and_then(|number| u32::try_from(number).ok());
    if let ("deleted" | "transferred", Some(number)) = (action, number) {
        let to = payload["changes"]["new_issue"]["html_url"].as_str().unwrap_or("deleted");
        item_of(conn, repository, &payload["issue"]).await?;
        item::gone(conn, repository, number, to).await?;
        return Ok((Fate::Done, format!("#{number} is gone ({action}).")));
    }
    item_of(conn, repository, &payload["issue"]).await
}

/// An issue or pull request, as far as the payload shows it.
async fn item_of(conn: &mut PgConnection, repository: &str, value: &Value) -> store::Result<(Fate, String)> {
    let read = match rows::item(repository, value) {
        Ok((read, _)) => read,
        Err(odd) => return Ok((Fate::Failed, format!("{}: {}", odd.row, odd.what))),
    };
    let refs = observe::refs(repository, &read);
    let kind = item::keep(conn, repository, &read, &refs, false).await?;
    let word = match kind {
        Kind::Changed => "is taken in",
        Kind::Known => "was known",
        Kind::Older => "was known in a newer state",
    };
    Ok((Fate::Done, format!("#{} {word}.", read.number)))
}

/// What happened to a pull request is more than its payload shows.
async fn in_doubt(conn: &mut PgConnection, repository: &str, value: &Value) -> store::Result<()> {
    match value["number"].as_u64().and_then(|number| u32::try_from(number).ok()) {
        Some(number) => item::mark_stale(conn, repository, number).await,
        None => Ok(()),
    }
}

async fn comment_of(
    conn: &mut PgConnection,
    repository: &str,
    action: &str,
    payload: &Value,
) -> store::Result<(Fate, String)> {
    let number = payload["issue"]["number"].as_u64().and_then(|number| u32::try_from(number).ok());
    match rows::comment(repository, number, &payload["comment"]) {
        Ok((read, _)) if action == "deleted" => {
            comment::gone(conn, repository, &read).await?;
            Ok((Fate::Done, format!("A comment on #{} is gone.", read.number)))
        }
        Ok((read, _)) => {
            comment::keep(conn, repository, &read).await?;
            Ok((Fate::Done, format!("A comment on #{} is taken in.", read.number)))
        }
        Err(odd) => Ok((Fate::Failed, format!("{}: {}", odd.row, odd.what))),
    }
}

async fn review_of(conn: &mut PgConnection, repository: &str, payload: &Value) -> store::Result<(Fate, String)> {
    let number = payload["pull_request"]["number"].as_u64().and_then(|number| u32::try_from(number).ok());
    let Some(number) = number else { return Ok((Fate::Failed, "A review of no pull request.".to_owned())) };
    match rows::review(repository, number, &payload["review"]) {
        Ok((read, _)) => {
            comment::keep_review(conn, repository, &read).await?;
            Ok((Fate::Done, format!("A review of #{number} is taken in.")))
        }
        Err(odd) => Ok((Fate::Failed, format!("{}: {}", odd.row, odd.what))),
    }
}
