//! The viewer of a request, for handlers to ask for.

use axum::{
    extract::FromRequestParts,
    http::{Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use tower_sessions::Session;

use super::{Kept, TOUCH_EVERY, Via, Viewer};
use crate::{
    store::{
        StoreError, person,
        token::{self, Scope},
    },
    usecases::token as tokens,
    web::{AppState, api::Problem, sign_in},
};

/// Whoever makes the request, if they say so. Fails when the database does, and for a token that may not do this.
#[derive(Debug, Clone)]
pub struct MaybeViewer(pub Option<Viewer>);

/// Whoever makes the request. Whoever reads a page without saying who they are is asked to sign in; a form is answered
/// with the page for signing in; the API says 401.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Viewer);

/// Why nobody knows who it is, or does not want to.
#[derive(Debug)]
pub struct Unreadable {
    why: Why,
    api: bool,
}

#[derive(Debug, Clone, Copy)]
enum Why {
    /// The database does not say who it is.
    Database,
    /// A token that only reads was sent with a change, or one that decides was sent with a form.
    Scope,
}

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        let (status, words) = match self.why {
            Why::Database => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The database does not answer at the moment; nothing was changed. Try again in a minute.",
            ),
            Why::Scope => (
                StatusCode::FORBIDDEN,
                "This token may not do that: one for reading changes nothing, and one for deciding decides by the API \
                 alone. Nothing was changed. Tokens are made on /me.",
            ),
        };
        match (self.api, self.why) {
            (true, Why::Scope) => Problem::new(status, words).of_kind("scope").into_response(),
            (true, Why::Database) => Problem::new(status, words).into_response(),
            (false, _) => (status, words).into_response(),
        }
    }
}

impl FromRequestParts<AppState> for MaybeViewer {
    type Rejection = Unreadable;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Unreadable> {
        let api = is_api(parts);
        let viewer = viewer(parts, state).await.map_err(|error| {
            tracing::error!(%error, "reading who makes a request");
            Unreadable { why: Why::Database, api }
        })?;
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        match viewer.as_ref().map(|viewer| viewer.via) {
            Some(Via::Token(scope)) if !(reads || api && scope == Scope::Decide) => {
                Err(Unreadable { why: Why::Scope, api })
            }
            _ => Ok(Self(viewer)),
        }
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        match MaybeViewer::from_request_parts(parts, state).await {
            Ok(MaybeViewer(Some(viewer))) => Ok(Self(viewer)),
            Ok(MaybeViewer(None)) if is_api(parts) => Err(unknown_to_the_api()),
            Ok(MaybeViewer(None)) => Err(sign_in::ask(state, parts).await),
            Err(unreadable) => Err(unreadable.into_response()),
        }
    }
}

fn is_api(parts: &Parts) -> bool {
    parts.uri.path().starts_with("/api/")
}

fn unknown_to_the_api() -> Response {
    let words =
        "This needs somebody who is signed in: send `Authorization: Bearer` with a token, which is made on /me.";
    let mut response = Problem::new(StatusCode::UNAUTHORIZED, words).into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
    response
}

/// A request with a token that does not work is nobody's, whatever cookie it has besides.
async fn viewer(parts: &Parts, state: &AppState) -> Result<Option<Viewer>, StoreError> {
    if let Some(token) = bearer(parts) {
        return by_token(token, state).await;
    }
    match parts.extensions.get::<Session>() {
        Some(session) if session.id().is_some() => by_session(session, state).await,
        _ => Ok(None),
    }
}

/// Other schemes are for whatever stands in front of the server.
fn bearer(parts: &Parts) -> Option<&str> {
    let (scheme, token) = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

async fn by_token(token: &str, state: &AppState) -> Result<Option<Viewer>, StoreError> {
    let mut conn = state.context.pool.acquire().await?;
    let Some((id, scope)) = token::person_of(&mut conn, &tokens::hash(token), state.context.clock.now()).await? else {
        return Ok(None);
    };
    let person = person::find(&mut conn, id).await?;
    Ok(person.map(|person| Viewer { person, csrf: String::new(), via: Via::Token(scope) }))
}

async fn by_session(session: &Session, state: &AppState) -> Result<Option<Viewer>, StoreError> {
    let unreadable = |error| StoreError::shape("a session", error);
    let Some(mut kept) = session.get::<Kept>(Kept::KEY).await.map_err(unreadable)? else { return Ok(None) };
    let mut conn = state.context.pool.acquire().await?;
    let Some(person) = person::in_session(&mut conn, kept.person, kept.epoch).await? else {
        drop(conn);
        session.flush().await.map_err(unreadable)?;
        return Ok(None);
    };
    let csrf = kept.csrf.clone();
    let now = state.context.clock.now();
    if now - kept.seen_at >= TOUCH_EVERY {
        kept.seen_at = now;
        session.insert(Kept::KEY, kept).await.map_err(unreadable)?;
    }
    Ok(Some(Viewer { person, csrf, via: Via::Session }))
}
