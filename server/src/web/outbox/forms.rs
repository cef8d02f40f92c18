//! The forms with which the outbox is kept.

use app::{features::outbox::Act as Shown, ui::Problem};
use axum::{extract::State, http::HeaderMap, response::Response};

use crate::{
    usecases::keep_outbox::{self, Act, OutboxError, Seen, Switch},
    web::{
        AppState,
        forms::{Fields, again, guard, see_other},
        session::{SignedIn, Viewer},
    },
};

const PAGE: &str = "/outbox";

/// Turns sending, or the keeping of labels, on or off.
pub(super) async fn switch(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(refused) = guard(&headers, &viewer, &fields) {
        return *refused;
    }
    let which = if fields.get("which") == Some("labels") { Switch::Labels } else { Switch::Outbox };
    let on = fields.get("on") == Some("yes");
    let done = keep_outbox::switch(&state.context, &viewer.person, which, on).await;
    answer(state, viewer, PAGE, &headers, done).await
}

/// Does something with the chosen rows.
pub(super) async fn keep(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    if let Err(refused) = guard(&headers, &viewer, &fields) {
        return *refused;
    }
    // Only to a page of the outbox.
    let back =
        fields.get("back").filter(|back| *back == PAGE || back.starts_with("/outbox?") || back.starts_with("/outbox/"));
    let back = back.unwrap_or(PAGE).to_owned();
    let rows: Vec<_> = fields.all("row").iter().filter_map(|row| read(row)).collect();
    let done = match fields.get("act").and_then(Shown::of_slug) {
        Some(act) => keep_outbox::keep(&state.context, &viewer.person, &rows, meant(act)).await,
        None => Err(OutboxError::Nothing),
    };
    answer(state, viewer, &back, &headers, done).await
}

/// A row as its form names it: version, source and key.
fn read(row: &str) -> Option<Seen> {
    let (version, rest) = row.split_once(' ')?;
    let (source, key) = rest.split_once('/')?;
    Some(Seen { source: source.to_owned(), key: key.to_owned(), version: version.parse().ok()? })
}

const fn meant(act: Shown) -> Act {
    match act {
        Shown::Send => Act::Send,
        Shown::Cancel => Act::Cancel,
        Shown::Again => Act::Again,
        Shown::Arrived => Act::Arrived,
    }
}

async fn answer(
    state: AppState,
    viewer: Viewer,
    back: &str,
    headers: &HeaderMap,
    done: Result<(), OutboxError>,
) -> Response {
    let error = match done {
        Ok(()) => return see_other(back),
        Err(error) => error,
    };
    let words = if let OutboxError::Store(error) = &error {
        tracing::error!(%error, "keeping the outbox");
        "The database does not answer at the moment. Nothing was changed; try again in a minute.".to_owned()
    } else {
        error.to_string()
    };
    let problems = vec![Problem { field: None, words }];
    again(state, Some(viewer), back, headers, Fields::default(), problems, error.status()).await
}
