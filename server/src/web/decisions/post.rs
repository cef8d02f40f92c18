//! What a form of a decision posts.

use app::ui::Problem;
use axum::{
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::Action;

use super::form;
use crate::{
    usecases::{
        decide::{By, DecideError, decide as record},
        key::Key,
    },
    web::{
        AppState,
        forms::{Fields, again, guard, problem_of, refused_form, see_other, sign_in_first},
        security::local_path,
        session::{MaybeViewer, Viewer},
    },
};

/// Records what the form states, and leads to the decision's address; else draws the form again.
pub async fn decide(
    State(state): State<AppState>,
    Path((source, number, action)): Path<(String, String, String)>,
    OriginalUri(address): OriginalUri,
    MaybeViewer(viewer): MaybeViewer,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let page = address.path_and_query().map_or_else(|| address.path().to_owned(), ToString::to_string);
    let named: Option<Action> = action.parse().ok().filter(|action| form::has_form(*action));
    let (Some(action), Some(key)) = (named, key(source, &number)) else {
        return (StatusCode::NOT_FOUND, "There is no such form. Nothing was recorded.").into_response();
    };
    let Some(viewer) = viewer else { return sign_in_first(&page) };
    if let Err(forged) = guard(&headers, &viewer, &fields) {
        return refused_form(state, viewer, &page, &headers, fields, forged).await;
    }
    match outcome(&state, &viewer, &key, action, &fields).await {
        Ok(id) => see_other(&done(&fields, id)),
        Err((problems, status)) => again(state, Some(viewer), &page, &headers, fields, problems, status).await,
    }
}

fn key(source: String, number: &str) -> Option<Key> {
    let number = number.parse().ok().filter(|number| *number > 0)?;
    Some(Key { source, number })
}

/// Where to go on: back to where the form was opened from, else to the decision.
fn done(fields: &Fields, id: i64) -> String {
    match fields.get("next").map(local_path) {
        Some(next) if next != "/" => next.to_owned(),
        _ => format!("/decisions/{id}?done=1"),
    }
}

async fn outcome(
    state: &AppState,
    viewer: &Viewer,
    key: &Key,
    action: Action,
    fields: &Fields,
) -> Result<i64, (Vec<Problem>, u16)> {
    let decision = match form::decision(action, fields) {
        Ok(decision) => decision,
        Err(problems) => return Err((problems, 422)),
    };
    let by = By {
        on_behalf_of: fields.get("on_behalf_of").map(str::to_owned),
        link: fields.get("link").map(str::to_owned),
        ..By::person(viewer.person.clone())
    };
    let recorded = record(&state.context, &state.verdicts, &by, key, decision, fields.seen()).await;
    recorded.map(|recorded| recorded.id).map_err(|error| (problems(&error, action), error.status()))
}

/// What is wrong, at the field of the form that it is about; of a conflict, each decision by itself.
fn problems(error: &DecideError, action: Action) -> Vec<Problem> {
    let whole = |words: String| Problem { field: None, words };
    if let DecideError::Meanwhile(events) = error {
        let told = events.iter().map(|recorded| {
            let at = recorded.recorded_at.format("%H:%M UTC");
            whole(format!("@{} decided at {at}: {}", recorded.actor, recorded.event.tell()))
        });
        let then = "Look at what has been decided meanwhile. Press again if yours still holds.";
        return told.chain([whole(then.to_owned())]).collect();
    }
    let mut problem = problem_of(error);
    problem.field = problem.field.and_then(|field| form::field_for(action, &field)).map(str::to_owned);
    vec![problem]
}
