//! Reminders in the API.

use axum::{extract::State, http::Uri};

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    problem::Unreadable,
};
use crate::web::{
    AppState,
    reminders::{SentReminder, latest},
};

/// Reminders
///
/// What was said to whom before a deadline, latest first; the last 500.
#[utoipa::path(
    get,
    path = "/api/v1/reminders",
    tag = "Outbox",
    operation_id = "reminders",
    params(PageParameters),
    responses((status = 200, description = "A page of them.", body = Page<SentReminder>), Unreadable)
)]
pub(super) async fn list(State(state): State<AppState>, uri: Uri) -> Result<Page<SentReminder>, Problem> {
    let paging = Paging::asked(&uri)?;
    Ok(paging.cut(None, &latest(&state).await?, |one| SentReminder::from(one)))
}
