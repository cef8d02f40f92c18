//! Proposals in the API.

use app::query::ListQuery;
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use domain::{
    Mismatch, Target, Verdict,
    slip::{Move, Stay},
};
use serde::Serialize;

use super::Problem;
use crate::{
    verdicts::Row,
    web::{AppState, selection, slips::Life, views},
};

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    /// The instant it was judged at.
    pub at: DateTime<Utc>,
    /// How many match.
    pub total: usize,
    /// This page, from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: usize,
    /// The objects of this page.
    pub items: Vec<T>,
}

/// A proposal in one release, short.
#[derive(Debug, Serialize)]
pub struct Summary {
    source: String,
    number: u32,
    title: String,
    url: String,
    release: Option<domain::ReleaseVersion>,
    stages: Vec<domain::Stage>,
    status: &'static str,
    status_words: String,
    tracked: bool,
    at_risk: Option<String>,
    open: String,
    waiting: Vec<domain::Waiting>,
    owners: Vec<String>,
    reviewers: Vec<String>,
    approvers: Vec<String>,
    sig: String,
}

/// A proposal in one release, short.
pub fn summary(row: &Row) -> Summary {
    let verdict = &row.verdict;
    Summary {
        source: row.source.clone(),
        number: row.number,
        title: row.title.clone(),
        url: format!("/{}/{}", row.source, row.number),
        release: row.release,
        stages: verdict.stages.clone(),
        status: verdict.status.slug(),
        status_words: verdict.words.clone(),
        tracked: verdict.tracked,
        at_risk: verdict.at_risk.clone(),
        open: verdict.gate().map(domain::Judgement::open).unwrap_or_default(),
        waiting: verdict.waiting.clone(),
        owners: row.owners.clone(),
        reviewers: row.reviewers.clone(),
        approvers: row.approvers.clone(),
        sig: row.sig.clone(),
    }
}

/// The list, with the parameters of `/proposals`.
///
/// # Errors
/// A problem document when there is no such thing, the query cannot be used, or the database fails.
pub async fn list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Json<Page<Summary>>, Problem> {
    let (query, bad) = ListQuery::parse(query.as_deref().unwrap_or_default());
    super::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let rows = selection::select(&state, &world, &query, moment).await?.rows;
    let size = ListQuery::PAGE_SIZE as usize;
    let page = query.page.max(1);
    let items = rows.iter().skip((page as usize - 1).saturating_mul(size)).take(size).map(|row| summary(row)).collect();
    let pages = rows.len().div_ceil(size).max(1);
    Ok(Json(Page { at: moment.instant(), total: rows.len(), page, pages, items }))
}

/// A proposal with its verdict in every release.
#[derive(Debug, Serialize)]
pub struct Proposal {
    source: String,
    number: u32,
    title: String,
    url: String,
    issue_url: String,
    document_url: Option<String>,
    sig: Option<String>,
    targets: Vec<Target>,
    verdicts: Vec<Verdict>,
    mismatches: Vec<Mismatch>,
    /// How it moved from release to release, oldest move first.
    moves: Vec<Move>,
    /// Stages that last longer than the rule of thumb says.
    stays: Vec<Stay>,
}

/// One proposal.
///
/// # Errors
/// A problem document when there is no such thing, the query cannot be used, or the database fails.
pub async fn one(
    State(state): State<AppState>,
    Path((source, number)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<Proposal>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let record = number
        .parse()
        .ok()
        .and_then(|number| world.proposals.get(&(source.clone(), number)))
        .ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, format!("{source}/{number} is not known here.")))?;
    let known = record.history.at(moment.instant());
    let life = Life::of(&world, record, &known, moment);
    let rows = &life.rows;
    let mismatches = state.verdicts.mismatches(&world, &[record], moment).await?;
    Ok(Json(Proposal {
        source,
        number: record.history.number,
        title: record.title.clone(),
        url: record.href(),
        issue_url: record.source.issue_url(record.history.number),
        document_url: known.document.map(|version| record.source.file_url(&version.path)),
        sig: rows.first().map(|row| row.sig.clone()),
        targets: known.document.map(|version| version.reading.targets.clone()).unwrap_or_default(),
        verdicts: rows.iter().filter(|row| row.release.is_some()).map(|row| row.verdict.clone()).collect(),
        stays: life.stays(&world, moment),
        moves: life.moves,
        mismatches: mismatches.iter().flat_map(|found| found.iter()).map(|one| (**one).clone()).collect(),
    }))
}
