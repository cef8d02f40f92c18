//! Asking and changing GitHub for the outbox, where issues may have moved, and what a failure means for a row.

use axum::http::Method;
use serde_json::Value;

use super::Outcome;
use crate::github::{Answer, Api, ApiError};

/// Pages that are read at most; GitHub's hundred comments a page make more than any issue has.
const MOST_PAGES: u32 = 200;

/// A question, asked where the thing is now.
pub(super) async fn get(api: &Api, path: &str) -> Result<Answer, ApiError> {
    match api.get(path, None).await {
        Err(ApiError::Moved { path, to }) => match api.path_of(&to) {
            Some(now) => api.get(&now, None).await,
            None => Err(ApiError::Moved { path, to }),
        },
        answer => answer,
    }
}

/// Every row of a list.
pub(super) async fn all(api: &Api, path: &str) -> Result<Vec<Value>, ApiError> {
    let mut rows = Vec::new();
    let mut path = path.to_owned();
    for _ in 0..MOST_PAGES {
        let Answer::Full { body: Value::Array(page), next, .. } = get(api, &path).await? else {
            return Err(ApiError::Unreadable("a list was asked for".to_owned()));
        };
        rows.extend(page);
        match next {
            Some(next) => path = next,
            None => return Ok(rows),
        }
    }
    Err(ApiError::Unreadable(format!("the list has more than {MOST_PAGES} pages")))
}

/// A change, made once where the thing is now.
pub(super) async fn change(api: &Api, method: &Method, path: &str, body: Option<&Value>) -> Result<Value, ApiError> {
    match api.change(method, path, body).await {
        // It moved, so nothing was changed.
        Err(ApiError::Moved { path, to }) => match api.path_of(&to) {
            Some(now) => api.change(method, &now, body).await,
            None => Err(ApiError::Moved { path, to }),
        },
        answer => answer,
    }
}

/// What a question that failed means: nothing was changed by it.
pub(super) fn after_question(error: ApiError) -> Outcome {
    let words = error.to_string();
    match error {
        ApiError::Limited { until, .. } => Outcome::Later(words, Some(until)),
        error if error.may_succeed_later() || is_locked_out(&error) => Outcome::Later(words, None),
        _ => Outcome::Final(words),
    }
}

/// What a change that failed means.
pub(super) fn after_change(error: ApiError) -> Outcome {
    let words = error.to_string();
    match error {
        ApiError::Limited { until, .. } => Outcome::Later(words, Some(until)),
        // Refused for being asked too often.
        ApiError::Failed { status: 400..500 } => Outcome::Later(words, None),
        error if is_locked_out(&error) => Outcome::Later(words, None),
        error if error.may_succeed_later() => Outcome::Unclear(words),
        _ => Outcome::Final(words),
    }
}

/// The token is not taken: another may be configured soon, and nothing is wrong with the row.
const fn is_locked_out(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused { status: 401, .. })
}
