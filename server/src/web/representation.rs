//! The forms of the roster of representatives, and the roster as a file.

use app::ui::Problem;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    Week,
    representation::{Representative, Seat},
};

use super::{
    AppState, api,
    export::file,
    forms::{Answer, Fields, Posted, Sent, problem, whole},
    kept_list,
};
use crate::usecases::represent::{Change, Key, represent};

const PAGE: &str = "/representation";

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/representation.csv", get(csv))
        .route("/representation/set", post(set))
        .route("/representation/remove", post(remove))
        .route("/representation/undo", post(undo))
}

/// Names somebody, or changes a line.
async fn set(posted: Posted) -> Answer {
    let page = kept_list::page(PAGE, &posted);
    let sent = posted.from_page(page).await?;
    let change = read(&sent.fields);
    Ok(keep(sent, change).await)
}

/// Takes a line off.
async fn remove(posted: Posted) -> Answer {
    let sent = posted.from_page(PAGE).await?;
    let change = sent.fields.get("key").and_then(key).map(Change::Remove);
    let change = change.ok_or_else(|| vec![whole("the form does not say which line")]);
    Ok(keep(sent, change).await)
}

/// Goes back to the roster before one's own last change.
async fn undo(posted: Posted) -> Answer {
    Ok(keep(posted.from_page(PAGE).await?, Ok(Change::Undo)).await)
}

async fn keep(sent: Sent, change: Result<Change, Vec<Problem>>) -> Response {
    let done = match change {
        Ok(Change::Remove(_)) => "removed",
        Ok(Change::Undo) => "undone",
        _ => "kept",
    };
    kept_list::keep(sent, (PAGE, done), change, async |sent, change| {
        let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
        represent(context, verdicts, &sent.viewer.person, change, sent.fields.seen()).await
    })
    .await
}

/// `sig-ci,2026-W41`.
fn key(text: &str) -> Option<Key> {
    let (seat, from) = text.rsplit_once(',')?;
    Some((Seat::of_slug(seat), from.parse().ok()?))
}

/// What the form says, or what is wrong with it.
fn read(fields: &Fields) -> Result<Change, Vec<Problem>> {
    let mut problems = Vec::new();
    let login = fields.get("login").map(|login| login.trim_start_matches('@').to_owned());
    if login.is_none() {
        problems.push(problem("login", "a login at GitHub is needed"));
    }
    let seat = fields.get("seat").map(Seat::of_slug);
    if seat.is_none() {
        problems.push(problem("seat", "choose the SIG, or the release team"));
    }
    let mut week = |name: &str, missing: Option<&str>| match fields.get(name).map(str::parse::<Week>) {
        Some(Ok(week)) => Some(week),
        Some(Err(error)) => {
            problems.push(problem(name, error.to_string()));
            None
        }
        None => {
            problems.extend(missing.map(|words| problem(name, words)));
            None
        }
    };
    let (from, to) = (week("from", Some("the first week is needed, such as 2026-W41")), week("to", None));
    match (login, seat, from) {
        (Some(login), Some(seat), Some(from)) if problems.is_empty() => {
            let was = fields.get("key").and_then(key);
            Ok(Change::Set { was, one: Representative { seat, login, from, to } })
        }
        _ => Err(problems),
    }
}

/// The roster as comma-separated values, for a spreadsheet.
async fn csv(State(state): State<AppState>) -> Response {
    let world = match state.verdicts.world().await {
        Ok(world) => world,
        Err(error) => return api::Problem::from(error).into_response(),
    };
    let record = |one: &Representative| {
        let to = one.to.map(|to| to.to_string()).unwrap_or_default();
        vec![one.seat.slug().to_owned(), one.login.clone(), one.from.to_string(), to]
    };
    file("representation.csv", &["seat", "login", "from", "to"], world.representatives().iter().map(record))
}
