//! The forms of the rosters, and the confirmation of a login after a renaming.

use app::{query::encode, ui::Problem};
use axum::{Router, extract::Path, routing::post};
use chrono::NaiveDate;
use domain::ReleaseVersion;

use super::{
    AppState,
    forms::{Answer, Fields, Posted, Sent, problem, see_other, whole},
    session::Viewer,
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
async fn set(Path(version): Path<String>, posted: Posted) -> Answer {
    let page = match posted.fields.get("was") {
        Some(was) => format!("{}&change={}", address(&version), encode(was)),
        None => address(&version),
    };
    let sent = posted.from_page(page).await?;
    match read(&sent.fields) {
        Ok(change) => keep(sent, &version, change).await,
        Err(problems) => Ok(sent.again(problems, 422).await),
    }
}

/// Takes a line off.
async fn remove(Path(version): Path<String>, posted: Posted) -> Answer {
    let sent = posted.from_page(address(&version)).await?;
    match sent.fields.get("was").and_then(|was| was.parse::<Key>().ok()) {
        Some(key) => keep(sent, &version, RosterChange::Remove(key)).await,
        None => Ok(sent.again(vec![whole("the form does not say whom to remove")], 422).await),
    }
}

fn address(version: &str) -> String {
    format!("/settings/rosters?release={}", encode(version))
}

async fn keep(sent: Sent, version: &str, change: RosterChange) -> Answer {
    let release = version.parse::<ReleaseVersion>().map_err(|_| see_other("/settings/rosters"))?;
    Ok(match one(&sent.state, &sent.viewer, release, &change, sent.fields.seen()).await {
        Ok(()) => see_other(&address(version)),
        Err(error) => sent.failed(&error, error.field(), error.status()).await,
    })
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
async fn confirm(posted: Posted) -> Answer {
    let sent = posted.from_page("/settings/rosters").await?;
    Ok(match confirm_one(&sent.state, &sent.viewer, &sent.fields).await {
        Ok(Confirmed::Done) => see_other(&sent.page),
        Ok(Confirmed::NotAdmin) => {
            sent.again(vec![whole("confirming a login is for admins; nothing was changed")], 403).await
        }
        Ok(Confirmed::NotWaiting) => {
            let words = "this login does not wait any more; look at the list as it is now";
            sent.again(vec![whole(words)], 409).await
        }
        Err(error) => sent.failed(&error, None, 503).await,
    })
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
    let login = fields.get("came_as").unwrap_or_default();
    let person = fields.get("person").and_then(|person| person.parse().ok());
    let waits = person::unconfirmed(&mut conn).await?;
    if !waits.iter().any(|waiting| waiting.login == login && Some(waiting.person) == person) {
        return Ok(Confirmed::NotWaiting);
    }
    person::confirm(&mut conn, login, &viewer.person.login).await?;
    tracing::info!(login, by = viewer.person.login, "a login is confirmed");
    Ok(Confirmed::Done)
}
