//! The form on one's own page, and the buttons behind the link of a mail.

use app::query::Parameters;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ReleaseVersion, reminder::Cadence};

use crate::{
    usecases::{
        key::Key,
        remind::remind_now,
        subscribe::{Act, SubscribeError, by_link as act_by_link, subscribe},
    },
    web::{
        AppState,
        forms::{Answer, Posted, problem, see_other},
    },
};

const PAGE: &str = "/me";

/// Keeps address and cadence.
pub(super) async fn choose(posted: Posted) -> Answer {
    let sent = posted.from_page(PAGE).await?;
    let Some(cadence) = sent.fields.get("cadence").and_then(Cadence::of_slug) else {
        return Ok(sent.again(vec![problem("cadence", "choose how often")], 422).await);
    };
    let (context, verdicts, address) = (&sent.state.context, &sent.state.verdicts, sent.fields.raw("address"));
    Ok(match subscribe(context, verdicts, &sent.viewer.person, address, cadence).await {
        Ok(_) => see_other("/me?done=reminders#reminders"),
        Err(error) => {
            let status = if matches!(error, SubscribeError::Store(_)) { 503 } else { 422 };
            sent.failed(&error, Some("address"), status).await
        }
    })
}

/// Reminds those who can act on a proposal.
pub(super) async fn by_hand(Path((source, number)): Path<(String, u32)>, posted: Posted) -> Answer {
    let release = posted.fields.get("release").and_then(|release| release.parse::<ReleaseVersion>().ok());
    let page = match release {
        Some(release) => format!("/{source}/{number}?release={release}"),
        None => format!("/{source}/{number}"),
    };
    let sent = posted.from_page(page).await?;
    let Some(release) = release else { return Ok(see_other(&sent.page)) };
    let key = Key { source, number };
    Ok(match remind_now(&sent.state.context, &sent.state.verdicts, &sent.viewer.person, &key, release).await {
        Ok(_) => see_other(&format!("{}&done=reminded#left", sent.page)),
        Err(error) => sent.failed(&error, None, error.status()).await,
    })
}

/// Leads whoever loads the address of the form again to the proposal.
pub(super) async fn back(Path((source, number)): Path<(String, u32)>) -> Response {
    see_other(&format!("/{source}/{number}"))
}

/// Confirms the address or stops the mails. The link is the proof, so no session is asked for; mail programs post here
/// by themselves when their button is pressed (RFC 8058).
pub(super) async fn by_link(State(state): State<AppState>, Path(token): Path<String>, body: String) -> Response {
    // Mail programs may write the form in parts, which no one else does here.
    let by_program = body.contains("List-Unsubscribe");
    let act = match Parameters::parse(&body).first("act") {
        Some("confirm") => Act::Confirm,
        Some("stop") => Act::Stop,
        None if by_program => Act::Stop,
        _ => return (StatusCode::UNPROCESSABLE_ENTITY, "The form does not say what to do.").into_response(),
    };
    match act_by_link(&state.context, &token, act).await {
        Ok(true) if by_program => "No more of these mails are sent.".into_response(),
        Ok(true) => see_other(&format!("/reminders/{token}")),
        Ok(false) => (StatusCode::NOT_FOUND, "This link is no one's any more.").into_response(),
        Err(error) => {
            tracing::error!(%error, "the link of a mail");
            let words = "The database does not answer; nothing was changed. Try again in a minute.";
            (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
        }
    }
}
