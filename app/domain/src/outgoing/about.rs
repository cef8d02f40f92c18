//! What the texts are about, and how they name it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Event, Freeze, FreezeZone, Recorded, ReleaseDates, ReleaseVersion, RequestView, Source, words::date_of};

/// What a text is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Where the proposal comes from.
    pub source: &'a Source,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: &'a str,
    /// The release.
    pub release: ReleaseVersion,
    /// The freeze; none for "other".
    pub freeze: Option<Freeze>,
    /// Dates of the release.
    pub dates: &'a ReleaseDates,
    /// Address of the tracker, e.g. `https://ceps.example`.
    pub base: &'a str,
    /// The request's id, once it was sent.
    pub id: Option<i64>,
}

/// What is asked (P-16).
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Login of who asks.
    pub requester: &'a str,
    /// Why.
    pub justification: &'a str,
    /// Until when.
    pub until: DateTime<Utc>,
    /// What happens if it is not granted.
    pub impact: &'a str,
    /// Covered pull requests as `owner/name#n`.
    pub covers: &'a [String],
}

impl<'a> From<&RequestView<'a>> for Asked<'a> {
    fn from(request: &RequestView<'a>) -> Self {
        let RequestView { requester, justification, impact, covers, asked_until: until, .. } = *request;
        Self { requester, justification, until, impact, covers }
    }
}

/// How it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// Granted until then.
    Granted(DateTime<Utc>),
    /// Granted time extended until then.
    Extended(DateTime<Utc>),
    /// Denied.
    Denied,
}

/// A decision on a request.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Login of who asked.
    pub requester: &'a str,
    /// How it was decided.
    pub ruling: Ruling,
    /// Why.
    pub reason: &'a str,
    /// Login of who decided.
    pub by: &'a str,
    /// Whether pull requests are named, outside of which nothing is covered (P-16).
    pub covers_named: bool,
    /// The request's mail, where its archive link is recorded.
    pub thread: Option<&'a str>,
}

impl<'a> Answer<'a> {
    /// The latest decision on a request; none while it is undecided.
    pub fn latest(request: &RequestView<'a>) -> Option<Self> {
        let reason = request.reason?;
        let granted = |recorded: &&Recorded| matches!(recorded.event, Event::ExceptionGranted { .. });
        let decides = |recorded: &&Recorded| {
            let decision = granted(recorded) || matches!(recorded.event, Event::ExceptionDenied { .. });
            decision && recorded.occurred_at == request.decided_at
        };
        let place = request.log.iter().rposition(decides)?;
        let (before, by) = (request.log.get(..place)?, request.log.get(place)?.person());
        let ruling = match request.granted_until() {
            Some(until) if before.iter().any(granted) => Ruling::Extended(until),
            Some(until) => Ruling::Granted(until),
            None => Ruling::Denied,
        };
        let (requester, thread, covers_named) = (request.requester, request.thread, !request.covers.is_empty());
        Some(Self { requester, ruling, reason, by, covers_named, thread })
    }

    /// Whether only the pull requests that it names are covered.
    pub(super) const fn limits(&self) -> bool {
        self.covers_named && !matches!(self.ruling, Ruling::Denied)
    }
}

impl About<'_> {
    pub(super) fn base(&self) -> &str {
        self.base.trim_end_matches('/')
    }

    /// "CEP 4731: Flake-aware retest budget", on one line whatever the title holds.
    pub(super) fn proposal(&self) -> String {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = if title.is_empty() { title } else { format!(": {title}") };
        format!("{} {}{title}", self.source.noun, self.number)
    }

    /// "Code Freeze exception for CEP 4731: Flake-aware retest budget".
    pub(super) fn exception(&self) -> String {
        let freeze = self.freeze.map_or("exception", |freeze| match freeze {
            Freeze::Enhancement => "Enhancement Freeze exception",
            Freeze::Code => "Code Freeze exception",
        });
        format!("{freeze} for {}", self.proposal())
    }

    pub(super) fn subject(&self) -> String {
        let exception = self.exception();
        let exception =
            exception.strip_prefix("exception").map_or(exception.clone(), |rest| format!("Exception{rest}"));
        format!("[{}] {exception}", self.release)
    }

    /// "27 Oct 2026".
    pub(super) fn day(&self, instant: DateTime<Utc>) -> String {
        date_of(instant, self.dates.zone).format("%-d %b %Y").to_string()
    }

    /// "27 Oct 2026, the end of the day Anywhere on Earth (28 Oct 2026 12:00 UTC)".
    pub(super) fn moment(&self, until: DateTime<Utc>) -> String {
        moment_in(until, self.dates.zone)
    }

    /// "the end of the day Anywhere on Earth (28 Oct 2026 12:00 UTC)".
    pub(super) fn exact(&self, until: DateTime<Utc>) -> String {
        exact_in(until, self.dates.zone)
    }

    /// " That is 6 days after the Code Freeze."
    pub(super) fn beyond(&self, until: DateTime<Utc>) -> String {
        let Some((freeze, at)) = self.freeze.and_then(|freeze| Some((freeze, self.dates.freeze(freeze)?))) else {
            return String::new();
        };
        match until - at {
            span if span < TimeDelta::days(1) => String::new(),
            span if span.num_days() == 1 => format!(" That is 1 day after the {}.", freeze.name()),
            span => format!(" That is {} days after the {}.", span.num_days(), freeze.name()),
        }
    }
}

/// "27 Oct 2026, the end of the day Anywhere on Earth, 28 Oct 2026 12:00 UTC".
pub fn moment_in(until: DateTime<Utc>, zone: FreezeZone) -> String {
    let day = date_of(until, zone);
    if zone.end_of(day) != until {
        return until.format("%-d %b %Y %H:%M UTC").to_string();
    }
    format!("{}, {}", day.format("%-d %b %Y"), exact_in(until, zone))
}

fn exact_in(until: DateTime<Utc>, zone: FreezeZone) -> String {
    let utc = until.format("%-d %b %Y %H:%M UTC");
    if zone.end_of(date_of(until, zone)) != until {
        return utc.to_string();
    }
    let place = if zone == FreezeZone::ANYWHERE_ON_EARTH { "Anywhere on Earth".to_owned() } else { zone.label() };
    format!("the end of the day {place}, {utc}")
}
