//! Candidates in the API.

use axum::{Json, extract::RawQuery, extract::State};

use super::{Problem, parameters::CandidateParameters, problem::Unreadable};
use crate::web::{
    AppState,
    candidates::{CandidateObject, objects},
};

/// Candidates
///
/// Documents in open pull requests that are no proposals yet, with what they lack to become one.
#[utoipa::path(
    get,
    path = "/api/v1/candidates",
    tag = "Proposals",
    operation_id = "candidates",
    params(CandidateParameters),
    responses((status = 200, description = "All that match.", body = Vec<CandidateObject>), Unreadable)
)]
pub(super) async fn list(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Vec<CandidateObject>>, Problem> {
    Ok(Json(objects(&state, query.as_deref()).await?))
}
