//! The web: pages, exports, the API, the health check. Each handler asks the verdict cache or a use case and prints what
//! it gets.
//!
//! Left out on purpose: any rule of the process, and any SQL.

mod agenda;
mod announcements;
pub mod api;
mod assets;
mod candidates;
pub mod check_ins;
mod checklist;
mod confirm;
mod decisions;
mod demo;
mod diagnostics;
pub mod exceptions;
mod exceptions_yaml;
mod export;
mod feeds;
pub mod forms;
mod freeze_day;
mod health;
mod instance;
mod kept_list;
mod marks;
mod me;
mod meetings;
mod mismatches;
pub mod outbox;
mod page;
mod plan;
pub mod ports;
mod pulls;
mod reminders;
mod representation;
mod rosters;
mod security;
mod selection;
pub mod session;
mod sign_in;
mod slips;
mod start;
mod sync;
mod tokens;
mod validators;
mod views;
mod webhooks;

use std::{path::Path, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, Request},
    middleware,
    response::Response,
    routing::{get, post},
};
use sqlx::postgres::PgConnectOptions;
use tokio::sync::{Notify, Semaphore};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::{github::GitHub, usecases::Context, verdicts::Verdicts};
use assets::Assets;
use selection::Listing;

/// A request that takes longer is answered with an error instead.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Largest body of a form, in bytes.
const MAX_FORM_BYTES: usize = 256 * 1024;

/// What every handler works with. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    /// Database and clock.
    pub context: Context,
    /// The verdict cache.
    pub verdicts: Verdicts,
    /// The role that may change the log; used only to leave the demo.
    pub owner: Option<PgConnectOptions>,
    /// The way to GitHub, when people sign in with it.
    pub github: Option<Arc<GitHub>>,
    /// Whether only this machine reaches the server; the demo offers its personas to no one else.
    pub loopback: bool,
    /// Who listens for check-ins.
    pub live: check_ins::Live,
    /// Told of every webhook that is kept, for the job that processes them.
    pub webhook_came: Arc<Notify>,
    /// One instance is exported at a time.
    pub exporting: Arc<Semaphore>,
    assets: Arc<Assets>,
    listing: Arc<Listing>,
}

impl AppState {
    /// State over an open database, without a way to GitHub and for whoever reaches the server. `site` is the directory
    /// with the browser part, which may be missing.
    pub fn new(context: Context, owner: Option<PgConnectOptions>, site: &Path) -> Self {
        let verdicts = Verdicts::new(context.pool.clone());
        Self {
            context,
            verdicts,
            owner,
            github: None,
            loopback: false,
            live: check_ins::Live::default(),
            webhook_came: Arc::default(),
            exporting: Arc::new(Semaphore::new(1)),
            assets: Arc::new(Assets::load(site)),
            listing: Arc::default(),
        }
    }
}

/// A path as the log may show it: the links of mails are secrets of their receivers.
fn shown(path: &str) -> &str {
    if path.starts_with("/reminders/") { "/reminders/…" } else { path }
}

/// All addresses.
pub fn router(state: AppState) -> Router {
    // Leptos needs to know which executor runs its futures; telling it again is no harm.
    any_spawner::Executor::init_tokio().ok();
    let id = HeaderName::from_static("x-request-id");
    let worth_it = SizeAbove::new(1024).and(NotForContentType::const_new(instance::MEDIA_TYPE));
    let compression = CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(worth_it);
    let with_sessions = Router::new()
        .route("/proposals.csv", get(export::csv))
        .route("/proposals.json", get(export::json))
        .route("/exceptions.yaml", get(exceptions_yaml::yaml))
        .route("/demo/leave", post(demo::leave))
        .merge(decisions::routes())
        .merge(plan::routes())
        .merge(check_ins::routes())
        .merge(checklist::routes())
        .merge(freeze_day::routes())
        .merge(announcements::routes())
        .merge(meetings::routes())
        .merge(representation::routes())
        .merge(reminders::routes())
        .merge(sign_in::routes())
        .merge(tokens::routes())
        .merge(exceptions::routes())
        .merge(me::routes())
        .merge(outbox::routes())
        .merge(rosters::routes())
        .merge(agenda::routes())
        .merge(slips::routes())
        .merge(start::routes())
        .merge(pulls::routes())
        .merge(candidates::routes())
        .merge(mismatches::routes())
        .merge(diagnostics::routes())
        .merge(sync::routes())
        .merge(instance::routes())
        .merge(feeds::routes())
        .merge(api::routes())
        .fallback(get(page::page))
        .layer(compression)
        // Not compressed, so that each event leaves at once; the limit of time is for the head of an answer.
        .route("/check-ins/{release}/{week}/live", get(check_ins::stream))
        .layer(session::layer(&state.context))
        .layer(middleware::from_fn_with_state(state.clone(), session::finish_cookie));
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/favicon.svg", get(assets::favicon))
        .route("/robots.txt", get(assets::robots))
        .route("/pkg/{file}", get(assets::asset))
        .merge(webhooks::routes())
        .merge(with_sessions.layer(DefaultBodyLimit::max(MAX_FORM_BYTES)))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(api::problems))
        .layer(middleware::from_fn(security::headers))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(|request: &Request<_>| {
                    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or("-");
                    tracing::debug_span!("request", method = %request.method(), path = shown(request.uri().path()), id)
                })
                .on_response(|response: &Response<_>, took: Duration, _: &tracing::Span| {
                    tracing::debug!(status = response.status().as_u16(), ms = took.as_secs_f64() * 1e3, "answered");
                }),
        )
        .layer(PropagateRequestIdLayer::new(id.clone()))
        .layer(SetRequestIdLayer::new(id, MakeRequestUuid))
        .with_state(state)
}
