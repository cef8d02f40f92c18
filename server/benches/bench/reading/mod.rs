//! Reading GitHub: 1,000 proposals with 5,000 pull requests from nothing and again without news, from a webhook to the
//! page that shows its change, and the work list with 500 open pull requests.
//!
//! The stand-in for GitHub runs in this process, the tracker in one of its own, so that memory and CPU time are the
//! tracker's alone. The stand-in answers at once: what GitHub takes for an answer comes on top, for each request.

mod webhooks;
mod world;

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use domain::Decision;
use nix::sys::signal::Signal;
use secrecy::ExposeSecret;
use server::{
    clock::Clock,
    demo::CURRENT,
    store::{
        github::run::{self, Run},
        setting,
    },
    usecases::{
        Context,
        ask_sync::Asked,
        decide::{By, decide},
    },
    verdicts::Verdicts,
};
use tokio::runtime::Runtime;

use crate::{
    corpus::Corpus,
    cpu::{Processes, Spent},
    github::GitHub,
    pages::{self, Measured, Page},
    running::{Outcome, Tracker},
    seen::Seen,
};
pub use world::{OPEN, PULLS};

/// How long a run may take.
const LONGEST: Duration = Duration::from_secs(20 * 60);

/// Signs webhooks.
const SECRET: &str = "secret-of-the-benchmarks";

/// What one run took.
#[derive(Debug)]
pub struct Reading {
    /// As the tracker records it.
    pub run: Run,
    /// CPU time.
    pub cpu: Spent,
    /// The highest resident memory of the server until its end, in megabytes.
    pub peak: f64,
}

/// What was measured.
#[derive(Debug)]
pub struct Figures {
    /// From nothing.
    pub first: Reading,
    /// Without news.
    pub second: Reading,
    /// Changes of issues.
    pub issues: Seen,
    /// Changes of pull requests, about which GitHub has to be asked.
    pub pulls: Seen,
    /// The work list.
    pub list: Measured,
}

/// Measures all of it under a directory.
pub fn measure(work: &Path, runtime: &Runtime, clock: &Clock, corpus: &Corpus) -> Outcome<Figures> {
    let data = work.join("data-of-github");
    let github = runtime.block_on(world::start(clock.now(), corpus));
    let mut tracker = Tracker::start_with(&data, work, &settings(&github))?;
    runtime.block_on(async { github.send_webhooks(&format!("http://{}/webhooks/github", tracker.address), SECRET) });
    let first = reading(&tracker, runtime, 1)?;
    runtime.block_on(accept(&tracker, clock, corpus))?;
    runtime.block_on(ask_again(&tracker, clock))?;
    let second = reading(&tracker, runtime, 2)?;
    let issues = webhooks::issues(&tracker, runtime, &github, corpus)?;
    let pulls = webhooks::pulls(&tracker, runtime, &github)?;
    tracker.end(Signal::SIGTERM)?;
    let page = work_list(corpus);
    let tracker = pages::with_static_page(&page, &data, work, "")?;
    let list = pages::measure(&page, std::slice::from_ref(&page), &tracker, runtime, (clock, ""))?;
    let shown = tracker.get_as("/pulls", "")?.matches("data-row-link").count();
    if shown != OPEN {
        return Err(format!("the work list shows {shown} of {OPEN} pull requests").into());
    }
    Ok(Figures { first, second, issues, pulls, list })
}

/// The page measured last.
fn work_list(corpus: &Corpus) -> Page {
    let changed = world::accepted(corpus).map(|proposal| proposal.key.clone()).collect();
    Page::new(&format!("/pulls, {OPEN} open pull requests"), "/pulls", changed)
}

/// How the tracker reads the stand-in: webhooks taken, and no run that nobody asked for after the first.
fn settings(github: &GitHub) -> [(&'static str, String); 4] {
    let config = github.config();
    let token = config.github.token.as_ref().map(|token| token.expose_secret().to_owned()).unwrap_or_default();
    [
        ("CEP_TRACKER_GITHUB_API_URL", config.github.api_url),
        ("CEP_TRACKER_GITHUB_TOKEN", token),
        ("CEP_TRACKER_GITHUB_WEBHOOK_SECRET", SECRET.to_owned()),
        ("CEP_TRACKER_GITHUB_EVERY", "600".to_owned()),
    ]
}

/// Waits for the end of the run of that place, from 1; CPU time is counted from the call.
fn reading(tracker: &Tracker, runtime: &Runtime, place: usize) -> Outcome<Reading> {
    let (processes, begun) = (Processes::of(tracker)?, Instant::now());
    let before = if place == 1 { Spent::default() } else { processes.spent()? };
    let pool = runtime.block_on(tracker.pool())?;
    let latest = async || run::latest(&mut *pool.acquire().await?, 10).await;
    let run = loop {
        let mut whole = runtime.block_on(latest())?;
        whole.retain(|run| run.reason != run::WEBHOOK && run.finished_at.is_some());
        if whole.len() >= place {
            break whole.swap_remove(0);
        }
        if begun.elapsed() > LONGEST {
            return Err("the tracker does not come to an end with reading".into());
        }
        thread::sleep(Duration::from_millis(100));
    };
    let reading = Reading { run, cpu: processes.since(before)?, peak: processes.memory()?.1 };
    runtime.block_on(pool.close());
    if let Some(error) = reading.run.errors.first() {
        return Err(format!("{} of {} was not read: {}", error.what, error.repository, error.why).into());
    }
    Ok(reading)
}

/// Has GitHub read once more, as an admin would.
async fn ask_again(tracker: &Tracker, clock: &Clock) -> Outcome<()> {
    let pool = tracker.pool().await?;
    let asked = Asked { by: "bench".to_owned(), at: clock.now(), everything: false };
    setting::set(&mut *pool.acquire().await?, setting::SYNC_ASKED, &serde_json::to_value(asked)?).await?;
    pool.close().await;
    Ok(())
}

/// Accepts the proposals whose pull requests are open, so that these are on the work list.
async fn accept(tracker: &Tracker, clock: &Clock, corpus: &Corpus) -> Outcome<()> {
    let pool = tracker.pool().await?;
    let (context, verdicts) = (Context::new(pool.clone(), clock.clone()), Verdicts::new(pool.clone()));
    for (rank, proposal) in (1..).zip(world::accepted(corpus)) {
        let decision = Decision::Accept { release: CURRENT, rank: Some(rank) };
        decide(&context, &verdicts, &By::operator("bench"), &proposal.key, decision, None).await?;
    }
    pool.close().await;
    Ok(())
}
