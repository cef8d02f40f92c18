//! The forms of the announcements, and each text as a file.

use app::{
    features::announcements::{
        href,
        port::{TextLine, TextView},
    },
    query::ReleaseChoice,
    ui::Problem,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Announcement, ReleaseVersion, announcement::Template};

use super::{
    AppState,
    forms::{Fields, again, guard, refused_form, see_other, sign_in_first},
    page,
    ports::announcements as port,
    session::{MaybeViewer, Viewer},
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

/// A form, by whoever may send one.
struct Sent {
    state: AppState,
    viewer: Viewer,
    headers: HeaderMap,
    fields: Fields,
    page: String,
}

impl Sent {
    async fn read(
        state: AppState,
        viewer: Option<Viewer>,
        headers: HeaderMap,
        fields: Fields,
        page: String,
    ) -> Result<Self, Box<Response>> {
        let Some(viewer) = viewer else { return Err(Box::new(sign_in_first(&page))) };
        if let Err(forged) = guard(&headers, &viewer, &fields) {
            return Err(Box::new(refused_form(state, viewer, &page, &headers, fields, forged).await));
        }
        Ok(Self { state, viewer, headers, fields, page })
    }

    /// To the page, which says what was done; else the page again with what was typed.
    async fn answer(self, done: &str, result: Result<(), AnnounceError>) -> Response {
        let Self { state, viewer, headers, fields, page } = self;
        let error = match result {
            Ok(()) => return see_other(&format!("{page}?done={done}")),
            Err(error) => error,
        };
        let words = if let AnnounceError::Store(error) = &error {
            tracing::error!(%error, "announcing");
            "The database does not answer at the moment. Nothing was done; try again in a minute.".to_owned()
        } else {
            error.to_string()
        };
        let problems = vec![Problem { field: error.field().map(str::to_owned), words }];
        again(state, Some(viewer), &page, &headers, fields, problems, error.status()).await
    }
}

fn named((release, what): &(String, String)) -> Option<(ReleaseVersion, Announcement)> {
    Some((release.parse().ok()?, Announcement::of_slug(what)?))
}

fn unknown() -> Response {
    (StatusCode::NOT_FOUND, "There is no such text. Nothing was done.").into_response()
}

/// Sends a text to the list.
async fn send_it(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let Some((release, what)) = named(&names) else { return unknown() };
    let sent = match Sent::read(state, viewer, headers, fields, href(release, what)).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let done = send(context, verdicts, &sent.viewer.person, (release, what), sent.fields.raw("text")).await;
    sent.answer("sent", done).await
}

/// Records where a text stands in the archive.
async fn link(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let Some((release, what)) = named(&names) else { return unknown() };
    let sent = match Sent::read(state, viewer, headers, fields, href(release, what)).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let done = record_link(context, verdicts, &sent.viewer.person, (release, what), sent.fields.raw("link")).await;
    sent.answer("announced", done).await
}

/// Keeps a template.
async fn keep(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(what): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let text = |name: &str| fields.raw(name).to_owned();
    let template = Template { subject: text("subject"), body: text("body") };
    change(state, viewer, &what, headers, fields, Some(template)).await
}

/// Goes back to the template that the program brings.
async fn reset(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(what): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    change(state, viewer, &what, headers, fields, None).await
}

async fn change(
    state: AppState,
    viewer: Option<Viewer>,
    what: &str,
    headers: HeaderMap,
    fields: Fields,
    template: Option<Template>,
) -> Response {
    let Some(what) = Announcement::of_slug(what) else { return unknown() };
    let page = format!("/announcements/templates/{}", what.slug());
    let sent = match Sent::read(state, viewer, headers, fields, page).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let done = keep_template(context, verdicts, &sent.viewer.person, what, template).await;
    sent.answer("kept", done).await
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
