//! Until when a verdict holds.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    court::Court,
    risk::{RISK_DAYS, lag},
};
use crate::Freeze;

impl Court<'_, '_> {
    /// The next instant at which time alone can change the verdict, with what is in the log already.
    ///
    /// It may name an instant at which nothing changes, never miss one at which something does. The sentences of a
    /// verdict count days, so days that are counted end it too.
    pub fn valid_until(&self) -> Option<DateTime<Utc>> {
        let dates = self.subject.dates;
        let grants = Freeze::BOTH.map(|freeze| self.participation.requests.grant_end(freeze));
        let [ef_grant, cf_grant] = grants;
        let deadlines = [dates.enhancement_freeze, dates.code_freeze, ef_grant, cf_grant];
        let countdown = deadlines.into_iter().flatten().flat_map(days_before);
        let waits = self.open_pulls().filter_map(|pull| pull.waiting_since);
        let ages = waits.flat_map(|since| [since.checked_add_signed(lag()), self.next_birthday(since)]).flatten();
        let events = self.subject.history.events.iter().filter_map(|recorded| recorded.occurred_at);
        let versions = self.subject.history.documents.iter().filter_map(|version| version.occurred_at);
        [dates.thaw, dates.ga]
            .into_iter()
            .flatten()
            .chain(countdown)
            .chain(ages)
            .chain(events)
            .chain(versions)
            .filter(|instant| *instant > self.now)
            .min()
    }

    /// When something that began, or begins, at `since` is a day older than now.
    fn next_birthday(&self, since: DateTime<Utc>) -> Option<DateTime<Utc>> {
        since.checked_add_signed(TimeDelta::days((self.now - since).num_days().max(0) + 1))
    }
}

/// A deadline and the days before it that are counted.
fn days_before(deadline: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    (0..=RISK_DAYS).filter_map(move |days| deadline.checked_sub_signed(TimeDelta::days(days)))
}
