//! What is configured: sources of proposals, calendars of releases.

use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{Source, meeting::Meeting};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Problem, problem::Unreadable};
use crate::{
    store::{StoreError, calendar::Calendar, meeting},
    web::AppState,
};

/// Where proposals come from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceObject {
    /// Its id, the first segment of the addresses of its proposals.
    id: String,
    /// What one of its proposals is called.
    noun: String,
    /// `owner/name` of its repository.
    repository: String,
    /// Its calendar.
    calendar: String,
    /// The SIG that owns all of its proposals; null where each document names its own.
    owning_sig: Option<String>,
    /// SIGs that sign off.
    sign_off: Vec<String>,
    /// Label of a target on tracking issues.
    target_label: Option<String>,
    /// Label of approved work on pull requests.
    approved_label: Option<String>,
    /// Labels of bugs that block.
    blocking_labels: Vec<String>,
    /// How many proposals it has.
    proposals: usize,
}

/// Sources of proposals
///
/// As they are configured, by id.
#[utoipa::path(
    get,
    path = "/api/v1/sources",
    tag = "Tracker",
    responses((status = 200, description = "The sources.", body = Vec<SourceObject>), Unreadable)
)]
pub(super) async fn sources(State(state): State<AppState>) -> Result<Json<Vec<SourceObject>>, Problem> {
    let world = state.verdicts.world().await?;
    let object = |source: &Source| SourceObject {
        id: source.id.clone(),
        noun: source.noun.clone(),
        repository: source.repository.clone(),
        calendar: source.calendar.clone(),
        owning_sig: source.owning_sig.clone(),
        sign_off: source.sign_off.clone(),
        target_label: source.target_label.clone(),
        approved_label: source.approved_label.clone(),
        blocking_labels: source.blocking_labels.clone(),
        proposals: world.proposals.keys().filter(|(id, _)| *id == source.id).count(),
    };
    Ok(Json(world.sources.values().map(|source| object(source)).collect()))
}

/// A calendar of releases.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Calendar)]
pub struct CalendarObject {
    /// Its id.
    id: String,
    /// `owner/name` of the repository with its schedules.
    repository: String,
    /// The zone in which its days end.
    zone: String,
    /// How many releases it has.
    releases: usize,
    /// The current release.
    current: Option<domain::ReleaseVersion>,
    /// Meetings that come again.
    meetings: Vec<MeetingObject>,
}

/// A meeting that comes again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Meeting)]
pub struct MeetingObject {
    /// What tells it from others of the calendar, for ever.
    key: String,
    /// Who meets: a SIG, or `release-team`.
    of: String,
    title: String,
    /// The first day.
    first_day: NaiveDate,
    /// When it begins, in its zone.
    #[schema(value_type = String, example = "10:00:00")]
    begins: NaiveTime,
    /// How many minutes it takes, where that is known.
    minutes: Option<u32>,
    /// It comes again after so many weeks.
    every_weeks: u32,
    /// Zone of its time of day.
    zone: String,
    /// Where it is held.
    place: Option<String>,
    /// When it is held next, or has begun and not ended.
    next: Option<DateTime<Utc>>,
}

impl MeetingObject {
    fn of(meeting: &Meeting, now: DateTime<Utc>) -> Self {
        let Meeting { key, of, title, first_day, begins, minutes, every_weeks, zone, place, .. } = meeting.clone();
        let (of, zone, next) = (of.slug().to_owned(), zone.name().to_owned(), meeting.next(now));
        Self { key, of, title, first_day, begins, minutes, every_weeks, zone, place, next }
    }
}

/// Calendars of releases
///
/// As they are configured, by id, with the meetings that come again.
#[utoipa::path(
    get,
    path = "/api/v1/calendars",
    tag = "Tracker",
    responses((status = 200, description = "The calendars.", body = Vec<CalendarObject>), Unreadable)
)]
pub(super) async fn calendars(State(state): State<AppState>) -> Result<Json<Vec<CalendarObject>>, Problem> {
    let world = state.verdicts.world().await?;
    let now = state.context.clock.now();
    let main = world.main_calendar().map(|calendar| calendar.id.clone());
    let meetings = meeting::all(&mut *state.context.pool.acquire().await.map_err(StoreError::from)?).await?;
    let object = |calendar: &Calendar| CalendarObject {
        meetings: meetings
            .iter()
            .filter(|(of, _)| *of == calendar.id)
            .map(|(_, meeting)| MeetingObject::of(meeting, now))
            .collect(),
        id: calendar.id.clone(),
        repository: calendar.repository.clone(),
        zone: calendar.zone.label(),
        releases: world.releases.keys().filter(|(id, _)| *id == calendar.id).count(),
        current: world.current(now).filter(|_| main.as_ref() == Some(&calendar.id)),
    };
    Ok(Json(world.calendars.iter().map(object).collect()))
}
