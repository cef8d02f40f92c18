//! The forms with which the outbox is kept.

use app::features::outbox::Act as Shown;
use axum::response::Response;

use crate::{
    usecases::keep_outbox::{self, Act, OutboxError, Seen, Switch},
    web::forms::{Answer, Posted, Sent, see_other},
};

const PAGE: &str = "/outbox";

/// Turns sending, or the keeping of labels, on or off.
pub(super) async fn switch(posted: Posted) -> Answer {
    let sent = posted.from_page(PAGE).await?;
    let which = if sent.fields.get("which") == Some("labels") { Switch::Labels } else { Switch::Outbox };
    let on = sent.fields.get("on") == Some("yes");
    let done = keep_outbox::switch(&sent.state.context, &sent.viewer.person, which, on).await;
    Ok(answer(sent, done).await)
}

/// Does something with the chosen rows.
pub(super) async fn keep(posted: Posted) -> Answer {
    // Only to a page of the outbox.
    let ours = |back: &&str| *back == PAGE || back.starts_with("/outbox?") || back.starts_with("/outbox/");
    let back = posted.fields.get("back").filter(ours).unwrap_or(PAGE).to_owned();
    let sent = posted.from_page(back).await?;
    let rows: Vec<_> = sent.fields.all("row").iter().filter_map(|row| read(row)).collect();
    let done = match sent.fields.get("act").and_then(Shown::of_slug) {
        Some(act) => keep_outbox::keep(&sent.state.context, &sent.viewer.person, &rows, meant(act)).await,
        None => Err(OutboxError::Nothing),
    };
    Ok(answer(sent, done).await)
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

async fn answer(sent: Sent, done: Result<(), OutboxError>) -> Response {
    match done {
        Ok(()) => see_other(&sent.page),
        Err(error) => sent.failed(&error, None, error.status()).await,
    }
}
