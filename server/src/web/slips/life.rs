//! The life of a proposal across releases: its rows, its moves, when each release accepted it.

use std::collections::BTreeMap;

use app::features::slips::port::MoveView;
use chrono::{DateTime, Utc};
use domain::{
    Event, Known, ReleaseDates, ReleaseVersion,
    slip::{Fate, Move, Standing, Stay, biography, long_stays},
};

use crate::verdicts::{Moment, ProposalRecord, Row, Rows, World};

/// A proposal across releases.
pub struct Life<'w> {
    /// The proposal.
    pub record: &'w ProposalRecord,
    /// Its rows at the instant shown.
    pub rows: Rows,
    /// How it moved, oldest move first.
    pub moves: Vec<Move>,
    /// Releases that ever accepted it, with the time of the first acceptance; none where that is unknown.
    pub accepted: BTreeMap<ReleaseVersion, Option<DateTime<Utc>>>,
}

/// The lives of all proposals of a calendar, in the order of their keys.
pub fn lives<'w>(world: &'w World, calendar: &str, moment: Moment) -> Vec<Life<'w>> {
    let records = world.proposals.values().filter(|record| record.source.calendar == calendar);
    records.map(|record| Life::of(world, record, &record.history.at(moment.instant()), moment)).collect()
}

impl<'w> Life<'w> {
    /// Of one proposal, of which so much is known.
    pub fn of(world: &World, record: &'w ProposalRecord, known: &Known<'_>, moment: Moment) -> Self {
        let rows = world.rows_of(record, moment);
        let dates = |release| world.dates_of(record, release, moment.instant());
        let standing = |row: &Row| {
            row.release.map(|release| Standing { release, status: row.verdict.status, dates: dates(release) })
        };
        let standings: Vec<_> = rows.iter().filter_map(|row| standing(row)).collect();
        let mut accepted = BTreeMap::new();
        for recorded in &known.events {
            if let Event::Accepted { release, .. } = recorded.event {
                accepted.entry(release).or_insert(recorded.occurred_at);
            }
        }
        Self { record, moves: biography(known, &standings), rows, accepted }
    }

    /// Its row in a release.
    pub fn row(&self, release: ReleaseVersion) -> Option<&Row> {
        self.rows.iter().find(|row| row.release == Some(release)).map(|row| &**row)
    }

    /// How it left a release the last time.
    pub fn left(&self, release: ReleaseVersion) -> Option<&Move> {
        self.moves.iter().rev().find(|told| told.from == release)
    }

    /// What became of it in a release.
    pub fn fate(&self, release: ReleaseVersion) -> Fate {
        Fate::of(self.row(release).map(|row| &row.verdict.status), self.left(release))
    }

    /// Whether it was accepted before the Enhancement Freeze; without a date of that, whether it ever was.
    pub fn accepted_in_time(&self, release: ReleaseVersion, dates: &ReleaseDates) -> bool {
        self.accepted.get(&release).is_some_and(|at| at.zip(dates.enhancement_freeze).is_none_or(|(at, ef)| at <= ef))
    }

    /// The owning SIG.
    pub fn sig(&self) -> &str {
        self.rows.first().map_or(domain::NO_SIG, |row| row.sig.as_str())
    }

    /// Stages that last longer than the rule of thumb says.
    pub fn stays(&self, world: &World, moment: Moment) -> Vec<Stay> {
        let parts: Vec<_> = self
            .rows
            .iter()
            .filter_map(|row| row.release.map(|release| (release, &*row.verdict.stages, self.fate(release))))
            .collect();
        let of_calendar = |release: &&(String, ReleaseVersion)| release.0 == self.record.source.calendar;
        let calendar: Vec<_> = world.releases.keys().filter(of_calendar).map(|(_, release)| *release).collect();
        long_stays(&parts, &calendar, world.current(moment.instant()))
    }
}

/// A move as pages show it.
pub fn move_view(told: &Move) -> MoveView {
    MoveView {
        from: told.from,
        to: told.to,
        why: told.cause.words(),
        at: told.at,
        who: told.who.clone(),
        decision: told.decision,
        link: told.link.clone(),
        slip: told.is_slip(),
    }
}
