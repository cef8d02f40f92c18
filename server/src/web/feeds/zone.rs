//! A time zone as a calendar writes it (RFC 5545, 3.6.5): the changes of its clocks one by one, from the year before a
//! meeting begins to some years after now. Zones change their rules by law, so a rule for ever would say no more.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use domain::meeting::{OffsetComponents, Tz};

/// How many years ahead the changes are listed.
const YEARS_AHEAD: i32 = 10;

/// Clocks as they stand for a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Clocks {
    /// Seconds ahead of UTC.
    ahead: i32,
    /// Whether it is daylight saving time.
    saving: bool,
    /// "CET".
    name: String,
}

impl Clocks {
    fn at(zone: Tz, at: DateTime<Utc>) -> Self {
        let offset = zone.offset_from_utc_datetime(&at.naive_utc());
        Self { ahead: offset.fix().local_minus_utc(), saving: !offset.dst_offset().is_zero(), name: offset.to_string() }
    }
}

/// Appends a zone with the changes of its clocks that a meeting since `first` can meet.
pub(super) fn write(out: &mut String, zone: Tz, first: NaiveDate, now: DateTime<Utc>) {
    let begin = midnight(first.year() - 1);
    let end = midnight(now.year().max(first.year()) + YEARS_AHEAD);
    let initial = Clocks::at(zone, begin);
    // What holds before the first change, then every change with others of its kind.
    let mut parts = vec![((initial.ahead, initial), vec![begin])];
    let mut changes: BTreeMap<(i32, Clocks), Vec<DateTime<Utc>>> = BTreeMap::new();
    let mut day = begin;
    while day < end {
        let next = day + TimeDelta::days(1);
        if Clocks::at(zone, day) != Clocks::at(zone, next) {
            let at = change_between(zone, day, next);
            let before = Clocks::at(zone, at - TimeDelta::seconds(1));
            changes.entry((before.ahead, Clocks::at(zone, at))).or_default().push(at);
        }
        day = next;
    }
    parts.extend(changes);
    let mut line = |text: String| out.extend([text.as_str(), "\r\n"]);
    line("BEGIN:VTIMEZONE".to_owned());
    line(format!("TZID:{}", zone.name()));
    for ((from, to), instants) in parts {
        let kind = if to.saving { "DAYLIGHT" } else { "STANDARD" };
        // Instants of a change are told by the clocks before it.
        let local = |at: &DateTime<Utc>| (*at + TimeDelta::seconds(from.into())).format("%Y%m%dT%H%M%S").to_string();
        line(format!("BEGIN:{kind}"));
        line(format!("DTSTART:{}", instants.first().map(local).unwrap_or_default()));
        for at in instants.iter().skip(1) {
            line(format!("RDATE:{}", local(at)));
        }
        line(format!("TZNAME:{}", to.name));
        line(format!("TZOFFSETFROM:{}", offset(from)));
        line(format!("TZOFFSETTO:{}", offset(to.ahead)));
        line(format!("END:{kind}"));
    }
    line("END:VTIMEZONE".to_owned());
}

fn midnight(year: i32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN);
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// The second from which the clocks of `after` hold, by halving.
fn change_between(zone: Tz, before: DateTime<Utc>, after: DateTime<Utc>) -> DateTime<Utc> {
    let (old, mut low, mut high) = (Clocks::at(zone, before), before, after);
    while high - low > TimeDelta::seconds(1) {
        let middle = low + (high - low) / 2;
        if Clocks::at(zone, middle) == old { low = middle } else { high = middle }
    }
    high
}

/// "+0100", "-0330", with seconds where there are any.
fn offset(seconds: i32) -> String {
    let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let rest = if seconds % 60 == 0 { String::new() } else { format!("{:02}", seconds % 60) };
    format!("{sign}{:02}{:02}{rest}", seconds / 3600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(zone: Tz) -> String {
        let mut out = String::new();
        write(&mut out, zone, "2026-01-05".parse().unwrap(), "2026-12-01T00:00:00Z".parse().unwrap());
        out
    }

    #[test]
    fn the_changes_of_berlin_are_on_the_last_sundays_of_march_and_october() {
        let zone = written(Tz::Europe__Berlin);
        for line in [
            "TZID:Europe/Berlin",
            "DTSTART:20250330T020000",
            "RDATE:20270328T020000",
            "RDATE:20271031T030000",
            "TZNAME:CEST",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
        ] {
            assert!(zone.contains(&format!("{line}\r\n")), "{line}: {zone}");
        }
    }

    #[test]
    fn a_zone_without_changes_says_what_holds() {
        let zone = written(Tz::Asia__Kolkata);
        assert_eq!(zone.matches("BEGIN:").count(), 2, "{zone}");
        assert!(zone.contains("TZOFFSETTO:+0530\r\n"), "{zone}");
    }

    #[test]
    fn every_line_is_short_enough_for_a_calendar() {
        for zone in domain::meeting::ZONES {
            let text = written(zone);
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        }
    }
}
