//! Requests for exceptions in the API.

use app::features::exceptions::ExceptionQuery;
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use domain::ReleaseVersion;
use serde::Serialize;

use super::{Problem, proposals::Page};
use crate::web::{
    AppState,
    exceptions::{
        found::{self, Found},
        select,
    },
    views,
};

/// A request.
#[derive(Debug, Serialize)]
pub struct Exception {
    id: i64,
    url: String,
    source: String,
    number: u32,
    title: String,
    release: ReleaseVersion,
    freeze: &'static str,
    state: &'static str,
    requester: String,
    sent_at: Option<DateTime<Utc>>,
    waits_on: Option<String>,
    asked_until: DateTime<Utc>,
    granted_until: Option<DateTime<Utc>>,
    decided_at: Option<DateTime<Utc>>,
    reason: Option<String>,
    justification: String,
    impact: String,
    covers: Vec<String>,
    thread: Option<String>,
    sig: String,
}

impl Exception {
    /// A request as it was found.
    pub fn of(found: &Found) -> Self {
        let row = &found.row;
        Self {
            id: row.id,
            url: format!("/exceptions/{}", row.id),
            source: row.proposal.source.clone(),
            number: row.proposal.number,
            title: row.proposal.title.clone(),
            release: row.release,
            freeze: row.kind.slug(),
            state: row.stand.slug(),
            requester: row.requester.clone(),
            sent_at: row.sent_at,
            waits_on: row.waits_on.clone(),
            asked_until: row.asked_until,
            granted_until: row.granted_until,
            decided_at: found.decided_at,
            reason: found.reason.clone(),
            justification: found.justification.clone(),
            impact: found.impact.clone(),
            covers: found.covers.clone(),
            thread: found.thread.clone(),
            sig: row.sig.clone(),
        }
    }
}

/// The list, with the parameters of `/exceptions`.
///
/// # Errors
/// A problem document when the query cannot be used, or the database fails.
pub async fn list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Json<Page<Exception>>, Problem> {
    let (query, bad) = ExceptionQuery::parse(query.as_deref().unwrap_or_default());
    super::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let found = select::select(&world, &query, moment).found;
    let size = ExceptionQuery::PAGE_SIZE as usize;
    let page = query.page.max(1);
    let items = found.iter().skip((page as usize - 1).saturating_mul(size)).take(size).map(Exception::of).collect();
    let pages = found.len().div_ceil(size).max(1);
    Ok(Json(Page { at: moment.instant(), total: found.len(), page, pages, items }))
}

/// One request.
///
/// # Errors
/// A problem document when there is no such thing, the query cannot be used, or the database fails.
pub async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Exception>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let none = || Problem::new(StatusCode::NOT_FOUND, format!("Request {id} is not known here."));
    let number: i64 = id.parse().map_err(|_| none())?;
    let key = world.exceptions.get(&number).ok_or_else(none)?;
    let record = world.proposals.get(&(key.source.clone(), key.number)).ok_or_else(none)?;
    let found = found::of_proposal(&world, record, moment);
    found.iter().find(|found| found.row.id == number).map(|found| Json(Exception::of(found))).ok_or_else(none)
}
