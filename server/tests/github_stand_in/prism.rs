//! The validating proxy between a client and the stand-in: holds both to GitHub's published description.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use reqwest::{Client, Method};
use serde_json::Value;
use tempfile::TempDir;

use crate::github::GitHub;

/// How long the proxy may take to start, on a busy machine.
const START: Duration = Duration::from_secs(120);

/// A running proxy. Dropping it ends it.
pub struct Prism {
    child: Child,
    url: String,
    http: Client,
    token: String,
    _description: TempDir,
}

/// An answer that came through.
pub struct Checked {
    /// Status.
    pub status: u16,
    /// Body; null if there is none.
    pub body: Value,
    /// What does not agree with the description: `request` or `response`, where, and why.
    pub violations: Vec<String>,
}

impl Prism {
    /// Starts it in front of a stand-in.
    pub async fn before(github: &GitHub) -> Self {
        let end2end = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end");
        let program = installed(&end2end);
        let directory = tempfile::tempdir().unwrap();
        let description = directory.path().join("github.json");
        let mut script = Command::new("node");
        script.arg("scripts/github-description.js").arg(&description).current_dir(&end2end);
        assert!(script.status().unwrap().success(), "GitHub's description cannot be reduced");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new("node")
            .args(["--require", "./scripts/loud-prism.cjs"])
            .arg(program)
            .current_dir(&end2end)
            .args(["proxy", "--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(&description)
            .arg(github.url())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let url = format!("http://127.0.0.1:{port}");
        let http = Client::builder().user_agent("tests").redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let prism = Self { child, url, http, token: github.token().to_owned(), _description: directory };
        tokio::time::timeout(START, prism.ready()).await.expect("the proxy starts");
        prism
    }

    async fn ready(&self) {
        while self.http.get(format!("{}/rate_limit", self.url)).send().await.is_err() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Asks with another token.
    pub fn with_token(&mut self, token: &str) {
        token.clone_into(&mut self.token);
    }

    /// Sends a request through it.
    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Checked {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(&self.token)
            .header("accept", "application/vnd.github+json")
            .header("x-github-api-version", "2022-11-28");
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        let said = answer.headers().get("sl-violations").map(|text| text.to_str().unwrap().to_owned());
        let said: Value = said.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap());
        let violations = said.as_array().into_iter().flatten().map(ToString::to_string).collect();
        let status = answer.status().as_u16();
        let body = serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default();
        Checked { status, body, violations }
    }

    /// Reads something through it.
    pub async fn get(&self, path: &str) -> Checked {
        self.send(Method::GET, path, &Value::Null).await
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // It is over if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the proxy is.
fn installed(end2end: &Path) -> PathBuf {
    let program = end2end.join("node_modules/.bin/prism");
    assert!(program.exists(), "the validating proxy is not installed: run `npm --prefix end2end ci` first");
    program
}
