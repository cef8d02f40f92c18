//! An application with a database of its own, spoken to as a browser would.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Decision, Recorded};
use server::{
    clock::Clock,
    config::Config,
    database::{DatabaseConfig, open},
    files::File,
    github::GitHub,
    store,
    usecases::{
        Context,
        decide::{By, DecideError, decide},
        import::{Summary, import_schedules, import_source},
        key::Key,
        sign_in::sign_in,
    },
    web::{AppState, router, session},
};
use sqlx::{PgPool, postgres::PgConnectOptions};
use tower_sessions::Session;

use super::{
    TestDatabase,
    browser::{self, Browser},
    empty_database, instant,
};

/// The application under test. Its clock stands still until a test moves it.
pub struct TestApp {
    /// Database and clock.
    pub context: Context,
    /// The owner's way to the database.
    pub owner: PgConnectOptions,
    database: Arc<TestDatabase>,
    /// What its handlers work with.
    pub state: AppState,
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
        let database = Arc::new(empty_database().await);
        let config = DatabaseConfig { database_url: Some(url(&database)), ..DatabaseConfig::default() };
        let pool = open(&config).await.unwrap().pool;
        let now = Arc::new(Mutex::new(instant("2026-10-08T12:00:00Z")));
        Self::over(pool, database, now, Config::default(), false)
    }

    fn over(
        pool: PgPool,
        database: Arc<TestDatabase>,
        now: Arc<Mutex<DateTime<Utc>>>,
        config: Config,
        loopback: bool,
    ) -> Self {
        let shown = now.clone();
        let owner = PgConnectOptions::clone(&database);
        let clock = Clock::from_fn(move || *shown.lock().unwrap());
        let context = Context::new(pool, clock).with_config(config);
        let mut state = AppState::new(context.clone(), Some(owner.clone()), Path::new("no-such-directory"));
        state.loopback = loopback;
        state.github =
            context.config.oauth_app().map(|app| Arc::new(GitHub::new(&context.config.github, app).unwrap()));
        Self { context, owner, database, router: router(state.clone()), state, now }
    }

    /// Another server on the same database, with a clock of its own.
    pub async fn second(&self) -> Self {
        let pool = store::connect(self.owner.clone()).await.unwrap();
        let now = Arc::new(Mutex::new(self.context.clock.now()));
        Self::over(pool, self.database.clone(), now, Config::default(), false)
    }

    /// The same server started anew: configured, and bound to this machine alone or not. The clock is the same.
    pub fn configured(&self, config: Config, loopback: bool) -> Self {
        Self::over(self.context.pool.clone(), self.database.clone(), self.now.clone(), config, loopback)
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser that is at another server, with the cookies it has.
    pub fn taken_over(&self, browser: &Browser) -> Browser {
        browser.at(self.router.clone())
    }

    /// A browser in which somebody is signed in, as if GitHub had named them.
    pub async fn sign_in_as(&self, id: i64, login: &str) -> Browser {
        let who = sign_in(&self.context, id, login, None).await.unwrap();
        let session = Session::new(None, Arc::new(session::Sessions::new(self.context.clone())), None);
        let csrf = session::begin(&session, &who, self.context.clock.now()).await.unwrap();
        session.save().await.unwrap();
        let browser = self.browser();
        browser.set_csrf(&csrf);
        browser.set_cookie(session::cookie_name(&self.context.config), &session.id().unwrap().to_string());
        browser
    }

    /// Records a decision as the operator of the server does: no role is asked.
    pub async fn decide(&self, login: &str, proposal: &str, decision: Decision) -> Result<Recorded, DecideError> {
        self.decide_by(&By::operator(login), proposal, decision).await
    }

    /// Records a decision.
    pub async fn decide_by(&self, by: &By, proposal: &str, decision: Decision) -> Result<Recorded, DecideError> {
        decide(&self.context, &self.state.verdicts, by, &key(proposal), decision, None).await
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
        browser::answer(&self.router, request).await
    }

    /// Sends a request whose answer has no end.
    pub async fn stream(&self, request: Request<Body>) -> axum::response::Response {
        tower::ServiceExt::oneshot(self.router.clone(), request).await.unwrap()
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
