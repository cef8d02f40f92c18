//! What the release team owes the list (P-26).

use chrono::{DateTime, Utc};
use domain::{Announcement, ReleaseVersion};

use super::World;

/// An announcement that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Calendar of the release.
    pub calendar: String,
    /// The release.
    pub release: ReleaseVersion,
    /// Which text.
    pub what: Announcement,
    /// Since when it can be sent.
    pub from: Option<DateTime<Utc>>,
    /// The instant at which it is, or was, due.
    pub since: DateTime<Utc>,
}

impl World {
    /// Announcements of the main calendar that can be sent, have to be, and were not; those of releases that are out are
    /// nobody's business any more.
    pub fn announcements_due(&self, now: DateTime<Utc>) -> Vec<Due> {
        let mut all = Vec::new();
        for release in self.main_releases() {
            let dates = release.dates_at(now);
            let takes_part = self.proposals.values().any(|record| record.named.contains(&release.version));
            for what in Announcement::ALL.into_iter().filter(|_| takes_part && !dates.released(now)) {
                let from = what.from(&dates);
                let Some(since) = what.overdue_at(&dates).filter(|_| from.is_some_and(|from| from <= now)) else {
                    continue;
                };
                let told = self.announced.iter().any(|known| {
                    known.calendar == release.calendar && known.version == release.version && known.what == what
                });
                if !told {
                    let (calendar, release) = (release.calendar.clone(), release.version);
                    all.push(Due { calendar, release, what, from, since });
                }
            }
        }
        all
    }
}
