//! Releases in the API.

use app::query::ReleaseChoice;
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Deadline, DeadlineOrigin, Diagnostic, FreezeZone, Phase, ReleaseVersion, ScheduleRow, actual::Made};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    parameters::AtParameter,
    problem::{Missing, Unreadable},
};
use crate::{
    store::roster::RosterMember,
    verdicts::{Moment, ReleaseRecord, Rows, World},
    web::{
        AppState,
        marks::{Marks, marks},
        views,
    },
};

/// A deadline.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deadline)]
pub struct DeadlineObject {
    /// The day, as the schedule states it.
    date: Option<NaiveDate>,
    /// The instant at which that day is over.
    instant: Option<DateTime<Utc>>,
    /// How it was found.
    from: DeadlineOrigin,
}

impl DeadlineObject {
    /// A deadline whose days end in `zone`.
    pub fn new(deadline: &Deadline, zone: FreezeZone) -> Self {
        Self { date: deadline.date, instant: deadline.date.map(|day| zone.end_of(day)), from: deadline.from }
    }
}

/// A release.
#[derive(Debug, Serialize, ToSchema)]
pub struct Release {
    version: ReleaseVersion,
    calendar: String,
    /// Address of its page.
    url: String,
    /// Whether it is the current one.
    current: bool,
    phase: Phase,
    /// Whether its schedule stands in a pull request only.
    proposed: bool,
    enhancement_freeze: DeadlineObject,
    code_freeze: DeadlineObject,
    thaw: DeadlineObject,
    ga: DeadlineObject,
    /// How many proposals take part.
    proposals: usize,
    /// How many have which status.
    counts: Vec<app::features::shared::StatusCount>,
    /// Dates that moved.
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

/// Releases
///
/// All releases of the main calendar, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/releases",
    tag = "Releases",
    operation_id = "releases",
    params(AtParameter),
    responses((status = 200, description = "The releases.", body = Vec<Release>), Unreadable)
)]
pub(super) async fn list(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Vec<Release>>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let all = world.rows(moment);
    let marks = marks(&state, &world, moment).await?;
    Ok(Json(world.main_releases().rev().map(|record| release(&world, record, &all, (&marks, moment))).collect()))
}

/// A release
///
/// Its deadlines as days and instants, its phase, and how many proposals have which status.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}",
    tag = "Releases",
    operation_id = "release",
    params(
        ("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current"),
        AtParameter,
    ),
    responses((status = 200, description = "The release.", body = Release), Unreadable, Missing)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Release>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let record = find(&world, &version, moment)?;
    let marks = marks(&state, &world, moment).await?;
    Ok(Json(release(&world, record, &world.rows(moment), (&marks, moment))))
}

/// The release that an address names.
///
/// # Errors
/// When it cannot be one.
pub(super) fn choice(version: &str) -> Result<ReleaseChoice, Problem> {
    version.parse().map_err(|_| Problem::new(StatusCode::BAD_REQUEST, ReleaseChoice::HINT))
}

fn find<'w>(world: &'w World, version: &str, moment: Moment) -> Result<&'w ReleaseRecord, Problem> {
    views::meant(world, choice(version)?, moment)
        .and_then(|version| world.release(version))
        .map(|record| &**record)
        .ok_or_else(|| Problem::missing("There is no such release."))
}

/// The schedule of a release, as its file states it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Schedule {
    version: ReleaseVersion,
    calendar: String,
    /// Path of the file in the repository of the calendar.
    path: Option<String>,
    /// Whether it stands in a pull request only.
    proposed: bool,
    /// From when on this version of it held; null counts as always so.
    since: Option<DateTime<Utc>>,
    /// When it was read.
    read_at: Option<DateTime<Utc>>,
    rows: Vec<ScheduleRow>,
    /// What could not be read in it.
    diagnostics: Vec<Diagnostic>,
}

/// The schedule of a release
///
/// Row by row, as its file states it; without rows where no schedule was read.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}/schedule",
    tag = "Releases",
    params(
        ("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current"),
        AtParameter,
    ),
    responses((status = 200, description = "The schedule.", body = Schedule), Unreadable, Missing)
)]
pub(super) async fn schedule(
    State(state): State<AppState>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Schedule>, Problem> {
    let moment = views::moment(super::at(query.as_deref())?, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let record = find(&world, &version, moment)?;
    let held = record.schedule_at(moment.instant());
    Ok(Json(Schedule {
        version: record.version,
        calendar: record.calendar.clone(),
        path: held.map(|version| version.path.clone()),
        proposed: held.is_some_and(|version| version.proposed),
        since: held.and_then(|version| version.occurred_at),
        read_at: held.map(|version| version.recorded_at),
        rows: held.map(|version| version.reading.rows.clone()).unwrap_or_default(),
        diagnostics: held.map(|version| version.reading.diagnostics.clone()).unwrap_or_default(),
    }))
}

/// Somebody in the release team of a release.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamMember {
    /// Login at GitHub.
    login: String,
    /// `lead`, `shadow` or `member`; null where an alias names them.
    part: Option<&'static str>,
    /// First day.
    from: Option<NaiveDate>,
    /// Last day; null while it is open.
    to: Option<NaiveDate>,
}

/// The release team of a release
///
/// As its roster names it, past and coming members included; those of the configured alias where nobody keeps a roster.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}/team",
    tag = "Releases",
    operation_id = "release_team",
    params(("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current")),
    responses((status = 200, description = "Its members.", body = Vec<TeamMember>), Unreadable, Missing)
)]
pub(super) async fn team(
    State(state): State<AppState>,
    Path(version): Path<String>,
) -> Result<Json<Vec<TeamMember>>, Problem> {
    let now = state.context.clock.now();
    let world = state.verdicts.world().await?;
    let record = find(&world, &version, Moment::Now(now))?;
    let mut rosters = world.memberships.rosters.iter();
    let kept = rosters.find(|roster| roster.calendar == record.calendar && roster.version == record.version);
    let of_roster = |member: &RosterMember| TeamMember {
        login: member.login.clone(),
        part: Some(member.part.word()),
        from: Some(member.from),
        to: member.to,
    };
    let of_alias = |login: String| TeamMember { login, part: None, from: None, to: None };
    Ok(Json(match kept {
        Some(roster) => roster.members.iter().map(of_roster).collect(),
        None => world.release_team(&record.calendar, Some(record.version), now).into_iter().map(of_alias).collect(),
    }))
}
