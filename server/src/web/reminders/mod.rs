//! Reminders as pages, files and the API show them; and the forms that say how one is reminded.

mod forms;
mod select;

use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};

use super::{AppState, api, export::file};
pub use select::{SentReminder, due, latest, of_login, of_participation, select, sent};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/reminders.csv", get(csv))
        .route("/me/reminders", post(forms::choose))
        .route("/{source}/{number}/remind", get(forms::back).post(forms::by_hand))
        .route("/reminders/{token}", get(super::page::page).post(forms::by_link))
}

/// What was sent as comma-separated values, for a spreadsheet.
async fn csv(State(state): State<AppState>) -> Response {
    let columns = ["at", "source", "number", "release", "what", "deadline", "days_before", "logins", "sig_too", "by"];
    let record = |one: &SentReminder| {
        vec![
            one.at.to_rfc3339(),
            one.source.clone(),
            one.number.to_string(),
            one.release.to_string(),
            one.what.clone(),
            one.deadline.to_rfc3339(),
            one.days_before.to_string(),
            one.logins.join(" "),
            one.sig_too.to_string(),
            one.by.clone().unwrap_or_default(),
        ]
    };
    match latest(&state).await {
        Ok(sent) => file("reminders.csv", &columns, sent.iter().map(SentReminder::from).map(|one| record(&one))),
        Err(error) => api::Problem::from(error).into_response(),
    }
}
