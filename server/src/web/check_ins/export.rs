//! A week, and a release week by week, as files.

use app::{
    features::check_ins::port::{CheckInsPort, HeatCell, WeekAsk, WeekView},
    port::PageError,
    query::At,
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::check_in::Said;

use super::{heat, minutes};
use crate::web::{
    AppState,
    api::{self, Problem},
    export,
    ports::Ports,
};

fn at(query: Option<&str>) -> Result<At, Problem> {
    let (at, bad) = At::from_query(query.unwrap_or_default());
    api::usable(&bad)?;
    Ok(at)
}

async fn view(state: &AppState, path: &(String, String), query: Option<&str>) -> Result<WeekView, Problem> {
    let missing = |what: &str| Problem::from(PageError::NotFound(what.to_owned()));
    let release = path.0.parse().map_err(|_| missing(&format!("The release “{}”", path.0)))?;
    let of = path.1.parse().map_err(|_| missing(&format!("The week “{}”", path.1)))?;
    let ask = WeekAsk { release, week: of, at: at(query)? };
    Ok(Ports(state.clone(), None).week(ask).await?)
}

const COLUMNS: [&str; 17] = [
    "release",
    "week",
    "source",
    "number",
    "title",
    "sig",
    "owners",
    "status",
    "at_risk",
    "open",
    "open_pulls",
    "changes",
    "release_team",
    "approver",
    "outcome",
    "sentence",
    "suggested",
];

/// A row for each tracked proposal.
pub async fn csv(
    State(state): State<AppState>,
    Path(path): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    let view = match view(&state, &path, query.as_deref()).await {
        Ok(view) => view,
        Err(problem) => return problem.into_response(),
    };
    let by = |said: Option<&Said>| said.map(|said| said.by.clone()).unwrap_or_default();
    let records = view.rows.iter().map(|row| {
        let outcome = row.check_in.outcome();
        vec![
            view.address.release.to_string(),
            view.address.week.to_string(),
            row.proposal.source.clone(),
            row.proposal.number.to_string(),
            row.proposal.title.clone(),
            row.sig.clone(),
            row.owners.join(" "),
            row.words.clone(),
            row.at_risk.clone().unwrap_or_default(),
            row.open.iter().map(|point| point.words.as_str()).collect::<Vec<_>>().join("; "),
            row.pulls.len().to_string(),
            row.changes.iter().map(|change| change.text.as_str()).collect::<Vec<_>>().join("; "),
            by(row.check_in.release_team()),
            by(row.check_in.approver()),
            outcome.map(|said| said.outcome.slug().to_owned()).unwrap_or_default(),
            outcome.map(|said| said.sentence.clone()).unwrap_or_default(),
            row.suggestion.outcome.slug().to_owned(),
        ]
    });
    let name = format!("check-ins-{}-{}.csv", view.address.release, view.address.week);
    export::file(&name, &COLUMNS, records)
}

/// The same with everything that was said, as the objects of the API.
pub async fn json(
    State(state): State<AppState>,
    Path(path): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    match view(&state, &path, query.as_deref()).await {
        Ok(view) => {
            let lines = view.rows.into_iter().map(|row| api::check_ins::line(view.address, row));
            Json(lines.collect::<Vec<_>>()).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

/// The minutes as a file.
pub async fn minutes_file(
    State(state): State<AppState>,
    Path(path): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    match view(&state, &path, query.as_deref()).await {
        Ok(view) => {
            let name = format!("attachment; filename=\"minutes-{}-{}.md\"", view.address.release, view.address.week);
            let headers =
                [(header::CONTENT_TYPE, "text/markdown; charset=utf-8"), (header::CONTENT_DISPOSITION, name.as_str())];
            (headers, minutes(&state.context.config, &view).text).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

/// A row for each proposal and week.
pub async fn history(
    State(state): State<AppState>,
    Path(release): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    match history_of(&state, &release, query.as_deref()).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn history_of(state: &AppState, release: &str, query: Option<&str>) -> Result<Response, Problem> {
    let choice = release.parse().map_err(|_| Problem::from(PageError::NotFound(format!("The release “{release}”"))))?;
    let world = state.verdicts.world().await?;
    let view = heat(&world, choice, at(query)?, state.context.clock.now()).map_err(Problem::from)?;
    let mut records = Vec::new();
    for row in &view.rows {
        for (week, cell) in view.weeks.iter().zip(&row.cells) {
            let about = [
                view.release.to_string(),
                row.proposal.source.clone(),
                row.proposal.number.to_string(),
                row.proposal.title.clone(),
                week.to_string(),
            ];
            let told = match cell {
                HeatCell::Out => continue,
                HeatCell::Gap => [String::new(), String::new(), String::new()],
                HeatCell::Spoken(check_in) => {
                    let said = check_in.outcome();
                    [
                        said.map(|said| said.outcome.slug().to_owned()).unwrap_or_default(),
                        said.map(|said| said.sentence.clone()).unwrap_or_default(),
                        check_in.halves().words().to_owned(),
                    ]
                }
            };
            records.push(about.into_iter().chain(told).collect());
        }
    }
    let columns = ["release", "source", "number", "title", "week", "outcome", "sentence", "spoke"];
    Ok(export::file(&format!("check-ins-{}.csv", view.release), &columns, records))
}
