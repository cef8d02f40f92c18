//! Proposals in the API.

use app::{features::shared::HistoryItem, query::ListQuery};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::Uri,
};
use domain::{
    Mismatch, Target, Verdict,
    slip::{Move, Stay},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::{AtParameter, ProposalParameters},
    problem::{Missing, Unreadable},
};
use crate::{
    verdicts::{ProposalRecord, Row, World},
    web::{AppState, selection, slips::Life, views},
};

/// A proposal in one release, short.
#[derive(Debug, Serialize, ToSchema)]
pub struct Summary {
    source: String,
    number: u32,
    title: String,
    /// Address of its page.
    url: String,
    /// The release it is judged for; null when it takes part in none.
    release: Option<domain::ReleaseVersion>,
    stages: Vec<domain::Stage>,
    /// The status, as addresses write it.
    status: &'static str,
    /// The status in words with what is open.
    status_words: String,
    /// Accepted and not ended.
    tracked: bool,
    /// Why it is at risk, if it is.
    at_risk: Option<String>,
    /// What is open for its gate, in few words.
    open: String,
    /// Whom it waits on, first what can be done now.
    waiting: Vec<domain::Waiting>,
    owners: Vec<String>,
    reviewers: Vec<String>,
    approvers: Vec<String>,
    /// Owning SIG.
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

/// Proposals
///
/// Each once, judged for the current release if it takes part in it, else for its latest; with `release`, those in it.
#[utoipa::path(
    get,
    path = "/api/v1/proposals",
    tag = "Proposals",
    operation_id = "proposals",
    params(ProposalParameters, AtParameter, PageParameters),
    responses((status = 200, description = "A page of them, most urgent first.", body = Page<Summary>), Unreadable)
)]
pub(super) async fn list(State(state): State<AppState>, uri: Uri) -> Result<Page<Summary>, Problem> {
    let (query, bad) = ListQuery::parse(uri.query().unwrap_or_default());
    super::usable(&bad)?;
    let paging = Paging::of(&uri, query.page)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let rows = selection::select(&state, &world, &query, moment).await?.rows;
    Ok(paging.cut(Some(moment.instant()), &rows, |row| summary(row)))
}

/// A proposal with its verdict in every release.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proposal {
    source: String,
    number: u32,
    title: String,
    /// Address of its page.
    url: String,
    /// Its tracking issue.
    issue_url: String,
    /// Its document.
    document_url: Option<String>,
    /// Owning SIG.
    sig: Option<String>,
    /// Targets as the document states them.
    targets: Vec<Target>,
    verdicts: Vec<Verdict>,
    /// Where its sources of truth disagree.
    mismatches: Vec<Mismatch>,
    /// How it moved from release to release, oldest move first.
    moves: Vec<Move>,
    /// Stages that last longer than the rule of thumb says.
    stays: Vec<Stay>,
}

/// A proposal
///
/// Its verdict in every release that it takes part in, with requirements, evidence and whom it waits on.
#[utoipa::path(
    get,
    path = "/api/v1/proposals/{source}/{number}",
    tag = "Proposals",
    operation_id = "proposal",
    params(
        ("source" = String, Path, description = "Id of its source.", example = "cep"),
        ("number" = u32, Path, description = "Its number.", example = 4702),
        AtParameter,
    ),
    responses((status = 200, description = "The proposal.", body = Proposal), Unreadable, Missing)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Path((source, number)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<Proposal>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let record = find(&world, &source, &number)?;
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

/// The proposal that an address names.
///
/// # Errors
/// When it is not known.
pub(super) fn find<'w>(world: &'w World, source: &str, number: &str) -> Result<&'w ProposalRecord, Problem> {
    let known = number.parse().ok().and_then(|number| world.proposals.get(&(source.to_owned(), number)));
    let missing = || Problem::missing(format!("{source}/{number} is not known here."));
    known.map(|record| &**record).ok_or_else(missing)
}

/// The history of a proposal
///
/// Every fact learned and every decision taken about it, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/proposals/{source}/{number}/history",
    tag = "Proposals",
    operation_id = "proposal_history",
    params(
        ("source" = String, Path, description = "Id of its source.", example = "cep"),
        ("number" = u32, Path, description = "Its number.", example = 4702),
        AtParameter,
        PageParameters,
    ),
    responses((status = 200, description = "A page of it.", body = Page<HistoryItem>), Unreadable, Missing)
)]
pub(super) async fn history(
    State(state): State<AppState>,
    Path((source, number)): Path<(String, String)>,
    uri: Uri,
) -> Result<Page<HistoryItem>, Problem> {
    let at = super::at(uri.query())?;
    let paging = Paging::asked(&uri)?;
    let now = views::moment(at, state.context.clock.now()).instant();
    let world = state.verdicts.world().await?;
    let record = find(&world, &source, &number)?;
    let mut events: Vec<_> = record.history.events.iter().filter(|event| event.happened_by(now)).collect();
    events.sort_by_key(|recorded| std::cmp::Reverse((recorded.occurred_at, recorded.id)));
    Ok(paging.cut(None, &events, |recorded| views::history_item(recorded, None)))
}
