//! The form that asks for an exception: preview it, keep it, send it.

use app::{query::encode, ui::Problem};
use axum::{
    http::{HeaderValue, header},
    response::Response,
};

use super::{
    drafts,
    form::{Form, problem_of, recorder},
};
use crate::{
    usecases::decide::{DecideError, Recorder, Word, decide},
    web::{
        AppState,
        forms::{Answer, Fields, Posted, Sent, see_other},
        sign_in,
    },
};

/// Does what its button says. Nobody has to be signed in to write it.
pub async fn ask(posted: Posted) -> Answer {
    let page = address(&posted.fields);
    let posted = match posted.viewer {
        Some(_) => {
            let sent = posted.from_page(page.clone()).await?;
            if sent.fields.get("do") == Some("send") {
                return Ok(send(sent).await);
            }
            sent.into()
        }
        None => posted.from_anybody()?,
    };
    Ok(match posted.fields.get("do") {
        Some("send" | "save") => save(posted, &page).await,
        _ => preview(posted, &page).await,
    })
}

/// The form's page for what it is about now.
fn address(fields: &Fields) -> String {
    let named = ["proposal", "freeze", "release"].into_iter().filter_map(|name| Some((name, fields.get(name)?)));
    let query: Vec<_> = named.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { "/exceptions/new".to_owned() } else { format!("/exceptions/new?{}", query.join("&")) }
}

/// Keeps it as a draft; somebody who is not signed in goes there, and finds it then.
async fn save(posted: Posted, page: &str) -> Response {
    let Posted { state, viewer, headers, fields } = &posted;
    match drafts::keep(&state.context, viewer.as_ref(), headers, fields).await {
        Ok(saved) => {
            let mut response = if viewer.is_some() { see_other(page) } else { sign_in::first(page) };
            if let Some(cookie) = saved.cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => {
            let problem = problem_of(&DecideError::Store(error));
            posted.again(page, vec![problem], 503).await
        }
    }
}

/// Shows the mail as it would go out, and what the rules say against it.
async fn preview(mut posted: Posted, page: &str) -> Response {
    posted.fields = posted.fields.with("do", "preview");
    let form = Form::read(&posted.fields);
    let person = posted.viewer.as_ref().map(|viewer| &viewer.person);
    let problems = match refused(&posted.state, &form, recorder(person)).await {
        Ok(problems) => problems,
        Err(error) => vec![problem_of(&error)],
    };
    let status = if problems.is_empty() { 200 } else { 422 };
    posted.again(page, problems, status).await
}

async fn refused(state: &AppState, form: &Form, recorder: Recorder) -> Result<Vec<Problem>, DecideError> {
    let now = state.context.clock.now();
    let by = form.by(recorder, now);
    let mut conn = state.context.pool.acquire().await?;
    let word = Word::of(&mut conn, &state.context, &by).await?;
    drop(conn);
    let world = state.verdicts.world().await?;
    Ok(form.refused(&world, &word, by.at.unwrap_or(now).min(now)))
}

/// Sends it: the request is recorded, its draft goes, and the mail is shown.
async fn send(mut sent: Sent) -> Response {
    let form = Form::read(&sent.fields);
    let context = &sent.state.context;
    match record(&sent, &form).await {
        Ok(id) => {
            if let Err(error) = drafts::forget(context, &sent.viewer, &sent.fields).await {
                tracing::warn!(%error, "a draft that was sent stays");
            }
            see_other(&format!("/exceptions/{id}?sent=1"))
        }
        Err((problems, status)) => {
            // Whoever closes the page now finds it again.
            if let Err(error) = drafts::keep(context, Some(&sent.viewer), sent.headers(), &sent.fields).await {
                tracing::warn!(%error, "keeping a draft");
            }
            sent.fields = sent.fields.without("do");
            let mut response = sent.again(problems, status).await;
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            response
        }
    }
}

/// Records the request.
async fn record(sent: &Sent, form: &Form) -> Result<i64, (Vec<Problem>, u16)> {
    let (key, decision) = form.decision().map_err(|problems| (problems, 422))?;
    let (context, verdicts, person) = (&sent.state.context, &sent.state.verdicts, &sent.viewer.person);
    let by = form.by(recorder(Some(person)), context.clock.now());
    let error = match decide(context, verdicts, &by, &key, decision, sent.fields.seen()).await {
        Ok(recorded) => return Ok(recorded.id),
        Err(error) => error,
    };
    let all = if matches!(error, DecideError::Rule(_)) {
        refused(&sent.state, form, recorder(Some(person))).await.unwrap_or_default()
    } else {
        Vec::new()
    };
    Err((if all.is_empty() { vec![problem_of(&error)] } else { all }, error.status()))
}
