//! Forms: reading what was posted, refusing what was forged, and drawing the page again with everything that was typed.

mod posted;
mod sent;

use app::ui::Problem;
use axum::{
    extract::{FromRequest, Request, rejection::FormRejection},
    response::{IntoResponse, Redirect, Response},
};

pub use posted::{Answer, Instead, Posted};
pub use sent::Sent;

use crate::usecases::decide::DecideError;

/// What a form posted: names with values, in their order.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = FormRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let axum::Form(fields) = axum::Form::<Vec<(String, String)>>::from_request(request, state).await?;
        // PostgreSQL keeps no NUL; it never means anything.
        Ok(Self(fields.into_iter().map(|(name, value)| (name, value.replace('\0', "\u{fffd}"))).collect()))
    }
}

impl Fields {
    /// A field as typed.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// A field without white space around it; none when nothing is left.
    pub fn get(&self, name: &str) -> Option<&str> {
        Some(self.raw(name).trim()).filter(|value| !value.is_empty())
    }

    /// Everything that was chosen in a field that takes several; empty ones left out.
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// A field that holds several values, separated by commas, white space or lines.
    pub fn list(&self, name: &str) -> Vec<String> {
        let values = self.all(name);
        let parts = values.iter().flat_map(|value| value.split(|c: char| c == ',' || c.is_whitespace()));
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The position that the form knew, for [`crate::usecases::decide::decide`].
    pub fn seen(&self) -> Option<i64> {
        self.get("seen").and_then(|seen| seen.parse().ok())
    }

    /// The same with another value in a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// The same without a field, so that the page shows its own value.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(field, _)| field != name);
        self
    }
}

/// A problem with one field.
pub fn problem(field: &str, words: impl Into<String>) -> Problem {
    Problem { field: Some(field.to_owned()), words: words.into() }
}

/// What is wrong with a decision, for the form that it came from.
pub fn problem_of(error: &DecideError) -> Problem {
    Problem { field: error.field().map(str::to_owned), words: words_of(error) }
}

/// A problem with the whole form.
pub fn whole(words: impl Into<String>) -> Problem {
    Problem { field: None, words: words.into() }
}

/// What people read when the database fails; the log gets the rest.
const DATABASE: &str = "the database does not answer at the moment; nothing was done, try again in a minute";

/// What people read; what a database says goes to the log instead.
pub fn words_of(error: &DecideError) -> String {
    if let DecideError::Store(error) = error {
        tracing::error!(%error, "recording a decision");
        return DATABASE.to_owned();
    }
    error.to_string()
}

/// Leads to another page after something was recorded.
pub fn see_other(to: &str) -> Response {
    Redirect::to(to).into_response()
}
