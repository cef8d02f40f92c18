//! The outbox: its rows as pages and files show them, and the forms with which it is kept.

mod export;
mod forms;
mod rows;

use axum::{
    Router,
    routing::{get, post},
};

use super::AppState;
pub use rows::{pages_of, row, rows_of};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/outbox.csv", get(export::csv))
        .route("/outbox.json", get(export::json))
        .route("/outbox/switch", post(forms::switch))
        .route("/outbox/keep", post(forms::keep))
}
