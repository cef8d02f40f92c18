//! Reading the table: what happens when, and what is expected when.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Decision, DocumentStatus, Event, Freeze, PullKind, PullState, RetargetReason, Rule, Terms};

use crate::{
    support::{self, NEXT, V, World, on},
    table::{TABLE, USUAL},
};

/// Something that happens to a proposal.
pub struct Step {
    pub at: DateTime<Utc>,
    pub words: Vec<&'static str>,
}

/// From an instant on.
pub struct Expected {
    pub from: DateTime<Utc>,
    pub row: u8,
    pub words: &'static str,
}

pub struct Proposal {
    pub number: u32,
    pub name: &'static str,
    pub story: Vec<Step>,
    /// For v1.10, and for v1.11 where it says something.
    pub expected: [Vec<Expected>; 2],
}

/// "100" is 06:00 of the day, "100*" its noon, "100+5" 06:05.
fn instant(text: &str) -> DateTime<Utc> {
    let day = |text: &str| on(text.parse().unwrap()) - TimeDelta::hours(6);
    match (text.strip_suffix('*'), text.split_once('+')) {
        (Some(noon), _) => day(noon) + TimeDelta::hours(6),
        (_, Some((text, minutes))) => day(text) + TimeDelta::minutes(minutes.parse().unwrap()),
        _ => day(text),
    }
}

fn parts(line: &'static str, usual: &'static str) -> Vec<(&'static str, &'static str)> {
    let parts = line.split(';').map(str::trim);
    let parts = parts.flat_map(|part| if part == "usual" { usual.split(';').collect() } else { vec![part] });
    parts.map(|part| part.trim().split_once(' ').unwrap()).collect()
}

pub fn proposals() -> Vec<Proposal> {
    let mut all: Vec<Proposal> = Vec::new();
    for line in TABLE.lines().filter(|line| !line.is_empty()) {
        let (mark, rest) = line.split_once(' ').unwrap();
        if let Ok(number) = mark.parse() {
            all.push(Proposal { number, name: rest, story: Vec::new(), expected: [Vec::new(), Vec::new()] });
            continue;
        }
        let proposal = all.last_mut().unwrap();
        if mark == ">" {
            let steps = parts(rest, USUAL.0).into_iter();
            proposal.story.extend(steps.map(|(at, what)| Step { at: instant(at), words: what.split(' ').collect() }));
            continue;
        }
        let place = ["=", "+"].iter().position(|known| *known == mark).unwrap_or_else(|| panic!("{line}"));
        for (from, status) in parts(rest, USUAL.1) {
            let (row, words) = status.trim_start_matches('[').split_once("] ").unwrap_or_else(|| panic!("{line}"));
            proposal.expected[place].push(Expected { from: instant(from), row: row.parse().unwrap(), words });
        }
    }
    for proposal in &all {
        assert!(proposal.story.is_sorted_by_key(|step| step.at), "{}", proposal.number);
        assert!(
            proposal.expected.iter().all(|all| all.is_sorted_by_key(|expected| expected.from)),
            "{}",
            proposal.number
        );
    }
    all
}

/// What is known or decided.
pub enum Happening {
    Document(Box<domain::DocumentReading>),
    Fact(Event),
    Decision {
        person: &'static str,
        decision: Decision,
    },
    /// Of what happened last.
    Undo {
        person: &'static str,
    },
}

fn state(word: &str) -> PullState {
    match word {
        "open" => PullState::Open,
        "merged" => PullState::Merged,
        other => panic!("{other}"),
    }
}

pub fn happening(words: &[&'static str]) -> Happening {
    let fact = Happening::Fact;
    let document = |reading| Happening::Document(Box::new(reading));
    match words {
        ["doc"] => document(support::document()),
        ["doc", "nobody"] => {
            let (reviewers, approvers) = (Vec::new(), Vec::new());
            document(domain::DocumentReading { reviewers, approvers, ..support::document() })
        }
        ["doc", "next"] => {
            let reading = domain::TargetReading::Version(NEXT);
            let targets = vec![support::target(domain::Stage::Alpha, reading)];
            document(domain::DocumentReading { targets, ..support::document() })
        }
        ["doc", "deferred"] => document(support::with_status(DocumentStatus::Deferred)),
        ["doc", "implementable"] => document(support::with_status(DocumentStatus::Implementable)),
        ["issue"] => fact(support::issue()),
        ["pr", number, word] => fact(support::code(number.parse().unwrap(), state(word))),
        ["docs", word] => fact(support::docs(6, state(word))),
        ["bug", word] => fact(support::bug(3, *word == "open", "priority/critical-urgent")),
        ["read"] => fact(Event::RepositoriesRead),
        ["landed", pull] => fact(support::landing(pull.parse().unwrap(), "release-1.10", true)),
        ["unlanded", pull] => fact(support::landing(pull.parse().unwrap(), "release-1.10", false)),
        [person, "undo"] => Happening::Undo { person },
        [person, rest @ ..] => Happening::Decision { person, decision: decision(rest) },
        [] => panic!("nothing happens"),
    }
}

fn decision(words: &[&str]) -> Decision {
    let reason = || "because".to_owned();
    let request = |text: &str| text.parse().unwrap();
    match words {
        ["accept"] => Decision::Accept { release: V, rank: None },
        ["accept", rank] => Decision::Accept { release: V, rank: Some(rank.parse().unwrap()) },
        ["accept-next"] => Decision::Accept { release: NEXT, rank: None },
        ["rank", rank] => Decision::Rank { release: V, rank: Some(rank.parse().unwrap()) },
        ["commit"] => Decision::Commit { release: V, on: None },
        ["assign"] => Decision::Assign { reviewers: vec!["bob".to_owned()], approvers: vec!["cyd".to_owned()] },
        ["retarget"] => {
            let reason = RetargetReason::NoConvergence;
            Decision::Retarget { release: V, to: NEXT, reason, sentence: String::new() }
        }
        ["defer"] => Decision::Defer { reason: reason() },
        ["reject"] => Decision::Reject { reason: reason() },
        ["withdraw"] => Decision::Withdraw { reason: reason() },
        ["replace", by] => Decision::Replace { by: by.parse().unwrap(), reason: reason() },
        ["deprecate"] => Decision::Deprecate { reason: reason() },
        ["remove"] => Decision::Remove { release: V, reason: reason() },
        ["readmit"] => Decision::Readmit { release: V, reason: reason() },
        ["handover", to] => Decision::HandOver { to: (*to).to_owned() },
        ["nodocs"] => Decision::NoDocsNeeded { release: V, reason: reason() },
        ["nothing"] => Decision::NothingToMerge { release: V, reason: reason() },
        ["waive", "implementation"] => Decision::Waive { release: V, rule: Rule::Implementation, reason: reason() },
        ["classify", number] => {
            let repository = "kubevirt/project-infra".to_owned();
            let kind = PullKind::Unrelated;
            Decision::Classify { release: V, repository, number: number.parse().unwrap(), kind }
        }
        ["sign", line] => Decision::SignLine { release: V, line: (*line).to_owned(), statement: "seen".to_owned() },
        ["acknowledge"] => Decision::Acknowledge {},
        ["ask", freeze, time @ ..] => Decision::Ask(Terms {
            release: V,
            freeze: Freeze::BOTH.into_iter().find(|known| known.short() == *freeze),
            justification: reason(),
            time: time.join(" "),
            impact: reason(),
            covers: Vec::new(),
        }),
        ["file", text] => Decision::File { request: request(text), thread: "https://groups.example/t/1".to_owned() },
        ["review", text] => Decision::Review { request: request(text) },
        ["askmore", text] => Decision::AskMore { request: request(text), question: "Which lanes?".to_owned() },
        ["answer", text] => Decision::Answer { request: request(text), answer: "All.".to_owned() },
        ["grant", text, time @ ..] => {
            Decision::Grant { request: request(text), until: time.join(" "), reason: reason() }
        }
        ["extend", text, time @ ..] => {
            Decision::Extend { request: request(text), until: time.join(" "), reason: reason() }
        }
        ["deny", text] => Decision::Deny { request: request(text), reason: reason() },
        ["takeback", text] => Decision::TakeBack { request: request(text) },
        other => panic!("nobody knows how to {other:?}"),
    }
}

/// A proposal of which nothing is known, with its own number.
pub fn unborn(number: u32) -> World {
    let mut world = World::new();
    world.history.number = number;
    world
}
