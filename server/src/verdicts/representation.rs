//! Seats that somebody can have, and the roster of who has them (P-25).

use chrono::{DateTime, Utc};
use domain::{
    Week,
    representation::{Gap, Representative, Seat, gaps},
};

use super::World;

impl World {
    /// The release team, and every SIG that owns proposals or is listed by an alias.
    pub fn seats(&self) -> Vec<Seat> {
        let owning = self.sources.values().filter_map(|source| source.owning_sig.clone());
        let listed = self.memberships.sig_aliases.iter().map(|known| known.sig.clone());
        let mut sigs: Vec<String> = owning.chain(listed).collect();
        sigs.sort_unstable();
        sigs.dedup();
        std::iter::once(Seat::ReleaseTeam).chain(sigs.into_iter().map(Seat::Sig)).collect()
    }

    /// The roster of the main calendar.
    pub fn representatives(&self) -> &[Representative] {
        let id = self.main_calendar().map_or("", |calendar| calendar.id.as_str());
        let roster = self.representation.iter().find(|(calendar, _)| calendar == id);
        roster.map(|(_, roster)| roster.as_slice()).unwrap_or_default()
    }

    /// Weeks from the present one on for which a seat that is kept is empty.
    pub fn representation_gaps(&self, now: DateTime<Utc>) -> Vec<Gap> {
        gaps(self.representatives(), Week::of(now))
    }
}
