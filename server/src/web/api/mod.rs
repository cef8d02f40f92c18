//! `/api/v1`: everything public, to be read by machines. Errors are problem documents (RFC 9457).

pub mod proposals;
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
        .route("/api/v1/proposals", get(proposals::list))
        .route("/api/v1/proposals/{source}/{number}", get(proposals::one))
        .route("/api/v1/releases", get(releases::list))
        .route("/api/v1/releases/{version}", get(releases::one))
        .route("/api/{*rest}", get(nothing))
}

async fn nothing() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "There is no such address. Those there are begin with /api/v1/proposals and /api/v1/releases.",
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
}

impl Problem {
    /// A problem with a sentence for the reader.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
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
        let body = json!({
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        (self.status, [(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
    }
}
