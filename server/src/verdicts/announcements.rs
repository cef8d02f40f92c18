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
    /// The instant at which it is, or was, due; none where nothing says by when.
    pub until: Option<DateTime<Utc>>,
}

impl World {
    /// Announcements of the main calendar that are to be sent and were not; those of releases that are out are nobody's
    /// business any more.
    pub fn announcements_due(&self, now: DateTime<Utc>) -> Vec<Due> {
        let mut all = Vec::new();
        for release in self.main_releases() {
            let dates = release.dates_at(now);
            let takes_part = self.proposals.values().any(|record| record.named.contains(&release.version));
            for what in Announcement::ALL.into_iter().filter(|what| takes_part && what.is_owed(&dates, now)) {
                let told = self.announced.iter().any(|known| {
                    known.calendar == release.calendar && known.version == release.version && known.what == what
                });
                if !told {
                    let (calendar, release) = (release.calendar.clone(), release.version);
                    all.push(Due { calendar, release, what, from: what.from(&dates), until: what.until(&dates) });
                }
            }
        }
        all
    }
}
