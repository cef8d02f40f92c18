//! The list as files: what the page shows, all of its pages.

use app::features::{diagnostics::DiagnosticQuery, shared::severity_word};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{AppState, Found, select};
use crate::web::{
    api::{self, Problem},
    export::file,
    views,
};

/// A diagnostic as files and the API show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FoundDiagnostic)]
pub struct FoundLine {
    source: String,
    number: u32,
    title: String,
    /// Address of the proposal.
    url: String,
    /// In which kind of text it stands.
    #[serde(rename = "where")]
    place: &'static str,
    /// Which text.
    text: String,
    /// Line in it, from 1; 0 when it concerns all of it.
    line: u32,
    /// Address of that place.
    link: String,
    severity: &'static str,
    /// Stable name of the kind.
    kind: String,
    /// What was found.
    message: String,
    /// What to change so that it goes away.
    mend: String,
}

impl From<&Found> for FoundLine {
    fn from(found: &Found) -> Self {
        let (record, diagnostic) = (&found.record, &found.diagnostic);
        Self {
            source: record.source.id.clone(),
            number: record.history.number,
            title: record.title.clone(),
            url: record.href(),
            place: found.place.slug(),
            text: found.text.clone(),
            line: diagnostic.line,
            link: found.href.clone(),
            severity: severity_word(diagnostic.severity),
            kind: diagnostic.code.clone(),
            message: diagnostic.message.clone(),
            mend: diagnostic.mend.clone(),
        }
    }
}

async fn selected(state: &AppState, query: Option<&str>) -> Result<Vec<FoundLine>, Problem> {
    let (query, bad) = DiagnosticQuery::parse(query.unwrap_or_default());
    api::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    Ok(select(state, &world, &query, moment).await?.found.iter().map(FoundLine::from).collect())
}

/// As JSON.
pub(super) async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match selected(&state, query.as_deref()).await {
        Ok(lines) => Json(lines).into_response(),
        Err(problem) => problem.into_response(),
    }
}

const COLUMNS: [&str; 11] =
    ["source", "number", "title", "where", "text", "line", "link", "severity", "kind", "message", "mend"];

/// As comma-separated values, for a spreadsheet.
pub(super) async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let record = |line: FoundLine| {
        vec![
            line.source,
            line.number.to_string(),
            line.title,
            line.place.to_owned(),
            line.text,
            line.line.to_string(),
            line.link,
            line.severity.to_owned(),
            line.kind,
            line.message,
            line.mend,
        ]
    };
    match selected(&state, query.as_deref()).await {
        Ok(lines) => file("diagnostics.csv", &COLUMNS, lines.into_iter().map(record)),
        Err(problem) => problem.into_response(),
    }
}
