//! One's own page: what waits on somebody across all roles, computed from the verdicts in memory.
//!
//! The same for the page and the API. Left out on purpose: any judgement of its own; whom something waits on is the
//! verdict's word.

mod about;
mod act;
mod announcements;
mod check_ins;
mod checklist;
mod plans;
mod representation;
mod tasks;

pub use act::{act_on, place_of};
pub use tasks::Looker;

use app::{features::me::port::MeView, query::ReleaseChoice};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::Response,
    routing::get,
};

use super::{AppState, exceptions::draft_link, page, session::SignedIn, views};
use crate::{
    store::{self, draft, person::Person, subscription, token},
    usecases::keep_roster::may_keep,
    verdicts::Moment,
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new().route("/me", get(show))
}

/// The page; whoever is not signed in is led to the sign-in page and back.
async fn show(State(state): State<AppState>, SignedIn(viewer): SignedIn, request: Request<Body>) -> Response {
    page::render(state, Some(viewer), request, || ()).await
}

/// Everything on the page of somebody.
///
/// # Errors
/// When the database fails.
pub async fn view(state: &AppState, person: &Person) -> store::Result<MeView> {
    let world = state.verdicts.world().await?;
    let now = state.context.clock.now();
    let mut conn = state.context.pool.acquire().await?;
    let tokens = token::list(&mut conn, person.id).await?;
    let drafts = draft::of_person(&mut conn, person.id).await?;
    let subscription = subscription::find(&mut conn, person.id).await?;
    let admin = may_keep(&mut conn, &state.context, person).await?.is_ok();
    drop(conn);
    let looker = Looker::new(&world, person, now);
    let mut view = looker.look();
    let near =
        [ReleaseChoice::Current, ReleaseChoice::Next].map(|choice| views::meant(&world, choice, Moment::Now(now)));
    view.near = near.into_iter().flatten().collect();
    view.drafts = drafts.iter().map(draft_link).collect();
    view.roles = about::roles(&looker, admin);
    view.reminding = about::reminding(subscription, &state.context.config);
    view.tokens = tokens.into_iter().map(about::token).collect();
    Ok(view)
}
