//! A stand-in for GitHub: signs in whoever the test says is at the keyboard, and checks what the real one checks.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::{Value, json};
use server::config::{Config, GitHubConfig};
use tokio::net::TcpListener;

const CLIENT: &str = "client-of-the-tests";
const SECRET: &str = "secret-of-the-tests";

#[derive(Default)]
struct Inner {
    /// Who is at the keyboard; nobody says no.
    user: Option<Value>,
    /// Codes with their challenge and user.
    codes: BTreeMap<String, (String, Value)>,
    tokens: BTreeMap<String, Value>,
    issued: u32,
}

type Shared = Arc<Mutex<Inner>>;

/// The stand-in; it ends with the test's runtime.
pub struct GitHub {
    url: String,
    inner: Shared,
    http: reqwest::Client,
}

impl GitHub {
    /// Starts it.
    pub async fn start() -> Self {
        let inner = Shared::default();
        let router = Router::new()
            .route("/login/oauth/authorize", get(authorize))
            .route("/login/oauth/access_token", post(access_token))
            .route("/user", get(user))
            .with_state(inner.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { url, inner, http }
    }

    /// The configuration of a server that signs in here.
    pub fn config(&self) -> Config {
        Config {
            base_url: Some("http://tracker.test".to_owned()),
            github: GitHubConfig {
                web_url: self.url.clone(),
                api_url: self.url.clone(),
                client_id: Some(CLIENT.to_owned()),
                client_secret: Some(SECRET.into()),
                ..GitHubConfig::default()
            },
            ..Config::default()
        }
    }

    /// Says who is at the keyboard.
    pub fn is_used_by(&self, id: i64, login: &str) {
        self.inner.lock().unwrap().user = Some(json!({ "id": id, "login": login, "name": format!("Name of {login}") }));
    }

    /// Whoever is at the keyboard refuses.
    pub fn is_used_by_nobody(&self) {
        self.inner.lock().unwrap().user = None;
    }

    /// Opens GitHub's page in a browser; the path at the tracker that it leads back to.
    pub async fn visit(&self, url: &str) -> String {
        assert!(url.starts_with(&self.url), "sent to {url}");
        let answer = self.http.get(url).send().await.unwrap();
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        back.strip_prefix("http://tracker.test").unwrap().to_owned()
    }
}

async fn authorize(State(inner): State<Shared>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    assert_eq!(query["client_id"], CLIENT);
    assert_eq!((query["response_type"].as_str(), query["code_challenge_method"].as_str()), ("code", "S256"));
    let mut inner = inner.lock().unwrap();
    let back = |said: &str| format!("{}?{said}&state={}", query["redirect_uri"], query["state"]);
    let Some(user) = inner.user.clone() else {
        return Redirect::to(&back("error=access_denied")).into_response();
    };
    inner.issued += 1;
    let code = format!("code-{}", inner.issued);
    inner.codes.insert(code.clone(), (query["code_challenge"].clone(), user));
    Redirect::to(&back(&format!("code={code}"))).into_response()
}

async fn access_token(State(inner): State<Shared>, Form(form): Form<BTreeMap<String, String>>) -> Json<Value> {
    // GitHub says what it refuses with status 200.
    let refused = |error: &str| Json(json!({ "error": error, "error_description": "…" }));
    if form["client_id"] != CLIENT || form["client_secret"] != SECRET {
        return refused("incorrect_client_credentials");
    }
    let mut inner = inner.lock().unwrap();
    let Some((challenge, user)) = inner.codes.remove(&form["code"]) else { return refused("bad_verification_code") };
    let verifier = PkceCodeVerifier::new(form["code_verifier"].clone());
    if PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str() != challenge {
        return refused("bad_verification_code");
    }
    let token = format!("gho_{}", form["code"]);
    inner.tokens.insert(token.clone(), user);
    Json(json!({ "access_token": token, "token_type": "bearer", "scope": "" }))
}

async fn user(State(inner): State<Shared>, headers: HeaderMap) -> Response {
    assert!(headers.contains_key("user-agent"), "GitHub refuses requests that do not say who asks");
    let token = headers["authorization"].to_str().unwrap().trim_start_matches("Bearer ").to_owned();
    match inner.lock().unwrap().tokens.get(&token) {
        Some(user) => Json(user.clone()).into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}
