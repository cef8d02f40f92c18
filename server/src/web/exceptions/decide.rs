//! The forms on the page of a request.

use app::ui::Problem;
use axum::extract::Path;
use domain::{Action, Decision, RuleError};

use crate::{
    usecases::{
        decide::{DecideError, decide as record},
        key::Key,
    },
    web::forms::{Answer, Fields, Posted, Sent, problem, see_other, whole, words_of},
};

/// Records what a form states and leads back to the page; else draws the page again with everything that was typed.
pub async fn decide(Path((id, action)): Path<(String, String)>, mut posted: Posted) -> Answer {
    let page = format!("/exceptions/{}", app::query::encode(&id));
    if posted.fields.get("form").is_none() {
        posted.fields = posted.fields.with("form", form_of(&action));
    }
    // The page shows its form to everybody, and so keeps what was typed.
    if posted.viewer.is_none() {
        let words = "You are not signed in, or your session is over. Copy what you wrote, sign in, and send it again.";
        return Ok(posted.from_anybody()?.again(&page, vec![whole(words)], 401).await);
    }
    let sent = posted.from_page(page).await?;
    let action = chosen(&action, &sent.fields).unwrap_or(action);
    if sent.fields.get("do") == Some("preview") {
        return Ok(sent.again(Vec::new(), 200).await);
    }
    Ok(match outcome(&sent, &id, &action).await {
        Ok(()) => see_other(&sent.page),
        Err((problems, status)) => sent.again(problems, status).await,
    })
}

/// The panel that a posted route belongs to.
fn form_of(action: &str) -> &str {
    if matches!(action, "grant" | "deny" | "ask-more") { "decide" } else { action }
}

/// The action behind the panel of three choices.
fn chosen(action: &str, fields: &Fields) -> Option<String> {
    (action == "decide").then(|| fields.get("choice").unwrap_or_default().to_owned())
}

async fn outcome(sent: &Sent, id: &str, action: &str) -> Result<(), (Vec<Problem>, u16)> {
    let Sent { state, fields, .. } = sent;
    let failed = |error| (vec![whole(words_of(&DecideError::Store(error)))], 503);
    let world = state.verdicts.world().await.map_err(failed)?;
    let known = id.parse().ok().and_then(|id: i64| world.exceptions.get(&id));
    let known = known.ok_or_else(|| (vec![whole(format!("There is no request {id}."))], 404))?;
    let decision = decision(action, known.request, fields).map_err(|problem| (vec![problem], 422))?;
    let kind = decision.action();
    let (by, key) = (sent.by_word(names(kind)), Key { source: known.source.clone(), number: known.number });
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
        other => return Err(whole(format!("`{other}` is nothing that can be done to a request"))),
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
            _ => whole(words_of(error)),
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
