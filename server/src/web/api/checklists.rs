//! Post-freeze checklists in the API (P-14).

use app::{
    features::checklist::port::{ChecklistAsk, ChecklistPort, ChecklistSummary, TableAsk, TableSort, TableView},
    query::{At, Parameters, ReleaseChoice},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, checklist::Line};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    parameters::{AtParameter, ChecklistParameters, ReleaseParameter},
    problem::{Missing, Unreadable},
};
use crate::web::{
    AppState,
    ports::{self, Ports},
    views,
};

/// The checklist of a proposal in a release.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checklist {
    source: String,
    number: u32,
    title: String,
    release: ReleaseVersion,
    /// Whether it is tracked there; checklists are about the tracked ones.
    tracked: bool,
    /// Whether it is asked for: the Code Freeze has passed.
    due: bool,
    /// When the Code Freeze passes, or passed.
    freeze: Option<DateTime<Utc>>,
    /// How many lines are done: signed, and contradicted by no evidence.
    done: usize,
    lines: Vec<Line>,
}

impl Checklist {
    fn of(summary: ChecklistSummary) -> Self {
        Self {
            done: summary.done(),
            source: summary.proposal.source,
            number: summary.proposal.number,
            title: summary.proposal.title,
            release: summary.release,
            tracked: summary.tracked,
            due: summary.due,
            freeze: summary.freeze,
            lines: summary.lines,
        }
    }
}

/// The checklist of a proposal
///
/// The lines of its post-freeze checklist in a release: what evidence says, and who signed.
#[utoipa::path(
    get,
    path = "/api/v1/proposals/{source}/{number}/checklist",
    tag = "Proposals",
    operation_id = "proposal_checklist",
    params(
        ("source" = String, Path, description = "Id of its source.", example = "cep"),
        ("number" = u32, Path, description = "Its number.", example = 4702),
        ReleaseParameter,
        AtParameter,
    ),
    responses((status = 200, description = "The checklist.", body = Checklist), Unreadable, Missing)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Path((source, number)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<Checklist>, Problem> {
    let parameters = Parameters::parse(query.as_deref().unwrap_or_default());
    let at = super::at(query.as_deref())?;
    let release = parameters.first("release").map(release).transpose()?;
    let number = number.parse().map_err(|_| Problem::missing(format!("{source}/{number} is not known here.")))?;
    let view = Ports(state, None).checklist(ChecklistAsk { source, number, release, at }).await?;
    Ok(Json(Checklist::of(view.summary)))
}

fn release(text: &str) -> Result<ReleaseChoice, Problem> {
    text.parse().map_err(|_| {
        let words = format!("`release={text}` cannot be used; understood: {}.", ReleaseChoice::HINT);
        Problem::new(StatusCode::BAD_REQUEST, words)
    })
}

/// Reads the table of a release that an address asks for.
///
/// # Errors
/// When release or source are not known, the query cannot be used, or the database fails.
pub async fn table(state: &AppState, version: &str, query: Option<&str>) -> Result<TableView, Problem> {
    let parameters = Parameters::parse(query.unwrap_or_default());
    let mut bad = Vec::new();
    let at = At::from_parameters(&parameters, &mut bad);
    super::usable(&bad)?;
    let release =
        version.parse().map_err(|_| Problem::missing(format!("The release “{version}” is not known here")))?;
    let text = |name| parameters.first(name).map(str::to_owned);
    let sort = parameters.first("sort").map(TableSort::parse).unwrap_or_default();
    let ask = TableAsk { release, source: text("source"), open: text("open"), sort, at };
    let world = state.verdicts.world().await?;
    Ok(ports::checklists(&world, &ask, None, views::moment(at, state.context.clock.now()))?)
}

/// The checklists of a release
///
/// Of every tracked proposal of a source, those with the fewest lines done first.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}/checklist",
    tag = "Releases",
    operation_id = "release_checklists",
    params(
        ("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current"),
        ChecklistParameters,
        AtParameter,
    ),
    responses((status = 200, description = "The checklists.", body = Vec<Checklist>), Unreadable, Missing)
)]
pub(super) async fn of_release(
    State(state): State<AppState>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Vec<Checklist>>, Problem> {
    let view = table(&state, &version, query.as_deref()).await?;
    Ok(Json(view.rows.into_iter().map(|row| Checklist::of(row.summary)).collect()))
}
