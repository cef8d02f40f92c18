//! The forms of the sync page: reading GitHub now, and processing a delivery again. The history of runs as files.

mod export;

use app::ui::Problem;
use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};

use super::{
    AppState,
    forms::{Fields, again, guard, see_other},
    page,
    session::{SignedIn, Viewer},
};
use crate::usecases::{
    ask_sync::{AskError, ask_sync},
    process_again::{AgainError, process_again},
};

const PAGE: &str = "/sync";

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/sync", get(page::page).post(ask))
        .route("/sync.csv", get(export::csv))
        .route("/sync.json", get(export::json))
        .route("/sync/deliveries/{id}/again", post(once_more))
}

/// Asks for a reading: `extent` is `news` or `everything`.
async fn ask(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(refused) = guard(&headers, &viewer, &fields) {
        return *refused;
    }
    let everything = fields.get("extent") == Some("everything");
    match ask_sync(&state.context, &viewer.person, everything).await {
        Ok(()) => see_other(PAGE),
        Err(error) => {
            let (words, status) = (words(&error, matches!(error, AskError::Store(_))), error.status());
            refused(state, viewer, &headers, words, status).await
        }
    }
}

/// Has a delivery processed once more.
async fn once_more(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(refused) = guard(&headers, &viewer, &fields) {
        return *refused;
    }
    match process_again(&state.context, &viewer.person, &id).await {
        Ok(()) => see_other("/sync#deliveries"),
        Err(error) => {
            let (words, status) = (words(&error, matches!(error, AgainError::Store(_))), error.status());
            refused(state, viewer, &headers, words, status).await
        }
    }
}

/// What people read; what a database says goes to the log instead.
fn words(error: &dyn std::fmt::Display, of_the_database: bool) -> String {
    if of_the_database {
        tracing::error!(%error, "a form of the sync page");
        return "The database does not answer at the moment. Nothing was changed; try again in a minute.".to_owned();
    }
    error.to_string()
}

async fn refused(state: AppState, viewer: Viewer, headers: &HeaderMap, words: String, status: u16) -> Response {
    let problems = vec![Problem { field: None, words }];
    again(state, Some(viewer), PAGE, headers, Fields::default(), problems, status).await
}
