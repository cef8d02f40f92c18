//! Against a GitHub that nobody here wrote: npm's `emulate`. It knows no ETag and no comments of a whole repository, and
//! keeps pull requests out of lists of issues.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::json;
use server::{
    config::Config,
    github::{Api, Patience},
    usecases::sync::{Extent, sync},
};

use crate::support::TestApp;

const TOKEN: &str = "token-of-the-tests";

/// Its world: the repositories that are read.
const SEED: &str = "tokens:
  token-of-the-tests: {login: olga, scopes: [repo, user]}
github:
  users:
    - {login: olga, name: Olga, email: olga@example.org}
  orgs:
    - {login: kubevirt, name: KubeVirt, members: [{login: olga, role: admin}]}
  repos:
    - {owner: kubevirt, name: enhancements, auto_init: true}
    - {owner: kubevirt, name: project-infra, auto_init: true}
    - {owner: kubevirt, name: sig-release, auto_init: true}
    - {owner: kubevirt, name: kubevirt, auto_init: true}
    - {owner: kubevirt, name: kubevirtci, auto_init: true}
    - {owner: kubevirt, name: user-guide, auto_init: true}
    - {owner: kubevirt, name: containerized-data-importer, auto_init: true}
";

struct Emulated {
    child: Child,
    url: String,
    http: reqwest::Client,
    _seed: tempfile::TempDir,
}

impl Emulated {
    async fn start() -> Self {
        let end2end = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end");
        let program = end2end.join("node_modules/emulate/dist/index.js");
        assert!(program.exists(), "emulate is not installed: run `npm --prefix end2end ci` first");
        let seed = tempfile::tempdir().unwrap();
        let path = seed.path().join("seed.yaml");
        std::fs::write(&path, SEED).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new("node")
            .args(["--require", "./scripts/loopback.cjs"])
            .arg(program)
            .args(["start", "--service", "github", "--port", &port.to_string(), "--seed"])
            .arg(path)
            .current_dir(&end2end)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let url = format!("http://127.0.0.1:{port}");
        let http = reqwest::Client::builder().user_agent("tests").build().unwrap();
        let emulated = Self { child, url, http, _seed: seed };
        let ready = async {
            while emulated.http.get(&emulated.url).send().await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), ready).await.unwrap();
        emulated
    }

    async fn open_issue(&self, title: &str) {
        let url = format!("{}/repos/kubevirt/enhancements/issues", self.url);
        let answer = self.http.post(url).bearer_auth(TOKEN).body(json!({ "title": title }).to_string());
        let answer = answer.header("content-type", "application/json").send().await.unwrap();
        assert_eq!(answer.status(), 201, "{title}");
    }
}

impl Drop for Emulated {
    fn drop(&mut self) {
        // It is over if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn three_hundred_issues_over_three_pages_are_read() {
    let emulated = Emulated::start().await;
    for number in 1..=300 {
        emulated.open_issue(&format!("VEP {number}: Emulated")).await;
    }
    let mut config = Config::default();
    config.github.api_url.clone_from(&emulated.url);
    config.github.token = Some(TOKEN.into());
    let app = TestApp::start().await.configured(config, false);
    let api = Api::new(&app.context.config.github, app.context.clock.clone(), Patience::default()).unwrap().unwrap();
    let run = sync(&app.context, &api, &app.state.verdicts, ("test", Extent::News), &|_| {}).await.unwrap().unwrap();
    let unknown_there: Vec<_> = run.errors.iter().filter(|error| error.what != "comments").collect();
    assert!(unknown_there.is_empty(), "{unknown_there:?}");
    assert_eq!(app.get("/api/v1/proposals?per_page=1").await.json()["total"], 300);
}
