//! What was acknowledged stays, whenever server and PostgreSQL are killed.
//!
//! Each round starts the server on a private data directory with the settings for real data, lets several people record
//! decisions at once, kills server and PostgreSQL with SIGKILL at a random moment, and starts again on what is left:
//! every decision acknowledged in any round has to be in the log exactly as it was acknowledged, and no process may be
//! left behind. Three rounds by default; `CEP_TRACKER_KILL_ROUNDS` says how many.
//!
//! Left out on purpose: power cuts. What a kill leaves to the system's cache, a power cut takes; that commits wait for
//! the disk is a setting, which the test reads back from the running PostgreSQL.

#![allow(clippy::unwrap_used, reason = "in a test, what fails may end it there")]

#[path = "../front_door/support/fixtures.rs"]
mod fixtures;
mod processes;
#[path = "../running/mod.rs"]
mod running;
mod writers;

use std::{
    env,
    hash::{BuildHasher as _, RandomState},
    thread,
    time::{Duration, Instant},
};

use nix::sys::signal::Signal;
use running::Tracker;

/// Rounds when nobody says otherwise.
const ROUNDS: u64 = 3;

/// The kill comes at most so many milliseconds after the writers began, and at least so many.
const LATEST_KILL: u64 = 600;
const EARLIEST_KILL: u64 = 50;

#[test]
fn what_was_acknowledged_survives_kills_of_server_and_postgres() {
    let rounds: u64 = env::var("CEP_TRACKER_KILL_ROUNDS").map_or(ROUNDS, |text| text.parse().unwrap());
    let work = tempfile::tempdir().unwrap();
    running::let_others_pass(work.path()).unwrap();
    let data = work.path().join("data");
    writers::import_proposals(&data, work.path());
    let site = work.path().join("no-browser-part");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();

    let mut acknowledged = Vec::new();
    let mut cut_off = 0;
    let mut slowest = Duration::ZERO;
    for round in 0..=rounds {
        let begun = Instant::now();
        let mut tracker = Tracker::start(&data, &site).unwrap_or_else(|error| panic!("round {round}: {error}"));
        slowest = slowest.max(begun.elapsed());
        let pool = runtime.block_on(tracker.pool()).unwrap();
        runtime.block_on(writers::assert_durable(&pool));
        runtime.block_on(writers::assert_all_there(&pool, &acknowledged, round));
        assert!(
            tracker.get_as("/proposals", "").unwrap().contains("Lane 1"),
            "round {round}: the proposals are not served"
        );
        if round == rounds {
            runtime.block_on(pool.close());
            tracker.end(Signal::SIGTERM).unwrap();
        } else {
            let writing = writers::start(&runtime, &pool, round);
            thread::sleep(Duration::from_millis(EARLIEST_KILL + random_below(LATEST_KILL - EARLIEST_KILL)));
            processes::kill_all(&mut tracker, &data, round.is_multiple_of(2)).unwrap();
            let outcome = writing.outcome(&runtime);
            cut_off += outcome.cut_off;
            acknowledged.extend(outcome.acknowledged);
        }
        processes::assert_none_left(&data, round);
    }
    println!(
        "{rounds} rounds: {} acknowledged decisions, all of them there; {cut_off} decisions cut off in the middle; \
         serving again after at most {slowest:.1?}",
        acknowledged.len(),
    );
    assert!(!acknowledged.is_empty(), "nothing was written, so nothing was shown");
}

fn random_below(limit: u64) -> u64 {
    RandomState::new().hash_one(limit) % limit
}
