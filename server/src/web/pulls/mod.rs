//! Pull requests over HTTP: the work list as files. Page, files and API select alike.

mod export;
pub mod select;

use axum::{Router, routing::get};

use super::AppState;

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new().route("/pulls.csv", get(export::csv)).route("/pulls.json", get(export::json))
}
