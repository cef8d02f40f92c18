//! Dates written as a calendar (RFC 5545).
//!
//! The crate `icalendar` writes components with folding and escaping. The frame is written here, because the crate gives
//! every component a `DTSTAMP` and a `UID`, and a time zone must have neither.

use std::{collections::BTreeMap, fmt::Write};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::meeting::{Meeting, Tz};
use icalendar::{Component, Event, EventLike, EventStatus, Property};

use super::{
    dates::{Date, When},
    zone,
};

/// When programs look again, unless they know better.
const AGAIN: &str = "PT1H";

/// A calendar with its name, for a tracker at `address`. None when it cannot be written, which memory alone can cause.
pub fn calendar(
    (id, name, address): (&str, &str, &str),
    dates: &[Date],
    meetings: &[Meeting],
    now: DateTime<Utc>,
) -> Option<String> {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CEP Tracker//Calendar//EN", "CALSCALE:GREGORIAN"] {
        write!(out, "{line}\r\n").ok()?;
    }
    for key in ["NAME", "X-WR-CALNAME"] {
        out.push_str(&text(key, name)?);
    }
    write!(out, "REFRESH-INTERVAL;VALUE=DURATION:{AGAIN}\r\nX-PUBLISHED-TTL:{AGAIN}\r\n").ok()?;
    let mut zones: BTreeMap<&str, (Tz, NaiveDate)> = BTreeMap::new();
    for meeting in meetings {
        let (_, first) = zones.entry(meeting.zone.name()).or_insert((meeting.zone, meeting.first_day));
        *first = meeting.first_day.min(*first);
    }
    if dates.is_empty() && meetings.is_empty() {
        // Every calendar must hold something.
        zones.insert("UTC", (Tz::UTC, now.date_naive()));
    }
    for (zone, first) in zones.into_values() {
        zone::write(&mut out, zone, first, now);
    }
    for meeting in meetings {
        out.push_str(&held(meeting, id).try_into_string().ok()?);
    }
    for date in dates {
        out.push_str(&dated(date, address).try_into_string().ok()?);
    }
    out.push_str("END:VCALENDAR\r\n");
    Some(out)
}

/// A property that holds text; `icalendar` knows only some of them to be such, and escapes those.
fn text(key: &str, value: &str) -> Option<String> {
    let known: String = Property::new("SUMMARY", printable(value)).try_into().ok()?;
    known.strip_prefix("SUMMARY").map(|rest| format!("{key}{rest}"))
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// Titles are written by anybody; no program wants control characters in them.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn dated(date: &Date, address: &str) -> Event {
    let mut event = Event::new();
    event
        .uid(&date.uid)
        .timestamp(date.modified)
        .last_modified(date.modified)
        .sequence(date.sequence)
        .summary(&printable(&date.title))
        .description(&printable(&date.about))
        .url(&format!("{address}{}", date.path))
        .add_property("TRANSP", "TRANSPARENT");
    match date.when {
        When::At(at) => event.add_property("DTSTART", instant(at)),
        When::On(day) => {
            let mut starts = Property::new("DTSTART", day.format("%Y%m%d").to_string());
            event.append_property(starts.add_parameter("VALUE", "DATE").done())
        }
    };
    event.status(if date.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event.done()
}

/// A meeting begins at the same time of day all year round, so its times name their zone.
fn held(meeting: &Meeting, calendar: &str) -> Event {
    let mut event = Event::new();
    let first = meeting.first_day.and_time(meeting.begins);
    // Of what was configured from the start nothing tells when.
    let changed = meeting.changed_at.unwrap_or_else(|| meeting.first_day.and_time(NaiveTime::MIN).and_utc());
    event
        .uid(&format!("{}@{calendar}.cep-tracker", meeting.key))
        .timestamp(changed)
        .last_modified(changed)
        .sequence(meeting.revision)
        .summary(&printable(&meeting.title))
        .add_property("RRULE", format!("FREQ=WEEKLY;INTERVAL={}", meeting.every_weeks));
    let mut times = vec![("DTSTART", first)];
    times.extend(meeting.minutes.map(|minutes| ("DTEND", first + TimeDelta::minutes(minutes.into()))));
    for (key, at) in times {
        let mut property = Property::new(key, at.format("%Y%m%dT%H%M%S").to_string());
        event.append_property(property.add_parameter("TZID", meeting.zone.name()).done());
    }
    if let Some(place) = &meeting.place {
        event.location(&printable(place));
    }
    event.done()
}
