//! Slips: computed from the verdict cache for pages and files (P-4, P-15).

mod export;
mod life;
mod over;
mod release;

use axum::{Router, routing::get};

use super::AppState;

pub use life::{Life, lives, move_view};
pub use over::over;
pub use release::{in_release, release};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/releases/{version}/slips.csv", get(export::release_csv))
        .route("/releases/{version}/slips.json", get(export::release_json))
        .route("/slips.csv", get(export::csv))
        .route("/slips.json", get(export::json))
}
