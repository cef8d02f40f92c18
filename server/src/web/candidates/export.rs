//! Candidates as files, and in the API: everything that the query selects.

use app::features::candidates::{CandidateQuery, port::CandidateRow};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use domain::Diagnostic;
use serde::Serialize;

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
#[derive(Debug, Serialize)]
struct Object<'a> {
    #[serde(flatten)]
    row: &'a CandidateRow,
    url: String,
    pull_url: String,
    head: &'a str,
    pull_title: &'a str,
    diagnostics: &'a [Diagnostic],
}

/// As JSON, the same objects as the API's.
pub async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let selection = match selected(&state, query.as_deref()).await {
        Ok(selection) => selection,
        Err(problem) => return problem.into_response(),
    };
    let object = |(row, found): (&CandidateRow, &Found)| {
        let object = Object {
            row,
            url: row.href(),
            pull_url: pull_url(row),
            head: &found.document.head,
            pull_title: &found.document.pull_title,
            diagnostics: &found.document.reading.diagnostics,
        };
        serde_json::to_value(object).unwrap_or_default()
    };
    Json(selection.rows.iter().zip(&selection.found).map(object).collect::<Vec<_>>()).into_response()
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
        Ok(selection) => file("candidates.csv", &COLUMNS, selection.rows.iter().map(record).collect()),
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
