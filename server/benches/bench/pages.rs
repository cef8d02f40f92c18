//! The three busiest pages: CPU time of server and PostgreSQL for a request, warm and just after a change, beside a
//! static file of the same size from the same server.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use domain::Decision;
use nix::sys::signal::Signal;
use server::{
    clock::Clock,
    demo::CURRENT,
    usecases::{
        Context,
        decide::{By, decide},
        key::Key,
    },
    verdicts::Verdicts,
};
use tokio::runtime::Runtime;

use crate::{
    corpus::Corpus,
    cpu::{Processes, Spent},
    load::{self, Load},
    running::{Outcome, Tracker},
};

/// How long each run of the load generator lasts, and how often each is made; the middle one counts.
const RUN: Duration = Duration::from_secs(2);
const RUNS: usize = 3;

/// Requests just after a change.
const CHANGES: u32 = 60;

/// Changes and requests before those.
const WARMING: u32 = 30;

/// What a browser says that it accepts.
const BROWSER: &str = "gzip, deflate, br, zstd";

/// Long enough for every thread to come to rest and to note what it has spent.
const SETTLE: Duration = Duration::from_millis(20);

/// A page to be measured.
#[derive(Debug)]
pub struct Page {
    /// Its name.
    pub name: String,
    path: String,
    /// Whether somebody is signed in.
    signed_in: bool,
    /// Proposals that are decided on before a request.
    changed: Vec<Key>,
}

impl Page {
    /// A page that anybody sees, whose numbers depend on these proposals.
    pub fn new(name: &str, path: &str, changed: Vec<Key>) -> Self {
        Self { name: name.to_owned(), path: path.to_owned(), signed_in: false, changed }
    }
}

/// A page under load.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Connections.
    pub clients: u8,
    /// What the load generator saw.
    pub load: Load,
    /// CPU time of a request.
    pub cpu: Spent,
    /// The same for a static file of the same size.
    pub cpu_static: Spent,
}

/// What was measured of one page.
#[derive(Debug)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// With 1 and with 8 clients.
    pub runs: Vec<Run>,
    /// CPU time of a request that asks for a compressed page, as browsers do.
    pub cpu_compressed: Spent,
    /// CPU time of a request after a change, without that of the change.
    pub cpu_after_change: Spent,
    /// CPU time of a change alone, as far as PostgreSQL spends it.
    pub cpu_change: Spent,
    /// Time from sending a request after a change to the end of the answer, on average.
    pub wait_after_change: Duration,
    /// Resident memory of the server now and at most, in megabytes.
    pub memory: (f64, f64),
}

/// Dashboard, list and the proposal with the long document. Decisions before a request are about any proposal of the
/// release, or about the very one that is shown.
pub fn all(corpus: &Corpus) -> Vec<Page> {
    let keys: Vec<Key> = corpus.current().map(|proposal| proposal.key.clone()).collect();
    let first: Vec<Key> = keys.iter().take(1).cloned().collect();
    let of_proposal = first.iter().map(|key| Page {
        name: "proposal, 24 kB of Markdown".to_owned(),
        path: format!("/{key}"),
        signed_in: false,
        changed: first.clone(),
    });
    let page =
        |name: &str, path: String, signed_in| Page { name: name.to_owned(), path, signed_in, changed: keys.clone() };
    let mut pages =
        vec![page("dashboard", "/".to_owned(), false), page("list, 100 of 1,000 rows", "/proposals".to_owned(), false)];
    pages.extend(of_proposal);
    pages.push(page("my page, signed in", "/me".to_owned(), true));
    pages.push(page("planning, 200 proposals, signed in", format!("/releases/{CURRENT}/plan?source=vep"), true));
    pages
}

/// Starts the server so that it also serves a file exactly as large as the page.
pub fn with_static_page(page: &Page, data: &Path, work: &Path, cookie: &str) -> Outcome<Tracker> {
    let site = work.join("site");
    fs::create_dir_all(site.join("pkg"))?;
    fs::write(site.join("pkg/app_bg.wasm"), "")?;
    fs::write(site.join("pkg/app.js"), "")?;
    // The page's own size depends on whether there is a script, not on which.
    let mut tracker = Tracker::start(data, &site)?;
    let size = tracker.get_as(&page.path, cookie)?.len();
    tracker.end(Signal::SIGTERM)?;
    fs::write(site.join("pkg/app.js"), "/".repeat(size))?;
    Tracker::start(data, &site)
}

/// Measures a page, once all of them were shown.
pub fn measure(
    page: &Page,
    all: &[Page],
    tracker: &Tracker,
    runtime: &Runtime,
    (clock, cookie): (&Clock, &str),
) -> Outcome<Measured> {
    for other in all {
        tracker.get_as(&other.path, cookie)?;
    }
    let cookie = if page.signed_in { cookie } else { "" };
    let body = tracker.get_as(&page.path, cookie)?;
    let script = script_of(&body).ok_or("the page names no script")?;
    let processes = Processes::of(tracker)?;
    let work = tempfile::tempdir()?;
    let spent = |path: &str, clients: u8, encoding: Option<&str>| -> Outcome<(Load, Spent)> {
        let headers = [("Accept-Encoding", encoding.unwrap_or("identity")), ("Cookie", cookie)];
        let before = processes.spent()?;
        let load = load::run(work.path(), &format!("http://{}{path}", tracker.address), clients, RUN, &headers)?;
        thread::sleep(SETTLE);
        Ok((load, processes.since(before)? / load.requests))
    };
    spent(&page.path, 8, None)?;
    let mut runs = Vec::new();
    for clients in [1, 8] {
        let mut several = Vec::new();
        for _ in 0..RUNS {
            let (load, cpu) = spent(&page.path, clients, None)?;
            let (_, cpu_static) = spent(script, clients, None)?;
            several.push(Run { clients, load, cpu, cpu_static });
        }
        several.sort_by_key(|run| run.cpu.total());
        runs.extend(several.get(RUNS / 2));
    }
    let (_, cpu_compressed) = spent(&page.path, 1, Some(BROWSER))?;
    let after = after_changes((page, cookie), tracker, processes, runtime, clock)?;
    Ok(Measured {
        name: page.name.clone(),
        bytes: body.len(),
        runs,
        cpu_compressed,
        cpu_after_change: after.request,
        cpu_change: after.change,
        wait_after_change: after.wait,
        memory: processes.memory()?,
    })
}

/// The script that a page names.
fn script_of(body: &str) -> Option<&str> {
    body.split('"').find(|part| part.starts_with("/pkg/app.") && Path::new(part).extension().is_some_and(|e| e == "js"))
}

/// Averages over changes, each followed by one request.
struct AfterChange {
    change: Spent,
    request: Spent,
    wait: Duration,
}

/// Changes alone, then changes with a request after each: the difference is what the requests cost. There is no pause
/// within either, since a processor that has just woken up takes half as long again for everything.
fn after_changes(
    (page, cookie): (&Page, &str),
    tracker: &Tracker,
    processes: Processes,
    runtime: &Runtime,
    clock: &Clock,
) -> Outcome<AfterChange> {
    let pool = runtime.block_on(tracker.pool())?;
    let context = Context::new(pool.clone(), clock.clone());
    let verdicts = Verdicts::new(pool.clone());
    let by = By::operator("bench");
    // Ranks that nothing has yet; each page begins with others.
    let mut rank = 10_000 * u32::try_from(page.path.len())?;
    let mut keys = page.changed.iter().cycle();
    let mut change = || -> Outcome<()> {
        let key = keys.next().ok_or("no proposal to decide on")?;
        rank += 1;
        let decision = Decision::Accept { release: CURRENT, rank: Some(rank) };
        runtime.block_on(decide(&context, &verdicts, &by, key, decision, None))?;
        Ok(())
    };
    for _ in 0..WARMING {
        change()?;
        tracker.get_as(&page.path, cookie)?;
    }
    thread::sleep(SETTLE);
    let before = processes.spent()?;
    for _ in 0..CHANGES {
        change()?;
    }
    thread::sleep(SETTLE);
    let changes = processes.since(before)?;
    tracker.get_as(&page.path, cookie)?;
    thread::sleep(SETTLE);
    let before = processes.spent()?;
    let mut wait = Duration::ZERO;
    for _ in 0..CHANGES {
        change()?;
        let begun = Instant::now();
        tracker.get_as(&page.path, cookie)?;
        wait += begun.elapsed();
    }
    thread::sleep(SETTLE);
    let request = processes.since(before)?.less(changes);
    runtime.block_on(pool.close());
    Ok(AfterChange { change: changes / CHANGES, request: request / CHANGES, wait: wait / CHANGES })
}
