//! Diagnostics in the API.

use app::features::diagnostics::DiagnosticQuery;
use axum::{
    Json,
    extract::{RawQuery, State},
};

use super::{Problem, proposals::Page};
use crate::web::{
    AppState,
    diagnostics::{Line, select},
    views,
};

/// The list, with the parameters of `/diagnostics`.
///
/// # Errors
/// A problem document when the query cannot be used, or the database fails.
pub async fn list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Json<Page<Line>>, Problem> {
    let (query, bad) = DiagnosticQuery::parse(query.as_deref().unwrap_or_default());
    super::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let found = select(&state, &world, &query, moment).await?.found;
    let size = DiagnosticQuery::PAGE_SIZE as usize;
    let page = query.page.max(1);
    let items = found.iter().skip((page as usize - 1).saturating_mul(size)).take(size).map(Line::from).collect();
    let pages = found.len().div_ceil(size).max(1);
    Ok(Json(Page { at: moment.instant(), total: found.len(), page, pages, items }))
}
