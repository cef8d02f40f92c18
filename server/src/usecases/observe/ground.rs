//! What belonging is judged by: every proposal with its links and targets, and what people said.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    Claimant, Classified, Event, Ground, Known, ProposalKey, Pull, PullKey, Recorded, ReleaseDates, ReleaseVersion,
    Stage,
};

use crate::{
    store::github::repository::CodeRepository,
    verdicts::{ProposalRecord, World},
};

/// Labels that mark the fix of a bug.
const BUG: &str = "kind/bug";

/// Everything that belonging is judged by, owned.
pub(super) struct Basis<'w> {
    pub claimants: Vec<Claimant>,
    redirects: BTreeMap<ProposalKey, u32>,
    classified: Vec<Classified>,
    releases: Vec<(ReleaseVersion, ReleaseDates)>,
    pub current: Option<ReleaseVersion>,
    docs: Vec<String>,
    bug_labels: Vec<String>,
    /// What the log says last of each pull request, by proposal.
    pub known: HashMap<PullKey, Vec<(ProposalKey, &'w Recorded, &'w Pull)>>,
}

impl<'w> Basis<'w> {
    /// Collects it.
    pub fn new(world: &'w World, code: Vec<CodeRepository>, now: DateTime<Utc>) -> Self {
        let calendar = world.main_calendar().map(|calendar| calendar.id.clone()).unwrap_or_default();
        let releases = world.releases.values().filter(|release| release.calendar == calendar);
        let mut basis = Self {
            claimants: Vec::with_capacity(world.proposals.len()),
            redirects: BTreeMap::new(),
            classified: Vec::new(),
            releases: releases.map(|release| (release.version, release.dates_at(now))).collect(),
            current: world.current(now),
            docs: code.into_iter().filter(|code| code.docs).map(|code| code.name).collect(),
            bug_labels: vec![BUG.to_owned()],
            known: HashMap::new(),
        };
        for ((source, number), record) in &world.proposals {
            let key = ProposalKey { source: source.clone(), number: *number };
            basis.claimants.push(claimant(&key, record, now));
            basis.learn(&key, record);
        }
        basis
    }

    /// As the rules want it.
    pub fn ground(&self) -> Ground<'_> {
        Ground {
            claimants: &self.claimants,
            redirects: &self.redirects,
            classified: &self.classified,
            releases: &self.releases,
            current: self.current,
            docs_repositories: &self.docs,
            bug_labels: &self.bug_labels,
        }
    }

    /// Latest word on each pull request, and what people said of them.
    fn learn(&mut self, key: &ProposalKey, record: &'w ProposalRecord) {
        let undone: Vec<i64> = record
            .history
            .events
            .iter()
            .filter_map(|recorded| match recorded.event {
                Event::Undone { event } => Some(event),
                _ => None,
            })
            .collect();
        for recorded in &record.history.events {
            match &recorded.event {
                Event::PullObserved(pull) => {
                    let pull_key = PullKey { repository: pull.repository.clone(), number: pull.number };
                    let known = self.known.entry(pull_key).or_default();
                    known.retain(|(proposal, _, _)| proposal != key);
                    known.push((key.clone(), recorded, pull));
                }
                Event::PullClassified { repository, number, kind, release } if !undone.contains(&recorded.id) => {
                    self.classified.push(Classified {
                        proposal: key.clone(),
                        pull: PullKey { repository: repository.clone(), number: *number },
                        kind: *kind,
                        release: *release,
                        at: recorded.occurred_at,
                        event: recorded.id,
                    });
                }
                Event::IssueGone { moved_to: Some(to) } => self.redirect(key, record, to),
                _ => {}
            }
        }
    }

    /// A transferred issue has a new number in the same repository, or is somebody else's.
    fn redirect(&mut self, key: &ProposalKey, record: &ProposalRecord, to: &str) {
        let Some((path, number)) = to.rsplit_once('/') else { return };
        if let (true, Ok(number)) = (path.contains(&record.source.repository), number.parse()) {
            self.redirects.insert(key.clone(), number);
        }
    }
}

fn claimant(key: &ProposalKey, record: &ProposalRecord, now: DateTime<Utc>) -> Claimant {
    let known = record.history.at(now);
    let path = known.document.map(|document| document.path.as_str());
    Claimant {
        key: key.clone(),
        noun: record.source.noun.clone(),
        repository: record.source.repository.clone(),
        directory: path.and_then(|path| path.rsplit_once('/')).map(|(directory, _)| directory.to_owned()),
        links: known.issue.map(|issue| issue.links.to_vec()).unwrap_or_default(),
        targets: targets(record, &known),
    }
}

/// The effective targets: what a retarget says, else document and issue (P-15).
fn targets(record: &ProposalRecord, known: &Known<'_>) -> Vec<(Stage, ReleaseVersion)> {
    let moved: Vec<(ReleaseVersion, ReleaseVersion)> = known
        .events
        .iter()
        .filter_map(|recorded| match recorded.event {
            Event::Retargeted { from, to, .. } => Some((from, to)),
            _ => None,
        })
        .collect();
    let stated =
        record.named.iter().flat_map(|release| known.stages(*release).into_iter().map(|stage| (stage, *release)));
    let effective = |release| moved.iter().fold(release, |at, (from, to)| if at == *from { *to } else { at });
    stated.map(|(stage, release)| (stage, effective(release))).collect()
}
