//! Forms: reading what was posted, refusing what was forged, and drawing the page again with everything that was typed.

use std::sync::Arc;

use app::ui::{FormState, Problem};
use axum::{
    body::Body,
    extract::{FromRequest, Request, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::provide_context;

use super::{
    AppState, page,
    session::{self, Viewer},
};
use crate::usecases::decide::DecideError;

/// What a form posted: names with values, in their order.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = FormRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let axum::Form(fields) = axum::Form::<Vec<(String, String)>>::from_request(request, state).await?;
        // PostgreSQL keeps no NUL; it never means anything.
        Ok(Self(fields.into_iter().map(|(name, value)| (name, value.replace('\0', "\u{fffd}"))).collect()))
    }
}

impl Fields {
    /// A field as typed.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// A field without white space around it; none when nothing is left.
    pub fn get(&self, name: &str) -> Option<&str> {
        Some(self.raw(name).trim()).filter(|value| !value.is_empty())
    }

    /// Everything that was chosen in a field that takes several; empty ones left out.
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// A field that holds several values, separated by commas, white space or lines.
    pub fn list(&self, name: &str) -> Vec<String> {
        let values = self.all(name);
        let parts = values.iter().flat_map(|value| value.split(|c: char| c == ',' || c.is_whitespace()));
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The position that the form knew, for [`crate::usecases::decide::decide`].
    pub fn seen(&self) -> Option<i64> {
        self.get("seen").and_then(|seen| seen.parse().ok())
    }

    /// The same with another value in a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// The same without a field, so that the page shows its own value.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(field, _)| field != name);
        self
    }
}

/// A problem with one field.
pub fn problem(field: &str, words: impl Into<String>) -> Problem {
    Problem { field: Some(field.to_owned()), words: words.into() }
}

/// What is wrong with a decision, for the form that it came from.
pub fn problem_of(error: &DecideError) -> Problem {
    Problem { field: error.field().map(str::to_owned), words: words_of(error) }
}

/// What people read; what a database says goes to the log instead.
pub fn words_of(error: &DecideError) -> String {
    if let DecideError::Store(error) = error {
        tracing::error!(%error, "recording a decision");
        return "The database does not answer at the moment. Nothing was recorded; try again in a minute.".to_owned();
    }
    error.to_string()
}

/// Draws the page of this address again, with what was typed and why it was not taken. After a conflict the form knows
/// what was decided meanwhile, so that pressing again goes through.
pub async fn again(
    state: AppState,
    viewer: Option<Viewer>,
    page: &str,
    headers: &HeaderMap,
    fields: Fields,
    problems: Vec<Problem>,
    status: u16,
) -> Response {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.headers_mut() = headers.clone();
    for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::TRANSFER_ENCODING] {
        request.headers_mut().remove(name);
    }
    match page.parse() {
        Ok(uri) => *request.uri_mut() = uri,
        Err(_) => return see_other("/"),
    }
    let fields = if status == 409 { fields.without("seen") } else { fields };
    let form = Arc::new(FormState { fields: fields.0, problems });
    let mut response = page::render(state, viewer, request, move || provide_context(form.clone())).await;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    if response.status().is_success() {
        *response.status_mut() = status;
    }
    response
}

/// Leads to another page after something was recorded.
pub fn see_other(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// Leads to the sign-in page and back.
pub fn sign_in_first(next: &str) -> Response {
    see_other(&format!("/sign-in?next={}", app::query::encode(next)))
}

/// The answer to a form that [`guard`] refused. Where our own page was drawn for an earlier session, it is drawn again
/// with what was typed, so that pressing again goes through.
pub async fn refused_form(
    state: AppState,
    viewer: Viewer,
    page: &str,
    headers: &HeaderMap,
    fields: Fields,
    forged: Box<Response>,
) -> Response {
    if !super::security::same_origin(headers) {
        return *forged;
    }
    let words = "This page was drawn before you signed in the last time, or without you. Nothing was recorded; send it \
                 again if it still holds.";
    let problem = Problem { field: None, words: words.to_owned() };
    again(state, Some(viewer), page, headers, fields, vec![problem], 403).await
}

/// Refuses what another site sent, or a form without the token of the session.
///
/// # Errors
/// The answer to give instead.
pub fn guard(headers: &HeaderMap, viewer: &Viewer, fields: &Fields) -> Result<(), Box<Response>> {
    if !session::forged(headers, viewer, fields.get("csrf")) {
        return Ok(());
    }
    let words = "This form was not sent from a page of yours, or you have signed in anew since. Nothing was recorded. \
                 Go back, load the page again and send it once more.";
    let plain = [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];
    Err(Box::new((StatusCode::FORBIDDEN, plain, words).into_response()))
}
