//! A comment: one to a slot, whatever happens on the way.
//!
//! The first time it is posted at once. Every later time the comments are searched for the marker first, among
//! our own alone: others may quote it. What is found is edited where it differs. The text is the row's preview, so that
//! what was shown is what is posted. Nothing of others is ever changed, nor a comment of ours that lost its marker.

use axum::http::Method;
use serde_json::{Value, json};

use super::{
    Outcome,
    github::{after_change, after_question, all, change, get},
};
use crate::{
    github::{Answer, Api, ApiError},
    store::outbox::{Entry, OutgoingComment, marker},
};

/// Posts it, or edits the one that is there.
pub(super) async fn send(api: &Api, entry: &Entry, comment: &OutgoingComment) -> Outcome {
    let OutgoingComment { repository, number, slot, .. } = comment;
    let marker = marker(&entry.source, slot);
    if let Some(id) = entry.remote_id {
        return edit(api, entry, repository, id, &marker).await;
    }
    let list = format!("/repos/{repository}/issues/{number}/comments");
    if entry.attempts > 1 {
        match find(api, &list, &marker).await {
            Err(error) => return after_question(error),
            Ok(Some(found)) => return bring_up_to_date(api, entry, repository, &found).await,
            Ok(None) => {}
        }
    }
    match change(api, &Method::POST, &list, Some(&json!({ "body": entry.preview }))).await {
        Ok(posted) => Outcome::Sent(posted["id"].as_i64()),
        Err(error) => after_change(error),
    }
}

/// Our comment with the marker. Should there be two, by whatever accident, the first.
async fn find(api: &Api, list: &str, marker: &str) -> Result<Option<Value>, ApiError> {
    let author = api.author().await?;
    let comments = all(api, &format!("{list}?per_page=100")).await?;
    let ours = |comment: &Value| author.wrote(comment) && carries(comment, marker);
    Ok(comments.into_iter().find(ours))
}

fn carries(comment: &Value, marker: &str) -> bool {
    comment["body"].as_str().is_some_and(|body| body.contains(marker))
}

/// Edits a comment that is known by its id.
async fn edit(api: &Api, entry: &Entry, repository: &str, id: i64, marker: &str) -> Outcome {
    let author = match api.author().await {
        Ok(author) => author,
        Err(error) => return after_question(error),
    };
    match get(api, &format!("/repos/{repository}/issues/comments/{id}")).await {
        Ok(Answer::Full { body: found, .. }) if author.wrote(&found) && carries(&found, marker) => {
            bring_up_to_date(api, entry, repository, &found).await
        }
        Ok(_) => Outcome::Final(format!("comment {id} is not ours any more, or lost its marker; it was left alone")),
        Err(ApiError::Missing { .. }) => {
            Outcome::Final("the comment was deleted on GitHub; sent again, it is posted anew".to_owned())
        }
        Err(error) => after_question(error),
    }
}

async fn bring_up_to_date(api: &Api, entry: &Entry, repository: &str, found: &Value) -> Outcome {
    let Some(id) = found["id"].as_i64() else {
        return Outcome::Later("GitHub gave a comment without an id".to_owned(), None);
    };
    if same(found["body"].as_str().unwrap_or_default(), &entry.preview) {
        return Outcome::Sent(Some(id));
    }
    let path = format!("/repos/{repository}/issues/comments/{id}");
    match change(api, &Method::PATCH, &path, Some(&json!({ "body": entry.preview }))).await {
        Ok(_) => Outcome::Sent(Some(id)),
        Err(error) => after_change(error),
    }
}

/// GitHub's editor writes other ends of lines.
fn same(one: &str, other: &str) -> bool {
    one.replace("\r\n", "\n").trim_end() == other.replace("\r\n", "\n").trim_end()
}
