//! Exceptions over HTTP: pages with the drafts of whoever looks, posts of their forms, exports.
//!
//! Left out on purpose: the rules, which are `domain`'s, and the order of recording, which is the use case's.

mod ask;
mod decide;
mod desk;
mod draft_posts;
mod drafts;
mod export;
mod form;
pub mod found;
mod mails;
mod new;
mod pages;
pub mod select;
pub mod statistics;
mod until;
mod view;

use axum::{
    Router,
    routing::{get, post},
};

pub use desk::{Case, Desk};
pub use drafts::link as draft_link;
pub use form::would_send;
pub use new::view as new_view;
pub use view::{Parts, view as exception_view};

use super::AppState;

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/exceptions", get(pages::list))
        .route("/exceptions.csv", get(export::csv))
        .route("/exceptions.json", get(export::json))
        .route("/exceptions/statistics.csv", get(export::statistics_csv))
        .route("/exceptions/new", get(pages::new).post(ask::ask))
        .route("/exceptions/draft", post(draft_posts::autosave))
        .route("/exceptions/draft/delete", post(draft_posts::delete))
        .route("/exceptions/until", get(until::until))
        .route("/exceptions/{id}/{action}", post(decide::decide))
}
