//! The course of a release: how many proposals had which status on the days of its cycle.
//!
//! Points are past ends of days, so what is drawn changes with facts and never with the clock. A proposal's course is
//! kept until something about it is learned.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{ReleaseVersion, Status, Subject, verdict};

use super::{Moment, ProposalRecord, ReleaseRecord, World, world::locked};

/// Slugs of the statuses that a proposal had in a release, day by day.
#[derive(Debug, Clone)]
pub(super) struct Course {
    release: ReleaseVersion,
    days: Vec<NaiveDate>,
    slugs: Arc<Vec<Option<&'static str>>>,
}

/// How many of a release's proposals had which status, by its slug, on each of some days.
pub type DailyCounts = Vec<(NaiveDate, BTreeMap<&'static str, u32>)>;

/// The counts last asked for.
#[derive(Debug)]
pub(super) struct Chart {
    release: ReleaseVersion,
    days: Vec<NaiveDate>,
    counts: Arc<DailyCounts>,
}

/// Time between two points.
const STEP: TimeDelta = TimeDelta::days(7);

/// Most points of a course.
const MAX_POINTS: usize = 30;

impl World {
    /// How many of a release's proposals had which status on the days of its cycle up to the instant shown.
    pub fn counts_over_time(&self, release: ReleaseVersion, moment: Moment) -> Arc<DailyCounts> {
        let Some(record) = self.release(release) else { return Arc::default() };
        let days = self.days_of(record, moment.instant());
        let mut kept = locked(&self.chart);
        if let Some(chart) = kept.as_ref().filter(|chart| chart.release == release && chart.days == days) {
            return chart.counts.clone();
        }
        let mut counts: DailyCounts = days.iter().map(|day| (*day, BTreeMap::new())).collect();
        let takes_part = |proposal: &&Arc<ProposalRecord>| {
            proposal.source.calendar == record.calendar && proposal.named.contains(&release)
        };
        for proposal in self.proposals.values().filter(takes_part) {
            for ((_, by_slug), slug) in counts.iter_mut().zip(course(proposal, record, &days).iter()) {
                if let Some(slug) = slug {
                    *by_slug.entry(*slug).or_default() += 1;
                }
            }
        }
        let counts = Arc::new(counts);
        *kept = Some(Chart { release, days, counts: counts.clone() });
        counts
    }

    /// A day a week from GA of the release before, or else the Enhancement Freeze, to the instant shown, at most GA.
    fn days_of(&self, release: &ReleaseRecord, now: DateTime<Utc>) -> Vec<NaiveDate> {
        let dates = release.dates_at(now);
        let before = self.main_releases().take_while(|other| other.version < release.version).last();
        let began = before.and_then(|before| before.dates_at(now).ga).or(dates.enhancement_freeze);
        let last = dates.ga.map_or(now, |ga| ga.min(now));
        let Some(began) = began.filter(|began| *began < last) else { return Vec::new() };
        let mut days: Vec<NaiveDate> = std::iter::successors(Some(last), |at| at.checked_sub_signed(STEP))
            .take_while(|at| *at >= began)
            .take(MAX_POINTS)
            .map(|at| last_day_over(release, at))
            .collect();
        days.reverse();
        days
    }
}

/// The latest day that is over at an instant, in the zone of the release.
fn last_day_over(release: &ReleaseRecord, at: DateTime<Utc>) -> NaiveDate {
    let today = at.date_naive();
    let days = std::iter::successors(Some(today), NaiveDate::pred_opt);
    days.take(4).find(|day| release.zone.end_of(*day) <= at).unwrap_or(today)
}

fn course(proposal: &ProposalRecord, release: &ReleaseRecord, days: &[NaiveDate]) -> Arc<Vec<Option<&'static str>>> {
    let mut kept = locked(&proposal.course);
    if let Some(course) = kept.as_ref().filter(|course| course.release == release.version && course.days == days) {
        return course.slugs.clone();
    }
    let slug_on = |day: &NaiveDate| {
        let at = release.zone.end_of(*day);
        let dates = release.dates_at(at);
        let (source, history) = (&proposal.source, &proposal.history);
        let status = verdict(Subject { source, history, release: release.version, dates: &dates }, at).status;
        (status != Status::NotTargeted).then(|| status.slug())
    };
    let slugs: Arc<Vec<_>> = Arc::new(days.iter().map(slug_on).collect());
    *kept = Some(Course { release: release.version, days: days.to_vec(), slugs: slugs.clone() });
    slugs
}
