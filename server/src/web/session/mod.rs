//! Who looks: sessions of browsers, tokens of machines, and the check that a change was meant.
//!
//! A session exists for whoever signs in and nobody else: visitors get no cookie, and their requests read and write no
//! session. Its id changes at every sign-in. Expiry is judged by our own clock: fourteen days without a visit, thirty days
//! in all.

mod extract;
mod forgery;
mod store;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer,
    cookie::{SameSite, time::Duration},
    session,
};

pub use extract::{MaybeViewer, SignedIn, Unreadable};
pub use forgery::{forged, refused};
pub use store::Sessions;

use super::AppState;
use crate::{
    config::Config,
    secret::{self, NoRandomness},
    store::{person::Person, session as stored, token::Scope},
    usecases::{Context, sign_in},
};

/// A session that nobody used for so long is over.
pub const IDLE: TimeDelta = TimeDelta::days(14);

/// A session is over after so long, however much it is used.
pub const ABSOLUTE: TimeDelta = TimeDelta::days(30);

/// Whoever was sent to GitHub has to be back by then.
pub const PENDING: TimeDelta = TimeDelta::minutes(15);

/// Use is written down at most this often, so that reading pages writes nothing.
pub const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(10);

/// How often sessions that are over are deleted.
const SWEEP_EVERY: std::time::Duration = std::time::Duration::from_secs(3600);

/// Whoever makes a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub person: Person,
    /// What forms and requests of this session have to carry; empty for a token, which needs none.
    pub csrf: String,
    /// How they said who they are.
    pub via: Via,
}

/// How a viewer said who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// By the cookie of a session, which a browser sends along unasked.
    Session,
    /// By a token in the request, which may so much.
    Token(Scope),
}

/// What a session holds of whoever is signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    person: i64,
    epoch: i64,
    csrf: String,
    signed_in_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
}

impl Kept {
    const KEY: &'static str = "viewer";

    /// When the session is over if nobody uses it again.
    fn expires_at(&self) -> DateTime<Utc> {
        (self.seen_at + IDLE).min(self.signed_in_at + ABSOLUTE)
    }
}

/// Why a session cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The session cannot be kept.
    #[error(transparent)]
    Session(#[from] session::Error),
    /// No secret can be made.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

/// Makes `session` that of somebody who has signed in; returns what its forms have to carry. The id is a new one, so that
/// an id planted before is worth nothing.
///
/// # Errors
/// When the database fails.
pub async fn begin(session: &Session, who: &sign_in::SignedIn, now: DateTime<Utc>) -> Result<String, BeginError> {
    let csrf = secret::random()?;
    let kept = Kept { person: who.person.id, epoch: who.epoch, csrf: csrf.clone(), signed_in_at: now, seen_at: now };
    session.cycle_id().await?;
    session.insert(Kept::KEY, kept).await?;
    Ok(csrf)
}

/// Name of the cookie. Over HTTPS browsers themselves see to it that no other host has set it.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-cep_session" } else { "cep_session" }
}

/// Gives requests their session.
pub fn layer(context: &Context) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(Sessions::new(context.clone()))
        .with_name(cookie_name(&context.config))
        .with_secure(context.config.is_https())
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(IDLE.num_seconds())))
}

/// Takes back the cookie of a session that is over as securely as it was set; browsers ignore `__Host-` cookies otherwise.
pub async fn finish_cookie(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if state.context.config.is_https() {
        let cookies = response.headers_mut().iter_mut().filter(|(name, _)| *name == header::SET_COOKIE);
        for (_, value) in cookies {
            let secured = value
                .to_str()
                .ok()
                .filter(|cookie| !cookie.contains("; Secure"))
                .map(|cookie| HeaderValue::from_str(&format!("{cookie}; HttpOnly; SameSite=Lax; Secure")));
            if let Some(Ok(secured)) = secured {
                *value = secured;
            }
        }
    }
    response
}

/// Deletes what has expired, for as long as the server runs.
pub async fn sweep(context: Context) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    loop {
        ticks.tick().await;
        let swept = async { stored::delete_expired(&mut *context.pool.acquire().await?, context.clock.now()).await };
        match swept.await {
            Ok(0) => {}
            Ok(ended) => tracing::debug!(ended, "sessions that had expired are deleted"),
            Err(error) => tracing::warn!(%error, "deleting sessions that have expired; tried again in an hour"),
        }
    }
}
