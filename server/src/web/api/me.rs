//! What waits on somebody, as JSON.

use app::features::{
    exceptions::port::DraftLink,
    me::port::{Awaited, RoleLine, Task},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    problem::{Unknown, Unreadable},
};
use crate::web::{AppState, me::view, session::SignedIn};

/// Somebody's own page, without their tokens.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Login at GitHub.
    login: String,
    /// What waits on them, in the order in which it is due.
    waits_on_you: Vec<Task>,
    /// Requests for an exception that they have begun to write.
    drafts: Vec<DraftLink>,
    /// What they wait on, longest wait first.
    you_wait_on: Vec<Awaited>,
    /// What they are, and where that comes from.
    roles: Vec<RoleLine>,
}

/// What waits on you
///
/// Across all roles of whose token it is: what is theirs to do, what they wait on, what they are.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "Me",
    security(("token" = [])),
    responses((status = 200, description = "Their page.", body = Me), Unreadable, Unknown)
)]
pub(super) async fn me(State(state): State<AppState>, SignedIn(viewer): SignedIn) -> Result<Response, Problem> {
    let view = view(&state, &viewer.person).await?;
    let me = Me {
        login: viewer.person.login,
        waits_on_you: view.waits_on_you,
        drafts: view.drafts,
        you_wait_on: view.you_wait_on,
        roles: view.roles,
    };
    let private = [(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))];
    Ok((private, Json(me)).into_response())
}
