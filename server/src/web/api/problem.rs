//! Errors as the API tells them: problem documents (RFC 9457), whoever found the error.

use app::query::BadParameter;
use axum::{
    Json,
    body::to_bytes,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::{store::StoreError, usecases::decide::DecideError, web::forms::words_of};

/// The media type of a problem document.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Longest answer of another layer that is told on, in bytes.
const MAX_WORDS: usize = 2_000;

/// An error as the API tells it.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    kind: &'static str,
    field: Option<&'static str>,
}

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemObject {
    /// The kind, for programs to tell apart: `/problems/meanwhile`, `/problems/rule`, `/problems/not-allowed`,
    /// `/problems/forged`, `/problems/scope`; `about:blank` where the status says it all.
    #[serde(rename = "type")]
    kind: String,
    /// What the status means.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened and how to mend it, for people.
    detail: String,
    /// The field of what was sent that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl Problem {
    /// A problem with a sentence for the reader.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), kind: "", field: None }
    }

    /// There is no such thing; the sentence names it.
    pub fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// The same of a kind that programs can tell apart: "meanwhile".
    #[must_use]
    pub const fn of_kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// The same about a field of what was sent.
    #[must_use]
    pub const fn at_field(mut self, field: Option<&'static str>) -> Self {
        self.field = field;
        self
    }
}

/// Refuses parameters that cannot be used: a machine would not see the notice that a page shows.
///
/// # Errors
/// The first of them.
pub fn usable(bad: &[BadParameter]) -> Result<(), Problem> {
    bad.first().map_or(Ok(()), |bad| {
        let detail = format!("`{}={}` cannot be used; understood: {}.", bad.name, bad.value, bad.hint);
        Err(Problem::new(StatusCode::BAD_REQUEST, detail))
    })
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "api");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "The database does not answer at the moment; try again in a minute.")
    }
}

impl From<app::port::PageError> for Problem {
    fn from(error: app::port::PageError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND);
        Self::new(status, error.to_string())
    }
}

impl From<DecideError> for Problem {
    fn from(error: DecideError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = match status {
            StatusCode::FORBIDDEN => "not-allowed",
            StatusCode::CONFLICT => "meanwhile",
            StatusCode::UNPROCESSABLE_ENTITY => "rule",
            _ => "",
        };
        Self::new(status, words_of(&error)).of_kind(kind).at_field(error.field())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = if self.kind.is_empty() { "about:blank".to_owned() } else { format!("/problems/{}", self.kind) };
        let body = ProblemObject {
            kind,
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail,
            field: self.field.map(str::to_owned),
        };
        (self.status, [(header::CONTENT_TYPE, MEDIA_TYPE)], Json(body)).into_response()
    }
}

/// What any address may answer instead of what is asked for.
#[derive(IntoResponses)]
pub enum Unreadable {
    /// The reader has it already: its `If-None-Match` names the `ETag`.
    #[response(status = 304)]
    Unchanged,
    /// A parameter cannot be used; the sentence says which, and what would be understood.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(ProblemObject),
    /// The database does not answer, or not in time.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(ProblemObject),
}

/// What an address of one thing may answer besides.
#[derive(IntoResponses)]
pub enum Missing {
    /// There is no such thing.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(ProblemObject),
}

/// What an address for people who are signed in may answer besides.
#[derive(IntoResponses)]
pub enum Unknown {
    /// Nobody is signed in: send a token.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorized(ProblemObject),
}

/// What somebody who decides may be answered.
#[derive(IntoResponses)]
pub enum Refused {
    /// What was sent cannot be read; `field` says where.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(ProblemObject),
    /// Not theirs to decide, the token only reads, or another site sent it.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(ProblemObject),
    /// Others decided something after `seen`.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(ProblemObject),
    /// The body is longer than this server takes.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(ProblemObject),
    /// The body is not JSON by its `Content-Type`.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(ProblemObject),
    /// The rules do not allow it where the proposal stands.
    #[response(status = 422, content_type = "application/problem+json")]
    Rule(ProblemObject),
    /// The database does not answer, or not in time.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(ProblemObject),
}

/// Turns what other layers answer under `/api` (a method that is not taken, a path that cannot be decoded, a time-out, a
/// panic) into problem documents. The page that describes the API stays a page.
pub async fn problems(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let api = path == "/api" || path.starts_with("/api/");
    let method = request.method().clone();
    let response = next.run(request).await;
    let told = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| *kind == MEDIA_TYPE || kind.to_str().is_ok_and(|kind| kind.starts_with("text/html")));
    let failed = response.status().is_client_error() || response.status().is_server_error();
    if !api || !failed || told {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let said = match to_bytes(body, MAX_WORDS).await {
        Ok(bytes) => String::from_utf8_lossy(&bytes).trim().to_owned(),
        Err(_) => String::new(),
    };
    let problem = Problem::new(parts.status, in_words(parts.status, &method, said)).into_response();
    for name in [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::CONTENT_TYPE] {
        parts.headers.remove(name);
    }
    let (fresh, body) = problem.into_parts();
    parts.headers.extend(fresh.headers);
    Response::from_parts(parts, body)
}

fn in_words(status: StatusCode, method: &Method, said: String) -> String {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => format!("This address does not take {method}; `Allow` tells what it takes."),
        StatusCode::SERVICE_UNAVAILABLE if said.is_empty() => {
            "It took too long; nothing is known to have changed. Try again in a minute.".to_owned()
        }
        StatusCode::INTERNAL_SERVER_ERROR => {
            "Something is broken here, and is in the log of the server with the id of this request.".to_owned()
        }
        _ if said.is_empty() => status.canonical_reason().unwrap_or("Error").to_owned(),
        _ => said,
    }
}
