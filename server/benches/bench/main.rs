//! The benchmarks: import, reading GitHub, verdicts and the busiest pages at 1,000 proposals, on the binary as it is
//! released and on the private PostgreSQL with the settings for real data. Prints a Markdown table and writes it to
//! `target/bench.md`.
//!
//! Figures stand beside their targets and are never tested: how fast a machine is says nothing about whether the
//! program is right. CPU time per request is the figure to look at, requests per second depend on who else is there.
//! `TMPDIR` chooses the disk; `cargo bench -p server -- signed` measures only the pages whose names hold that word, `--
//! GitHub` only reading, `-- meeting` only that. Left out on purpose: networks, and comparing runs with each other.

mod corpus;
mod cpu;
mod decisions;
mod facts;
#[path = "../../tests/github/mod.rs"]
mod github;
mod load;
mod meeting;
mod pages;
mod reading;
#[path = "../../tests/running/mod.rs"]
mod running;
mod seen;
mod table;
mod verdicts;

use std::{env, fs, path::Path, process, time::Instant};

use corpus::Corpus;
use nix::sys::signal::Signal;
use running::{Outcome, Tracker};
use server::clock::Clock;
use table::Table;
use tokio::runtime::Runtime;

/// Name of what is measured about reading GitHub.
const GITHUB: &str = "reading GitHub, webhooks, work list";

/// Name of what is measured about the weekly meeting.
const MEETING: &str = "check-ins, listeners of a meeting";

/// Documents imported, and proposals that the pages are measured at.
const PROPOSALS: usize = 1_000;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let work = tempfile::tempdir()?;
    running::let_others_pass(work.path())?;
    let clock = Clock::system();
    let corpus = Corpus::around(clock.now(), PROPOSALS);
    let mut table = Table::new();
    let wanted = env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let is_wanted = |name: &str| wanted.as_ref().is_none_or(|part| name.contains(part));

    let all = pages::all(&corpus);
    let pages: Vec<_> = all.iter().filter(|page| is_wanted(&page.name)).collect();
    let data = work.path().join("data");
    let mut cookie = String::new();
    if !pages.is_empty() {
        cookie = fill(work.path(), &data, &runtime, (&clock, &corpus), &mut table)?;
    }
    if is_wanted(GITHUB) {
        note(GITHUB);
        table.github(&reading::measure(work.path(), &runtime, &clock, &corpus)?);
    }
    if is_wanted(MEETING) {
        note(MEETING);
        table.meeting(&meeting::measure(work.path(), &runtime, &clock)?);
    }
    for page in pages {
        note(&page.name);
        let mut tracker = pages::with_static_page(page, &data, work.path(), &cookie)?;
        let measured = pages::measure(page, &all, &tracker, &runtime, (&clock, &cookie))?;
        table.page(measured);
        tracker.end(Signal::SIGTERM)?;
    }

    let text = table.finish();
    println!("{text}");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().ok_or("no target directory")?;
    fs::write(target.join("bench.md"), text)?;
    Ok(())
}

/// Verdicts, import and decisions: what fills the database that the pages are measured on. Returns the cookie of somebody
/// who is signed in there.
fn fill(
    work: &Path,
    data: &Path,
    runtime: &Runtime,
    (clock, corpus): (&Clock, &Corpus),
    table: &mut Table,
) -> Outcome<String> {
    note("verdicts");
    table.verdicts(verdicts::measure(corpus, clock.now())?);

    note("import");
    corpus.write(work)?;
    running::run(data, &["migrate"])?;
    let (begun, this) = (Instant::now(), i32::try_from(process::id())?);
    let cpu_before = cpu::of_ended_children(this)?;
    running::run(data, &corpus::import_arguments(work))?;
    let took = begun.elapsed();
    table.import(took, cpu::of_ended_children(this)?.saturating_sub(cpu_before), corpus.documents());

    note("decisions and facts");
    let mut tracker = Tracker::start(data, work)?;
    let history = runtime.block_on(facts::record(&tracker, clock, corpus))?;
    table.world(corpus, history);
    let (cookie, _) = runtime.block_on(decisions::session_of(&tracker, clock, 2, corpus::PEOPLE[1]))?;
    note("decisions of eight people");
    table.decisions(decisions::measure(work, &tracker, runtime, clock, corpus)?);
    tracker.end(Signal::SIGTERM)?;
    Ok(cookie)
}

fn note(step: &str) {
    eprintln!("bench: {step} …");
}
