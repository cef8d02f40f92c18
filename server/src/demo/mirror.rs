//! What GitHub would show besides, in the demo world: documents in open pull requests, and tags and branches of releases.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Stage;

use super::{
    calendar::{Calendar, When},
    documents::{Boxes, Heading, Paper},
    phrases::Kind,
};

/// A document in an open pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoCandidate {
    /// `cep` or `vep`.
    pub source: &'static str,
    /// Number of the pull request.
    pub pull: u32,
    /// Path in the repository.
    pub path: String,
    /// The text.
    pub text: String,
    /// Title of the pull request.
    pub title: String,
    /// Login of who opened it.
    pub author: &'static str,
    /// Whether it is a draft.
    pub draft: bool,
    /// When it was read.
    pub read_at: DateTime<Utc>,
}

/// A tag or branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoReference {
    /// `tags/v1.10.0`, `heads/release-1.10`.
    pub name: String,
    /// When it was made.
    pub at: DateTime<Utc>,
}

/// Three that are no proposals yet, and a change of one that is.
pub fn candidates(calendar: &Calendar) -> Vec<DemoCandidate> {
    vec![
        DemoCandidate {
            source: "cep",
            pull: 5161,
            path: "docs/ci-enhancements/NNNN-log-search/cep.md".to_owned(),
            text: Paper {
                people: people("freya-demo", "@bruno-demo", "TBD"),
                targets: vec![(Stage::Alpha, "v1.11".to_owned())],
                unfilled: &["Graduation Requirements", "Scalability"],
                heading: Heading::Bare,
                ..paper(
                    "CEP",
                    0,
                    "Search the logs of all lanes",
                    Kind::Observe,
                    include_str!("texts/candidate-logs.md"),
                )
            }
            .write(),
            title: "Add CEP: Search the logs of all lanes".to_owned(),
            author: "freya-demo",
            draft: false,
            read_at: calendar.at(When::Ago(2), 41),
        },
        DemoCandidate {
            source: "cep",
            pull: 5158,
            path: "docs/ci-enhancements/5158-lane-budget/cep.md".to_owned(),
            text: Paper {
                people: people("rosa-demo", "@tove-demo", "@samir-demo"),
                targets: vec![(Stage::Single, "v1.12".to_owned())],
                ..paper("CEP", 5158, "A budget for every lane", Kind::Prow, include_str!("texts/candidate-budget.md"))
            }
            .write(),
            title: "CEP 5158: A budget for every lane".to_owned(),
            author: "emil-demo",
            draft: true,
            read_at: calendar.at(When::Ago(6), 17),
        },
        DemoCandidate {
            source: "vep",
            pull: 341,
            path: "veps/sig-storage/NNNN-snapshot-hooks/vep.md".to_owned(),
            text: Paper {
                people: people("suki-demo", "@marek-demo", "@gwen-demo"),
                targets: vec![(Stage::Alpha, "v1.11".to_owned()), (Stage::Beta, "TBD".to_owned())],
                heading: Heading::Bare,
                ..paper("VEP", 0, "Hooks around snapshots", Kind::Provider, include_str!("texts/candidate-hooks.md"))
            }
            .write(),
            title: "Add VEP: Hooks around snapshots".to_owned(),
            author: "suki-demo",
            draft: false,
            read_at: calendar.at(When::Ago(1), 9),
        },
        DemoCandidate {
            source: "cep",
            pull: 5164,
            path: "docs/ci-enhancements/5135-hardware-inventory/cep.md".to_owned(),
            text: Paper {
                people: people("freya-demo", "@tove-demo", "@levi-demo"),
                targets: vec![(Stage::Alpha, "v1.11".to_owned())],
                ..paper("CEP", 5135, "Hardware inventory as code", Kind::Provider, include_str!("texts/cep-5135.md"))
            }
            .write(),
            title: "CEP 5135: name an approver".to_owned(),
            author: "freya-demo",
            draft: false,
            read_at: calendar.at(When::Ago(1), 23),
        },
    ]
}

fn people(owner: &str, reviewers: &str, approvers: &str) -> Vec<String> {
    vec![format!("- Owner: @{owner}"), format!("- Reviewers: {reviewers}"), format!("- Approvers: {approvers}")]
}

fn paper(noun: &'static str, number: u32, title: &'static str, kind: Kind, text: &str) -> Paper {
    let repository = if noun == "CEP" { super::story_facts::INFRA } else { super::story_facts::ENHANCEMENTS };
    Paper {
        noun,
        repository,
        number,
        title,
        heading: Heading::Hash,
        boxes: Boxes::Agreeing,
        front_matter: "",
        people: Vec::new(),
        targets: Vec::new(),
        struck: &[],
        text: text.to_owned(),
        kind,
        repositories: vec![repository],
        history: Vec::new(),
        left_out: &[],
        unfilled: &[],
    }
}

/// What was made of what the schedules planned by now: mostly on the day, some of it not.
pub fn references(calendar: &Calendar) -> Vec<DemoReference> {
    let mut all: Vec<_> = calendar
        .planned_references()
        .into_iter()
        .enumerate()
        .map(|(place, (name, day))| {
            let late = match place % 7 {
                2 => 2,
                4 => 1,
                5 => -1,
                _ => 0,
            };
            let at = day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::days(late) + TimeDelta::hours(15);
            DemoReference { name, at }
        })
        .collect();
    let again = all.iter().find(|made| made.name == "tags/v1.9.0-rc.1").map(|rc| rc.at + TimeDelta::days(4));
    all.extend(again.map(|at| DemoReference { name: "tags/v1.9.0-rc.2".to_owned(), at }));
    all.retain(|made| made.at <= calendar.now());
    all
}
