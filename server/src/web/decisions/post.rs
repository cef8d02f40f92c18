//! What a form of a decision posts.

use app::ui::Problem;
use axum::{
    extract::{OriginalUri, Path},
    http::StatusCode,
    response::IntoResponse,
};
use domain::Action;

use super::form;
use crate::{
    usecases::{
        decide::{DecideError, decide as record},
        key::Key,
    },
    web::{
        forms::{Answer, Fields, Posted, Sent, problem_of, see_other, whole},
        security::local_path,
    },
};

/// Records what the form states, and leads to the decision's address; else draws the form again.
pub async fn decide(
    Path((source, number, action)): Path<(String, String, String)>,
    OriginalUri(address): OriginalUri,
    posted: Posted,
) -> Answer {
    let page = address.path_and_query().map_or_else(|| address.path().to_owned(), ToString::to_string);
    let named: Option<Action> = action.parse().ok().filter(|action| form::has_form(*action));
    let (Some(action), Some(key)) = (named, key(source, &number)) else {
        return Ok((StatusCode::NOT_FOUND, "There is no such form. Nothing was recorded.").into_response());
    };
    let sent = posted.from_page(page).await?;
    Ok(match outcome(&sent, &key, action).await {
        Ok(id) => see_other(&done(&sent.fields, id)),
        Err((problems, status)) => sent.again(problems, status).await,
    })
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

async fn outcome(sent: &Sent, key: &Key, action: Action) -> Result<i64, (Vec<Problem>, u16)> {
    let decision = form::decision(action, &sent.fields).map_err(|problems| (problems, 422))?;
    let (context, verdicts, by) = (&sent.state.context, &sent.state.verdicts, sent.by_word(("on_behalf_of", "link")));
    let recorded = record(context, verdicts, &by, key, decision, sent.fields.seen()).await;
    recorded.map(|recorded| recorded.id).map_err(|error| (problems(&error, action), error.status()))
}

/// What is wrong, at the field of the form that it is about; of a conflict, each decision by itself.
fn problems(error: &DecideError, action: Action) -> Vec<Problem> {
    if let DecideError::Meanwhile(events) = error {
        let told = events.iter().map(|recorded| {
            let at = recorded.recorded_at.format("%H:%M UTC");
            whole(format!("@{} decided at {at}: {}", recorded.actor, recorded.event.tell()))
        });
        let then = "Look at what has been decided meanwhile. Press again if yours still holds.";
        return told.chain([whole(then)]).collect();
    }
    let mut problem = problem_of(error);
    problem.field = problem.field.and_then(|field| form::field_for(action, &field)).map(str::to_owned);
    vec![problem]
}
