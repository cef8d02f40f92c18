//! Plans of releases in the API.

use app::features::plan::port::{PlanAsk, PlanRow, PlanView};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    parameters::{AtParameter, PlanParameters},
    problem::{Missing, Unreadable},
};
use crate::web::{AppState, ports, views};

/// A proposal of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct Planned {
    pub(in crate::web) release: String,
    pub(in crate::web) source: String,
    pub(in crate::web) number: u32,
    pub(in crate::web) title: String,
    pub(in crate::web) sig: String,
    /// `accepted`, or `proposed` for consideration.
    pub(in crate::web) plan: &'static str,
    /// Place in the SIG's order, from 1.
    pub(in crate::web) rank: Option<u32>,
    /// The status in words.
    pub(in crate::web) status: String,
    pub(in crate::web) owners: Vec<String>,
    pub(in crate::web) reviewers_and_approvers: Vec<String>,
    /// What is missing, in few words.
    pub(in crate::web) lacks: Vec<String>,
    pub(in crate::web) open_prs: Option<usize>,
    /// The releases that it moved out of.
    pub(in crate::web) slipped: Vec<String>,
}

/// Reads the plan that an address asks for.
///
/// # Errors
/// When release or source are not known, the query cannot be used, or the database fails.
pub async fn view(state: &AppState, version: &str, query: Option<&str>) -> Result<PlanView, Problem> {
    let (ask, bad) = PlanAsk::parse(version, query.unwrap_or_default());
    super::usable(&bad)?;
    let world = state.verdicts.world().await?;
    let ask = ask?;
    let moment = views::moment(ask.at, state.context.clock.now());
    Ok(ports::plan(&world, &ask, None, moment)?)
}

/// The proposals of a plan: what is accepted in its order, then what is proposed.
pub fn planned(view: &PlanView) -> impl Iterator<Item = Planned> {
    let accepted = view.accepted.iter().map(|row| ("accepted", row));
    let proposed = view.proposed.iter().map(|row| ("proposed", row));
    accepted.chain(proposed).map(|(plan, row)| line(view, plan, row))
}

fn line(view: &PlanView, plan: &'static str, row: &PlanRow) -> Planned {
    Planned {
        release: view.cycle.version.to_string(),
        source: row.proposal.source.clone(),
        number: row.proposal.number,
        title: row.proposal.title.clone(),
        sig: row.sig.clone(),
        plan,
        rank: row.rank,
        status: row.words.clone(),
        owners: row.owners.clone(),
        reviewers_and_approvers: row.people.iter().map(|named| named.login.clone()).collect(),
        lacks: row.lacks.clone(),
        open_prs: row.work.map(|work| work.all.saturating_sub(work.done)),
        slipped: row.slips.clone(),
    }
}

/// The plan of a release
///
/// What is accepted in the SIG's order, then what is proposed for consideration.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}/plan",
    tag = "Releases",
    params(
        ("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current"),
        PlanParameters,
        AtParameter,
    ),
    responses((status = 200, description = "The plan.", body = Vec<Planned>), Unreadable, Missing)
)]
pub(super) async fn plan(
    State(state): State<AppState>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Vec<Planned>>, Problem> {
    Ok(Json(planned(&view(&state, &version, query.as_deref()).await?).collect()))
}
