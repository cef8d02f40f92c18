//! Who speaks for whom in which week (P-25), in the API.

use app::features::representation::port::{RepresentationPort, SeatRow};
use axum::{Json, extract::State};
use domain::{
    Week,
    representation::{Gap, Representative, Seat},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Problem, problem::Unreadable};
use crate::web::{AppState, ports::Ports};

/// Who speaks for whom.
#[derive(Debug, Serialize, ToSchema)]
pub struct Representation {
    /// The present week.
    week: Week,
    /// Every seat from the week before the present on, week by week.
    seats: Vec<SeatObject>,
    /// The lines of the roster, past ones included, by seat and first week.
    roster: Vec<RosterLine>,
    /// Weeks from the present one on in which a seat is empty that somebody once had.
    gaps: Vec<GapObject>,
}

/// A seat, week by week.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Seat)]
pub struct SeatObject {
    /// `release-team` for its lead, else the SIG that is represented.
    seat: String,
    /// Whether anybody was ever named for it.
    kept: bool,
    weeks: Vec<SeatWeek>,
}

/// A seat in a week.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatWeek {
    week: Week,
    /// Login of who has it; null where nobody does.
    login: Option<String>,
}

/// Somebody who has a seat for a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterLine {
    /// `release-team` for its lead, else the SIG that is represented.
    seat: String,
    /// Login at GitHub.
    login: String,
    /// First week.
    from: Week,
    /// Last week; null while it is open.
    to: Option<Week>,
}

/// Weeks in a row in which nobody has a seat.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Gap)]
pub struct GapObject {
    /// `release-team` for its lead, else the SIG that is represented.
    seat: String,
    /// First week.
    from: Week,
    /// Last week that was looked at.
    to: Week,
}

fn slug(seat: &Seat) -> String {
    seat.slug().to_owned()
}

fn seat(row: SeatRow, weeks: &[Week]) -> SeatObject {
    let weeks = weeks.iter().zip(row.weeks).map(|(week, login)| SeatWeek { week: *week, login });
    SeatObject { seat: slug(&row.seat), kept: row.kept, weeks: weeks.collect() }
}

impl From<Representative> for RosterLine {
    fn from(one: Representative) -> Self {
        Self { seat: slug(&one.seat), login: one.login, from: one.from, to: one.to }
    }
}

impl From<Gap> for GapObject {
    fn from(gap: Gap) -> Self {
        Self { seat: slug(&gap.seat), from: gap.from, to: gap.to }
    }
}

/// Who speaks for whom
///
/// Who represents which SIG and leads the release team of the main calendar, week by week, and where nobody does.
#[utoipa::path(
    get,
    path = "/api/v1/representation",
    tag = "Check-ins",
    operation_id = "representation",
    responses((status = 200, description = "The roster.", body = Representation), Unreadable)
)]
pub(super) async fn representation(State(state): State<AppState>) -> Result<Json<Representation>, Problem> {
    let view = Ports(state, None).representation().await?;
    Ok(Json(Representation {
        week: view.present,
        seats: view.rows.into_iter().map(|row| seat(row, &view.weeks)).collect(),
        roster: view.lines.into_iter().map(|line| line.one.into()).collect(),
        gaps: view.gaps.into_iter().map(GapObject::from).collect(),
    }))
}
