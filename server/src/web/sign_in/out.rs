//! Out: of this session, or of all of them.

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use tower_sessions::Session;

use super::{AppState, session};
use crate::{
    usecases::sign_in::sign_out_everywhere,
    web::session::{MaybeViewer, Viewer},
};

/// What the forms carry.
#[derive(Debug, Deserialize)]
pub struct Leave {
    csrf: Option<String>,
}

/// Signs out of this session.
pub async fn here(
    MaybeViewer(viewer): MaybeViewer,
    session: Session,
    headers: HeaderMap,
    Form(Leave { csrf }): Form<Leave>,
) -> Response {
    leave(viewer, &session, &headers, csrf.as_deref())
        .await
        .map_or_else(|refused| refused, |_| Redirect::to("/").into_response())
}

/// Signs out of every session, on every server.
pub async fn everywhere(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    session: Session,
    headers: HeaderMap,
    Form(Leave { csrf }): Form<Leave>,
) -> Response {
    let ended = match leave(viewer, &session, &headers, csrf.as_deref()).await {
        Ok(Some(viewer)) => sign_out_everywhere(&state.context, viewer.person.id).await,
        Ok(None) => Ok(()),
        Err(refused) => return refused,
    };
    match ended {
        Ok(()) => Redirect::to("/").into_response(),
        Err(error) => failed(error),
    }
}

/// Ends the session of whoever is signed in; it is no mistake when nobody is any more.
async fn leave(
    viewer: Option<Viewer>,
    session: &Session,
    headers: &HeaderMap,
    csrf: Option<&str>,
) -> Result<Option<Viewer>, Response> {
    if let Some(viewer) = &viewer {
        if session::forged(headers, viewer, csrf) {
            return Err(session::refused());
        }
        session.flush().await.map_err(failed)?;
    }
    Ok(viewer)
}

fn failed(error: impl std::fmt::Display) -> Response {
    tracing::error!(%error, "signing out");
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "The database does not answer; you may still be signed in. Try again in a minute.",
    )
        .into_response()
}
