//! Slips as files.

use app::{
    features::slips::port::{Counts, SlipsView},
    query::{At, ReleaseChoice},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    in_release, lives, over,
    release::{line, release},
};
use crate::{
    verdicts::{Moment, ReleaseRecord, World},
    web::{
        AppState,
        api::{self, Problem},
        export, views,
    },
};

const RELEASE_COLUMNS: [&str; 13] =
    ["release", "source", "number", "title", "sig", "plan", "fate", "status", "to", "why", "at", "who", "decision"];

/// Every proposal that a release planned or accepted, as comma-separated values.
pub async fn release_csv(
    State(state): State<AppState>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let read = with_release(&state, &version, query.as_deref(), |world, release, moment| {
        let lives = lives(world, &release.calendar, moment);
        let (parts, _) = in_release(world, release, &lives, moment);
        let records = parts.iter().map(|part| {
            let line = line(part, release);
            let left = line.left.as_ref();
            let text = |value: Option<String>| value.unwrap_or_default();
            vec![
                release.version.to_string(),
                line.proposal.source.clone(),
                line.proposal.number.to_string(),
                line.proposal.title.clone(),
                line.sig.clone(),
                if line.planned { "planned" } else { "added" }.to_owned(),
                line.fate.slug().to_owned(),
                line.words.clone(),
                text(left.and_then(|left| left.to).map(|to| to.to_string())),
                text(left.map(|left| left.why.clone())),
                text(left.and_then(|left| left.at).map(app::words::machine)),
                text(left.and_then(|left| left.who.clone())),
                text(left.and_then(|left| left.decision).map(|id| format!("/decisions/{id}"))),
            ]
        });
        export::file(&format!("slips-{}.csv", release.version), &RELEASE_COLUMNS, records.collect::<Vec<_>>())
    });
    read.await.unwrap_or_else(IntoResponse::into_response)
}

/// What the page of a release shows, as JSON.
pub async fn release_json(
    State(state): State<AppState>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let read = with_release(&state, &version, query.as_deref(), |world, record, moment| {
        Json(release(world, record, moment)).into_response()
    });
    read.await.unwrap_or_else(IntoResponse::into_response)
}

async fn with_release(
    state: &AppState,
    version: &str,
    query: Option<&str>,
    answer: impl FnOnce(&World, &ReleaseRecord, Moment) -> Response,
) -> Result<Response, Problem> {
    let moment = moment(state, query)?;
    let world = state.verdicts.world().await?;
    let unknown = || Problem::new(StatusCode::NOT_FOUND, format!("Release {version} is not known here."));
    let choice: ReleaseChoice = version.parse().map_err(|_| unknown())?;
    let version = views::meant(&world, choice, moment).ok_or_else(unknown)?;
    Ok(answer(&world, world.release(version).ok_or_else(unknown)?, moment))
}

fn moment(state: &AppState, query: Option<&str>) -> Result<Moment, Problem> {
    let (at, bad) = At::from_query(query.unwrap_or_default());
    api::usable(&bad)?;
    Ok(views::moment(at, state.context.clock.now()))
}

async fn view(state: &AppState, query: Option<&str>) -> Result<SlipsView, Problem> {
    let moment = moment(state, query)?;
    Ok(over(&*state.verdicts.world().await?, moment))
}

const COLUMNS: [&str; 12] = [
    "release",
    "sig",
    "planned",
    "in",
    "open",
    "not_verified",
    "slipped",
    "ended",
    "added",
    "added_in",
    "exceptions",
    "exceptions_granted",
];

/// Counts per release and SIG as comma-separated values.
pub async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match view(&state, query.as_deref()).await {
        Ok(view) => {
            let mut records = Vec::new();
            for (place, release) in view.releases.iter().enumerate() {
                for sig in &view.sigs {
                    let counts = sig.releases.get(place).copied().unwrap_or_default();
                    if counts != Counts::default() {
                        records.push(record(&release.release.to_string(), &sig.sig, &counts));
                    }
                }
            }
            export::file("slips.csv", &COLUMNS, records)
        }
        Err(problem) => problem.into_response(),
    }
}

/// What the page over all releases shows, as JSON.
pub async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match view(&state, query.as_deref()).await {
        Ok(view) => Json(view).into_response(),
        Err(problem) => problem.into_response(),
    }
}

fn record(release: &str, sig: &str, counts: &Counts) -> Vec<String> {
    let Counts { planned, added, exceptions, granted } = counts;
    let numbers = [
        planned.total(),
        planned.shipped,
        planned.open,
        planned.unknown,
        planned.slipped,
        planned.ended,
        added.total(),
        added.shipped,
        *exceptions,
        *granted,
    ];
    [release.to_owned(), sig.to_owned()].into_iter().chain(numbers.iter().map(ToString::to_string)).collect()
}
