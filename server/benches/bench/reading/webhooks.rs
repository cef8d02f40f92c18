//! From a change at GitHub to the page that shows it: one after another, each looked for until it is there.

use std::{
    thread,
    time::{Duration, Instant},
};

use tokio::runtime::Runtime;

use super::world::{CODE, FIRST};
use crate::{
    corpus::Corpus,
    github::GitHub,
    running::{Outcome, Tracker},
    seen::Seen,
};

/// Changes of issues, each of another one.
const ISSUES: usize = 300;

/// Changes of pull requests, each of another one.
const PULLS: usize = 150;

/// Changes before those that count.
const WARMING: usize = 10;

/// Pause between two looks at a page.
const PAUSE: Duration = Duration::from_millis(2);

/// A page that does not show a change by then never will.
const LONGEST: Duration = Duration::from_secs(60);

/// Issues get new titles; the proposal's page tells that the document is called otherwise.
pub fn issues(tracker: &Tracker, runtime: &Runtime, github: &GitHub, corpus: &Corpus) -> Outcome<Seen> {
    let of_source = corpus.proposals.iter().filter(|proposal| proposal.key.source == "vep");
    let mut times = Vec::new();
    for (place, proposal) in of_source.take(WARMING + ISSUES).enumerate() {
        let number = proposal.key.number;
        let title = format!("Renamed {place}");
        let change = || {
            let issues = github.repository("kubevirt/enhancements");
            issues.retitle(number.into(), &format!("VEP {number}: {title}"), "olga", github.now());
        };
        times.push(seen(tracker, &format!("/{}", proposal.key), &format!("“{title}”"), change)?);
        runtime.block_on(github.delivered());
    }
    Ok(Seen::after(WARMING, times))
}

/// Reviews are asked of somebody else; the pull request's page names them.
pub fn pulls(tracker: &Tracker, runtime: &Runtime, github: &GitHub) -> Outcome<Seen> {
    let open: Vec<u64> = github.with(|world| {
        let code = world.find(CODE).map(|repository| &repository.issues);
        let open = code.into_iter().flatten().filter(|(number, issue)| {
            issue.closed_at.is_none() && issue.pull.is_some() && **number >= u64::from(FIRST)
        });
        open.map(|(number, _)| *number).collect()
    });
    let mut times = Vec::new();
    for (place, number) in open.into_iter().take(WARMING + PULLS).enumerate() {
        let reviewer = format!("reviewer-{place}");
        let change = || github.repository(CODE).request_review(number, &reviewer, "olga", github.now());
        times.push(seen(tracker, &format!("/pulls/{CODE}/{number}"), &format!("@{reviewer}"), change)?);
        runtime.block_on(github.delivered());
    }
    Ok(Seen::after(WARMING, times))
}

/// How long it takes from a change until a page holds a text that only it can bring.
fn seen(tracker: &Tracker, path: &str, text: &str, change: impl FnOnce()) -> Outcome<Duration> {
    if tracker.get_as(path, "")?.contains(text) {
        return Err(format!("{path} shows “{text}” before it happened").into());
    }
    let begun = Instant::now();
    change();
    while !tracker.get_as(path, "")?.contains(text) {
        if begun.elapsed() > LONGEST {
            return Err(format!("{path} does not come to show “{text}”").into());
        }
        thread::sleep(PAUSE);
    }
    Ok(begun.elapsed())
}
