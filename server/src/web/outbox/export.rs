//! The outbox as a file: what the page shows, all of its pages.

use app::features::outbox::{OutboxQuery, port::OutgoingRow};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::rows::{filter, row};
use crate::{
    store::{StoreError, outbox},
    web::{
        AppState,
        api::{self, Problem},
        export,
    },
};

/// Most rows in a file; nobody has ten times as many.
const MOST: i64 = 100_000;

/// A row as files show it.
#[derive(Debug, Serialize)]
struct Outgoing {
    source: String,
    key: String,
    url: String,
    kind: &'static str,
    proposal: Option<String>,
    target: Option<String>,
    target_url: Option<String>,
    comment_url: Option<String>,
    state: &'static str,
    attempts: u32,
    error: Option<String>,
    next_try: Option<DateTime<Utc>>,
    caused_by: Option<String>,
    closed_by: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    text: String,
}

impl From<OutgoingRow> for Outgoing {
    fn from(row: OutgoingRow) -> Self {
        let (target, target_url) = row.target.clone().map(|target| (target.name, target.href)).unzip();
        Self {
            url: row.href(),
            kind: row.kind.slug(),
            proposal: row.proposal.as_ref().map(|proposal| format!("{}/{}", proposal.source, proposal.number)),
            target,
            target_url,
            comment_url: row.comment,
            state: row.stand.slug(),
            attempts: row.attempts,
            error: row.broken.or(row.error),
            next_try: row.next_try,
            caused_by: row.caused_by,
            closed_by: row.closed_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
            sent_at: row.sent_at,
            text: row.preview,
            source: row.source,
            key: row.key,
        }
    }
}

async fn all(state: &AppState, query: Option<String>) -> Result<Vec<Outgoing>, Problem> {
    let (query, bad) = OutboxQuery::parse(query.as_deref().unwrap_or_default());
    api::usable(&bad)?;
    let world = state.verdicts.world().await?;
    let mut conn = state.context.pool.acquire().await.map_err(StoreError::from)?;
    let (entries, _) = outbox::page(&mut conn, &filter(&query), MOST, 0).await?;
    Ok(entries.into_iter().map(|entry| row(&world, &state.context.config, entry).into()).collect())
}

/// As JSON.
pub(super) async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match all(&state, query).await {
        Ok(rows) => Json(rows).into_response(),
        Err(problem) => problem.into_response(),
    }
}

const COLUMNS: [&str; 15] = [
    "source",
    "key",
    "kind",
    "proposal",
    "target",
    "target_url",
    "state",
    "attempts",
    "error",
    "next_try",
    "caused_by",
    "closed_by",
    "created_at",
    "sent_at",
    "text",
];

/// As comma-separated values, for a spreadsheet.
pub(super) async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let text = |value: Option<String>| value.unwrap_or_default();
    let instant = |at: Option<DateTime<Utc>>| at.map(app::words::machine).unwrap_or_default();
    match all(&state, query).await {
        Ok(rows) => {
            let records = rows.into_iter().map(|row| {
                vec![
                    row.source,
                    row.key,
                    row.kind.to_owned(),
                    text(row.proposal),
                    text(row.target),
                    text(row.target_url),
                    row.state.to_owned(),
                    row.attempts.to_string(),
                    text(row.error),
                    instant(row.next_try),
                    text(row.caused_by),
                    text(row.closed_by),
                    instant(Some(row.created_at)),
                    instant(row.sent_at),
                    row.text,
                ]
            });
            export::file("outbox.csv", &COLUMNS, records.collect())
        }
        Err(problem) => problem.into_response(),
    }
}
