//! The work list as files: everything that the query selects, all of its pages.

use std::sync::Arc;

use app::features::pulls::{PullQuery, kind_slug};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::Outcome;

use super::select;
use crate::{
    verdicts::JudgedPull,
    web::{
        AppState,
        api::{self, Problem, pulls::OpenPull},
        export::file,
        views,
    },
};

async fn selected(state: &AppState, query: Option<&str>) -> Result<Vec<Arc<JudgedPull>>, Problem> {
    let (query, bad) = PullQuery::parse(query.unwrap_or_default());
    api::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    Ok(select::select(&world, &query, moment).found)
}

/// As JSON, the same objects as the API's.
pub async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match selected(&state, query.as_deref()).await {
        Ok(found) => Json(found.iter().map(|judged| OpenPull::of(judged)).collect::<Vec<_>>()).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// As comma-separated values.
pub async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match selected(&state, query.as_deref()).await {
        Ok(found) => file("pulls.csv", &COLUMNS, found.iter().map(|judged| record(judged))),
        Err(problem) => problem.into_response(),
    }
}

const COLUMNS: [&str; 21] = [
    "repository",
    "number",
    "title",
    "author",
    "kind",
    "source",
    "proposal",
    "proposal_title",
    "release",
    "rank",
    "waiting_on",
    "waiting_on_review",
    "waiting_since",
    "lags",
    "lgtm",
    "approved",
    "hold",
    "freeze",
    "deadline",
    "label_due",
    "label_carried",
];

fn record(judged: &JudgedPull) -> Vec<String> {
    let (item, pull) = (&judged.item, &judged.item.pull);
    let instant = |at: Option<DateTime<Utc>>| at.map(app::words::machine).unwrap_or_default();
    let label = judged.label.as_ref();
    vec![
        pull.repository.clone(),
        pull.number.to_string(),
        pull.title.clone(),
        pull.author.clone(),
        kind_slug(pull.kind).to_owned(),
        item.proposal.source.clone(),
        item.proposal.number.to_string(),
        item.title.clone(),
        pull.release.to_string(),
        item.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        pull.waiting_on.join(" "),
        pull.waiting_on_review.to_string(),
        instant(pull.waiting_since),
        item.lags.to_string(),
        item.votes.lgtm.to_string(),
        item.votes.approved.to_string(),
        item.votes.held.to_string(),
        item.freeze.map(|freeze| freeze.short().to_owned()).unwrap_or_default(),
        instant(item.deadline),
        label.map(|label| outcome(label.should).to_owned()).unwrap_or_default(),
        label.map(|label| label.carries.to_string()).unwrap_or_default(),
    ]
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "yes",
        Outcome::Fail => "no",
        Outcome::Unknown => "unknown",
    }
}
