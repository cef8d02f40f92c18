//! The forms of a list that is kept: what representatives and meetings have in common.

use app::ui::Problem;
use axum::{http::HeaderMap, response::Response};

use super::{
    AppState,
    forms::{Fields, again, guard, refused_form, see_other, sign_in_first},
    session::Viewer,
};
use crate::usecases::keep_list::KeepError;

/// What was sent, by whom, and the page that shows the form again.
pub(super) struct Sent {
    pub state: AppState,
    pub viewer: Option<Viewer>,
    pub headers: HeaderMap,
    pub fields: Fields,
    /// Address of the list.
    pub list: &'static str,
    /// Address of the page with the form.
    pub page: String,
}

/// Makes a change that was read, or shows the form again with what is wrong.
pub(super) async fn keep<C>(
    sent: Sent,
    change: Result<C, Vec<Problem>>,
    make: impl AsyncFnOnce(&AppState, &Viewer, C, Option<i64>) -> Result<(), KeepError>,
) -> Response {
    let Sent { state, viewer, headers, fields, list, page } = sent;
    let Some(viewer) = viewer else { return sign_in_first(list) };
    if let Err(forged) = guard(&headers, &viewer, &fields) {
        return refused_form(state, viewer, &page, &headers, fields, forged).await;
    }
    let change = match change {
        Ok(change) => change,
        Err(problems) => return again(state, Some(viewer), &page, &headers, fields, problems, 422).await,
    };
    let error = match make(&state, &viewer, change, fields.seen()).await {
        Ok(()) => return see_other(&format!("{list}?done=kept")),
        Err(error) => error,
    };
    let (status, field) =
        (error.status(), if let KeepError::Field { field, .. } = &error { Some(*field) } else { None });
    let words = if let KeepError::Store(error) = &error {
        tracing::error!(%error, list, "keeping a list");
        "The database does not answer at the moment. Nothing was changed; try again in a minute.".to_owned()
    } else {
        error.to_string()
    };
    let problems = vec![Problem { field: field.map(str::to_owned), words }];
    again(state, Some(viewer), &page, &headers, fields, problems, status).await
}
