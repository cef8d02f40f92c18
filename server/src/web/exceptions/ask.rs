//! The form that asks for an exception: preview it, keep it, send it.

use app::query::encode;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use super::{
    draft_posts::meant,
    drafts,
    form::{Form, problem_of, recorder},
};
use crate::{
    usecases::decide::{DecideError, Recorder, Word, decide},
    web::{
        AppState,
        forms::{Fields, again, see_other, sign_in_first},
        session::{MaybeViewer, Viewer},
    },
};

/// Does what its button says.
pub async fn ask(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(refused) = meant(&headers, viewer.as_ref(), &fields) {
        return *refused;
    }
    let page = address(&fields);
    match (fields.get("do"), &viewer) {
        (Some("send"), Some(_)) => send(state, viewer, &page, &headers, fields).await,
        (Some("send" | "save"), _) => save(&state, viewer.as_ref(), &page, &headers, &fields).await,
        _ => preview(state, viewer, &page, &headers, fields).await,
    }
}

/// The form's page for what it is about now.
fn address(fields: &Fields) -> String {
    let named = ["proposal", "freeze", "release"].into_iter().filter_map(|name| Some((name, fields.get(name)?)));
    let query: Vec<_> = named.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { "/exceptions/new".to_owned() } else { format!("/exceptions/new?{}", query.join("&")) }
}

/// Keeps it as a draft; somebody who is not signed in goes there, and finds it then.
async fn save(state: &AppState, viewer: Option<&Viewer>, page: &str, headers: &HeaderMap, fields: &Fields) -> Response {
    match drafts::keep(&state.context, viewer, headers, fields).await {
        Ok(saved) => {
            let mut response = if viewer.is_some() { see_other(page) } else { sign_in_first(page) };
            if let Some(cookie) = saved.cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => {
            let problem = problem_of(&DecideError::Store(error));
            again(state.clone(), viewer.cloned(), page, headers, fields.clone(), vec![problem], 503).await
        }
    }
}

/// Shows the mail as it would go out, and what the rules say against it.
async fn preview(state: AppState, viewer: Option<Viewer>, page: &str, headers: &HeaderMap, fields: Fields) -> Response {
    let fields = fields.with("do", "preview");
    let form = Form::read(&fields);
    let person = viewer.as_ref().map(|viewer| &viewer.person);
    let problems = match refused(&state, &form, recorder(person)).await {
        Ok(problems) => problems,
        Err(error) => vec![problem_of(&error)],
    };
    let status = if problems.is_empty() { 200 } else { 422 };
    again(state, viewer, page, headers, fields, problems, status).await
}

async fn refused(state: &AppState, form: &Form, recorder: Recorder) -> Result<Vec<app::ui::Problem>, DecideError> {
    let now = state.context.clock.now();
    let by = form.by(recorder, now);
    let mut conn = state.context.pool.acquire().await?;
    let word = Word::of(&mut conn, &state.context, &by).await?;
    drop(conn);
    let world = state.verdicts.world().await?;
    Ok(form.refused(&world, &word, by.at.unwrap_or(now).min(now)))
}

/// Sends it: the request is recorded, its draft goes, and the mail is shown.
async fn send(state: AppState, viewer: Option<Viewer>, page: &str, headers: &HeaderMap, fields: Fields) -> Response {
    let Some(viewer) = viewer else { return sign_in_first(page) };
    let form = Form::read(&fields);
    match record(&state, &viewer, &form, &fields).await {
        Ok(id) => {
            if let Err(error) = drafts::forget(&state.context, &viewer, &fields).await {
                tracing::warn!(%error, "a draft that was sent stays");
            }
            see_other(&format!("/exceptions/{id}?sent=1"))
        }
        Err((problems, status)) => {
            // Whoever closes the page now finds it again.
            if let Err(error) = drafts::keep(&state.context, Some(&viewer), headers, &fields).await {
                tracing::warn!(%error, "keeping a draft");
            }
            let fields = fields.without("do");
            let mut response = again(state, Some(viewer), page, headers, fields, problems, status).await;
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            response
        }
    }
}

/// Records the request.
async fn record(
    state: &AppState,
    viewer: &Viewer,
    form: &Form,
    fields: &Fields,
) -> Result<i64, (Vec<app::ui::Problem>, u16)> {
    let (key, decision) = form.decision().map_err(|problems| (problems, 422))?;
    let (context, verdicts) = (&state.context, &state.verdicts);
    let by = form.by(recorder(Some(&viewer.person)), context.clock.now());
    let recorded = match decide(context, verdicts, &by, &key, decision, fields.seen()).await {
        Ok(recorded) => recorded,
        Err(error) => {
            let status = error.status();
            let all = if matches!(error, DecideError::Rule(_)) {
                refused(state, form, recorder(Some(&viewer.person))).await.unwrap_or_default()
            } else {
                Vec::new()
            };
            return Err((if all.is_empty() { vec![problem_of(&error)] } else { all }, status));
        }
    };
    Ok(recorded.id)
}
