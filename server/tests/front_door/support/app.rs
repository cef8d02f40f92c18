//! An application with a database of its own, spoken to as a browser would.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use chrono::{DateTime, TimeDelta, Utc};
use server::{
    clock::Clock,
    database::{DatabaseConfig, open},
    files::File,
    store,
    usecases::{
        Context,
        decision::{Decider, Key},
        import::{Summary, import_schedules, import_source},
    },
    web::{AppState, router},
};
use sqlx::{PgPool, postgres::PgConnectOptions};
use tower::ServiceExt;

use super::{empty_database, instant};

/// The application under test. Its clock stands still until a test moves it.
pub struct TestApp {
    /// Database and clock.
    pub context: Context,
    /// The owner's way to the database.
    pub owner: PgConnectOptions,
    router: Router,
    now: Arc<Mutex<DateTime<Utc>>>,
}

/// What the application answered.
pub struct Answer {
    /// Status code.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The body's text without tags, white space folded.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut inside = false;
        for c in self.body.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                c if !inside => text.push(c),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&").replace("&#x27;", "'")
    }
}

impl TestApp {
    /// An application over an empty, migrated database; the clock shows 8 October 2026, noon UTC.
    pub async fn start() -> Self {
        let owner = empty_database().await;
        let config = DatabaseConfig { database_url: Some(url(&owner)), ..DatabaseConfig::default() };
        let database = open(&config).await.unwrap();
        Self::over(database.pool, owner)
    }

    fn over(pool: PgPool, owner: PgConnectOptions) -> Self {
        let now = Arc::new(Mutex::new(instant("2026-10-08T12:00:00Z")));
        let shown = now.clone();
        let clock = Clock::from_fn(move || *shown.lock().unwrap());
        let context = Context { pool, clock };
        let state = AppState::new(context.clone(), Some(owner.clone()), Path::new("no-such-directory"));
        Self { context, owner, router: router(state), now }
    }

    /// Another server on the same database.
    pub async fn second(&self) -> Self {
        let pool = store::connect(self.owner.clone()).await.unwrap();
        let other = Self::over(pool, self.owner.clone());
        *other.now.lock().unwrap() = self.context.clock.now();
        other
    }

    /// Moves the clock.
    pub fn set_clock(&self, now: &str) {
        *self.now.lock().unwrap() = instant(now);
    }

    /// Moves the clock on.
    pub fn pass(&self, time: TimeDelta) {
        *self.now.lock().unwrap() += time;
    }

    /// Opens an address.
    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).unwrap()).await
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 * 1024 * 1024).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Imports documents: paths with texts.
    pub async fn import(&self, source: &str, files: &[(&str, &str)]) -> Summary {
        import_source(&self.context, source, &files_of(files), &|_, _| {}).await.unwrap()
    }

    /// Imports schedules: paths with texts.
    pub async fn import_schedules(&self, files: &[(&str, &str)]) -> Summary {
        import_schedules(&self.context, "kubevirt", &files_of(files), &|_, _| {}).await.unwrap()
    }

    /// How many events both logs hold.
    pub async fn events(&self) -> i64 {
        let mut conn = self.context.pool.acquire().await.unwrap();
        let row: (i64,) = unchecked("select (select count(*) from event) + (select count(*) from calendar_event)")
            .fetch_one(&mut *conn)
            .await
            .unwrap();
        row.0
    }

    /// The status of a proposal in a release, in words, as the API tells it.
    pub async fn status(&self, proposal: &str, release: &str) -> String {
        let answer = self.get(&format!("/api/v1/proposals/{proposal}")).await;
        let json = answer.json();
        let verdicts = json["verdicts"].as_array().unwrap_or_else(|| panic!("no verdicts: {}", answer.body)).clone();
        verdicts
            .iter()
            .find(|verdict| verdict["release"] == release)
            .map_or_else(|| "none".to_owned(), |verdict| verdict["words"].as_str().unwrap().to_owned())
    }
}

/// A query of a test; the product's own are checked.
#[expect(clippy::disallowed_methods, reason = "tests look at tables that no query of the product reads")]
pub fn unchecked(sql: &str) -> sqlx::query::QueryAs<'_, sqlx::Postgres, (i64,), sqlx::postgres::PgArguments> {
    sqlx::query_as(sql)
}

/// A decider of the tests.
pub fn decider(login: &str) -> Decider {
    Decider::now(login)
}

/// A proposal's key.
pub fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn files_of(files: &[(&str, &str)]) -> Vec<File> {
    files
        .iter()
        .map(|(path, text)| File {
            path: (*path).to_owned(),
            content: text.as_bytes().to_vec(),
            occurred_at: None,
            changed_at: None,
            proposed: false,
        })
        .collect()
}

/// The address of a database.
pub fn url(options: &PgConnectOptions) -> String {
    use sqlx::ConnectOptions;
    options.to_url_lossy().to_string()
}
