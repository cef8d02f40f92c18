//! Feeds: calendars of dates (RFC 5545) and logs of what happened (Atom, RFC 4287), for programs that people already
//! have.
//!
//! Left out on purpose: calendars and logs of what only some may see, since feeds are read without signing in.

mod atom;
mod dates;
mod entries;
mod ics;
mod zone;

use app::query::ReleaseChoice;
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};

use super::{AppState, api::Problem, validators::validators, views};
use crate::{
    store::{StoreError, meeting, person},
    verdicts::Moment,
};
use dates::Whose;

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/calendar.ics", get(calendar))
        .route("/releases/{version}/calendar.ics", get(of_release))
        .route("/people/{login}/calendar.ics", get(of_person))
        .route("/people/{login}/reminders.atom", get(reminders))
        .route("/decisions.atom", get(decisions))
        .route("/{source}/{number}/feed.atom", get(of_proposal))
        .layer(middleware::from_fn(validators))
}

/// All dates of the main calendar, with its meetings.
async fn calendar(State(state): State<AppState>) -> Result<Response, Problem> {
    let world = state.verdicts.world().await?;
    let id = world.main_calendar().map_or("", |calendar| calendar.id.as_str());
    let mut conn = state.context.pool.acquire().await.map_err(StoreError::from)?;
    let meetings = meeting::of_calendar(&mut conn, id).await?;
    drop(conn);
    let now = state.context.clock.now();
    let dates = dates::dates(&world, &Whose::Everybody, Moment::Now(now));
    Ok(written(ics::calendar((id, "CEP Tracker", state.context.config.address()), &dates, &meetings, now)))
}

/// The dates of one release.
async fn of_release(State(state): State<AppState>, Path(version): Path<String>) -> Result<Response, Problem> {
    let world = state.verdicts.world().await?;
    let now = state.context.clock.now();
    let moment = Moment::Now(now);
    let missing = || Problem::missing(format!("The release “{version}” is not known here."));
    let choice: ReleaseChoice = version.parse().map_err(|_| missing())?;
    let release = views::meant(&world, choice, moment).filter(|release| world.release(*release).is_some());
    let release = release.ok_or_else(missing)?;
    let dates = dates::dates(&world, &Whose::Release(release), moment);
    let name = format!("KubeVirt {release}");
    Ok(written(ics::calendar(("", &name, state.context.config.address()), &dates, &[], now)))
}

/// The dates that somebody has to keep.
async fn of_person(State(state): State<AppState>, Path(login): Path<String>) -> Result<Response, Problem> {
    let world = state.verdicts.world().await?;
    let now = state.context.clock.now();
    let login = known_login(&state, &login).await?;
    let name = format!("CEP Tracker: @{login}");
    let dates = dates::dates(&world, &Whose::Person(login), Moment::Now(now));
    Ok(written(ics::calendar(("", &name, state.context.config.address()), &dates, &[], now)))
}

/// A login that somebody has here.
async fn known_login(state: &AppState, login: &str) -> Result<String, Problem> {
    let login = login.trim_start_matches('@').to_owned();
    let is_login = !login.is_empty() && login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if !is_login {
        return Err(Problem::missing(format!("“{login}” is no login at GitHub.")));
    }
    let world = state.verdicts.world().await?;
    let moment = Moment::Now(state.context.clock.now());
    let mut conn = state.context.pool.acquire().await.map_err(StoreError::from)?;
    let signed_in = person::by_login(&mut conn, &login).await?.is_some();
    drop(conn);
    if !signed_in && !world.knows(&login, moment) {
        return Err(Problem::missing(format!(
            "Nobody here knows @{login}: no document, roster, alias or decision names them, and they never signed in."
        )));
    }
    Ok(login)
}

fn written(calendar: Option<String>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    let broken = StatusCode::INTERNAL_SERVER_ERROR;
    calendar.map_or_else(|| broken.into_response(), |calendar| (kind, calendar).into_response())
}

/// What somebody was reminded of.
async fn reminders(State(state): State<AppState>, Path(login): Path<String>) -> Result<Response, Problem> {
    let login = known_login(&state, &login).await?;
    atom::answer(entries::reminders(&state, &login).await?)
}

/// The log of decisions, filtered as on its page.
async fn decisions(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    atom::answer(entries::decisions(&state, query.as_deref().unwrap_or_default()).await?)
}

/// What happens to one proposal.
async fn of_proposal(
    State(state): State<AppState>,
    Path((source, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    atom::answer(entries::of_proposal(&state, &source, &number).await?)
}
