//! The forms of the announcements, and each text as a file.

use app::{
    features::announcements::{
        href,
        port::{TextLine, TextView},
    },
    query::ReleaseChoice,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Announcement, ReleaseVersion, announcement::Template};

use super::{
    AppState,
    forms::{Answer, Posted, Sent, see_other},
    page,
    ports::announcements as port,
};
use crate::usecases::announce::{AnnounceError, keep_template, record_link, send};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/announcements/templates/{what}", get(page::page).post(keep))
        .route("/announcements/templates/{what}/reset", post(reset))
        .route("/announcements/{release}/{what}/text", get(text))
        .route("/announcements/{release}/{what}/send", post(send_it))
        .route("/announcements/{release}/{what}/link", post(link))
}

/// To the page, which says what was done; else the page again with what was typed.
async fn answer(sent: Sent, done: &str, result: Result<(), AnnounceError>) -> Response {
    match result {
        Ok(()) => see_other(&format!("{}?done={done}", sent.page)),
        Err(error) => sent.failed(&error, error.field(), error.status()).await,
    }
}

fn named((release, what): &(String, String)) -> Option<(ReleaseVersion, Announcement)> {
    Some((release.parse().ok()?, Announcement::of_slug(what)?))
}

fn unknown() -> Response {
    (StatusCode::NOT_FOUND, "There is no such text. Nothing was done.").into_response()
}

/// Sends a text to the list.
async fn send_it(Path(names): Path<(String, String)>, posted: Posted) -> Answer {
    let (release, what) = named(&names).ok_or_else(unknown)?;
    let sent = posted.from_page(href(release, what)).await?;
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let done = send(context, verdicts, &sent.viewer.person, (release, what), sent.fields.raw("text")).await;
    Ok(answer(sent, "sent", done).await)
}

/// Records where a text stands in the archive.
async fn link(Path(names): Path<(String, String)>, posted: Posted) -> Answer {
    let (release, what) = named(&names).ok_or_else(unknown)?;
    let sent = posted.from_page(href(release, what)).await?;
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let done = record_link(context, verdicts, &sent.viewer.person, (release, what), sent.fields.raw("link")).await;
    Ok(answer(sent, "announced", done).await)
}

/// Keeps a template.
async fn keep(Path(what): Path<String>, posted: Posted) -> Answer {
    let text = |name: &str| posted.fields.raw(name).to_owned();
    let template = Template { subject: text("subject"), body: text("body") };
    change(&what, posted, Some(template)).await
}

/// Goes back to the template that the program brings.
async fn reset(Path(what): Path<String>, posted: Posted) -> Answer {
    change(&what, posted, None).await
}

async fn change(what: &str, posted: Posted, template: Option<Template>) -> Answer {
    let what = Announcement::of_slug(what).ok_or_else(unknown)?;
    let sent = posted.from_page(format!("/announcements/templates/{}", what.slug())).await?;
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let done = keep_template(context, verdicts, &sent.viewer.person, what, template).await;
    Ok(answer(sent, "kept", done).await)
}

/// A text as a file.
async fn text(State(state): State<AppState>, Path(names): Path<(String, String)>) -> Response {
    let Some((release, what)) = named(&names) else { return unknown() };
    match port::text(&state, ReleaseChoice::Version(release), what, None).await {
        Ok(view) if view.line.early.is_some() => {
            let words = "What this text tells has not happened yet; its page has a preview.";
            (StatusCode::NOT_FOUND, words).into_response()
        }
        Ok(TextView { line: TextLine { outlived: Some(freeze), .. }, release, .. }) => {
            let words = format!(
                "No longer: the {} of {release} has passed, and this text speaks of it as ahead; its page has the past draft.",
                freeze.name()
            );
            (StatusCode::GONE, words).into_response()
        }
        Ok(view) => {
            let (kind, ending) = if what.is_document() {
                ("text/markdown; charset=utf-8", "md")
            } else {
                ("text/plain; charset=utf-8", "txt")
            };
            let name = format!("attachment; filename=\"{release}-{}.{ending}\"", what.slug());
            ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], view.whole())
                .into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.to_string()).into_response()
        }
    }
}
