//! The forms of the rosters, and the confirmation of a login after a renaming.

use app::{query::encode, ui::Problem};
use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
    routing::post,
};
use chrono::NaiveDate;
use domain::ReleaseVersion;

use super::{
    AppState,
    forms::{Fields, again, guard, problem, see_other},
    session::{SignedIn, Viewer},
};
use crate::{
    store::{
        StoreError, person,
        roster::{Part, RosterMember},
    },
    usecases::keep_roster::{Key, RosterChange, RosterError, keep_roster, may_keep},
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/settings/rosters/{version}/set", post(set))
        .route("/settings/rosters/{version}/remove", post(remove))
        .route("/settings/people/confirm", post(confirm))
}

/// Adds somebody, or changes a line.
async fn set(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(version): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(refused) = guard(&headers, &viewer, &fields) {
        return *refused;
    }
    let was = fields.get("was");
    let page = match was {
        Some(was) => format!("{}&change={}", address(&version), encode(was)),
        None => address(&version),
    };
    match read(&fields) {
        Ok(change) => keep(state, viewer, &version, &page, &headers, fields, change).await,
        Err(problems) => again(state, Some(viewer), &page, &headers, fields, problems, 422).await,
    }
}

/// Takes a line off.
async fn remove(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(version): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(refused) = guard(&headers, &viewer, &fields) {
        return *refused;
    }
    let page = address(&version);
    let key = fields.get("was").and_then(|was| was.parse::<Key>().ok());
    // The page's own form is another one: nothing of this goes into it.
    let fields = fields.without("was");
    let Some(key) = key else {
        let problems = vec![Problem { field: None, words: "the form does not say whom to remove".to_owned() }];
        return again(state, Some(viewer), &page, &headers, fields, problems, 422).await;
    };
    keep(state, viewer, &version, &page, &headers, fields, RosterChange::Remove(key)).await
}

fn address(version: &str) -> String {
    format!("/settings/rosters?release={}", encode(version))
}

async fn keep(
    state: AppState,
    viewer: Viewer,
    version: &str,
    page: &str,
    headers: &HeaderMap,
    fields: Fields,
    change: RosterChange,
) -> Response {
    let kept = match version.parse::<ReleaseVersion>() {
        Ok(version) => one(&state, &viewer, version, &change, fields.seen()).await,
        Err(_) => return see_other("/settings/rosters"),
    };
    let error = match kept {
        Ok(()) => return see_other(&address(version)),
        Err(error) => error,
    };
    let words = if let RosterError::Store(error) = &error {
        tracing::error!(%error, "keeping a roster");
        "The database does not answer at the moment. Nothing was changed; try again in a minute.".to_owned()
    } else {
        error.to_string()
    };
    let problems = vec![Problem { field: error.field().map(str::to_owned), words }];
    again(state, Some(viewer), page, headers, fields, problems, error.status()).await
}

async fn one(
    state: &AppState,
    viewer: &Viewer,
    version: ReleaseVersion,
    change: &RosterChange,
    seen: Option<i64>,
) -> Result<(), RosterError> {
    let world = state.verdicts.world().await?;
    let calendar = world.main_calendar().map(|calendar| calendar.id.clone()).unwrap_or_default();
    keep_roster(&state.context, &state.verdicts, &viewer.person, (&calendar, version), change, seen).await
}

/// What the form says, or what is wrong with it.
fn read(fields: &Fields) -> Result<RosterChange, Vec<Problem>> {
    let mut problems = Vec::new();
    let login = fields.get("login").map(|login| login.trim_start_matches('@').to_owned());
    if login.is_none() {
        problems.push(problem("login", "a login at GitHub is needed"));
    }
    let part = fields.get("part").unwrap_or(Part::Member.word()).parse::<Part>();
    let part = part.map_err(|words| problems.push(problem("part", words))).ok();
    let mut day = |name: &str, needed: bool| match fields.get(name).map(str::parse::<NaiveDate>) {
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => {
            problems.push(problem(name, "write the day as 2026-09-01"));
            None
        }
        None => {
            if needed {
                problems.push(problem(name, "the first day is needed"));
            }
            None
        }
    };
    let (from, to) = (day("from", true), day("to", false));
    let was = fields.get("was").and_then(|was| was.parse().ok());
    match (login, part, from) {
        (Some(login), Some(part), Some(from)) if problems.is_empty() => {
            Ok(RosterChange::Set { was, member: RosterMember { login, part, from, to } })
        }
        _ => Err(problems),
    }
}

/// From now on a login means who came with it (PROCESS 7).
async fn confirm(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(refused) = guard(&headers, &viewer, &fields) {
        return *refused;
    }
    let words = match confirm_one(&state, &viewer, &fields).await {
        Ok(Confirmed::Done) => return see_other("/settings/rosters"),
        Ok(Confirmed::NotAdmin) => (403, "confirming a login is for admins; nothing was changed"),
        Ok(Confirmed::NotWaiting) => (409, "this login does not wait any more; look at the list as it is now"),
        Err(error) => {
            tracing::error!(%error, "confirming a login");
            (503, "the database does not answer; nothing was changed. Try again in a minute")
        }
    };
    let problems = vec![Problem { field: None, words: words.1.to_owned() }];
    again(state, Some(viewer), "/settings/rosters", &headers, Fields::default(), problems, words.0).await
}

/// What came of a confirmation.
enum Confirmed {
    Done,
    NotAdmin,
    NotWaiting,
}

async fn confirm_one(state: &AppState, viewer: &Viewer, fields: &Fields) -> Result<Confirmed, StoreError> {
    let mut conn = state.context.pool.acquire().await?;
    if may_keep(&mut conn, &state.context, &viewer.person).await?.is_err() {
        return Ok(Confirmed::NotAdmin);
    }
    let login = fields.get("login").unwrap_or_default();
    let person = fields.get("person").and_then(|person| person.parse().ok());
    let waits = person::unconfirmed(&mut conn).await?;
    if !waits.iter().any(|waiting| waiting.login == login && Some(waiting.person) == person) {
        return Ok(Confirmed::NotWaiting);
    }
    person::confirm(&mut conn, login, &viewer.person.login).await?;
    tracing::info!(login, by = viewer.person.login, "a login is confirmed");
    Ok(Confirmed::Done)
}
