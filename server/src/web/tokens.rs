//! Making and revoking one's personal tokens of the API. They are listed on `/me`.

use app::features::tokens::FreshToken;
use axum::{
    Form, Router,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use leptos::prelude::provide_context;
use serde::Deserialize;

use super::{
    AppState, page,
    session::{SignedIn, Via, forged, refused},
};
use crate::{
    store::token::Scope,
    usecases::token::{self, TokenError},
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/me/tokens", get(|| async { Redirect::to("/me") }).post(create))
        .route("/me/tokens/{id}/revoke", post(revoke))
}

/// A token to be.
#[derive(Debug, Deserialize)]
struct NewToken {
    csrf: Option<String>,
    name: String,
    /// `read`, or `decide` for one that may do both.
    #[serde(default)]
    scope: String,
    /// For how many days; for ever when empty.
    #[serde(default)]
    days: String,
}

/// Makes a token and shows it, this once.
async fn create(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: HeaderMap,
    Form(form): Form<NewToken>,
) -> Response {
    // A token that leaked must not be able to make others that outlive it.
    if matches!(viewer.via, Via::Token(_)) || forged(&headers, &viewer, form.csrf.as_deref()) {
        return refused();
    }
    // Whoever does not choose gets the one that can do less.
    let scope = form.scope.parse().unwrap_or(Scope::Read);
    let days = match form.days.trim() {
        "" => Ok(None),
        days => days.parse().map(Some).map_err(|_| TokenError::Days),
    };
    let made = match days {
        Ok(days) => token::create(&state.context, viewer.person.id, (&form.name, scope), days).await,
        Err(error) => Err(error),
    };
    let secret = match made {
        Ok(secret) => secret,
        Err(error @ (TokenError::Name | TokenError::Days | TokenError::Many)) => {
            return (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()).into_response();
        }
        Err(error) => return failed(error),
    };
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = axum::http::Uri::from_static("/me/tokens");
    if let Some(cookies) = headers.get(header::COOKIE) {
        request.headers_mut().insert(header::COOKIE, cookies.clone());
    }
    let fresh = FreshToken { name: form.name.trim().to_owned(), secret };
    let mut response = page::render(state, Some(viewer), request, move || provide_context(fresh.clone())).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What the form carries.
#[derive(Debug, Deserialize)]
struct Revoke {
    csrf: Option<String>,
}

/// Revokes a token; one that is gone already stays gone.
async fn revoke(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: HeaderMap,
    Path(id): Path<i64>,
    Form(form): Form<Revoke>,
) -> Response {
    if forged(&headers, &viewer, form.csrf.as_deref()) {
        return refused();
    }
    match token::revoke(&state.context, viewer.person.id, id).await {
        Ok(_) => Redirect::to("/me").into_response(),
        Err(error) => failed(error),
    }
}

fn failed(error: impl std::fmt::Display) -> Response {
    tracing::error!(%error, "a token");
    (StatusCode::SERVICE_UNAVAILABLE, "The database does not answer; nothing was changed. Try again in a minute.")
        .into_response()
}
