//! The demo's chooser: in as somebody who does not exist.

use axum::{
    Form,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tower_sessions::Session;

use super::{AppState, enter, offers_personas, page, security, session, show};
use crate::demo;

/// Who was chosen.
#[derive(Debug, Deserialize)]
pub struct Choice {
    id: i64,
    #[serde(default)]
    next: String,
}

/// Takes somebody in as a persona; elsewhere than in the demo on one's own machine there is no such address.
pub async fn choose(
    State(state): State<AppState>,
    session: Session,
    headers: HeaderMap,
    Form(Choice { id, next }): Form<Choice>,
) -> Response {
    if !security::same_origin(&headers) {
        return session::refused();
    }
    let persona = match offers_personas(&state).await {
        Ok(true) => demo::personas().into_iter().find(|persona| persona.id == id),
        Ok(false) => None,
        Err(error) => {
            tracing::error!(%error, "choosing a persona");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let Some(persona) = persona else {
        let nowhere = Request::get("/sign-in/persona").body(Body::empty()).unwrap_or_default();
        return page::render(state, None, nowhere, || ()).await;
    };
    match enter(&state, &session, (persona.id, persona.login, Some(persona.name)), &next).await {
        Ok(response) => response,
        Err((status, refusal)) => show(&state, &headers, &next, status, refusal).await,
    }
}
