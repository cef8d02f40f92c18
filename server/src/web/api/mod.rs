//! `/api/v1`: everything public, to be read by machines, and what people decide. Errors are problem documents (RFC 9457).
//! The description (`OpenAPI`) is made of the handlers themselves: a route that is not described cannot be added here.

pub mod announcements;
pub mod candidates;
pub mod check_ins;
pub mod checklists;
pub mod decisions;
pub mod describe;
pub mod diagnostics;
pub mod exceptions;
pub mod freezes;
pub mod me;
pub mod mismatches;
pub mod outbox;
pub mod pages;
pub mod parameters;
pub mod plans;
pub mod problem;
pub mod proposals;
pub mod pulls;
pub mod releases;
mod reminders;
pub mod representation;
pub mod sources;
pub mod sync;

use std::sync::LazyLock;

use app::query::At;
use axum::{
    Router, middleware,
    routing::{any, get},
};
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use problem::{Problem, problems, usable};

use super::{AppState, forms::see_other, page, validators::validators};

/// The addresses of the API.
pub fn routes() -> Router<AppState> {
    let (described, _) = described().split_for_parts();
    described
        .route("/api", any(nothing))
        .route("/api/v1", get(|| async { see_other("/api/v1/docs") }))
        .route("/api/{*rest}", any(nothing))
        .layer(middleware::from_fn(validators))
        .route("/api/v1/docs", get(page::page))
}

/// The description of the API.
pub fn description() -> &'static OpenApi {
    static DESCRIPTION: LazyLock<OpenApi> = LazyLock::new(|| described().into_openapi());
    &DESCRIPTION
}

fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(describe::about())
        .routes(routes!(proposals::list))
        .routes(routes!(proposals::one))
        .routes(routes!(proposals::history))
        .routes(routes!(checklists::one))
        .routes(routes!(releases::list))
        .routes(routes!(releases::one))
        .routes(routes!(releases::schedule))
        .routes(routes!(releases::team))
        .routes(routes!(plans::plan))
        .routes(routes!(checklists::of_release))
        .routes(routes!(announcements::list))
        .routes(routes!(freezes::one))
        .routes(routes!(freezes::list))
        .routes(routes!(check_ins::of_week))
        .routes(routes!(check_ins::of_proposal))
        .routes(routes!(representation::representation))
        .routes(routes!(exceptions::list))
        .routes(routes!(exceptions::statistics))
        .routes(routes!(exceptions::one))
        .routes(routes!(decisions::list, decisions::record))
        .routes(routes!(decisions::one))
        .routes(routes!(pulls::list))
        .routes(routes!(pulls::one))
        .routes(routes!(mismatches::list))
        .routes(routes!(diagnostics::list))
        .routes(routes!(candidates::list))
        .routes(routes!(outbox::list))
        .routes(routes!(reminders::list))
        .routes(routes!(sources::sources))
        .routes(routes!(sources::calendars))
        .routes(routes!(sync::sync))
        .routes(routes!(me::me))
        .routes(routes!(describe::openapi))
}

async fn nothing() -> Problem {
    Problem::missing("There is no such address. /api/v1/openapi.json names those there are, /api/v1/docs shows them.")
}

/// The instant that a query asks for.
fn at(query: Option<&str>) -> Result<At, Problem> {
    let (at, bad) = At::from_query(query.unwrap_or_default());
    usable(&bad)?;
    Ok(at)
}
