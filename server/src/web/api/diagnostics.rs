//! Diagnostics in the API.

use app::features::diagnostics::DiagnosticQuery;
use axum::{extract::State, http::Uri};

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::{AtParameter, DiagnosticParameters},
    problem::Unreadable,
};
use crate::web::{
    AppState,
    diagnostics::{FoundLine, select},
    views,
};

/// Diagnostics
///
/// What could not be read in documents, issues, comments and pull requests, or looks wrong there, and how to mend it.
#[utoipa::path(
    get,
    path = "/api/v1/diagnostics",
    tag = "Mismatches",
    operation_id = "diagnostics",
    params(DiagnosticParameters, AtParameter, PageParameters),
    responses((status = 200, description = "A page of them.", body = Page<FoundLine>), Unreadable)
)]
pub(super) async fn list(State(state): State<AppState>, uri: Uri) -> Result<Page<FoundLine>, Problem> {
    let (query, bad) = DiagnosticQuery::parse(uri.query().unwrap_or_default());
    super::usable(&bad)?;
    let paging = Paging::of(&uri, query.page)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let found = select(&state, &world, &query, moment).await?.found;
    Ok(paging.cut(Some(moment.instant()), &found, |one| FoundLine::from(one)))
}
