//! The outbox against a GitHub that remembers: comments exactly once whatever happens on the way, labels only where they
//! are needed, nothing before an admin says so.

mod comments;
mod kept;
mod labels;
mod limits;
mod once;

use std::{future::Future, pin::pin, task::Poll, time::Duration};

use domain::{Decision, Freeze, Terms};
use server::{
    github::{Api, Patience},
    jobs::send_outbox::{Ways, send_due},
    store::outbox::{self, Cause, Entry, Outgoing, OutgoingComment, put},
    usecases::decide::By,
};

use crate::{
    github::GitHub,
    support::{
        Browser, TestApp,
        fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    },
};

const REPOSITORY: &str = "kubevirt/project-infra";

/// Short enough for a test; what is longer is told instead of waited for.
const PATIENCE: Patience = Patience {
    answer: Duration::from_millis(400),
    first_pause: Duration::from_millis(5),
    tries: 2,
    limit: Duration::from_millis(100),
};

/// A tracker with one proposal, whose tracking issue is on GitHub, and an admin.
struct Tracker {
    app: TestApp,
    github: GitHub,
    adam: Browser,
}

impl Tracker {
    /// Nothing goes to GitHub yet.
    async fn start() -> Self {
        let github = GitHub::start().await;
        github.repository(REPOSITORY).issue(4702).title("CEP 4702: Prow job config linting").by("olga").open();
        let mut config = github.config();
        config.github.token = Some(github.token().into());
        config.admins = vec!["adam".to_owned()];
        let app = TestApp::start().await.configured(config, false);
        app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
        app.import("cep", &[(&cep_path(4702), &cep(4702, "Prow job config linting"))]).await;
        let adam = app.sign_in_as(5, "adam").await;
        Self { app, github, adam }
    }

    /// Comments and labels go to GitHub.
    async fn live() -> Self {
        let tracker = Self::start().await;
        tracker.turn("outbox", "yes").await;
        tracker
    }

    async fn turn(&self, which: &str, on: &str) {
        let answer = self.adam.post("/outbox/switch", &[("which", which), ("on", on)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }

    /// The ways out of a server that was just started.
    fn ways(&self) -> Ways {
        self.ways_with(PATIENCE)
    }

    fn ways_with(&self, patience: Patience) -> Ways {
        let context = &self.app.context;
        let api = Api::new(&context.config.github, context.clock.clone(), patience).unwrap();
        assert!(api.is_some());
        Ways { mailer: None, api }
    }

    /// A server that was just started sends what is due.
    async fn send(&self) -> u32 {
        self.send_by(&self.ways()).await
    }

    async fn send_by(&self, ways: &Ways) -> u32 {
        send_due(&self.app.context, &self.app.state.verdicts, ways).await.unwrap()
    }

    /// Writes a comment for the tracking issue into the outbox.
    async fn say(&self, slot: &str, event: i64, body: &str) {
        let what = Outgoing::Comment(OutgoingComment {
            repository: REPOSITORY.to_owned(),
            number: 4702,
            body: body.to_owned(),
            slot: slot.to_owned(),
        });
        let cause = Cause { source: "cep", number: 4702, event, by: Some(("rex", Some(17))) };
        let mut conn = self.app.context.pool.acquire().await.unwrap();
        put(&mut conn, cause, slot, &what, false, self.app.context.clock.now()).await.unwrap();
    }

    async fn entry(&self, key: &str) -> Entry {
        let mut conn = self.app.context.pool.acquire().await.unwrap();
        outbox::find(&mut conn, "cep", key).await.unwrap().unwrap_or_else(|| panic!("no {key}"))
    }

    /// Author and body of every comment on the tracking issue.
    fn comments(&self) -> Vec<(String, String)> {
        let mut comments = Vec::new();
        self.github.repository(REPOSITORY).with_issue(4702, |issue| {
            for comment in &issue.comments {
                comments.push((comment.author.clone().unwrap_or_default(), comment.body.clone()));
            }
        });
        comments
    }

    /// How many comments of ours carry the marker of a slot.
    fn posted(&self, slot: &str) -> usize {
        let marker = outbox::marker("cep", slot);
        self.comments().iter().filter(|(author, body)| author == "ceps-bot" && body.contains(&marker)).count()
    }

    /// Presses a button on the page of a row, as it is shown now.
    async fn press(&self, browser: &Browser, key: &str, act: &str) -> u16 {
        let row = format!("{} cep/{key}", self.entry(key).await.version);
        browser.post("/outbox/keep", &[("row", &row), ("act", act)]).await.status.as_u16()
    }

    async fn ask_and(&self, decision: Decision) {
        let ask = Decision::Ask(Terms {
            release: "v1.10".parse().unwrap(),
            freeze: Some(Freeze::Code),
            justification: "The provider bump moved by a week.".into(),
            time: "6 days".into(),
            impact: "Beta moves to v1.11.".into(),
            covers: vec![],
        });
        self.app.decide("olga", "cep/4702", ask).await.unwrap();
        self.app.decide_by(&By::operator("rex"), "cep/4702", decision).await.unwrap();
    }

    /// Waits until GitHub has nothing under way any more of a sender that died.
    async fn settle(&self) {
        let client = reqwest::Client::new();
        let mut quiet = 0;
        let mut seen = usize::MAX;
        while quiet < 3 {
            client.get(format!("{}/rate_limit", self.github.url())).send().await.unwrap();
            tokio::time::sleep(Duration::from_millis(2)).await;
            let asked = self.github.log().iter().filter(|entry| !entry.target.contains("/rate_limit")).count();
            quiet = if asked == seen { quiet + 1 } else { 0 };
            seen = asked;
        }
    }
}

fn grant() -> Decision {
    Decision::Grant { request: 1, until: "2026-10-27".into(), reason: "Low risk, reviewed.".into() }
}

/// Lets something run for so many steps, each from one wait to the next, and drops it then, as the end of its process
/// would; none when it was cut short.
async fn for_steps<T>(steps: u32, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut left = steps;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}
