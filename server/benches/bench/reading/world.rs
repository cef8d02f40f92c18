//! The corpus as it would lie at GitHub: documents in their repositories, a tracking issue for each, five pull requests
//! for each issue. Those of some proposals of the current release are open and wait on reviews.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ReleaseVersion;
use serde_json::{Value, json};
use server::demo::{CURRENT, NEXT};

use crate::{
    corpus::{Corpus, PEOPLE, Proposal, pick},
    github::{GitHub, world::Clock},
};

/// Pull requests of each proposal: four of its code, one of its documentation.
const EACH: u32 = 5;

/// All pull requests of 1,000 proposals.
pub const PULLS: usize = 5_000;

/// Those that are open.
pub const OPEN: usize = 500;

/// The first number of a pull request in the repositories of code.
pub const FIRST: u32 = 100_000;

/// Repository of code.
pub const CODE: &str = "kubevirt/kubevirt";
const DOCS: &str = "kubevirt/user-guide";

/// Starts a GitHub that holds all of it.
pub async fn start(now: DateTime<Utc>, corpus: &Corpus) -> GitHub {
    let github = GitHub::start_at(0, Clock::Machine).await;
    github.load(json!({ "repositories": repositories(now, corpus) }));
    // Cut when everything of its release was merged.
    let releases: std::collections::BTreeSet<ReleaseVersion> = corpus.proposals.iter().map(|p| p.release).collect();
    for release in releases.into_iter().filter(|release| !under_way(*release)) {
        github.repository(CODE).branch(&format!("release-{}.{}", release.major, release.minor), "main");
    }
    github
}

/// The proposals whose pull requests are open, in the order of their ranks.
pub fn accepted(corpus: &Corpus) -> impl Iterator<Item = &Proposal> {
    corpus.current().take(OPEN / EACH as usize)
}

fn under_way(release: ReleaseVersion) -> bool {
    release == CURRENT || release == NEXT
}

fn repository_of(proposal: &Proposal) -> &'static str {
    if proposal.key.source == "cep" { "kubevirt/project-infra" } else { "kubevirt/enhancements" }
}

fn repositories(now: DateTime<Utc>, corpus: &Corpus) -> Vec<Value> {
    let schedules: BTreeMap<&str, &str> = corpus.schedules().collect();
    let open: Vec<_> = accepted(corpus).map(|proposal| proposal.key.clone()).collect();
    let (mut code, mut docs) = (Vec::new(), Vec::new());
    for (place, proposal) in (0..).zip(&corpus.proposals) {
        for part in 0..EACH {
            let list = if part + 1 < EACH { &mut code } else { &mut docs };
            list.push(pull(now, proposal, FIRST + place * EACH + part, open.contains(&proposal.key)));
        }
    }
    let of_source = |name: &str| {
        let here: Vec<_> = (0..).zip(&corpus.proposals).filter(|(_, p)| repository_of(p) == name).collect();
        let mut files: BTreeMap<&str, &str> = here.iter().map(|(_, p)| (p.path.as_str(), p.text.as_str())).collect();
        let aliases = crate::corpus::aliases();
        files.insert("OWNERS_ALIASES", &aliases);
        let issues: Vec<_> = here.iter().map(|(place, proposal)| issue(now, proposal, *place)).collect();
        json!({ "full_name": name, "files": files, "issues": issues })
    };
    let mut all = vec![
        json!({ "full_name": "kubevirt/sig-release", "files": schedules }),
        json!({ "full_name": CODE, "pulls": code }),
        json!({ "full_name": DOCS, "pulls": docs }),
        of_source("kubevirt/enhancements"),
        of_source("kubevirt/project-infra"),
    ];
    let empty = ["kubevirt/kubevirtci", "kubevirt/containerized-data-importer"];
    all.extend(empty.map(|name| json!({ "full_name": name })));
    all
}

/// The tracking issue, as the template has it, with two comments.
fn issue(now: DateTime<Utc>, proposal: &Proposal, place: u32) -> Value {
    let (repository, number, release) = (repository_of(proposal), proposal.key.number, proposal.release);
    let pull = |part: u32| {
        let name = if part + 1 < EACH { CODE } else { DOCS };
        format!("https://github.com/{name}/pull/{}", FIRST + place * EACH + part)
    };
    let code: Vec<_> = (0..EACH - 1).map(pull).collect();
    let owner = pick(&PEOPLE, number).unwrap_or("ada");
    let body = format!(
        "/assign @{owner}\n\n**Responsible SIGs**:\n\nPrimary SIG:\n/sig compute\n\n**Enhancement link**:\n\n\
         https://github.com/{repository}/blob/main/{}\n\n**Timeline**:\n\n\
         * Alpha release target (x.y): {}.{}\n\n* [ ] Alpha\n  * [ ] VEP PRs:\n  * [ ] Code PRs: {}\n  * [ ] Docs PRs: {}\n",
        proposal.path,
        release.major,
        release.minor,
        code.join(" "),
        pull(EACH - 1),
    );
    let title = format!("{} {number}: Lane budget {number}", proposal.key.source.to_uppercase());
    let at = |days: i64| now - TimeDelta::days(days) - TimeDelta::seconds(i64::from(number));
    let comment = |days, by, body| json!({ "act": "comment", "by": by, "at": at(days), "body": body });
    json!({
        "number": number, "title": title, "body": body, "author": owner, "created_at": at(120),
        "labels": ["kind/tracker", "sig/compute"], "assignees": [owner],
        "then": [
            comment(90, "ada", "Which lanes does this change?\n\n/sig compute"),
            comment(60, owner, "The periodic ones; the document says which."),
        ],
    })
}

/// A pull request: open and waiting on somebody, or reviewed and merged.
fn pull(now: DateTime<Utc>, proposal: &Proposal, number: u32, open: bool) -> Value {
    let author = pick(&PEOPLE, proposal.key.number).unwrap_or("ada");
    let reviewer = pick(&PEOPLE, number + 3).filter(|login| *login != author).unwrap_or("kofi");
    let age = if open { i64::from(number % 20) } else { 60 + i64::from(number % 20) };
    let at = |days: i64| now - TimeDelta::days(age - days) - TimeDelta::seconds(i64::from(number % 80_000));
    let mut then = vec![json!({ "act": "request_review", "by": author, "at": at(0), "reviewer": reviewer })];
    if !open {
        then.push(json!({ "act": "review", "by": reviewer, "at": at(1), "state": "APPROVED" }));
        then.push(json!({ "act": "merge", "by": reviewer, "at": at(2) }));
    }
    json!({
        "number": number, "title": format!("Lane budget {}: part {}", proposal.key.number, number % EACH + 1),
        "body": format!("Part of https://github.com/{}/issues/{}.", repository_of(proposal), proposal.key.number),
        "author": author, "created_at": at(0), "labels": ["size/M", "release-note"], "then": then,
    })
}
