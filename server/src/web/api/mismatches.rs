//! Disagreements in the API.

use app::features::mismatches::MismatchQuery;
use axum::{extract::State, http::Uri};
use domain::Mismatch;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::{AtParameter, MismatchParameters},
    problem::Unreadable,
};
use crate::web::{
    AppState,
    mismatches::{Found, Selection, select},
    views,
};

/// A disagreement about a proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundMismatch {
    source: String,
    number: u32,
    title: String,
    /// Address of the proposal.
    url: String,
    #[serde(flatten)]
    mismatch: Mismatch,
    /// What to do with the fix, in words.
    what_to_do: &'static str,
}

impl FoundMismatch {
    /// One as it was found.
    pub fn of(found: &Found) -> Self {
        let Found { record, mismatch } = found;
        Self {
            source: record.source.id.clone(),
            number: record.history.number,
            title: record.title.clone(),
            url: record.href(),
            mismatch: (**mismatch).clone(),
            what_to_do: mismatch.fix_kind.words(),
        }
    }
}

/// Mismatches
///
/// Where documents, tracking issues, labels, pull requests and the tracker disagree, with a ready fix; first those in the
/// way of the release.
#[utoipa::path(
    get,
    path = "/api/v1/mismatches",
    operation_id = "mismatches",
    tag = "Mismatches",
    params(MismatchParameters, AtParameter, PageParameters),
    responses((status = 200, description = "A page of them.", body = Page<FoundMismatch>), Unreadable)
)]
pub(super) async fn list(State(state): State<AppState>, uri: Uri) -> Result<Page<FoundMismatch>, Problem> {
    let (query, bad) = MismatchQuery::parse(uri.query().unwrap_or_default());
    super::usable(&bad)?;
    let paging = Paging::of(&uri, query.page)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let Selection { mut first, rest, .. } = select(&state, &world, &query, moment).await?;
    first.extend(rest);
    Ok(paging.cut(Some(moment.instant()), &first, FoundMismatch::of))
}
