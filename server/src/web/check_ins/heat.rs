//! The check-ins of a release, week by week.

use app::{
    features::{
        check_ins::port::{HeatCell, HeatRow, HeatView},
        shared::Tally,
    },
    port::PageError,
    query::{At, ReleaseChoice},
};
use chrono::{DateTime, Utc};
use domain::{
    Event, Known, ReleaseDates, ReleaseVersion, Week,
    check_in::{CheckIn, check_ins, weeks},
};

use crate::{
    verdicts::{ProposalRecord, Row, World},
    web::{ports::chosen, views},
};

/// The heat map of a release: from the first acceptance or check-in to now, or to general availability.
///
/// # Errors
/// When the release is not known.
pub fn heat(world: &World, choice: ReleaseChoice, at: At, now: DateTime<Utc>) -> Result<HeatView, PageError> {
    let moment = views::moment(at, now);
    let version = chosen(world, choice, moment)?;
    let release = world.release(version).ok_or_else(|| PageError::NotFound(format!("Release {version}")))?;
    let now = moment.instant();
    let dates = release.dates_at(now);
    let rows = views::rows_in(&world.rows(moment), version);
    let tracked = rows.iter().filter(|row| row.verdict.tracked).count();
    let tally = Tally { release: version, tracked, named: rows.len() };
    let known: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let record = world.proposals.get(&(row.source.clone(), row.number))?;
            Course::of(record, row, &dates, now)
        })
        .collect();
    let first = known.iter().filter_map(Course::first).min();
    let weeks = first.map(|first| weeks(None, first.begins(), now, dates.ga)).unwrap_or_default();
    let rows = known.iter().map(|course| course.row(&weeks)).collect();
    let (releases, present) = (spoken(world, now), Week::of(now));
    Ok(HeatView { release: version, dates, releases, present, weeks, tally, rows })
}

/// The weeks of a participation in which it was spoken about or had to be, oldest first.
pub fn weeks_of(world: &World, record: &ProposalRecord, row: &Row, now: DateTime<Utc>) -> Vec<(Week, HeatCell)> {
    let dates = world.dates_of(record, row.verdict.release, now);
    let Some(course) = Course::of(record, row, &dates, now) else { return Vec::new() };
    let first = course.first().map(Week::begins);
    let weeks = first.map(|first| weeks(None, first, now, dates.ga)).unwrap_or_default();
    let cells = weeks.into_iter().map(|week| (week, course.cell(week)));
    cells.filter(|(_, cell)| *cell != HeatCell::Out).collect()
}

/// Releases in which anybody checked in, newest first.
fn spoken(world: &World, now: DateTime<Utc>) -> Vec<ReleaseVersion> {
    let events = world.proposals.values().flat_map(|record| &record.history.events);
    let mut all: Vec<_> = events
        .filter_map(|recorded| match recorded.event {
            Event::CheckedIn { release, .. } if recorded.happened_by(now) => Some(release),
            _ => None,
        })
        .chain(world.current(now))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.reverse();
    all
}

/// What became of a participation, as far as check-ins are concerned.
struct Course<'a> {
    record: &'a ProposalRecord,
    row: &'a Row,
    check_ins: std::collections::BTreeMap<Week, CheckIn>,
    accepted: Option<Week>,
    /// Whether it left the race at some time, so that each week has to be looked at by itself.
    ended: bool,
    dates: &'a ReleaseDates,
    now: DateTime<Utc>,
}

impl<'a> Course<'a> {
    /// None for what was never tracked and never spoken about.
    fn of(record: &'a ProposalRecord, row: &'a Row, dates: &'a ReleaseDates, now: DateTime<Utc>) -> Option<Self> {
        let known = record.history.at(now);
        let check_ins = check_ins(&known, row.verdict.release);
        if check_ins.is_empty() && !row.verdict.tracked {
            return None;
        }
        let accepted = first_acceptance(&known, row.verdict.release);
        let ended = known.events.iter().any(|recorded| {
            matches!(
                recorded.event,
                Event::Retargeted { .. }
                    | Event::Removed { .. }
                    | Event::Deferred { .. }
                    | Event::Rejected { .. }
                    | Event::Withdrawn { .. }
                    | Event::Replaced { .. }
                    | Event::Deprecated { .. }
            )
        });
        Some(Self { record, row, check_ins, accepted, ended: ended || !row.verdict.tracked, dates, now })
    }

    fn first(&self) -> Option<Week> {
        self.check_ins.keys().next().copied().into_iter().chain(self.accepted).min()
    }

    fn row(&self, weeks: &[Week]) -> HeatRow {
        HeatRow {
            proposal: views::link(self.record),
            status: self.row.verdict.status,
            words: self.row.verdict.words.clone(),
            cells: weeks.iter().map(|week| self.cell(*week)).collect(),
        }
    }

    fn cell(&self, week: Week) -> HeatCell {
        match self.check_ins.get(&week) {
            Some(check_in) => HeatCell::Spoken(check_in.clone()),
            None if self.tracked_in(week) => HeatCell::Gap,
            None => HeatCell::Out,
        }
    }

    /// Whether it was tracked when the week ended, or is now.
    fn tracked_in(&self, week: Week) -> bool {
        if self.accepted.is_none_or(|accepted| week < accepted) {
            return false;
        }
        if !self.ended {
            return true;
        }
        let then = self.now.min(week.ends());
        self.record.history.at(then).participation(self.row.verdict.release, self.dates).tracked()
    }
}

/// The week of the first acceptance. One whose time is unknown counts from the week it was learned.
fn first_acceptance(known: &Known<'_>, version: ReleaseVersion) -> Option<Week> {
    let accepted = known
        .events
        .iter()
        .filter(|recorded| matches!(recorded.event, Event::Accepted { release, .. } if release == version));
    accepted.map(|recorded| Week::of(recorded.occurred_at.unwrap_or(recorded.recorded_at))).min()
}
