//! Meetings that come again every so many weeks, at a time of day in their zone (P-31).
//!
//! Left out on purpose: who may keep them, which is [`crate::policy`]'s.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
pub use chrono_tz::{OffsetComponents, TZ_VARIANTS as ZONES, Tz};
use serde::{Deserialize, Serialize};

use crate::representation::Seat;

/// The longest that a meeting takes, in minutes.
pub const LONGEST: u32 = 480;

/// The longest time between two, in weeks.
pub const RAREST: u32 = 52;

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// What tells it from others of its calendar, for ever.
    pub key: String,
    /// Who meets: a SIG, or the release team.
    pub of: Seat,
    /// What it is called.
    pub title: String,
    /// Zone of its time of day.
    pub zone: Tz,
    /// The first day, by which the day of the week goes.
    pub first_day: NaiveDate,
    /// When it begins, in its zone.
    pub begins: NaiveTime,
    /// How many minutes it takes, where that is known.
    pub minutes: Option<u32>,
    /// It comes again after so many weeks.
    pub every_weeks: u32,
    /// Where it is held: an address or words.
    pub place: Option<String>,
    /// How often it was changed.
    pub revision: u32,
    /// When it was last changed; none for what was configured from the start.
    pub changed_at: Option<DateTime<Utc>>,
}

impl Meeting {
    /// When it begins and has not ended: one that runs at `now`, and those after it, without end.
    pub fn held_from(&self, now: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
        let step = u64::from(self.every_weeks.max(1)) * 7;
        let length = TimeDelta::minutes(self.minutes.unwrap_or(0).into());
        // One step early, for a zone in which the day has not ended.
        let passed = (now.date_naive() - self.first_day).num_days();
        let skipped = u64::try_from(passed).map_or(0, |days| days / step).saturating_sub(1);
        let first = self.first_day.checked_add_days(Days::new(skipped * step));
        let days = std::iter::successors(first, move |day| day.checked_add_days(Days::new(step)));
        days.map(|day| instant(self.zone, day.and_time(self.begins))).skip_while(move |at| *at + length < now)
    }

    /// The next one, or the one that runs.
    pub fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.held_from(now).next()
    }

    /// "every Monday, 10:00 to 10:25 Europe/Berlin", "every second week on Monday, 10:00 Europe/Berlin".
    pub fn when(&self) -> String {
        let day = match self.first_day.weekday() {
            chrono::Weekday::Mon => "Monday",
            chrono::Weekday::Tue => "Tuesday",
            chrono::Weekday::Wed => "Wednesday",
            chrono::Weekday::Thu => "Thursday",
            chrono::Weekday::Fri => "Friday",
            chrono::Weekday::Sat => "Saturday",
            chrono::Weekday::Sun => "Sunday",
        };
        let often = match self.every_weeks {
            1 => format!("every {day}"),
            2 => format!("every second {day}"),
            weeks => format!("every {weeks} weeks on {day}"),
        };
        let end = self.minutes.map(|minutes| self.begins + TimeDelta::minutes(minutes.into()));
        let end = end.map(|end| format!(" to {}", end.format("%H:%M"))).unwrap_or_default();
        format!("{often}, {}{end} {}", self.begins.format("%H:%M"), self.zone)
    }
}

/// A time of day as an instant. One that a zone leaves out, when its clocks go forward, is as long after the change as it
/// would have been (RFC 5545, 3.3.5); of one that comes twice it is the first.
fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    let hour = TimeDelta::hours(1);
    let at = zone.from_local_datetime(&local).earliest();
    let at = at.or_else(|| zone.from_local_datetime(&(local - hour)).earliest().map(|at| at + hour));
    at.map_or_else(|| local.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn meeting(first_day: &str, begins: &str, every_weeks: u32) -> Meeting {
        Meeting {
            key: "sync".to_owned(),
            of: Seat::Sig("sig-ci".to_owned()),
            title: "Weekly sync".to_owned(),
            zone: Tz::Europe__Berlin,
            first_day: first_day.parse().unwrap(),
            begins: begins.parse().unwrap(),
            minutes: Some(25),
            every_weeks,
            place: None,
            revision: 0,
            changed_at: None,
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn it_keeps_its_time_of_day_when_the_clocks_change() {
        let weekly = meeting("2026-01-05", "10:00:00", 1);
        let of = |now: &str| weekly.next(at(now)).unwrap().to_rfc3339();
        assert_eq!(of("2026-03-24T00:00:00Z"), "2026-03-30T08:00:00+00:00");
        assert_eq!(of("2026-03-22T00:00:00Z"), "2026-03-23T09:00:00+00:00");
        assert_eq!(of("2026-10-20T00:00:00Z"), "2026-10-26T09:00:00+00:00");
    }

    #[test]
    fn one_that_runs_is_the_next_until_it_ends() {
        let weekly = meeting("2026-01-05", "10:00:00", 1);
        let running = at("2026-12-07T09:00:00Z");
        assert_eq!(weekly.next(at("2026-12-07T09:25:00Z")), Some(running));
        assert_eq!(weekly.next(at("2026-12-07T09:25:01Z")), Some(running + TimeDelta::weeks(1)));
    }

    #[test]
    fn one_in_the_hour_that_is_left_out_begins_as_long_after_the_change() {
        let mut sunday = meeting("2026-03-22", "02:30:00", 1);
        sunday.minutes = None;
        assert_eq!(sunday.next(at("2026-03-28T00:00:00Z")), Some(at("2026-03-29T01:30:00Z")));
    }

    #[test]
    fn words_tell_when_it_is() {
        let words = |weeks| meeting("2026-01-05", "11:30:00", weeks).when();
        assert_eq!(words(1), "every Monday, 11:30 to 11:55 Europe/Berlin");
        assert_eq!(words(2), "every second Monday, 11:30 to 11:55 Europe/Berlin");
        assert_eq!(words(4), "every 4 weeks on Monday, 11:30 to 11:55 Europe/Berlin");
    }

    proptest! {
        #[test]
        fn the_next_is_one_of_its_days_and_none_is_left_out(weeks in 1_u32..=RAREST, hours in -9_000_i64..90_000) {
            let meeting = meeting("2026-01-05", "10:00:00", weeks);
            let now = at("2026-01-05T00:00:00Z") + TimeDelta::hours(hours);
            let all: Vec<_> = meeting.held_from(at("2026-01-01T00:00:00Z")).take(2_000).collect();
            let expected = all.iter().copied().find(|one| *one + TimeDelta::minutes(25) >= now);
            prop_assert_eq!(meeting.next(now), expected);
        }
    }
}
