//! What is done on freeze day: its forms, and the announcement as a file.

mod announcement;
mod close;
mod proposal;

use app::features::freeze_day::FreezeAddress;
use axum::{
    Router,
    routing::{get, post},
};
use domain::{Freeze, ReleaseVersion};

use super::{
    AppState,
    forms::{Instead, Posted, Sent, see_other, whole},
};
use crate::usecases::key::Key;

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/releases/{version}/freeze/{freeze}/decide", post(proposal::decide))
        .route("/releases/{version}/freeze/{freeze}/comment", post(proposal::comment))
        .route("/releases/{version}/freeze/{freeze}/close", post(close::close))
        .route("/releases/{version}/freeze/{freeze}/undo", post(close::undo))
        .route("/releases/{version}/freeze/{freeze}/announcement.txt", get(announcement::announcement))
}

/// A form of the page, by whoever may send one.
struct OfDay {
    sent: Sent,
    address: FreezeAddress,
}

type Names = (String, String);

fn address((version, freeze): &Names) -> Option<FreezeAddress> {
    Some(FreezeAddress { release: version.parse::<ReleaseVersion>().ok()?, freeze: Freeze::of_slug(freeze)? })
}

impl OfDay {
    async fn read(names: &Names, posted: Posted) -> Result<Self, Instead> {
        let address = address(names).ok_or_else(|| see_other("/releases"))?;
        let page = match posted.fields.get("proposal").and_then(|key| key.parse::<Key>().ok()) {
            Some(key) => address.proposal(&key.source, key.number),
            None => address.show("announcement"),
        };
        Ok(Self { sent: posted.from_page(page).await?, address })
    }
}

/// A form about one proposal.
struct OfProposal {
    sent: Sent,
    address: FreezeAddress,
    key: Key,
}

impl OfProposal {
    async fn read(names: &Names, posted: Posted) -> Result<Self, Instead> {
        let OfDay { sent, address } = OfDay::read(names, posted).await?;
        match sent.fields.get("proposal").and_then(|key| key.parse().ok()) {
            Some(key) => Ok(Self { sent, address, key }),
            None => Err(sent.again(vec![whole("the form names no proposal")], 422).await.into()),
        }
    }

    /// Where it goes on after this proposal.
    fn next(&self) -> String {
        self.address.after(&self.key.source, self.key.number)
    }
}
