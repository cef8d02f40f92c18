//! Requests for exceptions in the API.

use app::features::exceptions::ExceptionQuery;
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::Uri,
};
use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, exception::Statistics};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::{AtParameter, ExceptionParameters},
    problem::{Missing, Unreadable},
};
use crate::web::{
    AppState,
    exceptions::{
        found::{self, Found},
        select, statistics as counted,
    },
    views,
};

/// A request for an exception.
#[derive(Debug, Serialize, ToSchema)]
pub struct Exception {
    /// Its place in the log.
    id: i64,
    /// Address of its page.
    url: String,
    source: String,
    number: u32,
    title: String,
    release: ReleaseVersion,
    /// `ef`, `cf` or `other`.
    freeze: &'static str,
    /// Where it stands, as addresses write it.
    state: &'static str,
    /// Login of who asks.
    requester: String,
    sent_at: Option<DateTime<Utc>>,
    /// Whom it waits on, in words.
    waits_on: Option<String>,
    asked_until: DateTime<Utc>,
    granted_until: Option<DateTime<Utc>>,
    decided_at: Option<DateTime<Utc>>,
    /// Why it was last decided so.
    reason: Option<String>,
    justification: String,
    impact: String,
    /// Covered pull requests.
    covers: Vec<String>,
    /// Archive link of its mail.
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

/// Requests for exceptions
///
/// What waits longest first.
#[utoipa::path(
    get,
    path = "/api/v1/exceptions",
    tag = "Exceptions",
    operation_id = "exceptions",
    params(ExceptionParameters, AtParameter, PageParameters),
    responses((status = 200, description = "A page of them.", body = Page<Exception>), Unreadable)
)]
pub(super) async fn list(State(state): State<AppState>, uri: Uri) -> Result<Page<Exception>, Problem> {
    let (query, bad) = ExceptionQuery::parse(uri.query().unwrap_or_default());
    super::usable(&bad)?;
    let paging = Paging::of(&uri, query.page)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let found = select::select(&world, &query, moment).found;
    Ok(paging.cut(Some(moment.instant()), &found, Exception::of))
}

/// A request for an exception
///
/// What was asked, why, and what became of it.
#[utoipa::path(
    get,
    path = "/api/v1/exceptions/{id}",
    tag = "Exceptions",
    operation_id = "exception",
    params(("id" = i64, Path, description = "Its place in the log.", example = 120), AtParameter),
    responses((status = 200, description = "The request.", body = Exception), Unreadable, Missing)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Exception>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let none = || Problem::missing(format!("Request {id} is not known here."));
    let number: i64 = id.parse().map_err(|_| none())?;
    let key = world.exceptions.get(&number).ok_or_else(none)?;
    let record = world.proposals.get(&(key.source.clone(), key.number)).ok_or_else(none)?;
    let found = found::of_proposal(&world, record, moment);
    found.iter().find(|found| found.row.id == number).map(|found| Json(Exception::of(found))).ok_or_else(none)
}

/// What requests add up to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExceptionStatistics {
    all: Statistics,
    /// Per release, newest first.
    releases: Vec<Counts>,
    /// Per freeze.
    freezes: Vec<Counts>,
    /// Per owning SIG.
    sigs: Vec<Counts>,
}

/// What requests of some kind add up to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// Of which: `v1.10`, `Code Freeze`, `sig-ci`.
    name: String,
    counts: Statistics,
}

/// What exceptions add up to
///
/// Per release, freeze and SIG.
#[utoipa::path(
    get,
    path = "/api/v1/exceptions/statistics",
    tag = "Exceptions",
    operation_id = "exception_statistics",
    params(AtParameter),
    responses((status = 200, description = "The sums.", body = ExceptionStatistics), Unreadable)
)]
pub(super) async fn statistics(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<ExceptionStatistics>, Problem> {
    let at = super::at(query.as_deref())?;
    let world = state.verdicts.world().await?;
    let view = counted::view(&found::all(&world, views::moment(at, state.context.clock.now())));
    let rows = |rows: Vec<app::features::exceptions::port::StatRow>| {
        rows.into_iter().map(|row| Counts { name: row.name, counts: row.counts }).collect()
    };
    Ok(Json(ExceptionStatistics {
        all: view.all,
        releases: rows(view.releases),
        freezes: rows(view.freezes),
        sigs: rows(view.sigs),
    }))
}
