//! A request as the stand-in reads it, and what it answers.

use axum::{
    body::Bytes,
    http::{HeaderMap, Method, Uri},
};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// A request.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Method, in capitals.
    pub method: String,
    /// Path and query as they came.
    pub target: String,
    /// The path's parts, decoded.
    pub path: Vec<String>,
    /// The query's pairs in their order, decoded.
    pub query: Vec<(String, String)>,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Headers beside those that every answer has.
    pub headers: Vec<(&'static str, String)>,
    /// Body; none for 204 and 304.
    pub body: Option<Value>,
}

impl Ask {
    /// Reads one.
    pub fn new(method: &Method, uri: &Uri, headers: HeaderMap, body: Bytes) -> Self {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " ")))
        };
        Self {
            method: method.to_string(),
            target: uri.path_and_query().map_or_else(String::new, ToString::to_string),
            path: uri.path().split('/').filter(|part| !part.is_empty()).map(decoded).collect(),
            query: uri.query().unwrap_or("").split('&').filter(|part| !part.is_empty()).map(pair).collect(),
            headers,
            body,
        }
    }

    /// The path as it came.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or("")
    }

    /// A parameter of the query.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The token that it comes with.
    pub fn token(&self) -> Option<&str> {
        let (kind, token) = self.header("authorization")?.split_once(' ')?;
        ["bearer", "token"].contains(&kind.to_lowercase().as_str()).then_some(token)
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body's fields, as a form sends them.
    pub fn form(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.body);
        let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        Some(percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned())
    }
}

impl Reply {
    /// A body with status 200.
    pub fn ok(body: impl Into<Value>) -> Self {
        Self::with(200, body)
    }

    /// A body with another status.
    pub fn with(status: u16, body: impl Into<Value>) -> Self {
        Self { status, headers: Vec::new(), body: Some(body.into()) }
    }

    /// No body.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None }
    }

    /// What GitHub says when it does not do what was asked.
    pub fn error(status: u16, message: &str) -> Self {
        let documentation = "https://docs.github.com/rest";
        let body = json!({ "message": message, "documentation_url": documentation, "status": status.to_string() });
        Self::with(status, body)
    }

    /// What is private, and what is not there.
    pub fn not_found() -> Self {
        Self::error(404, "Not Found")
    }

    /// Elsewhere, by the same method where the status says so.
    pub fn moved(status: u16, to: String) -> Self {
        let message = if status == 301 { "Moved Permanently" } else { "Temporary Redirect" };
        let body = json!({ "message": message, "url": to, "documentation_url": "https://docs.github.com/rest" });
        Self::with(status, body).header("location", to)
    }

    /// With a header more.
    pub fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}
