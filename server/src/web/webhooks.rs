//! `POST /webhooks/github`: the signature is checked over the bytes that came, before anything is made of them; the
//! payload is kept as it came and processed afterwards, so that GitHub is answered at once.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use hmac::{Hmac, Mac};
use secrecy::ExposeSecret;
use sha2::Sha256;

use super::AppState;
use crate::{
    store::{StoreError, github::delivery, setting},
    web::api::Problem,
};

/// GitHub sends at most so much.
const LARGEST: usize = 25 * 1024 * 1024;

/// The address.
pub fn routes() -> Router<AppState> {
    Router::new().route("/webhooks/github", post(take).layer(DefaultBodyLimit::max(LARGEST)))
}

async fn take(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(secret) = state.context.config.github.webhook_secret() else {
        let words = "No secret for webhooks is configured here; set CEP_TRACKER_GITHUB_WEBHOOK_SECRET.";
        return Problem::new(StatusCode::NOT_FOUND, words).into_response();
    };
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if !signed(secret.expose_secret(), &body, text("x-hub-signature-256")) {
        if let Err(error) = count_forged(&state).await {
            tracing::error!(%error, "counting a forged webhook");
        }
        tracing::warn!("a webhook with a wrong signature was refused");
        return Problem::new(StatusCode::UNAUTHORIZED, "The signature is not ours.").into_response();
    }
    let (Some(id), Some(event)) = (text("x-github-delivery"), text("x-github-event")) else {
        return Problem::new(StatusCode::BAD_REQUEST, "It names no delivery or no event.").into_response();
    };
    let Ok(payload) = serde_json::from_slice(&body) else {
        return Problem::new(StatusCode::BAD_REQUEST, "The payload is not JSON.").into_response();
    };
    match is_demo(&state).await {
        Ok(false) => {}
        Ok(true) => {
            let words = "The demo world is shown here; nothing of GitHub's is taken until it is left.";
            return Problem::new(StatusCode::CONFLICT, words).into_response();
        }
        Err(error) => tracing::error!(%error, "asking whether the demo is shown"),
    }
    match keep(&state, id, event, &payload).await {
        Ok(true) => {
            state.webhook_came.notify_one();
            (StatusCode::ACCEPTED, "kept").into_response()
        }
        Ok(false) => (StatusCode::ACCEPTED, "came before").into_response(),
        Err(error) => {
            tracing::error!(%error, id, event, "keeping a webhook");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "It could not be kept; deliver it again.").into_response()
        }
    }
}

/// Whether a body was signed with the secret, in a time that does not tell where it differs.
fn signed(secret: &str, body: &[u8], header: Option<&str>) -> bool {
    let given = header.and_then(|header| header.strip_prefix("sha256=")).and_then(bytes);
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(body);
    given.is_some_and(|given| mac.verify_slice(&given).is_ok())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = |place| hex.get(place..place + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    (hex.is_ascii() && hex.len().is_multiple_of(2)).then(|| (0..hex.len()).step_by(2).map(digits).collect())?
}

async fn keep(state: &AppState, id: &str, event: &str, payload: &serde_json::Value) -> Result<bool, StoreError> {
    let mut conn = state.context.pool.acquire().await?;
    // PostgreSQL's JSON holds no NUL.
    let payload = without_nul(payload);
    delivery::keep(&mut conn, id, event, &payload, state.context.clock.now()).await
}

fn without_nul(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(text) => Value::String(text.replace('\0', "\u{fffd}")),
        Value::Array(all) => Value::Array(all.iter().map(without_nul).collect()),
        Value::Object(all) => Value::Object(
            all.iter().map(|(name, value)| (name.replace('\0', "\u{fffd}"), without_nul(value))).collect(),
        ),
        other => other.clone(),
    }
}

async fn is_demo(state: &AppState) -> Result<bool, StoreError> {
    setting::is_demo(&mut *state.context.pool.acquire().await?).await
}

/// How many were refused is shown on `/sync`.
async fn count_forged(state: &AppState) -> Result<(), StoreError> {
    setting::count(&mut *state.context.pool.acquire().await?, setting::WEBHOOKS_FORGED).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_signature_is_accepted_and_nothing_near_it() {
        let (secret, body) = ("It's a Secret to Everybody", b"Hello, World!");
        let good = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assert!(signed(secret, body, Some(good)));
        assert!(!signed(secret, b"Hello, World?", Some(good)));
        assert!(!signed("another", body, Some(good)));
        for bad in ["", "sha256=", "sha1=757107", "sha256=zz", &good[..good.len() - 1], "sha256=ü7"] {
            assert!(!signed(secret, body, Some(bad)), "{bad}");
        }
        assert!(!signed(secret, body, None));
    }
}
