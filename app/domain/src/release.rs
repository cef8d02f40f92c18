//! A release as the process sees it: freezes as instants, and the phase of its cycle (P-2 to P-4).

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ScheduleReading;

/// Where the day of a deadline ends, as minutes east of UTC. Anywhere on Earth is -720 (P-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FreezeZone(pub i32);

impl FreezeZone {
    /// Anywhere on Earth: a day ends at 12:00 UTC of the next.
    pub const ANYWHERE_ON_EARTH: Self = Self(-12 * 60);

    /// The instant at which `date` is over in this zone. Saturates at the ends of the calendar.
    pub fn end_of(self, date: NaiveDate) -> DateTime<Utc> {
        let next_midnight = date.succ_opt().unwrap_or(date).and_time(chrono::NaiveTime::MIN).and_utc();
        next_midnight.checked_sub_signed(TimeDelta::minutes(i64::from(self.0))).unwrap_or(next_midnight)
    }

    /// How the zone is shown to people.
    pub fn label(self) -> String {
        match self.0 {
            -720 => "AoE".to_owned(),
            0 => "UTC".to_owned(),
            m => format!("UTC{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60),
        }
    }
}

impl Default for FreezeZone {
    fn default() -> Self {
        Self::ANYWHERE_ON_EARTH
    }
}

/// The instants of one release that rules are judged by; `None` is "no date".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
pub struct ReleaseDates {
    /// Zone in which the days end.
    pub zone: FreezeZone,
    /// Enhancement Freeze.
    pub enhancement_freeze: Option<DateTime<Utc>>,
    /// Code Freeze.
    pub code_freeze: Option<DateTime<Utc>>,
    /// End of the freeze of main.
    pub thaw: Option<DateTime<Utc>>,
    /// General availability.
    pub ga: Option<DateTime<Utc>>,
}

/// Where a release stands in its cycle (P-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before the Enhancement Freeze.
    Planning,
    /// From the Enhancement Freeze to the Code Freeze.
    Implementation,
    /// From the Code Freeze to the thaw.
    CodeFreeze,
    /// From the thaw to GA.
    Stabilization,
    /// After GA.
    Released,
}

/// The two freezes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Freeze {
    /// Enhancement Freeze.
    Enhancement,
    /// Code Freeze.
    Code,
}

impl Freeze {
    /// Both, in the order of the cycle.
    pub const BOTH: [Self; 2] = [Self::Enhancement, Self::Code];

    /// "EF" or "CF".
    pub const fn short(self) -> &'static str {
        match self {
            Self::Enhancement => "EF",
            Self::Code => "CF",
        }
    }

    /// "ef" or "cf", as addresses write it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Enhancement => "ef",
            Self::Code => "cf",
        }
    }

    /// The freeze that an address names.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|freeze| freeze.slug().eq_ignore_ascii_case(slug))
    }

    /// "Enhancement Freeze" or "Code Freeze".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enhancement => "Enhancement Freeze",
            Self::Code => "Code Freeze",
        }
    }
}

impl Phase {
    /// The phase as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planning => "Planning",
            Self::Implementation => "Implementation",
            Self::CodeFreeze => "Code freeze",
            Self::Stabilization => "Stabilization",
            Self::Released => "Released",
        }
    }
}

impl ReleaseDates {
    /// The instants that follow from a schedule (P-2).
    pub fn from_reading(reading: &ScheduleReading, zone: FreezeZone) -> Self {
        let end = |date: Option<NaiveDate>| date.map(|day| zone.end_of(day));
        Self {
            zone,
            enhancement_freeze: end(reading.enhancement_freeze.date),
            code_freeze: end(reading.code_freeze.date),
            thaw: end(reading.thaw.date),
            ga: end(reading.ga.date),
        }
    }

    /// The instant of a freeze; `None` is "no date".
    pub const fn freeze(&self, freeze: Freeze) -> Option<DateTime<Utc>> {
        match freeze {
            Freeze::Enhancement => self.enhancement_freeze,
            Freeze::Code => self.code_freeze,
        }
    }

    /// The same dates as if a freeze were at `instant`; an earlier freeze that is not over by then is at it too.
    #[must_use]
    pub fn frozen_at(&self, freeze: Freeze, instant: DateTime<Utc>) -> Self {
        let by_then = |at: Option<DateTime<Utc>>| Some(at.map_or(instant, |at| at.min(instant)));
        match freeze {
            Freeze::Enhancement => Self { enhancement_freeze: Some(instant), ..*self },
            Freeze::Code => {
                Self { enhancement_freeze: by_then(self.enhancement_freeze), code_freeze: Some(instant), ..*self }
            }
        }
    }

    /// Whether a freeze has passed: from its instant on (P-2). One without a date never has.
    pub fn passed(&self, freeze: Freeze, now: DateTime<Utc>) -> bool {
        self.freeze(freeze).is_some_and(|instant| now >= instant)
    }

    /// Whether the release is out. One without a GA date is not.
    pub fn released(&self, now: DateTime<Utc>) -> bool {
        self.ga.is_some_and(|instant| now >= instant)
    }

    /// The phase of the last dated post that has passed; a missing date is skipped (P-3).
    pub fn phase(&self, now: DateTime<Utc>) -> Phase {
        let passed = |instant: Option<DateTime<Utc>>| instant.is_some_and(|i| now >= i);
        if passed(self.ga) {
            Phase::Released
        } else if passed(self.thaw) {
            Phase::Stabilization
        } else if passed(self.code_freeze) {
            Phase::CodeFreeze
        } else if passed(self.enhancement_freeze) {
            Phase::Implementation
        } else {
            Phase::Planning
        }
    }

    /// The next dated post ahead, with its name.
    pub fn next_post(&self, now: DateTime<Utc>) -> Option<(&'static str, DateTime<Utc>)> {
        [
            ("Enhancement Freeze", self.enhancement_freeze),
            ("Code Freeze", self.code_freeze),
            ("Thaw", self.thaw),
            ("General availability", self.ga),
        ]
        .into_iter()
        .filter_map(|(name, instant)| instant.map(|i| (name, i)))
        .filter(|(_, instant)| *instant > now)
        .min_by_key(|(_, instant)| *instant)
    }
}

/// The `current` release of a calendar: the earliest whose GA is ahead, else the latest (PROCESS "release"). One without
/// a GA date is not known to be ahead, but may be the latest.
pub fn current_release<'a>(
    releases: impl IntoIterator<Item = (crate::ReleaseVersion, &'a ReleaseDates)>,
    now: DateTime<Utc>,
) -> Option<crate::ReleaseVersion> {
    let all: Vec<_> = releases.into_iter().collect();
    let ahead = all.iter().filter_map(|(version, dates)| dates.ga.filter(|ga| *ga > now).map(|ga| (ga, *version)));
    let earliest = ahead.min().map(|(_, version)| version);
    earliest.or_else(|| all.iter().map(|(version, _)| *version).max())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn v1_10() -> ReleaseDates {
        let zone = FreezeZone::ANYWHERE_ON_EARTH;
        ReleaseDates {
            zone,
            enhancement_freeze: Some(zone.end_of(day("2026-09-02"))),
            code_freeze: Some(zone.end_of(day("2026-10-21"))),
            thaw: Some(zone.end_of(day("2026-10-28"))),
            ga: Some(zone.end_of(day("2026-11-18"))),
        }
    }

    #[test]
    fn a_freeze_ends_with_its_day_anywhere_on_earth() {
        assert_eq!(FreezeZone::ANYWHERE_ON_EARTH.end_of(day("2026-10-21")), instant("2026-10-22T12:00:00Z"));
        assert_eq!(FreezeZone(120).end_of(day("2026-10-21")), instant("2026-10-21T22:00:00Z"));
        assert_eq!(FreezeZone(-330).label(), "UTC-05:30");
    }

    #[test]
    fn a_freeze_has_passed_from_its_instant_on() {
        let dates = v1_10();
        assert!(!dates.passed(Freeze::Code, instant("2026-10-22T11:59:59Z")));
        assert!(dates.passed(Freeze::Code, instant("2026-10-22T12:00:00Z")));
    }

    #[test]
    fn the_phase_follows_the_posts() {
        let dates = v1_10();
        for (at, phase) in [
            ("2026-09-03T11:59:59Z", Phase::Planning),
            ("2026-09-03T12:00:00Z", Phase::Implementation),
            ("2026-10-22T12:00:00Z", Phase::CodeFreeze),
            ("2026-10-29T12:00:00Z", Phase::Stabilization),
            ("2026-11-19T12:00:00Z", Phase::Released),
        ] {
            assert_eq!(dates.phase(instant(at)), phase, "at {at}");
        }
    }

    #[test]
    fn the_code_freeze_phase_is_empty_when_the_branch_is_cut_on_its_day() {
        let dates = ReleaseDates { thaw: v1_10().code_freeze, ..v1_10() };
        assert_eq!(dates.phase(instant("2026-10-22T12:00:00Z")), Phase::Stabilization);
    }

    #[test]
    fn a_missing_date_is_skipped() {
        let dates = ReleaseDates { code_freeze: None, enhancement_freeze: None, ..v1_10() };
        assert_eq!(dates.phase(instant("2026-10-01T00:00:00Z")), Phase::Planning);
        assert_eq!(dates.phase(instant("2026-10-30T00:00:00Z")), Phase::Stabilization);
    }

    #[test]
    fn the_current_release_is_the_earliest_whose_ga_is_ahead() {
        let v = crate::ReleaseVersion::new;
        let old = ReleaseDates { ga: Some(instant("2026-07-01T12:00:00Z")), ..ReleaseDates::default() };
        let none = ReleaseDates::default();
        let now = instant("2026-10-01T00:00:00Z");
        assert_eq!(current_release([(v(1, 9), &old), (v(1, 10), &v1_10()), (v(1, 11), &none)], now), Some(v(1, 10)));
        let late = instant("2027-01-01T00:00:00Z");
        assert_eq!(current_release([(v(1, 9), &old), (v(1, 10), &v1_10()), (v(1, 11), &none)], late), Some(v(1, 11)));
        assert_eq!(current_release([(v(1, 11), &none)], late), Some(v(1, 11)));
        assert_eq!(current_release([], late), None);
    }
}
