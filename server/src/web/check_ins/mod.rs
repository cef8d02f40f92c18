//! Check-ins: what pages and files of a week show, the forms with which people check in and post, and the stream of
//! what others record meanwhile.

mod comments;
mod export;
mod forms;
mod heat;
mod live;
mod presence;
mod week;

use app::query::encode;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};

use super::{AppState, forms::see_other, page};
pub use comments::{comments, minutes};
pub use heat::{heat, weeks_of};
pub use live::{Live, stream};
pub use week::{Comments, comments_by_people, week};

/// Pages of a week that are asked for without it: of the present one.
const PAGES: [&str; 4] = ["meeting", "gaps", "comments", "minutes"];

/// The addresses.
pub fn routes() -> Router<AppState> {
    let pages = PAGES.into_iter().fold(Router::new(), |router, page| {
        let present = move |Path(release): Path<String>| async move {
            see_other(&format!("/check-ins/{}/now/{page}", encode(&release)))
        };
        router.route(&format!("/check-ins/{{release}}/{page}"), get(present))
    });
    pages
        .route("/check-ins", get(|| async { see_other("/check-ins/current/now") }))
        .route("/check-ins/{release}/history.csv", get(export::history))
        .route("/check-ins/{release}/{week}/check-ins.csv", get(export::csv))
        .route("/check-ins/{release}/{week}/check-ins.json", get(export::json))
        .route("/check-ins/{release}/{week}/minutes.md", get(export::minutes_file))
        .route("/check-ins/{release}/{week}/comments", get(page::page).post(forms::post))
        .route("/check-ins/{release}/{week}/{source}/{number}", post(forms::check_in))
}
