//! What is done on freeze day: its forms, and the announcement as a file.

mod announcement;
mod close;
mod proposal;

use app::{features::freeze_day::FreezeAddress, ui::Problem};
use axum::{
    Router,
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
use domain::{Freeze, ReleaseVersion};

use super::{
    AppState,
    forms::{Fields, again, guard, problem_of, refused_form, see_other, sign_in_first},
    session::Viewer,
};
use crate::usecases::{
    decide::{By, DecideError},
    key::Key,
};

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
struct Sent {
    state: AppState,
    viewer: Viewer,
    headers: HeaderMap,
    fields: Fields,
    address: FreezeAddress,
    page: String,
}

type Names = (String, String);

fn address((version, freeze): &Names) -> Option<FreezeAddress> {
    Some(FreezeAddress { release: version.parse::<ReleaseVersion>().ok()?, freeze: Freeze::of_slug(freeze)? })
}

impl Sent {
    /// Reads it. Whoever is not signed in is led there and back to the page.
    async fn read(
        state: AppState,
        viewer: Option<Viewer>,
        names: &Names,
        headers: HeaderMap,
        fields: Fields,
    ) -> Result<Self, Box<Response>> {
        let Some(address) = address(names) else { return Err(Box::new(see_other("/releases"))) };
        let page = match fields.get("proposal").and_then(|key| key.parse::<Key>().ok()) {
            Some(key) => address.proposal(&key.source, key.number),
            None => address.show("announcement"),
        };
        let Some(viewer) = viewer else { return Err(Box::new(sign_in_first(&page))) };
        if let Err(forged) = guard(&headers, &viewer, &fields) {
            return Err(Box::new(refused_form(state, viewer, &page, &headers, fields, forged).await));
        }
        Ok(Self { state, viewer, headers, fields, address, page })
    }

    fn by(&self) -> By {
        By::person(self.viewer.person.clone())
    }

    /// The proposal that the form is about.
    fn key(&self) -> Result<Key, Problem> {
        let key = self.fields.get("proposal").and_then(|key| key.parse().ok());
        key.ok_or_else(|| Problem { field: None, words: "the form names no proposal".to_owned() })
    }

    /// The page again.
    async fn again(self, problems: Vec<Problem>, status: u16) -> Response {
        let Self { state, viewer, headers, fields, page, .. } = self;
        again(state, Some(viewer), &page, &headers, fields, problems, status).await
    }

    async fn refused(self, error: DecideError) -> Response {
        let (problem, status) = (problem_of(&error), error.status());
        self.again(vec![problem], status).await
    }
}
