//! Candidates as files, and in the API: everything that the query selects.

use app::features::candidates::{CandidateQuery, port::CandidateRow};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use domain::Diagnostic;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Found, Selection, all, select};
use crate::web::{
    AppState,
    api::{self, Problem},
    export::file,
};

async fn selected(state: &AppState, query: Option<&str>) -> Result<Selection, Problem> {
    let (query, bad) = CandidateQuery::parse(query.unwrap_or_default());
    api::usable(&bad)?;
    let world = state.verdicts.world().await?;
    let all = all(state, &world).await?;
    Ok(select(&world, all, &query, state.context.clock.now()))
}

/// A candidate as machines read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateObject {
    #[serde(flatten)]
    row: CandidateRow,
    /// Address of its page.
    url: String,
    /// Its pull request at GitHub.
    pull_url: String,
    /// Commit that was read.
    head: String,
    pull_title: String,
    /// Remarks on its text.
    diagnostics: Vec<Diagnostic>,
}

/// Everything that a query selects.
///
/// # Errors
/// When the query cannot be used, or the database fails.
pub async fn objects(state: &AppState, query: Option<&str>) -> Result<Vec<CandidateObject>, Problem> {
    let selection = selected(state, query).await?;
    let object = |(row, found): (&CandidateRow, &Found)| CandidateObject {
        url: row.href(),
        pull_url: pull_url(row),
        head: found.document.head.clone(),
        pull_title: found.document.pull_title.clone(),
        diagnostics: found.document.reading.diagnostics.clone(),
        row: row.clone(),
    };
    Ok(selection.rows.iter().zip(&selection.found).map(object).collect())
}

/// As JSON, the same objects as the API's.
pub async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match objects(&state, query.as_deref()).await {
        Ok(objects) => Json(objects).into_response(),
        Err(problem) => problem.into_response(),
    }
}

fn pull_url(row: &CandidateRow) -> String {
    format!("https://github.com/{}/pull/{}", row.repository, row.pull)
}

const COLUMNS: [&str; 14] = [
    "source",
    "repository",
    "pull",
    "title",
    "path",
    "number_in_path",
    "number_in_title",
    "owners",
    "author",
    "targets",
    "draft",
    "parts_there",
    "remarks",
    "observed_at",
];

/// As comma-separated values.
pub async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match selected(&state, query.as_deref()).await {
        Ok(selection) => file("candidates.csv", &COLUMNS, selection.rows.iter().map(record)),
        Err(problem) => problem.into_response(),
    }
}

fn record(row: &CandidateRow) -> Vec<String> {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let targets: Vec<_> = row.targets.iter().map(|(stage, release)| format!("{release} {}", stage.name())).collect();
    vec![
        row.source.clone(),
        row.repository.clone(),
        row.pull.to_string(),
        row.title.clone(),
        row.path.clone(),
        number(row.number_in_path),
        number(row.number_in_title),
        row.owners.join(" "),
        row.author.clone().unwrap_or_default(),
        targets.join("; "),
        row.draft.to_string(),
        format!("{} of {}", row.held(), row.readiness.len()),
        row.remarks.to_string(),
        app::words::machine(row.observed_at),
    ]
}
