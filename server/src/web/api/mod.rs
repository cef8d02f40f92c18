//! `/api/v1`: everything public, to be read by machines. Errors are problem documents (RFC 9457).

pub mod decisions;
pub mod diagnostics;
pub mod exceptions;
pub mod proposals;
pub mod pulls;
pub mod releases;

use app::query::{At, BadParameter};
use axum::{
    Json, Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;

use super::AppState;
use crate::store::StoreError;

/// The addresses of the API.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/decisions", get(decisions::list).post(decisions::record))
        .route("/api/v1/diagnostics", get(diagnostics::list))
        .route("/api/v1/exceptions", get(exceptions::list))
        .route("/api/v1/exceptions/{id}", get(exceptions::one))
        .route("/api/v1/proposals", get(proposals::list))
        .route("/api/v1/proposals/{source}/{number}", get(proposals::one))
        .route("/api/v1/pulls", get(pulls::list))
        .route("/api/v1/pulls/{owner}/{repo}/{number}", get(pulls::one))
        .route("/api/v1/releases", get(releases::list))
        .route("/api/v1/releases/{version}", get(releases::one))
        .route("/api/{*rest}", get(nothing))
}

async fn nothing() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "There is no such address. Those there are begin with /api/v1/proposals, /api/v1/releases, /api/v1/pulls, \
         /api/v1/candidates, /api/v1/decisions, /api/v1/diagnostics and /api/v1/exceptions.",
    )
}

/// Refuses parameters that cannot be used: a machine would not see the notice that a page shows.
pub(super) fn usable(bad: &[BadParameter]) -> Result<(), Problem> {
    bad.first().map_or(Ok(()), |bad| {
        let detail = format!("`{}={}` cannot be used; understood: {}.", bad.name, bad.value, bad.hint);
        Err(Problem::new(StatusCode::BAD_REQUEST, detail))
    })
}

/// The instant that a query asks for.
fn at(query: Option<&str>) -> Result<At, Problem> {
    let (at, bad) = At::from_query(query.unwrap_or_default());
    usable(&bad)?;
    Ok(at)
}

/// An error as the API tells it.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    kind: &'static str,
    field: Option<&'static str>,
}

impl Problem {
    /// A problem with a sentence for the reader.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), kind: "", field: None }
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

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "api");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "The database does not answer at the moment; try again in a minute.")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = if self.kind.is_empty() { "about:blank".to_owned() } else { format!("/problems/{}", self.kind) };
        let mut body = json!({
            "type": kind,
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(field) = self.field {
            body["field"] = json!(field);
        }
        (self.status, [(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
    }
}
