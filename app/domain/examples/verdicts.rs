//! How long the verdicts of 10,000 participations with 30 events each take on one core: `cargo run --release -p domain
//! --example verdicts`.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measuring stick, not part of the product")]

use std::time::Instant;

use domain::{Event, Freeze, PullState};

#[path = "../tests/support/mod.rs"]
#[allow(dead_code, reason = "only some of the builders are needed")]
mod support;

use support::{CF, EF, GA, World, asked, bug, check_in, code, docs, granted, in_review, issue, on};

const PARTICIPATIONS: usize = 10_000;
const EVENTS: usize = 30;

/// A proposal with a life: some are late, some under an exception, some done.
fn proposal(kind: usize) -> World {
    let world = match kind % 5 {
        0 => World::ready(),
        1 => World::built(),
        2 => World::ready().then(115, in_review(7, 115)).then(120, Event::RepositoriesRead),
        3 => {
            World::ready().then(115, in_review(7, 115)).then(140, asked(1, Freeze::Code)).then(145, granted(1, CF + 6))
        }
        _ => World::built().then(131, code(9, PullState::Open)).then(CF + 2, code(9, PullState::Merged)),
    };
    let mut day = 20;
    let mut world = world;
    while world.history.events.len() < EVENTS {
        let event = match day % 4 {
            0 => issue(),
            1 => check_in(domain::CheckInOutcome::OnTrack),
            2 => bug(3, false, "kind/bug"),
            _ => docs(8, PullState::Open),
        };
        world = world.then(day, event);
        day += 6;
    }
    world
}

fn main() {
    let worlds: Vec<_> = (0..PARTICIPATIONS).map(proposal).collect();
    for (name, day) in [("before EF", EF - 10), ("before CF", CF - 10), ("after CF", CF + 3), ("after GA", GA + 3)] {
        let begun = Instant::now();
        let open: usize = worlds.iter().map(|world| world.verdict(on(day)).waiting.len()).sum();
        let taken = begun.elapsed();
        println!(
            "{name:>10}: {:>6.1} ms for {PARTICIPATIONS} verdicts ({open} open points)",
            taken.as_secs_f64() * 1e3
        );
    }
}
