//! The requests for exceptions as a file, in the shape of `exceptions.yaml` (FORMATS 5): of one release, or of all as a
//! stream of such files.

use app::query::{BadParameter, ListQuery, ReleaseChoice};
use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    AppState,
    api::{self, Problem},
    views,
};
use crate::{
    documents::exceptions::{write_all_exceptions, write_exceptions},
    usecases::export_exceptions::exceptions_by_release,
};

/// `/exceptions.yaml?release=v1.10`.
pub async fn yaml(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match file(&state, query.as_deref().unwrap_or_default()).await {
        Ok(file) => (
            [
                (header::CONTENT_TYPE, "application/yaml; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"exceptions.yaml\""),
            ],
            file,
        )
            .into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn file(state: &AppState, query: &str) -> Result<String, Problem> {
    let (query, bad) = ListQuery::parse(query);
    let mine = |bad: &BadParameter| matches!(bad.name.as_str(), "release" | "at");
    api::usable(&bad.into_iter().filter(mine).collect::<Vec<_>>())?;
    let world = state.verdicts.world().await?;
    let moment = views::moment(query.at, state.context.clock.now());
    let mut releases = exceptions_by_release(&world, moment.instant());
    let Some(choice) = query.release else { return Ok(write_all_exceptions(&releases)) };
    let nothing = |choice: ReleaseChoice| Problem::new(StatusCode::NOT_FOUND, format!("There is no release {choice}."));
    let release = views::meant(&world, choice, moment).ok_or_else(|| nothing(choice))?;
    let records = releases.remove(&release);
    if records.is_none() && world.release(release).is_none() {
        return Err(nothing(choice));
    }
    Ok(write_exceptions(release, &records.unwrap_or_default()))
}
