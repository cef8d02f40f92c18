//! Signing in and out: with GitHub, or as one of the demo's personas.

mod github;
mod out;
mod persona;

use app::features::sign_in::Refusal;
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use leptos::prelude::provide_context;
use serde::Deserialize;
use tower_sessions::Session;

use super::{AppState, page, security, session};
use crate::{
    store::{self, setting},
    usecases::sign_in::sign_in,
};

/// Address of the page.
pub const PATH: &str = "/sign-in";

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(PATH, get(page::page).post(github::start))
        .route(crate::github::CALLBACK, get(github::callback))
        .route("/sign-in/persona", post(persona::choose))
        .route("/sign-out", post(out::here))
        .route("/sign-out/everywhere", post(out::everywhere))
}

/// Whether the demo's personas may be chosen: the demo is shown, and to nobody but the person at this machine.
///
/// # Errors
/// When the database fails.
pub async fn offers_personas(state: &AppState) -> store::Result<bool> {
    if !state.loopback || !state.context.config.is_local() {
        return Ok(false);
    }
    let stands = setting::get(&mut *state.context.pool.acquire().await?, setting::DEMO).await?;
    Ok(stands == Some(setting::DEMO_LOADED.into()))
}

/// Asks whoever made a request to sign in: a page sends them on and back, a form is answered with the page itself, since
/// what was written would be lost on the way.
pub async fn ask(state: &AppState, parts: &Parts) -> Response {
    let here = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return first(here);
    }
    instead(state, &parts.headers, "/").await
}

/// What a form is answered with that somebody sent who is not signed in. `next` is where they go on from there.
pub async fn instead(state: &AppState, headers: &HeaderMap, next: &str) -> Response {
    let refusal = Refusal {
        what: "You are not signed in, or your session is over.".to_owned(),
        mend: "Nothing was changed. Sign in, go back in your browser to what you have written, and send it again."
            .to_owned(),
    };
    show(state, headers, next, StatusCode::UNAUTHORIZED, refusal).await
}

/// Leads to the sign-in page, and from there to `next`.
pub fn first(next: &str) -> Response {
    Redirect::to(&address(next)).into_response()
}

/// Where to sign in and go on to `next`.
fn address(next: &str) -> String {
    format!("{PATH}?next={}", app::query::encode(security::local_path(next)))
}

/// The page for signing in, with why the last try came to nothing.
async fn show(state: &AppState, headers: &HeaderMap, next: &str, status: StatusCode, refusal: Refusal) -> Response {
    let mut request = Request::new(Body::empty());
    if let Ok(uri) = address(next).parse() {
        *request.uri_mut() = uri;
    }
    if let Some(cookies) = headers.get(header::COOKIE) {
        request.headers_mut().insert(header::COOKIE, cookies.clone());
    }
    let mut response = page::render(state.clone(), None, request, move || provide_context(refusal.clone())).await;
    if response.status().is_success() {
        *response.status_mut() = status;
    }
    response
}

fn unavailable() -> (StatusCode, Refusal) {
    let refusal = Refusal {
        what: "The tracker could not keep that you signed in.".to_owned(),
        mend: "Try again in a minute; /healthz tells what is wrong.".to_owned(),
    };
    (StatusCode::SERVICE_UNAVAILABLE, refusal)
}

/// Where a form goes on to.
#[derive(Debug, Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// Somebody is who they say, by GitHub or in the demo: their session begins, and they go on.
async fn enter(
    state: &AppState,
    session: &Session,
    (id, login, name): (i64, &str, Option<&str>),
    next: &str,
) -> Result<Response, (StatusCode, Refusal)> {
    let who = sign_in(&state.context, id, login, name).await.map_err(|error| {
        tracing::error!(%error, "signing in");
        unavailable()
    })?;
    session::begin(session, &who, state.context.clock.now()).await.map_err(|error| {
        tracing::error!(%error, "beginning a session");
        unavailable()
    })?;
    tracing::info!(id, login, "signed in");
    Ok(Redirect::to(security::local_path(next)).into_response())
}
