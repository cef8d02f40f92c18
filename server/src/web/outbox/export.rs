//! The outbox as a file: what the page shows, all of its pages.

use app::features::outbox::OutboxQuery;
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};

use super::rows::{filter, row};
use crate::{
    store::{StoreError, outbox},
    web::{
        AppState,
        api::{self, Problem, outbox::Outgoing},
        export,
    },
};

/// Most rows in a file; nobody has ten times as many.
const MOST: i64 = 100_000;

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
            export::file("outbox.csv", &COLUMNS, records)
        }
        Err(problem) => problem.into_response(),
    }
}
