//! Closed plans, and what has changed since (P-5).

use app::{
    features::plan::port::{Closing, Snapshot, SnapshotRow},
    features::shared::ProposalLink,
    port::PageError,
};
use domain::{Event, Planned, Recorded};

use super::Desk;
use crate::{verdicts::Row, web::views};

impl Desk<'_> {
    /// Every closing, newest first, and the one asked for, else the latest, compared with the instant shown.
    pub(super) fn closings(&self, asked: Option<i64>) -> Result<(Vec<Closing>, Option<Snapshot>), PageError> {
        let version = self.version();
        let decided = self.world.decided_on_source(&self.source.id).rev();
        let closed: Vec<(Closing, &[Planned])> = decided
            .filter(|recorded| recorded.happened_by(self.moment.instant()))
            .filter_map(|recorded| match &recorded.event {
                Event::PlanClosed { release, plan } if *release == version => Some((closing(recorded, plan), &**plan)),
                _ => None,
            })
            .collect();
        let shown = match asked {
            None => closed.first(),
            Some(id) => {
                let found = closed.iter().find(|(closing, _)| closing.event == id);
                let unknown = || PageError::NotFound(format!("A plan of {version} that was closed as number {id}"));
                Some(found.ok_or_else(unknown)?)
            }
        };
        let snapshot = shown.map(|(closing, plan)| self.snapshot(closing, plan, asked.is_some()));
        Ok((closed.into_iter().map(|(closing, _)| closing).collect(), snapshot))
    }

    fn snapshot(&self, closing: &Closing, plan: &[Planned], asked: bool) -> Snapshot {
        let here: Vec<&Row> =
            self.in_release().map(|(_, row)| &**row).filter(|row| row.source == self.source.id).collect();
        let rows = plan.iter().map(|planned| {
            let now = here.iter().find(|row| row.number == planned.number);
            now.map_or_else(|| self.gone(planned), |row| compared(row, planned.rank))
        });
        let planned = |row: &&&Row| !plan.iter().any(|planned| planned.number == row.number);
        let mut added: Vec<_> = here.iter().filter(|row| row.verdict.tracked).filter(planned).collect();
        added.sort_by_key(|row| (rank(row).unwrap_or(u32::MAX), row.number));
        Snapshot {
            closing: closing.clone(),
            asked,
            rows: rows.collect(),
            added: added.into_iter().map(|row| compared(row, None)).collect(),
        }
    }

    /// One that does not take part any more.
    fn gone(&self, planned: &Planned) -> SnapshotRow {
        let record = self.world.proposals.get(&(self.source.id.clone(), planned.number));
        let unknown = || ProposalLink {
            source: self.source.id.clone(),
            noun: self.source.noun.clone(),
            number: planned.number,
            title: String::new(),
        };
        SnapshotRow {
            proposal: record.map_or_else(unknown, |record| views::link(record)),
            rank: planned.rank,
            rank_now: None,
            status: None,
            words: format!("takes no part in {}", self.version()),
            tracked: false,
        }
    }
}

fn closing(recorded: &Recorded, plan: &[Planned]) -> Closing {
    Closing {
        event: recorded.id,
        at: recorded.occurred_at.unwrap_or(recorded.recorded_at),
        by: recorded.person().to_owned(),
        proposals: plan.len(),
    }
}

fn rank(row: &Row) -> Option<u32> {
    row.verdict.facts.accepted.and_then(|accepted| accepted.rank)
}

fn compared(row: &Row, then: Option<u32>) -> SnapshotRow {
    SnapshotRow {
        proposal: views::link_of(row),
        rank: then,
        rank_now: rank(row).filter(|_| row.verdict.tracked),
        status: Some(row.verdict.status),
        words: row.verdict.words.clone(),
        tracked: row.verdict.tracked,
    }
}
