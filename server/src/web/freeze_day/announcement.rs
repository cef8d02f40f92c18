//! The announcement of a freeze as a file.

use app::{
    features::freeze_day::{
        FreezeAddress,
        port::{FreezeAsk, Show},
    },
    query::{At, ReleaseChoice},
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Names, address};
use crate::web::{AppState, ports::freeze_day};

/// The announcement as a text file.
pub(super) async fn announcement(State(state): State<AppState>, Path(names): Path<Names>) -> Response {
    let Some(FreezeAddress { release, freeze }) = address(&names) else {
        return (StatusCode::NOT_FOUND, "There is no such freeze.").into_response();
    };
    let release = ReleaseChoice::Version(release);
    let ask = FreezeAsk { release, freeze, at: At::Now, show: Show::Announcement, proposal: None, after: None };
    match freeze_day::view(&state, &ask, None).await {
        Ok(view) => match view.mail {
            Some((subject, text)) => {
                let name = format!("attachment; filename=\"{}-{}.txt\"", view.release, freeze.slug());
                let head = [
                    (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
                    (header::CONTENT_DISPOSITION, name),
                ];
                (head, format!("Subject: {subject}\n\n{text}")).into_response()
            }
            None => (StatusCode::NOT_FOUND, "The freeze has not passed; there is nothing to announce.").into_response(),
        },
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.to_string()).into_response()
        }
    }
}
