//! A stand-in for GitHub that remembers: repositories with their issues, pull requests, files and commits; signing in;
//! webhooks that it sends itself; and whatever can go wrong on the way.
//!
//! A test describes what happened in sentences and reads what was asked:
//!
//! ```ignore
//! let github = GitHub::start().await;
//! let repository = github.repository("kubevirt/enhancements");
//! repository.issue(421).title("VEP 421: Some thing").by("alice").labels(&["sig/compute"]).at("2026-08-01").open();
//! repository.pull(500).title("Add VEP 421").by("alice").file("veps/sig-compute/421-x/vep.md", "text").open();
//! repository.review(500, "bob", "APPROVED", "2026-08-03");
//! repository.merge(500, "bob", "2026-08-04T10:00:00Z");
//! github.fault(Fault::BadGatewayAfter).on("POST", "/comments").next(1);
//! assert_eq!(github.asked("GET", "/issues"), 0);
//! ```
//!
//! It knows nothing of the product but its configuration (`config.rs`), so that tests, benchmarks and the example
//! `github_stand_in` include it by path. Its shapes are held against GitHub's published description by the test
//! `github_shapes`. Left out on purpose: what the tracker does not ask for, and rights in any detail.

#![allow(dead_code, reason = "each of its users needs another part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

pub mod access;
pub mod acts;
pub mod ask;
mod config;
mod door;
pub mod fault;
pub mod git;
pub mod graphql;
pub mod issue;
pub mod log;
mod oauth;
pub mod open;
mod page;
pub mod repository;
mod routes;
pub mod seed;
mod selection;
mod serve;
mod shape;
pub mod webhook;
pub mod world;

use std::sync::{Arc, Mutex};

use access::{Installation, TOKEN, Token};
use chrono::{DateTime, NaiveDate, Utc};
pub use fault::Fault;
pub use repository::Repository;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};
pub use webhook::Delivery;
use world::{Account, Clock, Shared, World};

/// The stand-in; it ends with the test's runtime.
pub struct GitHub {
    world: Shared,
    url: String,
    http: reqwest::Client,
}

/// Something that says when: an instant, or its text, which may be a bare date (its first second, UTC).
pub trait When {
    /// The instant.
    fn when(self) -> DateTime<Utc>;
}

impl When for DateTime<Utc> {
    fn when(self) -> DateTime<Utc> {
        self
    }
}

impl When for &str {
    fn when(self) -> DateTime<Utc> {
        instant(self).unwrap_or_else(|| panic!("{self} is no time"))
    }
}

/// The instant that a text names, which may be a bare date.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let date = || text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0).map(|time| time.and_utc());
    text.parse().ok().or_else(date)
}

impl GitHub {
    /// Starts it at a free port. Its clock stands at 8 October 2026, noon UTC, and moves on to the latest time named.
    pub async fn start() -> Self {
        Self::start_at(0, Clock::Standing("2026-10-08T12:00:00Z".when())).await
    }

    /// Starts it at a port of this machine; 0 chooses a free one.
    pub async fn start_at(port: u16, clock: Clock) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut world = World::new(url.clone(), clock);
        world.account("ceps-bot");
        world.access.tokens.insert(TOKEN.to_owned(), Token::of("ceps-bot"));
        let world = Arc::new(Mutex::new(world));
        serve::serve(listener, world.clone());
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { world, url, http }
    }

    /// Where API and pages are, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A token that may everything; it is `ceps-bot`'s.
    #[expect(clippy::unused_self, reason = "another stand-in may one day have another")]
    pub fn token(&self) -> &'static str {
        TOKEN
    }

    /// Makes another token.
    pub fn add_token(&self, text: &str, token: Token) {
        self.with(|world| {
            world.account(&token.login);
            world.access.tokens.insert(text.to_owned(), token);
        });
    }

    /// Takes a token away.
    pub fn revoke_token(&self, text: &str) {
        self.with(|world| world.access.tokens.remove(text));
    }

    /// Installs the app in an organisation.
    pub fn install_app(&self, id: u64, organization: &str) {
        self.with(|world| {
            world.account_of_kind(organization, "Organization");
            world.access.installations.push(Installation { id, owner: organization.to_owned() });
        });
    }

    /// Gives somebody that numeric id, and what had it that login.
    pub fn account(&self, id: i64, login: &str) {
        self.with(|world| {
            world.accounts.retain(|_, account| account.id != id);
            world.accounts.insert(login.to_lowercase(), Account { id, login: login.to_owned(), kind: "User" });
        });
    }

    /// A repository of an organisation; made if there is none of that name.
    pub fn repository(&self, full_name: &str) -> Repository<'_> {
        let id = self.with(|world| world.repository(full_name));
        Repository::new(self, id)
    }

    /// A project board with its items.
    pub fn board(&self, board: graphql::Board) {
        self.with(|world| world.boards.push(board));
    }

    /// Loads repositories with all that is in them; `seed.rs` says in which form.
    pub fn load(&self, seed: Value) {
        let seed: seed::Seed = serde_json::from_value(seed).unwrap();
        self.with(|world| world.load(seed));
    }

    /// Moves the clock, back too.
    pub fn set_now(&self, now: impl When) {
        let now = now.when();
        self.with(|world| world.clock = Clock::Standing(now));
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.with(|world| world.now())
    }

    /// A fault; how the sentence goes on says for which requests.
    pub fn fault(&self, fault: Fault) -> fault::Draft {
        fault::Draft::new(self.world.clone(), fault)
    }

    /// Nothing goes wrong any more.
    pub fn clear_faults(&self) {
        self.with(|world| world.faults.clear());
    }

    /// What was asked, the oldest first.
    pub fn log(&self) -> Vec<log::Entry> {
        self.with(|world| world.log.clone())
    }

    /// Forgets what was asked.
    pub fn clear_log(&self) {
        self.with(|world| world.log.clear());
    }

    /// How many requests of a method had that text in path or query.
    pub fn asked(&self, method: &str, text: &str) -> usize {
        self.log().iter().filter(|entry| entry.method == method && entry.target.contains(text)).count()
    }

    /// Requests that the token has left this hour.
    pub fn remaining(&self) -> u32 {
        let headers = [("authorization", format!("Bearer {TOKEN}"))];
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        let uri = "/rate_limit".parse().unwrap();
        let ask = ask::Ask::new(&axum::http::Method::GET, &uri, headers, axum::body::Bytes::new());
        self.with(|world| {
            let now = world.now();
            world.access.limit(&ask, now).remaining()
        })
    }

    /// From now on every event is signed and delivered there, one after another.
    pub fn send_webhooks(&self, url: &str, secret: &str) {
        let (sender, mut receiver) = mpsc::unbounded_channel::<Delivery>();
        self.hook(secret, Some(sender));
        let (http, url, world) = (self.http.clone(), url.to_owned(), self.world.clone());
        tokio::spawn(async move {
            while let Some(delivery) = receiver.recv().await {
                let status = webhook::deliver(&http, &url, &delivery).await;
                let deliveries = &mut world.lock().unwrap().hooks.deliveries;
                if let Some(kept) = deliveries.iter_mut().find(|kept| kept.id == delivery.id) {
                    kept.status = Some(status);
                }
            }
        });
    }

    /// From now on every event is signed and kept, for the test to deliver as it likes.
    pub fn collect_webhooks(&self, secret: &str) {
        self.hook(secret, None);
    }

    fn hook(&self, secret: &str, sender: Option<mpsc::UnboundedSender<Delivery>>) {
        self.with(|world| {
            let known = world.hooks.hook.as_ref().map(|hook| hook.id);
            let id = known.unwrap_or_else(|| world.id());
            world.hooks.hook = Some(webhook::Hook { id, secret: secret.to_owned(), sender });
        });
    }

    /// Id of the webhook.
    pub fn hook_id(&self) -> u64 {
        self.with(|world| world.hooks.hook.as_ref().expect("there is a webhook").id)
    }

    /// Events since there is a webhook, the oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.with(|world| world.hooks.deliveries.clone())
    }

    /// Waits until every event that is delivered has its answer.
    pub async fn delivered(&self) {
        while self.with(|world| world.hooks.deliveries.iter().any(|delivery| delivery.status.is_none())) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// Says who is at the keyboard when somebody signs in.
    pub fn is_used_by(&self, id: i64, login: &str) {
        let user = json!({ "id": id, "login": login, "name": format!("Name of {login}") });
        self.with(|world| world.oauth.user = Some(user));
    }

    /// Whoever is at the keyboard refuses.
    pub fn is_used_by_nobody(&self) {
        self.with(|world| world.oauth.user = None);
    }

    /// Opens GitHub's page in a browser; the path at the tracker that it leads back to.
    pub async fn visit(&self, url: &str) -> String {
        assert!(url.starts_with(&self.url), "sent to {url}");
        let answer = self.http.get(url).send().await.unwrap();
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        back.strip_prefix("http://tracker.test").unwrap().to_owned()
    }

    /// Looks at the world or changes what there is no sentence for.
    pub fn with<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.world.lock().unwrap())
    }
}
