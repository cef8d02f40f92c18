//! `?at=`: the instant a page shows.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::FreezeZone;

use super::{BadParameter, Parameters};

/// The instant a page shows, as its address says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum At {
    /// The server's now; also written `now`.
    #[default]
    Now,
    /// A bare date means its end, Anywhere on Earth.
    Day(NaiveDate),
    /// An instant.
    Instant(DateTime<Utc>),
}

impl At {
    /// What a page answers to a value it cannot read.
    const HINT: &'static str = "a date such as 2026-10-08, an instant such as 2026-10-08T12:00Z, or now";

    /// Reads `at`; a value that cannot be read counts as now and is reported.
    pub fn from_parameters(parameters: &Parameters, bad: &mut Vec<BadParameter>) -> Self {
        let Some(value) = parameters.first("at") else { return Self::Now };
        value.parse().unwrap_or_else(|()| {
            bad.push(BadParameter { name: "at".to_owned(), value: value.to_owned(), hint: Self::HINT });
            Self::Now
        })
    }

    /// Reads a whole query string for `at` alone.
    pub fn from_query(query: &str) -> (Self, Vec<BadParameter>) {
        let mut bad = Vec::new();
        let at = Self::from_parameters(&Parameters::parse(query), &mut bad);
        (at, bad)
    }

    /// The instant; `None` for now.
    pub fn instant(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Now => None,
            Self::Day(day) => Some(FreezeZone::ANYWHERE_ON_EARTH.end_of(day)),
            Self::Instant(instant) => Some(instant),
        }
    }

    /// `href` with this instant in its query, so that links keep the instant that is shown.
    pub fn keep(self, href: &str) -> String {
        if self == Self::Now {
            return href.to_owned();
        }
        let (base, fragment) = href.split_once('#').map_or((href, String::new()), |(b, f)| (b, format!("#{f}")));
        let joint = if base.contains('?') { '&' } else { '?' };
        format!("{base}{joint}at={self}{fragment}")
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => f.write_str("now"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Instant(instant) => f.write_str(&instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

impl FromStr for At {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        // The rules reckon with days and weeks around the instant; keep well inside the calendar.
        let sane = |day: NaiveDate| (1970..=2999).contains(&chrono::Datelike::year(&day));
        if text.eq_ignore_ascii_case("now") {
            return Ok(Self::Now);
        }
        if let Ok(day) = text.parse::<NaiveDate>() {
            return if sane(day) { Ok(Self::Day(day)) } else { Err(()) };
        }
        // `T12:00Z` without seconds is what people type, and a `+` that was not escaped arrives as a space.
        let text = text.replace(' ', "+");
        let with_seconds = text.strip_suffix('Z').map(|stem| format!("{stem}:00Z")).unwrap_or_default();
        let instant = DateTime::parse_from_rfc3339(&text)
            .or_else(|_| DateTime::parse_from_rfc3339(&with_seconds))
            .map_err(|_| ())?
            .with_timezone(&Utc);
        if sane(instant.date_naive()) { Ok(Self::Instant(instant)) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_date_means_its_end_anywhere_on_earth() {
        let at: At = "2026-10-08".parse().unwrap();
        assert_eq!(at.instant(), Some("2026-10-09T12:00:00Z".parse().unwrap()));
        assert_eq!(at.to_string(), "2026-10-08");
    }

    #[test]
    fn instants_are_read_as_people_type_them() {
        let noon: DateTime<Utc> = "2026-10-08T12:00:00Z".parse().unwrap();
        for text in
            ["2026-10-08T12:00:00Z", "2026-10-08T12:00Z", "2026-10-08T14:00:00+02:00", "2026-10-08T14:00:00 02:00"]
        {
            assert_eq!(text.parse(), Ok(At::Instant(noon)), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        for text in ["now", "2026-10-08", "2026-10-08T12:00:00Z"] {
            assert_eq!(text.parse::<At>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_cannot_be_read_is_reported_and_counts_as_now() {
        for text in ["yesterday", "2026-13-01", "+262142-12-31", "0001-01-01", "2026-10-08T25:00Z"] {
            let (at, bad) = At::from_query(&format!("at={}", super::super::encode(text)));
            assert_eq!((at, bad.len()), (At::Now, 1), "{text}");
        }
    }

    #[test]
    fn links_keep_the_instant() {
        let at: At = "2026-10-08".parse().unwrap();
        assert_eq!(at.keep("/cep/1"), "/cep/1?at=2026-10-08");
        assert_eq!(at.keep("/proposals?q=x#top"), "/proposals?q=x&at=2026-10-08#top");
        assert_eq!(At::Now.keep("/cep/1"), "/cep/1");
    }
}
