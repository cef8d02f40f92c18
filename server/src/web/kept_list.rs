//! The forms of a list that is kept by hand: what representatives and meetings have in common.

use app::{query::encode, ui::Problem};
use axum::response::Response;

use super::forms::{Posted, Sent, see_other};
use crate::usecases::keep_list::KeepError;

/// The page of a list, with the form of the line that a form was about.
pub(super) fn page(list: &str, posted: &Posted) -> String {
    match posted.fields.get("key") {
        Some(key) => format!("{list}?change={}", encode(key)),
        None => list.to_owned(),
    }
}

/// Makes a change that was read and says on the list's page what was done, or shows the form again with what is wrong.
pub(super) async fn keep<C>(
    sent: Sent,
    (list, done): (&str, &str),
    change: Result<C, Vec<Problem>>,
    make: impl AsyncFnOnce(&Sent, C) -> Result<(), KeepError>,
) -> Response {
    let change = match change {
        Ok(change) => change,
        Err(problems) => return sent.again(problems, 422).await,
    };
    match make(&sent, change).await {
        Ok(()) => see_other(&format!("{list}?done={done}")),
        Err(error) => sent.failed(&error, error.field(), error.status()).await,
    }
}
