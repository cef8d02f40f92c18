//! The document of a proposal that begins, as a file.

use app::features::start::StartQuery;
use axum::{
    Router,
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::{AppState, ports::beginning};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new().route("/start/document", get(document))
}

async fn document(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let (query, _) = StartQuery::parse(query.as_deref().unwrap_or_default());
    let world = match state.verdicts.world().await {
        Ok(world) => world,
        Err(error) => {
            tracing::error!(%error, "writing a document");
            let words = "The database does not answer at the moment; try again in a minute.";
            return (StatusCode::SERVICE_UNAVAILABLE, words).into_response();
        }
    };
    let now = state.context.clock.now();
    let written = beginning(&world, &query, now, |beginning, _| (beginning.document(), beginning.template.main_file));
    let Some((text, file)) = written else {
        let words = "The address names no source or no title. Begin at /start, which writes them into it.";
        return (StatusCode::UNPROCESSABLE_ENTITY, words).into_response();
    };
    let named = HeaderValue::from_str(&format!("attachment; filename=\"{file}\""));
    let named = named.unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/markdown; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named)], text).into_response()
}
