//! Dates, ages, counts and handles in words. English, tabular where numbers stand below each other, UTC and Anywhere on Earth only:
//! the reader's own time is added by an island in the browser, which knows it.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use domain::{FreezeZone, Stage};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// "21 Oct".
pub fn short_day(day: NaiveDate) -> String {
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    format!("{} {month}", day.day())
}

/// "21 Oct 2026".
pub fn long_day(day: NaiveDate) -> String {
    format!("{} {}", short_day(day), day.year())
}

/// "Wed 21 Oct".
pub fn week_day(day: NaiveDate) -> String {
    format!("{} {}", day.weekday(), short_day(day))
}

/// "21 Oct", with the year when it is not the year of `near`.
pub fn day_near(day: NaiveDate, near: DateTime<Utc>) -> String {
    if day.year() == near.year() { short_day(day) } else { long_day(day) }
}

/// The day whose end in `zone` is `instant`: 22 Oct 12:00 UTC is the end of 21 Oct, Anywhere on Earth.
pub fn day_in(instant: DateTime<Utc>, zone: FreezeZone) -> NaiveDate {
    domain::words::date_of(instant, zone)
}

/// The last day of something that runs until `instant`, Anywhere on Earth: "27 Oct 2026".
pub fn last_day(instant: DateTime<Utc>) -> String {
    long_day(day_in(instant, FreezeZone::ANYWHERE_ON_EARTH))
}

/// "22 Oct 2026, 12:00 UTC".
pub fn utc(instant: DateTime<Utc>) -> String {
    format!("{}, {:02}:{:02} UTC", long_day(instant.date_naive()), instant.hour(), instant.minute())
}

/// For `datetime` attributes: "2026-10-22T12:00:00Z".
pub fn machine(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// A length of time: "38 s", "4 min", "5 h", "12 d"; nothing below a second and no sign.
pub fn length(delta: TimeDelta) -> String {
    let seconds = delta.num_seconds().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// "4 min ago", "just now".
pub fn ago(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if now - then < TimeDelta::seconds(2) { "just now".to_owned() } else { format!("{} ago", length(now - then)) }
}

/// What a countdown shows large: "12 days", below two days "31 hours", below two hours "45 minutes".
pub fn countdown(left: TimeDelta) -> String {
    let (n, unit) = match left.num_minutes().max(0) {
        m @ 0..120 => (m, "minute"),
        m @ 120..2880 => (m / 60, "hour"),
        m => (m / 1440, "day"),
    };
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

/// How often something was done: "once", "twice", "3 times".
pub fn times(times: u32) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{times} times"),
    }
}

/// "1 proposal", "3 proposals".
pub fn count(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// "@a, @b".
pub fn handles(logins: &[String]) -> String {
    logins.iter().map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ")
}

/// "Alpha, Beta".
pub fn stages(stages: &[Stage]) -> String {
    stages.iter().map(Stage::name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_freeze_is_named_by_the_day_that_ends_with_it() {
        let instant = "2026-10-22T12:00:00Z".parse().unwrap();
        assert_eq!(last_day(instant), "21 Oct 2026");
        assert_eq!(day_in("2026-10-22T00:00:00Z".parse().unwrap(), FreezeZone(0)), "2026-10-21".parse().unwrap());
    }

    #[test]
    fn lengths_are_told_in_one_unit() {
        for (seconds, words) in [(-5, "0 s"), (38, "38 s"), (240, "4 min"), (7200, "2 h"), (172_800, "2 d")] {
            assert_eq!(length(TimeDelta::seconds(seconds)), words);
        }
    }

    #[test]
    fn a_countdown_changes_its_unit_near_the_end() {
        for (minutes, words) in [
            (13 * 1440, "13 days"),
            (2880, "2 days"),
            (31 * 60, "31 hours"),
            (61, "61 minutes"),
            (1, "1 minute"),
            (-3, "0 minutes"),
        ] {
            assert_eq!(countdown(TimeDelta::minutes(minutes)), words);
        }
    }
}
