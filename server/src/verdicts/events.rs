//! What the log says besides the verdicts: requests for exceptions by their address, and what was decided about sources
//! as a whole.

use std::collections::BTreeMap;

use domain::{Event, Recorded, ReleaseVersion};

use super::{ProposalRecord, World};

/// Where a request for an exception belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionKey {
    /// Source of the proposal.
    pub source: String,
    /// Number of the proposal.
    pub number: u32,
    /// Number of the request within the proposal.
    pub request: u32,
    /// The release.
    pub release: ReleaseVersion,
}

/// Every request that was ever sent, by its address: the position in the log at which it was sent.
pub(super) fn exceptions<'a>(
    proposals: impl Iterator<Item = (&'a (String, u32), &'a ProposalRecord)>,
) -> BTreeMap<i64, ExceptionKey> {
    let mut all = BTreeMap::new();
    for ((source, number), record) in proposals {
        for recorded in &record.history.events {
            if let Event::ExceptionSent { request, release, .. } = recorded.event {
                let key = ExceptionKey { source: source.clone(), number: *number, request, release };
                all.insert(recorded.id, key);
            }
        }
    }
    all
}

impl World {
    /// What was decided about a source as a whole, oldest first; what was undone is left out.
    pub fn decided_on_source(&self, source: &str) -> impl DoubleEndedIterator<Item = &Recorded> {
        let events = self.source_events.get(source).map(Vec::as_slice).unwrap_or_default();
        let undone: Vec<i64> = events
            .iter()
            .filter_map(|recorded| match recorded.event {
                Event::Undone { event } => Some(event),
                _ => None,
            })
            .collect();
        events.iter().filter(move |recorded| {
            let undo = matches!(recorded.event, Event::Undone { .. });
            recorded.event.is_decision() && !undo && !undone.contains(&recorded.id)
        })
    }

    /// Lines that the SIG added to the post-freeze checklist of a release: key and text (P-14).
    pub fn extra_lines(&self, source: &str, release: ReleaseVersion) -> Vec<(String, String)> {
        let mut lines: Vec<(String, String)> = Vec::new();
        for recorded in self.decided_on_source(source) {
            match &recorded.event {
                Event::ChecklistLineAdded { release: r, line, text } if *r == release => {
                    lines.push((line.clone(), text.clone()));
                }
                Event::ChecklistLineRemoved { release: r, line } if *r == release => {
                    lines.retain(|(key, _)| key != line);
                }
                _ => {}
            }
        }
        lines
    }

    /// Position of the latest decision about the part of a source's proposals in a release, plans included: what
    /// somebody who orders or closes the plan has to have seen.
    pub fn latest_on_plan(&self, source: &str, release: ReleaseVersion) -> i64 {
        let concerns = |recorded: &&Recorded| {
            recorded.event.is_decision()
                && match &recorded.event {
                    Event::Retargeted { from, to, .. } => *from == release || *to == release,
                    Event::Accepted { release: r, .. }
                    | Event::Ranked { release: r, .. }
                    | Event::Removed { release: r, .. }
                    | Event::Readmitted { release: r, .. }
                    | Event::PlanClosed { release: r, .. } => *r == release,
                    Event::Deferred { .. }
                    | Event::Rejected { .. }
                    | Event::Withdrawn { .. }
                    | Event::Replaced { .. }
                    | Event::Deprecated { .. }
                    | Event::Undone { .. } => true,
                    _ => false,
                }
        };
        let records = self.proposals.iter().filter(|((id, _), _)| id == source).map(|(_, record)| record);
        let own = records.flat_map(|record| &record.history.events);
        let whole = self.source_events.get(source).into_iter().flatten();
        own.chain(whole).filter(concerns).map(|recorded| recorded.id).max().unwrap_or(0)
    }
}

impl ProposalRecord {
    /// Position of the latest decision, whatever became of it: what somebody who decides has to have seen. 0 for none.
    pub fn latest_decision_id(&self) -> i64 {
        let decisions = self.history.events.iter().rev().filter(|recorded| recorded.event.is_decision());
        decisions.map(|recorded| recorded.id).next().unwrap_or(0)
    }
}
