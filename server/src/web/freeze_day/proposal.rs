//! What is done about one proposal on freeze day: it is decided about, and its issue is commented on.

use app::ui::Problem;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{Decision, Rule};

use super::{Names, Sent};
use crate::{
    usecases::{
        comment_freeze::{Handed, comment_freeze},
        decide::decide_on_freeze_day,
    },
    web::{
        AppState,
        forms::{Fields, problem, see_other},
        session::MaybeViewer,
    },
};

/// Decides about one proposal, and stays with it so that its comment can be posted; leaving it goes on.
pub(super) async fn decide(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<Names>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let sent = match Sent::read(state, viewer, &names, headers, fields).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let key = match sent.key() {
        Ok(key) => key,
        Err(problem) => return sent.again(vec![problem], 422).await,
    };
    let choice = sent.fields.get("choice").unwrap_or_default().to_owned();
    let decision = match decision(&choice, &sent) {
        Ok(Some(decision)) => decision,
        Ok(None) => return see_other(&format!("{}&done=left", sent.address.after(&key.source, key.number))),
        Err(problem) => return sent.again(vec![problem], 422).await,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let of = (sent.address.release, sent.address.freeze);
    match decide_on_freeze_day(context, verdicts, &sent.by(), &key, of, decision, sent.fields.seen()).await {
        Ok(_) => see_other(&format!("{}&done={choice}", sent.page)),
        Err(error) => sent.refused(error).await,
    }
}

/// What was chosen; none when it is left as it is.
fn decision(choice: &str, sent: &Sent) -> Result<Option<Decision>, Problem> {
    let (fields, release) = (&sent.fields, sent.address.release);
    let reason = fields.raw("reason").to_owned();
    let request = || {
        let number = fields.get("request").and_then(|number| number.parse().ok());
        number.ok_or_else(|| problem("choice", "no request of it waits for a decision"))
    };
    Ok(Some(match choice {
        "leave" => return Ok(None),
        "waive" => {
            let rule = serde_json::from_value::<Rule>(fields.raw("rule").into());
            let rule = rule.map_err(|_| problem("rule", "choose the requirement that is waived"))?;
            Decision::Waive { release, rule, reason }
        }
        "grant" => Decision::Grant { request: request()?, until: fields.raw("until").to_owned(), reason },
        "deny" => Decision::Deny { request: request()?, reason },
        "remove" => Decision::Remove { release, reason },
        _ => return Err(problem("choice", "choose what is decided: leave it, waive, grant, deny, or remove")),
    }))
}

/// Puts the comment into the outbox, and goes on.
pub(super) async fn comment(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<Names>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let sent = match Sent::read(state, viewer, &names, headers, fields).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let key = match sent.key() {
        Ok(key) => key,
        Err(problem) => return sent.again(vec![problem], 422).await,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let of = (sent.address.release, sent.address.freeze);
    let posted = comment_freeze(context, verdicts, &sent.viewer.person, &key, of, sent.fields.raw("text")).await;
    match posted {
        Ok(handed) => {
            let done = match handed {
                Handed::Held => "held",
                Handed::OnItsWay => "posted",
            };
            see_other(&format!("{}&done={done}", sent.address.after(&key.source, key.number)))
        }
        Err(error) => sent.refused(error).await,
    }
}
