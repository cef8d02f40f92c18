//! GitHub's API, asked politely: one request at a time, conditional where an answer is known, never before GitHub said,
//! and with our own patience above octocrab, whose retries would repeat changes.
//!
//! A question is asked again after a passing failure. A change never is: whether it was made is for its sender to find
//! out. Left out on purpose: what is asked for (see `usecases/sync`), and what answers mean (see [`super::rows`]).

use std::{
    sync::{Arc, PoisonError},
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, Method, StatusCode, header};
use octocrab::Octocrab;
use secrecy::ExposeSecret;
use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard, OnceCell};

use super::{ApiError, gate::Gate, link};
use crate::{clock::Clock, config::GitHubConfig};

/// The largest answer that is read, in bytes. A page of a hundred issues has some hundred thousand.
const LARGEST: usize = 64 * 1024 * 1024;

/// How patient a client is.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long an answer may take, its body included.
    pub answer: Duration,
    /// The pause before a question is asked again; twice as long each time, with up to as much again by chance.
    pub first_pause: Duration,
    /// How often a question is asked.
    pub tries: u32,
    /// Where GitHub says to wait for longer, that is said instead of waiting.
    pub limit: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(30),
            first_pause: Duration::from_millis(500),
            tries: 5,
            limit: Duration::from_secs(120),
        }
    }
}

/// What GitHub answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The same as the last time (304).
    Same,
    /// Something, complete.
    Full {
        /// The body; null where there is none.
        body: Value,
        /// What to ask with the next time.
        etag: Option<String>,
        /// The next page's path and query.
        next: Option<String>,
    },
}

/// Who writes with this client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// The account of the token, by its number.
    Account(i64),
    /// The App, by its id.
    App(u64),
}

impl Author {
    /// Whether a comment, as GitHub gives it, is theirs.
    pub fn wrote(self, comment: &Value) -> bool {
        match self {
            Self::Account(id) => comment["user"]["id"].as_i64() == Some(id),
            Self::App(id) => comment["performed_via_github_app"]["id"].as_u64() == Some(id),
        }
    }
}

/// A client. Cheap to clone; clones share their manners.
#[derive(Debug, Clone)]
pub struct Api {
    crab: Octocrab,
    url: String,
    clock: Clock,
    patience: Patience,
    turn: Arc<Mutex<()>>,
    gate: Arc<std::sync::Mutex<Gate>>,
    spent: Arc<std::sync::atomic::AtomicU32>,
    author: Arc<OnceCell<Author>>,
}

impl Api {
    /// A client as configured; none when neither token nor app is configured.
    ///
    /// # Errors
    /// When an address or a key cannot be read.
    pub fn new(config: &GitHubConfig, clock: Clock, patience: Patience) -> Result<Option<Self>, octocrab::Error> {
        let agent = concat!("cep-tracker/", env!("CARGO_PKG_VERSION"));
        let builder = Octocrab::builder()
            .base_uri(config.api_url.as_str())?
            .set_connect_timeout(Some(patience.answer))
            .set_read_timeout(Some(patience.answer))
            .set_write_timeout(Some(patience.answer))
            .add_header(header::USER_AGENT, agent.to_owned())
            .add_header(header::ACCEPT, "application/vnd.github+json".to_owned());
        let crab = match (config.token(), config.app()) {
            (Some(token), _) => builder.personal_token(token.expose_secret().to_owned()).build()?,
            (None, Some(app)) => builder
                .app_from_rsa_pem(app.id.into(), app.key.expose_secret())?
                .build()?
                .installation(app.installation.into())?,
            (None, None) => return Ok(None),
        };
        let app = config.app().filter(|_| config.token().is_none());
        Ok(Some(Self {
            crab,
            url: config.api_url.clone(),
            clock,
            patience,
            turn: Arc::default(),
            gate: Arc::default(),
            spent: Arc::default(),
            author: Arc::new(OnceCell::new_with(app.map(|app| Author::App(app.id)))),
        }))
    }

    /// Requests made so far, those that were answered with 304 included.
    pub fn spent(&self) -> u32 {
        self.spent.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Asks a question; with an ETag, whether the answer is still the same.
    ///
    /// # Errors
    /// When it was not answered after some tries.
    pub async fn get(&self, path: &str, etag: Option<&str>) -> Result<Answer, ApiError> {
        self.patiently(&Method::GET, path, None, etag).await
    }

    /// Asks a question in GraphQL, which changes nothing here.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn query(&self, query: &Value) -> Result<Value, ApiError> {
        self.patiently(&Method::POST, "/graphql", Some(query), None).await.map(body_of)
    }

    /// Makes a change, once.
    ///
    /// # Errors
    /// When it was not made, or nobody knows ([`ApiError::Unreachable`], [`ApiError::Failed`], [`ApiError::Unreadable`]).
    pub async fn change(&self, method: &Method, path: &str, body: Option<&Value>) -> Result<Value, ApiError> {
        self.once(method, path, body, None).await.map(body_of)
    }

    /// Who writes with this client; asked once.
    ///
    /// # Errors
    /// When GitHub does not say.
    pub async fn author(&self) -> Result<Author, ApiError> {
        let ask = async {
            let user = self.get("/user", None).await.map(body_of)?;
            let id = user["id"].as_i64();
            id.map(Author::Account).ok_or_else(|| ApiError::Unreadable("it does not say whose token it is".to_owned()))
        };
        self.author.get_or_try_init(|| ask).await.copied()
    }

    /// The path of an address that GitHub says something moved to; none where that is not under the API.
    pub fn path_of(&self, address: &str) -> Option<String> {
        link::below(address, &self.url)
    }

    /// Asks again after passing failures. Only for what changes nothing.
    async fn patiently(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
        etag: Option<&str>,
    ) -> Result<Answer, ApiError> {
        let mut pause = self.patience.first_pause;
        for _ in 1..self.patience.tries {
            match self.once(method, path, body, etag).await {
                Err(error) if error.is_passing() => {
                    tracing::debug!(%error, path, "asked again");
                    tokio::time::sleep(jittered(pause)).await;
                    pause *= 2;
                }
                answer => return answer,
            }
        }
        self.once(method, path, body, etag).await
    }

    async fn once(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
        etag: Option<&str>,
    ) -> Result<Answer, ApiError> {
        let _turn = self.turn(is_change(method, path)).await?;
        self.spent.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let asked = tokio::time::timeout(self.patience.answer, self.send(method, path, body, etag)).await;
        let (status, headers, bytes) = asked.map_err(|_| {
            ApiError::Unreachable(format!("no answer within {} seconds", self.patience.answer.as_secs_f32()))
        })??;
        self.note_limits(status, &headers, &bytes)?;
        match status {
            StatusCode::NOT_MODIFIED => Ok(Answer::Same),
            status if status.is_success() => {
                let body = if bytes.is_empty() {
                    Value::Null
                } else {
                    serde_json::from_slice(&bytes).map_err(|error| ApiError::Unreadable(error.to_string()))?
                };
                let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
                let next = text(header::LINK).and_then(|link| link::next(link, &self.url));
                Ok(Answer::Full { body, etag: text(header::ETAG).map(str::to_owned), next })
            }
            status => Err(refusal(path, status, &headers, &bytes)),
        }
    }

    /// Waits until this may be asked, one at a time.
    async fn turn(&self, change: bool) -> Result<MutexGuard<'_, ()>, ApiError> {
        let turn = self.turn.lock().await;
        loop {
            let wait = self.gate().wait(change, Instant::now());
            match wait {
                None => break,
                Some((wait, why)) if wait > self.patience.limit => {
                    let wait = chrono::TimeDelta::from_std(wait).unwrap_or(chrono::TimeDelta::hours(1));
                    return Err(ApiError::Limited { until: self.clock.now() + wait, why });
                }
                Some((wait, _)) => tokio::time::sleep(wait).await,
            }
        }
        if change {
            self.gate().changed(Instant::now());
        }
        Ok(turn)
    }

    async fn send(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
        etag: Option<&str>,
    ) -> Result<(StatusCode, HeaderMap, axum::body::Bytes), ApiError> {
        let unreachable = |error: octocrab::Error| ApiError::Unreachable(root_cause(&error));
        let mut builder = axum::http::Request::builder().method(method).uri(path);
        if let Some(etag) = etag {
            builder = builder.header(header::IF_NONE_MATCH, etag);
        }
        let request = self.crab.build_request(builder, body).map_err(unreachable)?;
        let (parts, body) = self.crab.execute(request).await.map_err(unreachable)?.into_parts();
        let bytes = axum::body::to_bytes(axum::body::Body::new(body), LARGEST)
            .await
            .map_err(|error| ApiError::Unreachable(root_cause(&error)))?;
        Ok((parts.status, parts.headers, bytes))
    }

    /// What the answer says about asking again.
    fn note_limits(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<(), ApiError> {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<i64>().ok();
        let now = self.clock.now();
        let limited = status == StatusCode::TOO_MANY_REQUESTS
            || (status == StatusCode::FORBIDDEN && speaks_of_a_limit(headers, body));
        let mut gate = self.gate();
        let seconds = |seconds: i64| Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
        if let (Some(0), Some(reset)) = (number("x-ratelimit-remaining"), number("x-ratelimit-reset")) {
            gate.close_for(seconds(reset - now.timestamp()), "the requests of this hour are spent", Instant::now());
        }
        if !limited {
            gate.answered();
            return Ok(());
        }
        match number("retry-after") {
            Some(wait) => gate.close_for(seconds(wait), "it is asked too often", Instant::now()),
            None if number("x-ratelimit-remaining") == Some(0) => {}
            None => gate.close("it is asked too often", Instant::now()),
        }
        let wait = gate.wait(false, Instant::now()).map_or(Duration::ZERO, |(wait, _)| wait);
        drop(gate);
        if wait > self.patience.limit {
            let until = now + chrono::TimeDelta::from_std(wait).unwrap_or(chrono::TimeDelta::hours(1));
            return Err(ApiError::Limited { until, why: "it is asked too often".to_owned() });
        }
        // The wait itself is at the gate, before the next request.
        Err(ApiError::Failed { status: status.as_u16() })
    }

    fn gate(&self) -> std::sync::MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_change(method: &Method, path: &str) -> bool {
    *method != Method::GET && path != "/graphql"
}

fn body_of(answer: Answer) -> Value {
    match answer {
        Answer::Full { body, .. } => body,
        Answer::Same => Value::Null,
    }
}

/// A plain "you may not" is no limit; one that names it, or a time to wait, is.
fn speaks_of_a_limit(headers: &HeaderMap, body: &[u8]) -> bool {
    let spent = headers.get("x-ratelimit-remaining").is_some_and(|value| value == "0");
    let said = String::from_utf8_lossy(body).to_lowercase();
    spent || headers.contains_key("retry-after") || said.contains("rate limit") || said.contains("abuse")
}

fn refusal(path: &str, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> ApiError {
    let (path, code) = (path.to_owned(), status.as_u16());
    match code {
        300..400 => {
            let to = headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
            ApiError::Moved { path, to: to.to_owned() }
        }
        404 | 410 => ApiError::Missing { path, status: code },
        500.. => ApiError::Failed { status: code },
        _ => {
            let said: Option<Value> = serde_json::from_slice(body).ok();
            let message = said.as_ref().and_then(|said| said["message"].as_str()).unwrap_or("no reason is given");
            ApiError::Refused { path, status: code, message: message.to_owned() }
        }
    }
}

/// Somewhere between once and twice the pause, so that several servers do not come back together.
fn jittered(pause: Duration) -> Duration {
    let mut byte = [0];
    // Without randomness the pause is as good.
    _ = getrandom::fill(&mut byte);
    pause + pause * u32::from(byte[0]) / 256
}

/// What is at the bottom of an error: libraries wrap "connection refused" in several layers.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
