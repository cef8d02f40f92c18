//! The list and the statistics as files.

use app::features::exceptions::{ExceptionQuery, port::StatRow};
use app::query::At;
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};

use super::{
    found::{self, Found},
    select, statistics,
};
use crate::web::{
    AppState,
    api::{self, Problem, exceptions::Exception},
    export::file,
    views,
};

/// Everything that a query selects, all of its pages.
pub async fn selected(state: &AppState, query: Option<&str>) -> Result<Vec<Found>, Problem> {
    let (query, bad) = ExceptionQuery::parse(query.unwrap_or_default());
    api::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    Ok(select::select(&world, &query, moment).found)
}

/// The list as JSON, the same objects as the API's.
pub async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match selected(&state, query.as_deref()).await {
        Ok(found) => Json(found.iter().map(Exception::of).collect::<Vec<_>>()).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// The list as comma-separated values.
pub async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match selected(&state, query.as_deref()).await {
        Ok(found) => file("exceptions.csv", &COLUMNS, found.iter().map(record)),
        Err(problem) => problem.into_response(),
    }
}

const COLUMNS: [&str; 18] = [
    "id",
    "source",
    "number",
    "title",
    "release",
    "freeze",
    "state",
    "requester",
    "sent_at",
    "asked_until",
    "granted_until",
    "decided_at",
    "sig",
    "justification",
    "impact",
    "reason",
    "covers",
    "thread",
];

fn record(found: &Found) -> Vec<String> {
    let row = &found.row;
    let instant = |at: Option<DateTime<Utc>>| at.map(app::words::machine).unwrap_or_default();
    vec![
        row.id.to_string(),
        row.proposal.source.clone(),
        row.proposal.number.to_string(),
        row.proposal.title.clone(),
        row.release.to_string(),
        row.kind.slug().to_owned(),
        row.stand.slug().to_owned(),
        row.requester.clone(),
        instant(row.sent_at),
        instant(Some(row.asked_until)),
        instant(row.granted_until),
        instant(found.decided_at),
        row.sig.clone(),
        found.justification.clone(),
        found.impact.clone(),
        found.reason.clone().unwrap_or_default(),
        found.covers.join(" "),
        found.thread.clone().unwrap_or_default(),
    ]
}

const STATISTICS_COLUMNS: [&str; 11] = [
    "per",
    "name",
    "requested",
    "granted",
    "denied",
    "withdrawn",
    "undecided",
    "median_days_to_decision",
    "median_days_granted",
    "done_in_time",
    "granted_and_over",
];

/// The statistics as comma-separated values.
pub async fn statistics_csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let read = async {
        let (at, bad) = At::from_query(query.as_deref().unwrap_or_default());
        api::usable(&bad)?;
        let world = state.verdicts.world().await?;
        let found = found::all(&world, views::moment(at, state.context.clock.now()));
        Ok::<_, Problem>(statistics::view(&found))
    };
    match read.await {
        Ok(view) => {
            let parts = [("release", &view.releases), ("freeze", &view.freezes), ("sig", &view.sigs)];
            let rows =
                parts.into_iter().flat_map(|(per, rows)| rows.iter().map(move |row| statistics_record(per, row)));
            file("exception-statistics.csv", &STATISTICS_COLUMNS, rows)
        }
        Err(problem) => problem.into_response(),
    }
}

fn statistics_record(per: &str, row: &StatRow) -> Vec<String> {
    let counts = &row.counts;
    let median = |days: Option<f64>| days.map(|days| days.to_string()).unwrap_or_default();
    vec![
        per.to_owned(),
        row.name.clone(),
        counts.requested.to_string(),
        counts.granted.to_string(),
        counts.denied.to_string(),
        counts.withdrawn.to_string(),
        counts.undecided.to_string(),
        median(counts.median_days_to_decision),
        median(counts.median_days_granted),
        counts.done_in_time.done.to_string(),
        counts.done_in_time.all.to_string(),
    ]
}
