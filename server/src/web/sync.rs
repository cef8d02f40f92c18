//! The forms of the sync page: reading GitHub now, and processing a delivery again. The history of runs as files.

mod export;

use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};

use super::{
    AppState,
    forms::{Answer, Posted, see_other},
    page,
};
use crate::usecases::{ask_sync::ask_sync, process_again::process_again};

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
async fn ask(posted: Posted) -> Answer {
    let sent = posted.from_page(PAGE).await?;
    let everything = sent.fields.get("extent") == Some("everything");
    Ok(match ask_sync(&sent.state.context, &sent.viewer.person, everything).await {
        Ok(()) => see_other(PAGE),
        Err(error) => sent.failed(&error, None, error.status()).await,
    })
}

/// Has a delivery processed once more.
async fn once_more(Path(id): Path<String>, posted: Posted) -> Answer {
    let sent = posted.from_page(PAGE).await?;
    Ok(match process_again(&sent.state.context, &sent.viewer.person, &id).await {
        Ok(()) => see_other("/sync#deliveries"),
        Err(error) => sent.failed(&error, None, error.status()).await,
    })
}
