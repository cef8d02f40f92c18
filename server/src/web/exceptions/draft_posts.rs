//! Posts about drafts: the page saves by itself as somebody types, and deletes when they ask.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::Timelike;

use super::drafts::{Saved, keep, keeper};
use crate::{
    store::draft::{self, DraftKey},
    web::{
        AppState,
        forms::{Answer, Fields, Posted, see_other},
        security::local_path,
        session::Viewer,
    },
};

/// A draft may be as long as this, in bytes of all its fields together.
const MOST_BYTES: usize = 100_000;

/// Saves what is typed, asked for by the page itself.
pub async fn autosave(posted: Posted) -> Answer {
    let Posted { state, viewer, headers, fields } = posted.from_anybody()?;
    if fields.0.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > MOST_BYTES {
        return Ok((StatusCode::PAYLOAD_TOO_LARGE, "Not saved: it is too long to be kept as a draft.").into_response());
    }
    Ok(match keep(&state.context, viewer.as_ref(), &headers, &fields).await {
        Ok(saved) => answer(&state, viewer.as_ref(), &fields, saved),
        Err(error) => {
            tracing::error!(%error, "saving a draft");
            let words = "Not saved: the database does not answer. What you wrote is still on this page.";
            (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
        }
    })
}

fn answer(state: &AppState, viewer: Option<&Viewer>, fields: &Fields, saved: Saved) -> Response {
    let Some(key) = saved.key else { return StatusCode::NO_CONTENT.into_response() };
    let now = state.context.clock.now();
    let time = format!("{:02}:{:02} UTC", now.hour(), now.minute());
    // A form with the token of a session was drawn for somebody whose session has ended since.
    let (status, words) = match viewer {
        Some(_) => (StatusCode::OK, format!("Saved {time}")),
        None if fields.get("csrf").is_some() => (
            StatusCode::UNAUTHORIZED,
            format!(
                "Your session is over. What you wrote was saved {time} for this browser; sign in to go on with it."
            ),
        ),
        None => (StatusCode::OK, format!("Saved {time} for this browser")),
    };
    let mut response = (status, words).into_response();
    let headers = response.headers_mut();
    if let Ok(key) = HeaderValue::from_str(&key.to_string()) {
        headers.insert(HeaderName::from_static("x-draft"), key);
    }
    if let Some(cookie) = saved.cookie {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// Deletes a draft.
pub async fn delete(posted: Posted) -> Answer {
    let Posted { state, viewer, headers, fields } = posted.from_anybody()?;
    let back = fields.get("back").map_or("/exceptions", local_path);
    let key = fields.get("key").and_then(DraftKey::parse);
    if let (Some(keeper), Some(key)) = (keeper(viewer.as_ref(), &headers), key) {
        let deleted = async { draft::delete(&mut *state.context.pool.acquire().await?, &keeper, &key).await };
        if let Err(error) = deleted.await {
            tracing::error!(%error, "deleting a draft");
            let words = "The database does not answer at the moment. The draft is still there; try again in a minute.";
            return Ok((StatusCode::SERVICE_UNAVAILABLE, words).into_response());
        }
    }
    Ok(see_other(back))
}
