//! To GitHub and back: state and PKCE verifier wait in the session, once and not for long.

use app::features::sign_in::Refusal;
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::{AppState, Next, enter, security, session, show, unavailable};
use crate::{github::GitHubError, secret};

/// A sign-in that waits for the person to come back. That it does not wait for ever is the session's business.
#[derive(Debug, Serialize, Deserialize)]
struct Pending {
    state: String,
    verifier: String,
    next: String,
    begun_at: chrono::DateTime<chrono::Utc>,
}

impl Pending {
    const KEY: &'static str = "oauth";
}

/// Sends somebody to GitHub.
pub async fn start(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    Form(Next { next }): Form<Next>,
) -> Response {
    if !security::same_origin(&headers) {
        return session::refused();
    }
    let Some(github) = state.github.clone() else {
        let refusal = refusal("Signing in with GitHub is not set up here.", "Whoever runs this server can set it up.");
        return show(&state, &headers, &next, StatusCode::NOT_FOUND, refusal).await;
    };
    let begun = github.begin();
    let pending = Pending {
        state: begun.state,
        verifier: begun.verifier,
        next: security::local_path(&next).to_owned(),
        begun_at: state.context.clock.now(),
    };
    match session.insert(Pending::KEY, pending).await {
        Ok(()) => Redirect::to(&begun.url).into_response(),
        Err(error) => {
            tracing::error!(%error, "beginning to sign in");
            let (status, refusal) = unavailable();
            show(&state, &headers, &next, status, refusal).await
        }
    }
}

/// What GitHub sends people back with.
#[derive(Debug, Deserialize)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// Takes somebody in who comes back from GitHub.
pub async fn callback(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Response {
    let pending = match take(&session).await {
        Ok(pending) => pending,
        Err(error) => {
            tracing::error!(%error, "reading a sign-in under way");
            let (status, refusal) = unavailable();
            return show(&state, &headers, "/", status, refusal).await;
        }
    };
    let next = pending.as_ref().map_or_else(|| "/".to_owned(), |pending| pending.next.clone());
    match back(&state, &session, pending, answer).await {
        Ok(response) => response,
        Err((status, refusal)) => show(&state, &headers, &next, status, refusal).await,
    }
}

/// The sign-in under way. It is gone then, whatever comes of it.
async fn take(session: &Session) -> Result<Option<Pending>, tower_sessions::session::Error> {
    if session.id().is_none() {
        return Ok(None);
    }
    let pending = session.remove(Pending::KEY).await?;
    // Also where the answer is an error of ours, with which the session would not be kept.
    session.save().await?;
    Ok(pending)
}

async fn back(
    state: &AppState,
    session: &Session,
    pending: Option<Pending>,
    answer: Answer,
) -> Result<Response, (StatusCode, Refusal)> {
    let not_ours = || {
        let what = "This answer of GitHub belongs to no sign-in of this browser, or it comes too late.";
        (StatusCode::BAD_REQUEST, refusal(what, "Nobody was signed in. Sign in again from here, and allow cookies."))
    };
    let (Some(github), Some(pending)) = (&state.github, pending) else { return Err(not_ours()) };
    let late = state.context.clock.now() - pending.begun_at > session::PENDING;
    if late || !answer.state.is_some_and(|sent| secret::same(&sent, &pending.state)) {
        return Err(not_ours());
    }
    if let Some(error) = answer.error {
        let what = if error == "access_denied" {
            "GitHub was not allowed to tell who you are."
        } else {
            "GitHub ended the sign-in."
        };
        let mend = "You can read everything without signing in, or try again. The tracker asks for nothing but your public name.";
        return Err((StatusCode::FORBIDDEN, refusal(what, mend)));
    }
    let code = answer.code.ok_or_else(not_ours)?;
    let identity = github.identify(code, pending.verifier).await.map_err(|error| {
        tracing::warn!(%error, "signing in with GitHub");
        match error {
            GitHubError::Unreachable(_) => (
                StatusCode::BAD_GATEWAY,
                refusal("GitHub cannot be reached at the moment.", "Nobody was signed in. Try again in a minute."),
            ),
            GitHubError::Refused(_) => (
                StatusCode::BAD_REQUEST,
                refusal("GitHub did not confirm who you are.", "Nobody was signed in. Try again from here."),
            ),
        }
    })?;
    enter(state, session, (identity.id, &identity.login, identity.name.as_deref()), &pending.next).await
}

fn refusal(what: &str, mend: &str) -> Refusal {
    Refusal { what: what.to_owned(), mend: mend.to_owned() }
}
