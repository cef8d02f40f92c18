//! A form that is meant: from a page of somebody who is signed in.

use std::fmt::Display;

use app::ui::Problem;
use axum::{http::HeaderMap, response::Response};

use super::{DATABASE, Fields, Posted, problem_of};
use crate::{
    usecases::decide::{By, DecideError},
    web::{AppState, session::Viewer},
};

/// A form that somebody sent from a page of theirs ([`Posted::from_page`]).
pub struct Sent {
    /// The server.
    pub state: AppState,
    /// Who sent it.
    pub viewer: Viewer,
    /// What it says.
    pub fields: Fields,
    /// Address of the page that shows it again.
    pub page: String,
    pub(super) headers: HeaderMap,
}

impl From<Sent> for Posted {
    fn from(Sent { state, viewer, fields, headers, .. }: Sent) -> Self {
        Self { state, viewer: Some(viewer), headers, fields }
    }
}

impl Sent {
    /// A decision of whoever sent it.
    pub fn by(&self) -> By {
        By::person(self.viewer.person.clone())
    }

    /// The same where the form may say whose word it is, and where they gave it, in these fields.
    pub fn by_word(&self, (whose, place): (&str, &str)) -> By {
        let text = |name| self.fields.get(name).map(str::to_owned);
        By { on_behalf_of: text(whose), link: text(place), ..self.by() }
    }

    /// The headers it came with.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The page again, with what was typed and what is wrong with it.
    pub async fn again(self, problems: Vec<Problem>, status: u16) -> Response {
        let page = self.page.clone();
        Posted::from(self).again(&page, problems, status).await
    }

    /// The page again, with why nothing was decided.
    pub async fn refused(self, error: DecideError) -> Response {
        let (problem, status) = (problem_of(&error), error.status());
        self.again(vec![problem], status).await
    }

    /// The page again, with why nothing was done, at a field where it is about one. What a database says goes to the log
    /// instead.
    pub async fn failed(self, error: &(impl Display + Sync), field: Option<&str>, status: u16) -> Response {
        let words = if status == 503 {
            tracing::error!(%error, page = self.page, "a form");
            DATABASE.to_owned()
        } else {
            error.to_string()
        };
        self.again(vec![Problem { field: field.map(str::to_owned), words }], status).await
    }
}
