//! The form on one's own page, and the buttons behind the link of a mail.

use app::{query::Parameters, ui::Problem};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{ReleaseVersion, reminder::Cadence};

use crate::{
    usecases::{
        key::Key,
        remind::{RemindError, remind_now},
        subscribe::{Act, SubscribeError, by_link as act_by_link, subscribe},
    },
    web::{
        AppState,
        forms::{Fields, again, guard, problem, refused_form, see_other},
        session::SignedIn,
    },
};

const PAGE: &str = "/me";

/// Keeps address and cadence.
pub(super) async fn choose(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(forged) = guard(&headers, &viewer, &fields) {
        return refused_form(state, viewer, PAGE, &headers, fields, forged).await;
    }
    let Some(cadence) = fields.get("cadence").and_then(Cadence::of_slug) else {
        let problems = vec![problem("cadence", "choose how often")];
        return again(state, Some(viewer), PAGE, &headers, fields, problems, 422).await;
    };
    let address = fields.raw("address").to_owned();
    let kept = subscribe(&state.context, &state.verdicts, &viewer.person, &address, cadence).await;
    match kept {
        Ok(_) => see_other("/me?done=reminders#reminders"),
        Err(SubscribeError::Store(error)) => {
            tracing::error!(%error, "keeping how somebody is reminded");
            let words = "The database does not answer at the moment. Nothing was kept; try again in a minute.";
            again(state, Some(viewer), PAGE, &headers, fields, vec![problem("address", words)], 503).await
        }
        Err(error) => {
            let problems = vec![problem("address", error.to_string())];
            again(state, Some(viewer), PAGE, &headers, fields, problems, 422).await
        }
    }
}

/// Reminds those who can act on a proposal.
pub(super) async fn by_hand(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path((source, number)): Path<(String, u32)>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let release = fields.get("release").and_then(|release| release.parse::<ReleaseVersion>().ok());
    let page = match release {
        Some(release) => format!("/{source}/{number}?release={release}"),
        None => format!("/{source}/{number}"),
    };
    if let Err(forged) = guard(&headers, &viewer, &fields) {
        return refused_form(state, viewer, &page, &headers, fields, forged).await;
    }
    let Some(release) = release else { return see_other(&page) };
    let key = Key { source, number };
    let reminded = remind_now(&state.context, &state.verdicts, &viewer.person, &key, release).await;
    let Err(error) = reminded else { return see_other(&format!("{page}&done=reminded#left")) };
    let words = if let RemindError::Store(error) = &error {
        tracing::error!(%error, "reminding by hand");
        "The database does not answer at the moment. Nobody was reminded; try again in a minute.".to_owned()
    } else {
        error.to_string()
    };
    again(state, Some(viewer), &page, &headers, fields, vec![Problem { field: None, words }], error.status()).await
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
