//! Decisions: posts of forms, and the log as a file.

mod candidates;
mod desk;
mod form;
mod log;
mod post;

use axum::{Router, routing::get};

pub use desk::{Desk, Why};
pub use log::{DecisionObject, no_decision, object, one, rows_of, type_of};

use super::{AppState, page};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/decisions.csv", get(log::csv))
        .route("/decisions.json", get(log::json))
        .route("/{source}/{number}/decide/{action}", get(page::page).post(post::decide))
}

/// How forms, addresses and the API write a value of a closed list.
pub fn slug_of(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
