//! What happens to a request for an exception (P-16 to P-18).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Case, Docket, RuleError, asked_until, link, not_too_long, sentence};
use crate::{
    Departure, Event, Freeze, Participation, ReleaseDates, ReleaseVersion, RequestState, RequestView, words::day_of,
};

/// What a request states (P-16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = ExceptionTerms))]
pub struct Terms {
    /// The release.
    pub release: ReleaseVersion,
    /// The freeze; none for "other".
    #[serde(default)]
    pub freeze: Option<Freeze>,
    /// Why.
    pub justification: String,
    /// Additional time: days, a date, or an instant.
    pub time: String,
    /// What happens if it is not granted.
    pub impact: String,
    /// Covered pull requests as `owner/name#n`.
    #[serde(default)]
    pub covers: Vec<String>,
}

impl Terms {
    /// Until when is asked.
    ///
    /// # Errors
    /// When the freeze has no date, or the time is none, over, before the freeze or after GA.
    pub fn until(&self, dates: &ReleaseDates, now: DateTime<Utc>) -> Result<DateTime<Utc>, RuleError> {
        let until = asked_until(&self.time, freeze_of(self.freeze, self.release, dates)?, dates.zone, now)?;
        within(until, self.freeze, self.release, dates, now)?;
        Ok(until)
    }
}

/// The instant of the freeze that time is asked beyond; none for "other".
fn freeze_of(
    freeze: Option<Freeze>,
    release: ReleaseVersion,
    dates: &ReleaseDates,
) -> Result<Option<DateTime<Utc>>, RuleError> {
    let Some(freeze) = freeze else { return Ok(None) };
    dates.freeze(freeze).map(Some).ok_or(RuleError::NoFreezeDate(freeze.name(), release))
}

/// Granted time lies after the freeze, not after GA (P-18), and ahead.
fn within(
    until: DateTime<Utc>,
    freeze: Option<Freeze>,
    release: ReleaseVersion,
    dates: &ReleaseDates,
    now: DateTime<Utc>,
) -> Result<(), RuleError> {
    let day = |instant| day_of(instant, dates.zone);
    if let Some((freeze, instant)) = freeze.and_then(|freeze| Some((freeze, dates.freeze(freeze)?)))
        && until <= instant
    {
        return Err(RuleError::BeforeFreeze(day(until), freeze.name(), release, day(instant)));
    }
    match dates.ga {
        Some(ga) if until > ga => Err(RuleError::AfterGa(day(until), release, day(ga))),
        _ if until <= now => Err(RuleError::Over(day(until))),
        _ => Ok(()),
    }
}

/// A request with the release it belongs to.
struct Found<'a> {
    number: u32,
    release: ReleaseVersion,
    dates: ReleaseDates,
    participation: Participation<'a>,
    now: DateTime<Utc>,
}

impl<'a> Found<'a> {
    fn view(&self) -> Result<&RequestView<'a>, RuleError> {
        let mut all = self.participation.requests.all.iter();
        all.find(|request| request.number == self.number).ok_or(RuleError::NoRequest(self.number))
    }

    /// Refuses what needs an undecided request; `why` tells what can be done instead. After GA it is moot (P-17).
    fn undecided(&self, why: &'static str) -> Result<(), RuleError> {
        let state = &self.view()?.state;
        if state.undecided() && self.dates.released(self.now) {
            return Err(RuleError::Released(self.release));
        }
        if state.undecided() { Ok(()) } else { Err(RuleError::RequestState(self.number, state.words(), why)) }
    }
}

impl<'a> Case<'a> {
    fn find(&self, number: u32) -> Result<Found<'a>, RuleError> {
        let sent = self.known.events.iter().find_map(|recorded| match recorded.event {
            Event::ExceptionSent { request, release, .. } if request == number => Some(release),
            _ => None,
        });
        let release = sent.ok_or(RuleError::NoRequest(number))?;
        let dates = (self.dates)(release)?;
        let participation = self.known.participation(release, &dates);
        Ok(Found { number, release, dates, participation, now: self.now })
    }

    /// Nothing is granted to what has moved on or is out; what was removed may come back by a grant (P-18).
    fn open(&self, found: &Found<'_>) -> Result<(), RuleError> {
        let (participation, release) = (&found.participation, found.release);
        let docket = Docket { participation, release, dates: &found.dates, now: self.now };
        docket.open()?;
        match (participation.departure, participation.ending) {
            (Some(Departure::Retargeted(_)), _) => Err(RuleError::Left(release)),
            (_, Some(ending)) => Err(RuleError::Paused(ending.words())),
            _ => Ok(()),
        }
    }

    pub(super) fn ask(&self, terms: Terms) -> Result<Event, RuleError> {
        let dates = (self.dates)(terms.release)?;
        let participation = self.known.participation(terms.release, &dates);
        let found = Found { number: self.next_request(), release: terms.release, dates, participation, now: self.now };
        self.open(&found)?;
        if !found.participation.targeted && !found.participation.linked {
            return Err(RuleError::NoPart(terms.release));
        }
        if terms.justification.trim().is_empty() {
            return Err(RuleError::NoJustification);
        }
        let until = terms.until(&dates, self.now)?;
        if terms.impact.trim().is_empty() {
            return Err(RuleError::NoImpact);
        }
        Ok(Event::ExceptionSent {
            request: found.number,
            release: terms.release,
            freeze: terms.freeze,
            requester: self.person.to_owned(),
            justification: not_too_long(terms.justification.trim())?,
            until,
            impact: not_too_long(terms.impact.trim())?,
            covers: covered(&terms.covers, &self.source.repository)?,
        })
    }

    /// Numbers are never given twice, whatever was undone.
    fn next_request(&self) -> u32 {
        let numbers = self.history.events.iter().filter_map(|recorded| recorded.event.request());
        numbers.max().unwrap_or(0).saturating_add(1)
    }

    pub(super) fn file(&self, request: u32, thread: &str) -> Result<Event, RuleError> {
        let found = self.find(request)?;
        if let Some(thread) = found.view()?.thread {
            return Err(RuleError::Already(format!("its thread is recorded already: {thread}")));
        }
        Ok(Event::ExceptionFiled { request, thread: link(thread)? })
    }

    pub(super) fn review(&self, request: u32) -> Result<Event, RuleError> {
        let found = self.find(request)?;
        found.undecided("only an undecided request is reviewed")?;
        if found.view()?.state == RequestState::InReview {
            return Err(RuleError::Already("it is in review already".to_owned()));
        }
        Ok(Event::ExceptionInReview { request })
    }

    pub(super) fn ask_more(&self, request: u32, question: &str) -> Result<Event, RuleError> {
        self.find(request)?.undecided("there is nothing left to ask")?;
        Ok(Event::ExceptionNeedsInformation { request, question: sentence(question)? })
    }

    pub(super) fn answer(&self, request: u32, answer: &str) -> Result<Event, RuleError> {
        let found = self.find(request)?;
        found.undecided("nothing is asked at the moment")?;
        let state = &found.view()?.state;
        if !matches!(state, RequestState::NeedsInformation { .. }) {
            return Err(RuleError::RequestState(request, state.words(), "nothing is asked at the moment"));
        }
        Ok(Event::ExceptionAnswered { request, answer: sentence(answer)? })
    }

    pub(super) fn grant(&self, request: u32, until: &str, reason: &str) -> Result<Event, RuleError> {
        let found = self.find(request)?;
        self.open(&found)?;
        found.undecided("granted time is extended by a decision of its own, and what was denied is asked anew")?;
        let until = self.granted_until(&found, until)?;
        Ok(Event::ExceptionGranted { request, until, reason: sentence(reason)? })
    }

    pub(super) fn extend(&self, request: u32, until: &str, reason: &str) -> Result<Event, RuleError> {
        let found = self.find(request)?;
        self.open(&found)?;
        let RequestState::Granted { until: granted } = found.view()?.state else {
            return Err(RuleError::RequestState(request, found.view()?.state.words(), "only granted time is extended"));
        };
        let until = self.granted_until(&found, until)?;
        if until <= granted {
            return Err(RuleError::NotLonger(day_of(granted, found.dates.zone)));
        }
        Ok(Event::ExceptionGranted { request, until, reason: sentence(reason)? })
    }

    fn granted_until(&self, found: &Found<'_>, until: &str) -> Result<DateTime<Utc>, RuleError> {
        let freeze = found.view()?.freeze;
        let after = freeze_of(freeze, found.release, &found.dates)?;
        let until = asked_until(until, after, found.dates.zone, self.now)?;
        within(until, freeze, found.release, &found.dates, self.now)?;
        Ok(until)
    }

    pub(super) fn deny(&self, request: u32, reason: &str) -> Result<Event, RuleError> {
        self.find(request)?.undecided("it is decided")?;
        Ok(Event::ExceptionDenied { request, reason: sentence(reason)? })
    }

    pub(super) fn take_back(&self, request: u32) -> Result<Event, RuleError> {
        self.find(request)?.undecided("only an undecided request is withdrawn")?;
        Ok(Event::ExceptionWithdrawn { request })
    }
}

/// Most pull requests that one request covers.
const MAX_COVERED: usize = 50;

/// Covered pull requests in one form: `owner/name#n`; a bare number is one of the source's repository.
fn covered(texts: &[String], repository: &str) -> Result<Vec<String>, RuleError> {
    let mut covered = Vec::new();
    if texts.len() > MAX_COVERED {
        return Err(RuleError::TooManyPulls(MAX_COVERED));
    }
    for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let bad = || RuleError::NoCoveredPull(text.to_owned());
        let rest = text.trim_start_matches("https://github.com/").trim_end_matches('/').replace("/pull/", "#");
        let (name, number) = rest.rsplit_once('#').unwrap_or(("", &rest));
        let number: u32 = number.parse().ok().filter(|number| *number > 0).ok_or_else(bad)?;
        let name = if name.is_empty() { repository } else { name };
        let plain =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        if !name.split_once('/').is_some_and(|(owner, name)| plain(owner) && plain(name)) {
            return Err(bad());
        }
        let pull = format!("{name}#{number}");
        if !covered.contains(&pull) {
            covered.push(pull);
        }
    }
    Ok(covered)
}
