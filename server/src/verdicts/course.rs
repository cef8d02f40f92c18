//! The course of a release: how many proposals had which status on the days of its cycle.
//!
//! Points are past ends of days, so what is drawn changes with facts and never with the clock. A proposal's course is
//! kept until something about it is learned.

use std::sync::{Arc, PoisonError};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{ReleaseVersion, Status, Subject, verdict};

use super::{Moment, ProposalRecord, ReleaseRecord, World};

/// Slugs of the statuses that a proposal had in a release, day by day.
#[derive(Debug, Clone)]
pub(super) struct Course {
    release: ReleaseVersion,
    days: Vec<NaiveDate>,
    slugs: Arc<Vec<Option<&'static str>>>,
}

/// Time between two points.
const STEP: TimeDelta = TimeDelta::days(7);

/// Most points of a course.
const MAX_POINTS: usize = 30;

impl World {
    /// Slugs of the statuses of all of a release's proposals on the days of its cycle up to the instant shown.
    pub fn counts_over_time(&self, release: ReleaseVersion, moment: Moment) -> Vec<(NaiveDate, Vec<&'static str>)> {
        let Some(record) = self.release(release) else { return Vec::new() };
        let days = self.days_of(record, moment.instant());
        let mut points: Vec<(NaiveDate, Vec<&'static str>)> = days.iter().map(|day| (*day, Vec::new())).collect();
        for proposal in self.proposals.values() {
            for ((_, all), slug) in points.iter_mut().zip(course(proposal, record, &days).iter()) {
                all.extend(slug);
            }
        }
        points
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
    let mut kept = proposal.course.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(course) = kept.as_ref().filter(|course| course.release == release.version && course.days == days) {
        return course.slugs.clone();
    }
    let takes_part =
        proposal.source.calendar == release.calendar && proposal.history.releases().contains(&release.version);
    let slug_on = |day: &NaiveDate| {
        let at = release.zone.end_of(*day);
        let dates = release.dates_at(at);
        let (source, history) = (&proposal.source, &proposal.history);
        let status = verdict(Subject { source, history, release: release.version, dates: &dates }, at).status;
        (status != Status::NotTargeted).then(|| status.slug())
    };
    let slugs: Vec<_> = days.iter().map(|day| if takes_part { slug_on(day) } else { None }).collect();
    let slugs = Arc::new(slugs);
    *kept = Some(Course { release: release.version, days: days.to_vec(), slugs: slugs.clone() });
    slugs
}
