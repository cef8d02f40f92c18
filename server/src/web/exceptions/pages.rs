//! The two pages that know the drafts of whoever looks.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    response::Response,
};
use leptos::prelude::provide_context;

use super::drafts;
use crate::web::{AppState, page, session::MaybeViewer};

/// `/exceptions`
pub async fn list(State(state): State<AppState>, MaybeViewer(viewer): MaybeViewer, request: Request) -> Response {
    with_drafts(state, MaybeViewer(viewer), request, false).await
}

/// `/exceptions/new`
pub async fn new(State(state): State<AppState>, MaybeViewer(viewer): MaybeViewer, request: Request) -> Response {
    with_drafts(state, MaybeViewer(viewer), request, true).await
}

async fn with_drafts(state: AppState, MaybeViewer(viewer): MaybeViewer, request: Request, form: bool) -> Response {
    let read = drafts::of_viewer(&state.context, viewer.as_ref(), request.headers()).await;
    // A page without drafts is better than none; the log says why they are missing.
    let drafts = read.inspect_err(|error| tracing::error!(%error, "reading drafts")).unwrap_or_default();
    let private = !drafts.is_empty();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let drafts = drafts::on_page(drafts, form.then_some(query.as_str()));
    let mut response = page::render(state, viewer, request, move || provide_context(drafts.clone())).await;
    if private {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    response
}
