//! The button that leaves the demo.

use app::port::PageError;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};

use super::{AppState, page, security};
use crate::{store, usecases::load_demo};

/// Empties a database that holds the demo world.
pub async fn leave(State(state): State<AppState>, headers: HeaderMap) -> Response {
    if !security::same_origin(&headers) {
        let words = "This form was sent by another site. Open the dashboard and press the button there.";
        return page::refuse(state, None, &headers, PageError::Forbidden(words.to_owned())).await;
    }
    let Some(owner) = state.owner.clone() else {
        return (StatusCode::CONFLICT, "This server may not empty the database. Use `cep-tracker demo leave`.")
            .into_response();
    };
    let left = async {
        let owner = store::connect(owner).await?;
        let left = load_demo::leave_demo(&owner).await;
        owner.close().await;
        left
    };
    match left.await {
        Ok(()) => Redirect::to("/").into_response(),
        Err(error @ load_demo::DemoError::NotDemo) => (StatusCode::CONFLICT, error.to_string()).into_response(),
        Err(error) => {
            tracing::error!(%error, "leaving the demo");
            (StatusCode::INTERNAL_SERVER_ERROR, "The demo could not be removed; nothing has changed. The log says why.")
                .into_response()
        }
    }
}
