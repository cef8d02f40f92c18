//! The list of proposals as a file: what the page shows, all of its pages.

use std::sync::Arc;

use super::{
    AppState,
    api::{self, Problem},
    selection, views,
};
use crate::verdicts::Row;
use app::query::ListQuery;
use axum::{
    Json,
    extract::{RawQuery, State},
    http::header,
    response::{IntoResponse, Response},
};

async fn rows(state: &AppState, query: Option<String>) -> Result<Vec<Arc<Row>>, Problem> {
    let (query, bad) = ListQuery::parse(query.as_deref().unwrap_or_default());
    api::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    Ok(selection::select(state, &world, &query, moment).await?.rows)
}

/// As comma-separated values, for a spreadsheet.
pub async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match rows(&state, query).await {
        Ok(rows) => file("proposals.csv", &COLUMNS, rows.iter().map(|row| record(row))),
        Err(problem) => problem.into_response(),
    }
}

/// As JSON, the same objects as the API's.
pub async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match rows(&state, query).await {
        Ok(rows) => Json(rows.iter().map(|row| api::proposals::summary(row)).collect::<Vec<_>>()).into_response(),
        Err(problem) => problem.into_response(),
    }
}

const COLUMNS: [&str; 14] = [
    "source",
    "number",
    "title",
    "release",
    "stages",
    "status",
    "status_code",
    "at_risk",
    "open",
    "waiting_on",
    "owners",
    "reviewers",
    "approvers",
    "sig",
];

fn record(row: &Row) -> Vec<String> {
    let verdict = &row.verdict;
    vec![
        row.source.clone(),
        row.number.to_string(),
        row.title.clone(),
        row.release.map(|release| release.to_string()).unwrap_or_default(),
        verdict.stages.iter().map(domain::Stage::name).collect::<Vec<_>>().join(" "),
        verdict.words.clone(),
        verdict.status.slug().to_owned(),
        verdict.at_risk.clone().unwrap_or_default(),
        verdict.gate().map(domain::Judgement::open).unwrap_or_default(),
        verdict.waiting.first().map(|waiting| waiting.who.words()).unwrap_or_default(),
        row.owners.join(" "),
        row.reviewers.join(" "),
        row.approvers.join(" "),
        row.sig.clone(),
    ]
}

/// Records of text as a file of comma-separated values under their columns: the one way in which such files are written.
pub fn file(name: &str, columns: &[&str], records: impl IntoIterator<Item = Vec<String>>) -> Response {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut written = writer.write_record(columns);
    for record in records {
        written = written.and_then(|()| writer.write_record(record.into_iter().map(inert)));
    }
    // Writing to memory cannot fail.
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, &disposition)];
    (headers, bytes).into_response()
}

/// What a spreadsheet takes for the beginning of a formula; the last four are the same in the width of Asian scripts.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A spreadsheet takes a field that begins like a formula for one; an apostrophe in front makes it text.
fn inert(field: String) -> String {
    if field.starts_with(FORMULA) { format!("'{field}") } else { field }
}
