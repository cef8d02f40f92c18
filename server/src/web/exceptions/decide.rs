//! The forms on the page of a request.

use app::ui::Problem;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{Action, Decision, RuleError};

use crate::{
    usecases::{
        decide::{By, DecideError, decide as record},
        key::Key,
    },
    web::{
        AppState,
        forms::{Fields, again, guard, problem, refused_form, see_other, words_of},
        security::same_origin,
        session::{MaybeViewer, Viewer, refused},
    },
};

/// Records what a form states and leads back to the page; else draws the page again with everything that was typed.
pub async fn decide(
    State(state): State<AppState>,
    Path((id, action)): Path<(String, String)>,
    MaybeViewer(viewer): MaybeViewer,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let page = format!("/exceptions/{}", app::query::encode(&id));
    let fields = if fields.get("form").is_none() { fields.with("form", form_of(&action)) } else { fields };
    let Some(viewer) = viewer else {
        if !same_origin(&headers) {
            return refused();
        }
        let words = "You are not signed in, or your session is over. Copy what you wrote, sign in, and send it again.";
        let problem = Problem { field: None, words: words.to_owned() };
        return again(state, None, &page, &headers, fields, vec![problem], 401).await;
    };
    if let Err(forged) = guard(&headers, &viewer, &fields) {
        return refused_form(state, viewer, &page, &headers, fields, forged).await;
    }
    let action = chosen(&action, &fields).unwrap_or(action);
    if fields.get("do") == Some("preview") {
        return again(state, Some(viewer), &page, &headers, fields, Vec::new(), 200).await;
    }
    match outcome(&state, &viewer, &id, &action, &fields).await {
        Ok(()) => see_other(&page),
        Err((problems, status)) => again(state, Some(viewer), &page, &headers, fields, problems, status).await,
    }
}

/// The panel that a posted route belongs to.
fn form_of(action: &str) -> &str {
    if matches!(action, "grant" | "deny" | "ask-more") { "decide" } else { action }
}

/// The action behind the panel of three choices.
fn chosen(action: &str, fields: &Fields) -> Option<String> {
    (action == "decide").then(|| fields.get("choice").unwrap_or_default().to_owned())
}

async fn outcome(
    state: &AppState,
    viewer: &Viewer,
    id: &str,
    action: &str,
    fields: &Fields,
) -> Result<(), (Vec<Problem>, u16)> {
    let whole = |words: String, status| (vec![Problem { field: None, words }], status);
    let world = state.verdicts.world().await.map_err(|error| whole(words_of(&DecideError::Store(error)), 503))?;
    let known = id.parse().ok().and_then(|id: i64| world.exceptions.get(&id));
    let known = known.ok_or_else(|| whole(format!("There is no request {id}."), 404))?;
    let decision = decision(action, known.request, fields).map_err(|problem| (vec![problem], 422))?;
    let kind = decision.action();
    let (by_field, link_field) = names(kind);
    let by = By {
        on_behalf_of: fields.get(by_field).map(str::to_owned),
        link: fields.get(link_field).map(str::to_owned),
        ..By::person(viewer.person.clone())
    };
    let key = Key { source: known.source.clone(), number: known.number };
    let recorded = record(&state.context, &state.verdicts, &by, &key, decision, fields.seen()).await;
    recorded.map(|_| ()).map_err(|error| (vec![problem_of(&error, kind)], error.status()))
}

fn decision(action: &str, request: u32, fields: &Fields) -> Result<Decision, Problem> {
    let text = |name: &str| fields.raw(name).to_owned();
    Ok(match action {
        "grant" => Decision::Grant { request, until: text("until"), reason: text("reason") },
        "extend" => Decision::Extend { request, until: text("until"), reason: text("reason") },
        "deny" => Decision::Deny { request, reason: text("reason") },
        "ask-more" => Decision::AskMore { request, question: text("reason") },
        "answer" => Decision::Answer { request, answer: text("answer") },
        "review" => Decision::Review { request },
        "file" => Decision::File { request, thread: text("thread") },
        "take-back" => Decision::TakeBack { request },
        "" => return Err(problem("choice", "choose what is decided: grant, deny, or ask for more")),
        other => {
            return Err(Problem { field: None, words: format!("`{other}` is nothing that can be done to a request") });
        }
    })
}

/// Names of the fields that tell whose word it is: a page holds several forms, each with its own.
const fn names(action: Action) -> (&'static str, &'static str) {
    match action {
        Action::Answer => ("answered_by", "answered_at"),
        Action::TakeBack => ("withdrawn_by", "withdrawn_at"),
        _ => ("on_behalf_of", "link"),
    }
}

/// What is wrong, by the names of the page's fields and in their words.
fn problem_of(error: &DecideError, action: Action) -> Problem {
    let missing = matches!(error, DecideError::Rule(RuleError::NoReason));
    match action {
        Action::AskMore if missing => problem("reason", "write what you want to know from the requester"),
        Action::Answer if missing => problem("answer", "write an answer before you send it"),
        Action::File => match error {
            DecideError::Rule(RuleError::NoLink(_)) => problem("thread", words_of(error)),
            _ => Problem { field: None, words: words_of(error) },
        },
        _ => {
            let (by, link) = names(action);
            let field = match error.field() {
                Some("on_behalf_of") => Some(by),
                Some("link") => Some(link),
                other => other,
            };
            Problem { field: field.map(str::to_owned), words: words_of(error) }
        }
    }
}
