//! Against a GitHub that nobody here wrote: npm's `emulate`. It knows no ETag and no comments of a whole repository, keeps
//! pull requests out of lists of issues, and does not look at PKCE's verifier.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use server::{
    config::Config,
    github::{Api, Patience},
    store::person,
    usecases::sync::{Extent, sync},
};

use crate::support::{Answer, Browser, TestApp};

const TOKEN: &str = "token-of-the-tests";

/// The tracker as an OAuth app there.
const CLIENT: &str = "client-of-the-tests";
const CLIENT_SECRET: &str = "secret-of-the-tests";

/// Its world: somebody to sign in as, and the repositories that are read.
const SEED: &str = "tokens:
  token-of-the-tests: {login: olga, scopes: [repo, user]}
github:
  users:
    - {login: olga, name: Olga, email: olga@example.org}
    - {login: rita, name: Rita, email: rita@example.org}
  oauth_apps:
    - client_id: client-of-the-tests
      client_secret: secret-of-the-tests
      name: CEP Tracker
      redirect_uris: [http://tracker.test/sign-in/callback]
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
        let here = reqwest::redirect::Policy::none();
        let http = reqwest::Client::builder().user_agent("tests").redirect(here).build().unwrap();
        let emulated = Self { child, url, http, _seed: seed };
        let ready = async {
            while emulated.http.get(&emulated.url).send().await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), ready).await.unwrap();
        emulated
    }

    /// An application that signs people in there, and reads it.
    async fn app(&self, client_secret: &str) -> TestApp {
        let mut config = Config { base_url: Some("http://tracker.test".to_owned()), ..Config::default() };
        config.github.web_url.clone_from(&self.url);
        config.github.api_url.clone_from(&self.url);
        config.github.client_id = Some(CLIENT.to_owned());
        config.github.client_secret = Some(client_secret.into());
        config.github.token = Some(TOKEN.into());
        TestApp::start().await.configured(config, false)
    }

    /// Goes where the tracker sends people, and presses the button of one of them; where that leads back to.
    async fn authorize_as(&self, login: &str, address: &str) -> String {
        let page = self.http.get(address).send().await.unwrap().text().await.unwrap();
        let own = format!("name=\"login\" value=\"{login}\"");
        let form = page.split("<form").find(|form| form.contains(&own)).unwrap_or_else(|| panic!("no {login}: {page}"));
        let hidden = form.split("name=\"").skip(1).filter_map(|rest| rest.split_once("\" value=\""));
        let fields: Vec<(&str, &str)> =
            hidden.map(|(name, rest)| (name, rest.split('"').next().unwrap_or_default())).collect();
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", app::query::encode(value))).collect();
        let pressed = self.http.post(format!("{}/login/oauth/callback", self.url)).body(body.join("&"));
        let answer = pressed.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
        let back = answer.headers()["location"].to_str().unwrap();
        back.strip_prefix("http://tracker.test").unwrap_or_else(|| panic!("led to {back}")).to_owned()
    }

    /// The numeric id of somebody.
    async fn id_of(&self, login: &str) -> i64 {
        let answer = self.http.get(format!("{}/users/{login}", self.url)).send().await.unwrap();
        serde_json::from_str::<Value>(&answer.text().await.unwrap()).unwrap()["id"].as_i64().unwrap()
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
    let app = emulated.app(CLIENT_SECRET).await;
    let api = Api::new(&app.context.config.github, app.context.clock.clone(), Patience::default()).unwrap().unwrap();
    let run = sync(&app.context, &api, &app.state.verdicts, ("test", Extent::News), &|_| {}).await.unwrap().unwrap();
    let unknown_there: Vec<_> = run.errors.iter().filter(|error| error.what != "comments").collect();
    assert!(unknown_there.is_empty(), "{unknown_there:?}");
    assert_eq!(app.get("/api/v1/proposals?per_page=1").await.json()["total"], 300);
}

/// Sends a browser to sign in as somebody; where it is led in the end.
async fn sign_in_as(emulated: &Emulated, browser: &Browser, login: &str) -> Answer {
    let sent = browser.post("/sign-in", &[("next", "/releases")]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let back = emulated.authorize_as(login, sent.headers["location"].to_str().unwrap()).await;
    browser.get(&back).await
}

#[tokio::test]
async fn people_sign_in_and_are_known_by_their_numbers() {
    let emulated = Emulated::start().await;
    let app = emulated.app(CLIENT_SECRET).await;
    for (login, name) in [("rita", "Rita"), ("olga", "Olga")] {
        let browser = app.browser();
        let entered = sign_in_as(&emulated, &browser, login).await;
        assert_eq!((entered.status.as_u16(), &entered.headers["location"]), (303, &"/releases".parse().unwrap()));
        assert_eq!(browser.who().await.as_deref(), Some(login));
        let id = emulated.id_of(login).await;
        let found = person::find(&mut app.context.pool.acquire().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!((found.name.as_deref(), found.logins.as_slice()), (Some(name), &[login.to_owned()][..]));
    }
}

#[tokio::test]
async fn a_server_with_another_secret_signs_nobody_in() {
    let emulated = Emulated::start().await;
    let app = emulated.app("another secret").await;
    let browser = app.browser();
    let refused = sign_in_as(&emulated, &browser, "olga").await;
    assert!(refused.text().contains("GitHub did not confirm who you are"), "{}", refused.text());
    assert_eq!(browser.who().await, None);
}
