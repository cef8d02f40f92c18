//! A browser: keeps cookies, and sends forms as our own pages do.

use std::{collections::BTreeMap, sync::Mutex};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use tower::ServiceExt;

use super::Answer;

/// A browser with cookies of its own.
pub struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    csrf: Mutex<String>,
}

impl Browser {
    /// One that was nowhere yet.
    pub fn new(router: Router) -> Self {
        Self { router, cookies: Mutex::default(), csrf: Mutex::default() }
    }

    /// The same person's cookies at another server, or after a restart.
    pub fn at(&self, router: Router) -> Self {
        let cookies = self.cookies.lock().unwrap().clone();
        Self { router, cookies: Mutex::new(cookies), csrf: Mutex::new(self.csrf()) }
    }

    /// What its forms carry.
    pub fn csrf(&self) -> String {
        self.csrf.lock().unwrap().clone()
    }

    /// Lets its forms carry something else.
    pub fn set_csrf(&self, csrf: &str) {
        csrf.clone_into(&mut self.csrf.lock().unwrap());
    }

    /// Sets a cookie; removes it when the value is empty.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        if value.is_empty() {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// A cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Opens an address.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form with the session's `csrf`.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf();
        let mut fields = fields.to_vec();
        if !csrf.is_empty() {
            fields.push(("csrf", &csrf));
        }
        self.send(form(path).header("sec-fetch-site", "same-origin").body(body(&fields)).unwrap()).await
    }

    /// Sends JSON with the session's `csrf` in its header.
    pub async fn post_json(&self, path: &str, json: &serde_json::Value) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("x-csrf-token", self.csrf());
        self.send(request.body(Body::from(json.to_string())).unwrap()).await
    }

    /// All cookies, as a request carries them.
    pub fn cookies(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Sends a request with the cookies.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let cookies = self.cookies();
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.parse().unwrap());
        }
        let answer = answer(&self.router, request).await;
        self.keep(&answer.headers);
        answer
    }

    /// Who the pages say is signed in; takes up what their forms carry.
    pub async fn who(&self) -> Option<String> {
        let page = self.get("/glossary").await;
        let csrf = after(&page.body, "name=\"csrf\" value=\"");
        self.set_csrf(csrf.unwrap_or_default());
        after(&page.body, "class=\"who\"><b>").and_then(|_| after(&page.body, "<small>@")).map(str::to_owned)
    }

    fn keep(&self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
            self.set_cookie(name, value);
        }
    }
}

/// Sends a request to a router.
pub async fn answer(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = to_bytes(body, 64 * 1024 * 1024).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

/// The head of a form.
pub fn form(path: &str) -> axum::http::request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// The body of a form.
pub fn body(fields: &[(&str, &str)]) -> Body {
    let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", app::query::encode(value))).collect();
    Body::from(pairs.join("&"))
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let rest = text.split_once(mark)?.1;
    // Leptos separates texts by empty comments.
    rest.trim_start_matches("<!>").split(['"', '<']).next()
}
