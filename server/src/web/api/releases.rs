//! Releases in the API.

use app::query::ReleaseChoice;
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Deadline, DeadlineOrigin, FreezeZone, Phase, ReleaseVersion, actual::Made};
use serde::Serialize;

use super::Problem;
use crate::{
    verdicts::{Moment, ReleaseRecord, Rows, World},
    web::{
        AppState,
        marks::{Marks, marks},
        views,
    },
};

/// A deadline as printed by the API and by `inspect`.
#[derive(Debug, Serialize)]
pub struct DeadlineObject {
    date: Option<NaiveDate>,
    instant: Option<DateTime<Utc>>,
    from: DeadlineOrigin,
}

impl DeadlineObject {
    /// A deadline whose days end in `zone`.
    pub fn new(deadline: &Deadline, zone: FreezeZone) -> Self {
        Self { date: deadline.date, instant: deadline.date.map(|day| zone.end_of(day)), from: deadline.from }
    }
}

/// A release.
#[derive(Debug, Serialize)]
pub struct Release {
    version: ReleaseVersion,
    calendar: String,
    url: String,
    current: bool,
    phase: Phase,
    proposed: bool,
    enhancement_freeze: DeadlineObject,
    code_freeze: DeadlineObject,
    thaw: DeadlineObject,
    ga: DeadlineObject,
    proposals: usize,
    counts: Vec<app::features::shared::StatusCount>,
    moves: Vec<app::features::shared::DateMove>,
    /// What was tagged and branched for it, with how it stands to the plan (P-4).
    actual: Vec<Made>,
}

fn release(world: &World, record: &ReleaseRecord, all: &[Rows], (marks, moment): (&Marks, Moment)) -> Release {
    let now = moment.instant();
    let schedule = record.schedule_at(now);
    let deadline = |pick: fn(&domain::ScheduleReading) -> &Deadline| {
        let none = Deadline::default();
        DeadlineObject::new(schedule.map_or(&none, |version| pick(&version.reading)), record.zone)
    };
    let rows = views::rows_in(all, record.version);
    let cycle = views::cycle(world, record, &rows, moment);
    Release {
        version: record.version,
        calendar: record.calendar.clone(),
        url: format!("/releases/{}", record.version),
        current: world.current(now) == Some(record.version),
        phase: cycle.dates.phase(now),
        proposed: cycle.proposed,
        enhancement_freeze: deadline(|reading| &reading.enhancement_freeze),
        code_freeze: deadline(|reading| &reading.code_freeze),
        thaw: deadline(|reading| &reading.thaw),
        ga: deadline(|reading| &reading.ga),
        proposals: rows.len(),
        counts: views::counts(rows.iter().map(|row| row.verdict.status.slug())),
        moves: cycle.moves,
        actual: marks.told(record, schedule.map(|version| version.reading.rows.as_slice()).unwrap_or_default()),
    }
}

/// All releases, newest first.
///
/// # Errors
/// A problem document when there is no such thing, the query cannot be used, or the database fails.
pub async fn list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Json<Vec<Release>>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let all = world.rows(moment);
    let marks = marks(&state, &world, moment).await?;
    Ok(Json(world.main_releases().rev().map(|record| release(&world, record, &all, (&marks, moment))).collect()))
}

/// One release; `current` is allowed.
///
/// # Errors
/// A problem document when there is no such thing, the query cannot be used, or the database fails.
pub async fn one(
    State(state): State<AppState>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Release>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let choice: ReleaseChoice =
        version.parse().map_err(|_| Problem::new(StatusCode::BAD_REQUEST, ReleaseChoice::HINT))?;
    let record = views::meant(&world, choice, moment)
        .and_then(|version| world.release(version))
        .ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "There is no such release."))?;
    let marks = marks(&state, &world, moment).await?;
    Ok(Json(release(&world, record, &world.rows(moment), (&marks, moment))))
}
